// EC403, EC415: tables of targets.
#include "codegen/rules/cargo.h"

typedef struct Target {
    const TomlKey *key;
    const TomlTable *table;
    uint32_t takers;
    Str rest; // "dependencies"
} Target;

typedef LIST(Target) Targets;

// [target.KEY.dependencies], one row each.
static void collect(const CargoUnit *cargo, Targets *targets)
{
    for (uint32_t i = 1; i < cargo->toml.tables.len; i++) {
        const TomlTable *table = &cargo->toml.tables.at[i];
        if (table->n_keys < 2 || !str_eq(table->keys[0].name, STR("target")))
            continue;
        Str rest = table->n_keys > 2 ? table->keys[2].name : STR("");
        *LIST_PUSH(cargo->unit->arena, targets) =
            (Target){&table->keys[1], table, cargo_takers(cargo, &table->keys[1]), rest};
    }
}

static void check_spelling(CargoUnit *cargo, const Target *target)
{
    RustTokens tokens;
    const RustCfg *cfg;
    Unit *unit = cargo->unit;
    Str name = target->key->name;
    if (!cargo_predicate(cargo, target->key, &tokens, &cfg)) {
        bool is_other = str_starts(name, STR("arm64ec")) &&
                        !str_eq(name, STR("arm64ec-pc-windows-msvc"));
        if (is_other || str_starts(name, STR("arm64-ec")))
            REPORT(unit, EC403_triple, cargo_place(cargo, target->key->at), name);
        return;
    }
    for (const RustCfg *leaf = NULL; (leaf = rust_cfg_next(cfg, leaf));) {
        Str meant = leaf->kind == RUST_CFG_VALUE && str_eq(leaf->key, STR("target_arch"))
                        ? rust_arch_meant(leaf->value)
                        : STR("");
        if (!meant.len)
            continue;
        RustRange body = rust_string_body(&tokens, leaf->value_token);
        uint32_t begin = target->key->at.begin;
        TomlRange at = {begin + body.begin, begin + body.end};
        Finding *finding =
            REPORT(unit, EC403_cfg, cargo_place(cargo, at), leaf->value, meant);
        Fix *fix = unit_fix(unit, finding,
                            arena_format(unit->arena, "Write \"%.*s\"", STR_ARG(meant)));
        fix->preferred = true;
        unit_edit(unit, fix, cargo_place(cargo, at), meant);
    }
}

// --- Tables without arm64ec
// --------------------------------------------------------------

static bool has_ec_with(const Targets *targets, Str rest, uint32_t besides)
{
    for (uint32_t i = 0; i < targets->len; i++)
        if (str_eq(targets->at[i].rest, rest) && (targets->at[i].takers & CARGO_EC) &&
            (targets->at[i].takers & besides) != (CARGO_X64 | CARGO_A64))
            return true;
    return false;
}

static const Target *twin(const Targets *targets, const Target *target)
{
    for (uint32_t i = 0; i < targets->len; i++)
        if (str_eq(targets->at[i].rest, target->rest) &&
            targets->at[i].takers == CARGO_X64)
            return &targets->at[i];
    return NULL;
}

static Str quoted(Arena *arena, const TomlKey *key, Str text)
{
    char mark = key->quote ? key->quote : '\'';
    return arena_format(arena, "%c%.*s%c", mark, STR_ARG(text), mark);
}

