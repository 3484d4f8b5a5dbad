// EC401, EC402, EC403: gates that miss arm64ec, have it on the wrong side, or spell an
// architecture that there is none of.
#include "codegen/rules/rust.h"

static Str told_by(Arena *arena, Str word)
{
    return word.len ? arena_format(arena, " (%.*s)", STR_ARG(word)) : STR("");
}

static Place place_of(const RustUnit *rust, const RustGate *gate)
{
    if (gate->cfg)
        return rust_place(rust, gate->cfg->begin, gate->cfg->end);
    return rust_place(rust, gate->begin, gate->end);
}

static Str what_of(Arena *arena, const RustGate *gate)
{
    bool has_name =
        gate->name.len && gate->item != RUST_ITEM_IMPL && gate->item != RUST_ITEM_OTHER;
    return has_name ? arena_format(arena, " for '%.*s'", STR_ARG(gate->name)) : STR("");
}

static Finding *report(RustUnit *rust, const RustVerdict *verdict)
{
    Unit *unit = rust->unit;
    const RustGate *gate = &rust->gates.all.at[verdict->gate];
    Place at = place_of(rust, gate);
    Str word = told_by(unit->arena, verdict->word), what = what_of(unit->arena, gate);
    switch (verdict->kind) {
    case RUST_MISSED_BOTH:
        return REPORT(unit, EC401_both, at, what);
    case RUST_MISSED_NONE:
        return REPORT(unit, EC401_none, at, what);
    case RUST_MISSED_ARM:
        return REPORT(unit, EC401_arm, at, word);
    case RUST_MISSED_OS:
        return REPORT(unit, EC401_os, at, word);
    case RUST_MISSED_STOP:
        return REPORT0(unit, EC401_stop, at);
    case RUST_FALLBACK:
        return REPORT0(unit, EC401_fallback, at);
    case RUST_HARDWARE_SIDE:
        return REPORT(unit, EC402_hardware, at, word);
    case RUST_OS_SIDE:
        return REPORT(unit, EC402_os, at, verdict->word);
    }
    BUG("no such RustVerdictKind");
}

static void add_fixes(RustUnit *rust, Finding *finding, const RustVerdict *verdict)
{
    if (verdict->kind == RUST_HARDWARE_SIDE || verdict->kind == RUST_OS_SIDE) {
        rust_fix_side(rust, finding, verdict);
        return;
    }
    if (verdict->needs_review)
        return;
    if (verdict->side != RUST_SIDE_NOBODY_KNOWS) {
        rust_fix_gate(rust, finding, verdict, verdict->side, true);
        return;
    }
    rust_fix_gate(rust, finding, verdict, RUST_SIDE_A64, false);
    rust_fix_gate(rust, finding, verdict, RUST_SIDE_X64, false);
}

// What tests and benchmarks leave out costs nobody a user.
static bool is_for_tests(const RustUnit *rust)
{
    Str folder = rust_path_folder(rust->unit->job->path);
    for (int i = 0; i < 2; i++, folder = rust_path_folder(folder))
        if (str_ends(folder, STR("/tests")) || str_ends(folder, STR("/benches")))
            return true;
    return false;
}

static void tell(RustUnit *rust, const RustVerdict *verdict)
{
    Finding *finding = report(rust, verdict);
    finding->severity = verdict->is_undefined ? SEVERITY_ERROR
                        : is_for_tests(rust)  ? SEVERITY_HINT
                                              : SEVERITY_WARNING;
    if (verdict->needs_review)
        unit_note(
            rust->unit, finding, finding->at,
            STR("its assembly has registers or definitions that Arm64EC cannot have: "
                "see EC408, EC410"));
    if (verdict->kind == RUST_MISSED_NONE && verdict->other != RUST_NO_GATE)
        unit_note(rust->unit, finding,
                  place_of(rust, &rust->gates.all.at[verdict->other]),
                  STR("the other implementation is here"));
    for (uint32_t i = 0; i < verdict->more.len; i++)
        unit_note(rust->unit, finding,
                  place_of(rust, &rust->gates.all.at[verdict->more.at[i]]),
                  STR("the same condition is here"));
    add_fixes(rust, finding, verdict);
}

// --- Spelling
// ---------------------------------------------------------------------------

static void check_spelling(RustUnit *rust, const RustCfg *cfg)
{
    for (const RustCfg *leaf = NULL; (leaf = rust_cfg_next(cfg, leaf));) {
        if (leaf->kind != RUST_CFG_VALUE || !str_eq(leaf->key, STR("target_arch")))
            continue;
        Str meant = rust_arch_meant(leaf->value);
        if (!meant.len)
            continue;
        RustRange body = rust_string_body(&rust->tokens, leaf->value_token);
        Place at = unit_place(rust->unit, body.begin, body.end);
        Finding *finding = REPORT(rust->unit, EC403_cfg, at, leaf->value, meant);
        Fix *fix =
            unit_fix(rust->unit, finding,
                     arena_format(rust->unit->arena, "Write \"%.*s\"", STR_ARG(meant)));
        fix->preferred = true;
        unit_edit(rust->unit, fix, at, meant);
    }
}

void rules_rust_gates(RustUnit *rust)
{
    RustVerdicts verdicts;
    rust_judge(rust, &verdicts);
    for (uint32_t i = 0; i < verdicts.all.len; i++)
        tell(rust, &verdicts.all.at[i]);
    for (uint32_t i = 0; i < rust->gates.all.len; i++)
        if (rust->gates.all.at[i].cfg)
            check_spelling(rust, rust->gates.all.at[i].cfg);
}
