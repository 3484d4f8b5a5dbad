// EC404, EC405, EC406, EC407: x86 that no gate keeps away from Arm64EC, and what of
// AArch64 it has not.
#include "codegen/rules/rust.h"

// A gate around it that lets Arm64EC in is told as EC402.
static bool is_told(const RustUnit *rust, const RustSink *sink)
{
    for (uint32_t i = sink->gate; i != RUST_NO_GATE; i = rust->gates.all.at[i].parent) {
        const RustGate *gate = &rust->gates.all.at[i];
        bool is_shared = truth_may(gate->own, TARGET_X64) &&
                         truth_may(gate->own, TARGET_EC) &&
                         !truth_may(gate->own, TARGET_A64);
        if (is_shared && gate->cfg && rust_cfg_names_arch(gate->cfg))
            return true;
    }
    return false;
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
    default:
        return;
    }
}

void rules_rust_hardware(RustUnit *rust)
{
    for (uint32_t i = 0; i < rust->sinks.all.len; i++) {
        const RustSink *sink = &rust->sinks.all.at[i];
        Truth live = rust_sink_live(&rust->gates, rust->around, sink);
        if (rust_is_arm64ec(rust, live) && !sink->in_macro && !is_told(rust, sink))
            check(rust, sink);
    }
}
