// EC418: dependencies that are too old for Arm64EC, in Cargo.lock by their version and in
// Cargo.toml where no update that the requirement allows would do.
#include "codegen/rules/cargo.h"

typedef struct Crate {
    Str name;
    uint32_t major, minor, patch;
    Str why, what;
} Crate;

static const Crate crates[] = {
#define CRATE(name, major, minor, patch, why, what)                                      \
    {STR_INIT(name), major, minor, patch, STR_INIT(why), STR_INIT(what)},
#include "codegen/rules/cargo_crates.def"
#undef CRATE
};

static const Crate *crate_of(Str name)
{
    for (size_t i = 0; i < COUNTOF(crates); i++)
        if (str_eq(crates[i].name, name))
            return &crates[i];
    return NULL;
}

typedef struct Version {
    uint32_t parts[3];
    uint32_t n_parts;
} Version;

// "0.3.9", "0.48", "1"; what stands behind '-' and '+' is passed over.
static bool read_version(Str text, Version *ret_version)
{
    Version version = {0};
    for (Str rest = text; rest.len && version.n_parts < 3;) {
        uint64_t number = 0;
        size_t dot = 0;
        while (dot < rest.len && is_digit(rest.at[dot]))
            dot++;
        if (!dot || dot > 9 || !str_to_u64(str_sub(rest, 0, dot), &number))
            return false;
        version.parts[version.n_parts++] = (uint32_t)number;
        bool goes_on = dot < rest.len && rest.at[dot] == '.';
        rest = goes_on ? str_from(rest, dot + 1) : STR("");
    }
    *ret_version = version;
    return version.n_parts > 0;
}

static bool has_none(const Crate *crate)
{
    return !crate->major && !crate->minor && !crate->patch;
}

static bool is_older(const Version *version, const Crate *crate)
{
    uint32_t wanted[3] = {crate->major, crate->minor, crate->patch};
    for (size_t i = 0; i < 3; i++)
        if (version->parts[i] != wanted[i])
            return version->parts[i] < wanted[i];
    return false;
}

static void report(CargoUnit *cargo, const Crate *crate, Str version, TomlRange at)
{
    REPORT(cargo->unit, EC418_old, cargo_place(cargo, at), crate->name, version,
           crate->why, crate->what);
}

// --- Cargo.lock
// -------------------------------------------------------------------------

static void check_lock(CargoUnit *cargo)
{
    const Toml *toml = &cargo->toml;
    const Crate *crate = NULL;
    uint32_t table = 0;
    for (uint32_t i = 0; i < toml->entries.len; i++) {
        const TomlEntry *entry = &toml->entries.at[i];
        bool is_package = str_eq(toml_path(toml, entry, 0), STR("package"));
        Str key = toml_path(toml, entry, 1);
        if (entry->table != table)
            crate = NULL;
        table = entry->table;
        if (!is_package || entry->kind != TOML_STRING || entry->is_element)
            continue;
        Version version;
        if (str_eq(key, STR("name")))
            crate = crate_of(entry->value);
        else if (str_eq(key, STR("version")) && crate &&
                 read_version(entry->value, &version) &&
                 (has_none(crate) || is_older(&version, crate)))
            report(cargo, crate, entry->value, entry->at);
    }
}

// --- Cargo.toml
// -------------------------------------------------------------------------

// Where the name of a dependency stands in an entry's path, and whether Arm64EC builds
// have it. 0: it is no dependency.
static uint32_t dependency_depth(const CargoUnit *cargo, const TomlEntry *entry)
{
    const Toml *toml = &cargo->toml;
    const TomlTable *table = &toml->tables.at[entry->table];
    Str first = toml_path(toml, entry, 0);
    uint32_t depth = 0;
    if (str_eq(first, STR("workspace")))
        depth = 1;
    if (str_eq(first, STR("target"))) {
        const TomlKey *key = table->n_keys > 1 ? &table->keys[1] : NULL;
        if (key && !(cargo_takers(cargo, key) & CARGO_EC))
            return 0;
        depth = 2;
    }
    Str list = toml_path(toml, entry, depth);
    bool is_list =
        str_eq(list, STR("dependencies")) || str_eq(list, STR("build-dependencies"));
    return is_list ? depth + 1 : 0;
}

// Whether an update within the requirement can bring a version that is fine: for 0.x only
// the patch may grow.
static bool may_update(Str requirement, const Crate *crate)
{
    Version version;
    Str text = str_trim(requirement);
    bool is_exact = str_starts(text, STR("="));
    bool is_other = text.len && !is_digit(text.at[0]) && text.at[0] != '^' && !is_exact &&
                    text.at[0] != '~';
    if (has_none(crate))
        return false;
    while (text.len && !is_digit(text.at[0]))
        text = str_from(text, 1);
    if (is_other || !read_version(text, &version) || !is_older(&version, crate))
        return true;
    if (is_exact)
        return false;
    if (version.parts[0] != crate->major)
        return false;
    return version.parts[0] > 0 || version.n_parts == 1 ||
           version.parts[1] == crate->minor;
}

static void check_requirement(CargoUnit *cargo, const TomlEntry *entry, Str name)
{
    const Crate *crate = crate_of(name);
    if (!crate || may_update(entry->value, crate))
        return;
    Unit *unit = cargo->unit;
    Finding *finding = REPORT(unit, EC418_old, cargo_place(cargo, entry->at), crate->name,
                              entry->value, crate->why, crate->what);
    if (has_none(crate) || !is_digit(entry->value.at[0]))
        return;
    Str version = str_eq(name, STR("windows-sys"))
                      ? STR("0.59")
                      : arena_format(unit->arena, "%u.%u.%u", crate->major, crate->minor,
                                     crate->patch);
    Fix *fix = unit_fix(unit, finding,
                        arena_format(unit->arena, "Require %.*s", STR_ARG(version)));
    unit_edit(unit, fix, cargo_place(cargo, entry->at), version);
}

static void check_manifest(CargoUnit *cargo)
{
    const Toml *toml = &cargo->toml;
    for (uint32_t i = 0; i < toml->entries.len; i++) {
        const TomlEntry *entry = &toml->entries.at[i];
        uint32_t depth = dependency_depth(cargo, entry), all = toml_depth(toml, entry);
        if (!depth || entry->kind != TOML_STRING || entry->is_element)
            continue;
        bool is_version = all == depth + 1 || // name = "1.0"
                          (all == depth + 2 &&
                           str_eq(toml_path(toml, entry, depth + 1), STR("version")));
        if (is_version)
            check_requirement(cargo, entry, toml_path(toml, entry, depth));
    }
}

void rules_cargo_dependencies(CargoUnit *cargo)
{
    if (str_ends(cargo->unit->job->path, STR("/Cargo.lock")))
        check_lock(cargo);
    else if (str_ends(cargo->unit->job->path, STR("/Cargo.toml")))
        check_manifest(cargo);
}
