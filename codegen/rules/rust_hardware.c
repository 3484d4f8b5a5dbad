// EC404, EC405, EC406, EC407: x86 that no gate keeps away from Arm64EC, and what of
// AArch64 it has not.
#include "codegen/rules/rust.h"

// stdarch leaves all NEON of half precision out on arm64ec but these families.
static bool is_half(Str word)
{
    static const Str kept[] = {STR_INIT("vamax"), STR_INIT("vamin"), STR_INIT("vluti"),
                               STR_INIT("vscale")};
    for (size_t i = 0; i < COUNTOF(kept); i++)
        if (str_starts(word, kept[i]))
            return false;
    return word.at[0] == 'v' && str_has(word, STR("_f16"));
}

static void check(RustUnit *rust, const RustSink *sink)
{
    Unit *unit = rust->unit;
    Place at = rust_place(rust, sink->token, sink->end);
    switch (sink->kind) {
    case RUST_X86_PATH: {
        Finding *finding = REPORT(unit, EC404_import, at, sink->word);
        rust_fix_guard(rust, finding, sink->token);
        return;
    }
    case RUST_X86_DETECT:
        REPORT0(unit, EC405_macro, at);
        return;
    case RUST_X86_FEATURE:
        REPORT(unit, EC406_attribute, at, sink->word);
        return;
    case RUST_SVE:
        REPORT(unit, EC407_sve, at, sink->word);
        return;
    case RUST_ARM_CODE:
        if (is_half(sink->word))
            REPORT(unit, EC407_half, at, sink->word);
        return;
    default:
        return;
    }
}

void rules_rust_hardware(RustUnit *rust)
{
    for (uint32_t i = 0; i < rust->sinks.all.len; i++) {
        const RustSink *sink = &rust->sinks.all.at[i];
        Truth live = rust_sink_live(&rust->gates, rust->around, sink);
        if (rust_is_arm64ec(rust, live) && !sink->in_macro &&
            !rust_is_told_by_side(rust, sink->gate))
            check(rust, sink);
    }
}
