#include "codegen/rules/cargo.h"

#include "codegen/frontend/document.h"

Place cargo_place(const CargoUnit *cargo, TomlRange at)
{
    return unit_place(cargo->unit, at.begin, at.end);
}

bool cargo_predicate(const CargoUnit *cargo, const TomlKey *key, RustTokens *ret_tokens,
                     const RustCfg **ret_cfg)
{
    if (!str_starts(str_trim(key->name), STR("cfg(")))
        return false;
    rust_lex(cargo->unit->arena, key->name, ret_tokens);
    uint32_t end = rust_skip_group(ret_tokens, 1);
    *ret_cfg = rust_cfg_parse(cargo->unit->arena, ret_tokens, 2, end - 1);
    return true;
}

static uint32_t takers_of_triple(Str triple)
{
    bool is_windows = str_has(triple, STR("-windows-")) || str_has(triple, STR("-win7-"));
    if (!is_windows)
        return 0;
    return str_starts(triple, STR("x86_64-"))               ? CARGO_X64
           : str_starts(triple, STR("aarch64-"))            ? CARGO_A64
           : str_eq(triple, STR("arm64ec-pc-windows-msvc")) ? CARGO_EC
                                                            : 0;
}

uint32_t cargo_takers(const CargoUnit *cargo, const TomlKey *key)
{
    RustTokens tokens;
    const RustCfg *cfg;
    if (!cargo_predicate(cargo, key, &tokens, &cfg))
        return takers_of_triple(key->name);
    Truth truth = rust_cfg_truth(cfg);
    return (truth_may(truth, TARGET_X64) ? CARGO_X64 : 0u) |
           (truth_may(truth, TARGET_A64) ? CARGO_A64 : 0u) |
           (truth_may(truth, TARGET_EC) ? CARGO_EC : 0u);
}

static void tell_faults(CargoUnit *cargo)
{
    for (uint32_t i = 0; i < cargo->toml.faults.len && i < 1; i++) {
        const TomlFault *fault = &cargo->toml.faults.at[i];
        uint32_t end = fault->at < cargo->unit->text.len ? fault->at + 1 : fault->at;
        REPORT(cargo->unit, EC426_broken, unit_place(cargo->unit, fault->at, end),
               str_of(fault->why));
    }
}

void rules_cargo(Unit *unit, bool is_alone)
{
    CargoUnit cargo = {.unit = unit};
    cargo.files =
        (RustFiles){.arena = unit->arena, .job = unit->job, .is_alone = is_alone};
    toml_read(unit->arena, unit->text, &cargo.toml);
    tell_faults(&cargo);
    rules_cargo_dependencies(&cargo);
    rules_cargo_targets(&cargo);
    rules_cargo_flags(&cargo);
}