// cfg(...): arm64ec beside aarch64, in the key itself.
static void fix_predicate(CargoUnit *cargo, Finding *finding, const TomlKey *key)
{
    RustTokens tokens;
    const RustCfg *cfg;
    Unit *unit = cargo->unit;
    if (!cargo_predicate(cargo, key, &tokens, &cfg) || key->quote != '\'')
        return;
    const RustCfg *leaf = rust_cfg_arch(cfg, STR("aarch64"));
    if (!leaf)
        return;
    uint32_t begin = rust_token(&tokens, leaf->begin)->begin;
    const RustToken *value = rust_token(&tokens, leaf->value_token);
    uint32_t end = value->begin + value->len;
    Str text = str_sub(key->name, begin, end),
        name = str_sub(key->name, begin, value->begin);
    bool in_list = leaf->parent && leaf->parent->kind == RUST_CFG_ANY;
    Str edit = in_list ? arena_format(unit->arena, "%.*s, %.*s\"arm64ec\"", STR_ARG(text),
                                      STR_ARG(name))
                       : arena_format(unit->arena, "any(%.*s, %.*s\"arm64ec\")",
                                      STR_ARG(text), STR_ARG(name));
    Fix *fix = unit_fix(unit, finding, STR("Add arm64ec to aarch64"));
    fix->preferred = true;
    unit_edit(unit, fix, unit_place(unit, key->at.begin + begin, key->at.begin + end),
              edit);
}

// [target.aarch64-pc-windows-msvc...]: the table once more, for arm64ec.
static void fix_triple(CargoUnit *cargo, Finding *finding, const Target *target)
{
    Unit *unit = cargo->unit;
    const Toml *toml = &cargo->toml;
    uint32_t end = (uint32_t)toml->text.len;
    for (uint32_t i = 0; i < toml->tables.len; i++)
        if (toml->tables.at[i].at.begin > target->table->at.begin &&
            toml->tables.at[i].at.begin < end)
            end = toml->tables.at[i].at.begin;
    const TomlKey *key = target->key;
    Str head = str_sub(toml->text, target->table->at.begin,
                       key->at.begin - (key->quote ? 1u : 0u));
    Str tail = str_trim(str_sub(toml->text, key->at.end + (key->quote ? 1u : 0u), end));
    Str name = key->quote ? quoted(unit->arena, key, STR("arm64ec-pc-windows-msvc"))
                          : STR("arm64ec-pc-windows-msvc");
    Place at = unit_place(unit, target->table->at.begin, target->table->at.begin);
    Fix *fix = unit_fix(unit, finding, STR("Write the table for arm64ec, too"));
    unit_edit(unit, fix, at,
              arena_format(unit->arena, "%.*s%.*s%.*s\n\n", STR_ARG(head), STR_ARG(name),
                           STR_ARG(tail)));
}

static void check_table(CargoUnit *cargo, const Targets *targets, const Target *target)
{
    bool is_both = target->takers == (CARGO_X64 | CARGO_A64);
    const Target *other = target->takers == CARGO_A64 ? twin(targets, target) : NULL;
    RustTokens tokens;
    const RustCfg *cfg;
    bool is_triple = !cargo_predicate(cargo, target->key, &tokens, &cfg);
    bool is_decided = !is_triple && rust_cfg_arch(cfg, STR("arm64ec"));
    bool is_alone = is_triple && target->takers == CARGO_A64 && target->rest.len;
    if (is_decided || (!is_both && !other && !is_alone) ||
        has_ec_with(targets, target->rest, is_both ? 0 : CARGO_X64 | CARGO_A64))
        return;
    Place at = cargo_place(cargo, target->key->at);
    Finding *finding = is_both || other
                           ? REPORT(cargo->unit, EC415_neither, at, target->rest)
                           : REPORT(cargo->unit, EC415_triple, at, target->rest);
    if (other)
        unit_note(cargo->unit, finding, cargo_place(cargo, other->key->at),
                  STR("x86_64 has its own here"));
    fix_predicate(cargo, finding, target->key);
    if (is_triple)
        fix_triple(cargo, finding, target);
}

void rules_cargo_targets(CargoUnit *cargo)
{
    Targets targets = {0};
    collect(cargo, &targets);
    for (uint32_t i = 0; i < targets.len; i++) {
        check_spelling(cargo, &targets.at[i]);
        if (str_has(targets.at[i].rest, STR("dependencies")))
            check_table(cargo, &targets, &targets.at[i]);
    }
}
