// EC223, EC417, EC419, EC423: the linker and its flags, in .cargo/config.toml, and
// libraries that an ARM64X image cannot have.
#include "codegen/rules/cargo.h"

static bool is_config(const CargoUnit *cargo)
{
    Str path = cargo->unit->job->path;
    return str_ends(path, STR("/.cargo/config.toml")) ||
           str_ends(path, STR("/.cargo/config"));
}

// What Arm64EC builds read: [build], and [target.X] of theirs.
static bool is_for_arm64ec(const CargoUnit *cargo, const TomlEntry *entry)
{
    const Toml *toml = &cargo->toml;
    const TomlTable *table = &toml->tables.at[entry->table];
    Str first = toml_path(toml, entry, 0);
    if (!str_eq(first, STR("target")))
        return str_eq(first, STR("build"));
    const TomlKey *key = table->n_keys > 1 ? &table->keys[1]
                         : entry->n_keys   ? &entry->keys[0]
                                           : NULL;
    return key && (cargo_takers(cargo, key) & CARGO_EC);
}

// Of "link-arg=/machine:arm64" the value, with where it begins. Empty: another machine.
static Str wrong_machine(Str flag, size_t *ret_begin)
{
    static const Str wrong[] = {STR_INIT("arm64"), STR_INIT("x64"), STR_INIT("amd64"),
                                STR_INIT("x86"), STR_INIT("arm")};
    for (size_t i = 0; i + 9 < flag.len; i++) {
        Str part = str_sub(flag, i, i + 9);
        if (!str_eq_nocase(part, STR("/machine:")) &&
            !str_eq_nocase(part, STR("-machine:")))
            continue;
        *ret_begin = i + 9;
        Str machine = str_from(flag, i + 9);
        for (size_t k = 0; k < COUNTOF(wrong); k++)
            if (str_eq_nocase(machine, wrong[k]))
                return machine;
    }
    return STR("");
}

static void check_machine(CargoUnit *cargo, const TomlEntry *entry)
{
    size_t begin = 0;
    Unit *unit = cargo->unit;
    Str machine = wrong_machine(entry->value, &begin);
    if (!machine.len)
        return;
    TomlRange at = {entry->at.begin + (uint32_t)begin, entry->at.end};
    Finding *finding = REPORT(unit, EC417_machine, cargo_place(cargo, at), machine);
    Fix *fix = unit_fix(unit, finding, STR("Write arm64ec"));
    fix->preferred = true;
    unit_edit(unit, fix, cargo_place(cargo, at), STR("arm64ec"));
}

static void check_thunks(CargoUnit *cargo, const TomlEntry *entry)
{
    static const struct {
        Str flag, what;
    } rows[] = {{STR_INIT("-arm64ec-generate-thunks=false"), STR_INIT("Arm64EC thunks")},
                {STR_INIT("-arm64ec-lower-direct-to-indirect=false"),
                 STR_INIT("Arm64EC call checks")}};
    for (size_t i = 0; i < COUNTOF(rows); i++)
        if (str_has(entry->value, rows[i].flag))
            REPORT(cargo->unit, EC223_flag, cargo_place(cargo, entry->at), rows[i].flag,
                   rows[i].what);
}

static void check_linker(CargoUnit *cargo, const TomlEntry *entry)
{
    static const Str linkers[] = {STR_INIT("lld-link"), STR_INIT("rust-lld"),
                                  STR_INIT("lld-link.exe"), STR_INIT("rust-lld.exe")};
    for (size_t i = 0; i < COUNTOF(linkers); i++)
        if (str_eq(entry->value, linkers[i]))
            REPORT(cargo->unit, EC419_lld, cargo_place(cargo, entry->at), entry->value)
                ->severity = SEVERITY_INFO;
}

static void check_config(CargoUnit *cargo)
{
    const Toml *toml = &cargo->toml;
    for (uint32_t i = 0; i < toml->entries.len; i++) {
        const TomlEntry *entry = &toml->entries.at[i];
        uint32_t depth = toml_depth(toml, entry);
        Str last = depth ? toml_path(toml, entry, depth - 1) : STR("");
        if (entry->kind != TOML_STRING || !is_for_arm64ec(cargo, entry))
            continue;
        if (str_eq(last, STR("rustflags"))) {
            check_machine(cargo, entry);
            check_thunks(cargo, entry);
        } else if (str_eq(last, STR("linker"))) {
            check_linker(cargo, entry);
        }
    }
}

// --- Static libraries in ARM64X images
// ----------------------------------------------------

static bool names_arm64x(CargoUnit *cargo, const char *file)
{
    Str text, folder = rust_path_folder(cargo->unit->job->path);
    Str path = arena_format(cargo->unit->arena, "%.*s/%s", STR_ARG(folder), file);
    if (!rust_file_read(&cargo->files, path, &text))
        return false;
    return str_has(text, STR("machine:arm64x")) || str_has(text, STR("MACHINE:ARM64X"));
}

static void check_static_library(CargoUnit *cargo)
{
    const Toml *toml = &cargo->toml;
    for (uint32_t i = 0; i < toml->entries.len; i++) {
        const TomlEntry *entry = &toml->entries.at[i];
        bool is_type = entry->is_element && str_eq(entry->value, STR("staticlib")) &&
                       str_eq(toml_path(toml, entry, 0), STR("lib")) &&
                       (str_eq(toml_path(toml, entry, 1), STR("crate-type")) ||
                        str_eq(toml_path(toml, entry, 1), STR("crate_type")));
        if (is_type && (names_arm64x(cargo, ".cargo/config.toml") ||
                        names_arm64x(cargo, "build.rs")))
            REPORT0(cargo->unit, EC423_staticlib, cargo_place(cargo, entry->at));
    }
}

void rules_cargo_flags(CargoUnit *cargo)
{
    if (is_config(cargo))
        check_config(cargo);
    else if (str_ends(cargo->unit->job->path, STR("/Cargo.toml")))
        check_static_library(cargo);
}
