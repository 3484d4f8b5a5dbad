#include "codegen/rust/unit.h"

void rust_unit_read(RustUnit *rust, Unit *unit, bool is_alone)
{
    Arena *arena = unit->arena;
    *rust = (RustUnit){.unit = unit};
    rust->files = (RustFiles){.arena = arena, .job = unit->job, .is_alone = is_alone};
    rust_lex(arena, unit->text, &rust->tokens);
    rust->place = rust_module_place(&rust->files, unit->job->path, &rust->around);
    rust_gates(arena, &rust->tokens, rust->around, &rust->gates);
    rust_sinks(arena, &rust->tokens, &rust->gates, rust->around, &rust->sinks);
    rust->is_foreign = rust_is_foreign(&rust->tokens, &rust->gates, rust->around);
    rust->is_build_script = str_ends(unit->job->path, STR("/build.rs"));
}

Place rust_place(const RustUnit *rust, uint32_t begin, uint32_t end)
{
    const RustToken *first = rust_token(&rust->tokens, begin);
    const RustToken *last = rust_token(&rust->tokens, end > begin ? end - 1 : begin);
    return unit_place(rust->unit, first->begin, last->begin + last->len);
}

Place rust_token_place(const RustUnit *rust, uint32_t token)
{
    return rust_place(rust, token, token + 1);
}

Str rust_text(const RustUnit *rust, uint32_t begin, uint32_t end)
{
    const RustToken *first = rust_token(&rust->tokens, begin);
    const RustToken *last = rust_token(&rust->tokens, end > begin ? end - 1 : begin);
    return str_sub(rust->unit->text, first->begin, last->begin + last->len);
}

Truth rust_live(const RustUnit *rust, uint32_t token)
{
    return rust_live_at(&rust->gates, rust->around, token);
}

bool rust_is_arm64ec(const RustUnit *rust, Truth live)
{
    return truth_is_plain(live, TARGET_EC) && !rust->is_foreign;
}

bool rust_in_macro(const RustUnit *rust, uint32_t token)
{
    for (uint32_t i = 0; i < rust->sinks.macros.len; i++)
        if (rust->sinks.macros.at[i].begin <= token &&
            token < rust->sinks.macros.at[i].end)
            return true;
    return false;
}

bool rust_is_told_by_side(const RustUnit *rust, uint32_t index)
{
    for (uint32_t i = index; i != RUST_NO_GATE; i = rust->gates.all.at[i].parent) {
        const RustGate *gate = &rust->gates.all.at[i];
        bool is_shared = truth_may(gate->own, TARGET_X64) &&
                         truth_may(gate->own, TARGET_EC) &&
                         !truth_may(gate->own, TARGET_A64);
        if (is_shared && (gate->holds_ec & RUST_HOLDS_X86) && gate->cfg &&
            rust_cfg_names_arch(gate->cfg))
            return true;
    }
    return false;
}
