#include "codegen/rust/module.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// --- Files
// ------------------------------------------------------------------------------

Str rust_path_folder(Str path)
{
    size_t slash = str_find_char_last(path, '/');
    return slash == path.len ? STR("") : str_sub(path, 0, slash);
}

static Str name_of(Str path)
{
    size_t slash = str_find_char_last(path, '/');
    return slash == path.len ? path : str_from(path, slash + 1);
}

static Str stem_of(Str path)
{
    Str name = name_of(path);
    return str_ends(name, STR(".rs")) ? str_sub(name, 0, name.len - 3) : name;
}

static bool read_all(RustFiles *files, int file, size_t n_bytes, Str *ret_text)
{
    char *at = arena_alloc(files->arena, n_bytes + 1);
    size_t n = 0;
    while (n < n_bytes) {
        ssize_t got = read(file, at + n, n_bytes - n);
        if (got <= 0)
            break;
        n += (size_t)got;
    }
    *ret_text = (Str){at, n};
    return true;
}

bool rust_file_read(RustFiles *files, Str path, Str *ret_text)
{
    struct stat now;
    const Job *job = files->job;
    bool is_read = false;
    if (str_eq(path, job->path)) {
        *ret_text = job->text;
        return true;
    }
    for (uint32_t i = 0; i < job->n_dirty; i++)
        if (str_eq(job->dirty[i].path, path)) {
            *ret_text = job->dirty[i].text;
            return true;
        }
    if (files->is_alone || files->n_read >= RUST_FILES_MAX)
        return false;
    int file = open(arena_z(files->arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return false;
    files->n_read++;
    if (fstat(file, &now) == 0 && S_ISREG(now.st_mode) &&
        now.st_size <= RUST_FILE_BYTES_MAX)
        is_read = read_all(files, file, (size_t)now.st_size, ret_text);
    close(file);
    return is_read;
}

static bool exists(RustFiles *files, Str folder, const char *name)
{
    struct stat now;
    Str path = arena_format(files->arena, "%.*s/%s", STR_ARG(folder), name);
    return !files->is_alone && stat(arena_z(files->arena, path), &now) == 0;
}

// --- Foreign systems
// ----------------------------------------------------------------------

static bool starts_foreign(const RustTokens *tokens, uint32_t i)
{
    static const Str systems[] = {STR_INIT("unix"), STR_INIT("linux"),
                                  STR_INIT("fd"),   STR_INIT("macos"),
                                  STR_INIT("wasi"), STR_INIT("android")};
    static const Str crates[] = {STR_INIT("nix"), STR_INIT("rustix"),
                                 STR_INIT("linux_raw_sys"), STR_INIT("kvm_bindings")};
    if (!rust_is_path_sep(tokens, i + 1))
        return false;
    if (rust_is_word(tokens, i, STR("std")) && rust_is_word(tokens, i + 3, STR("os")) &&
        rust_is_path_sep(tokens, i + 4))
        for (size_t k = 0; k < COUNTOF(systems); k++)
            if (rust_is_word(tokens, i + 6, systems[k]))
                return true;
    for (size_t k = 0;
         k < COUNTOF(crates) && i && rust_is_word(tokens, i - 1, STR("use")); k++)
        if (rust_is_word(tokens, i, crates[k]))
            return true;
    return false;
}

bool rust_is_foreign(const RustTokens *tokens, const RustGates *gates, Truth around)
{
    for (uint32_t i = 0; i < tokens->all.len; i++) {
        if (tokens->all.at[i].kind != RUST_IDENT || !starts_foreign(tokens, i))
            continue;
        Truth live = rust_live_at(gates, around, i);
        if (truth_sure(live, TARGET_X64) || truth_sure(live, TARGET_EC))
            return true;
    }
    return false;
}

// --- Who declares it
// ----------------------------------------------------------------------

// Truth of `a` or `b`.
static Truth either(Truth a, Truth b)
{
    return truth_not(truth_and(truth_not(a), truth_not(b)));
}

// `path = "x86.rs"` in the attributes in front of token `mod`.
static bool has_path_attribute(const RustTokens *tokens, uint32_t mod, Str file_name,
                               uint32_t *ret_at)
{
    uint32_t from = mod > 40 ? mod - 40 : 0;
    for (uint32_t i = mod; i-- > from;) {
        if (rust_is_punct(tokens, i, ';') || rust_is_punct(tokens, i, '}'))
            return false;
        if (rust_is_word(tokens, i, STR("path")) && rust_is_punct(tokens, i + 1, '=') &&
            rust_is_string(tokens, i + 2) &&
            str_eq(name_of(rust_string_text(tokens, i + 2)), file_name)) {
            *ret_at = i; // it may stand in a cfg_attr
            return true;
        }
    }
    return false;
}

// The truth of all `mod name;` in a file, and of what names the file by an attribute.
static bool declared_in(RustFiles *files, Str text, Truth around, Str name, Str file_name,
                        Truth *ret_truth)
{
    RustTokens tokens;
    RustGates gates;
    bool is_found = false;
    *ret_truth = (Truth){0, 0};
    rust_lex(files->arena, text, &tokens);
    rust_gates(files->arena, &tokens, around, &gates);
    for (uint32_t i = 0; i + 2 < tokens.all.len; i++) {
        if (!rust_is_word(&tokens, i, STR("mod")) || !rust_is_punct(&tokens, i + 2, ';'))
            continue;
        uint32_t at = i;
        if (!has_path_attribute(&tokens, i, file_name, &at) &&
            !str_eq(rust_name(&tokens, i + 1), name))
            continue;
        is_found = true;
        *ret_truth = either(*ret_truth, rust_live_at(&gates, around, at));
    }
    if (is_found && rust_is_foreign(&tokens, &gates, around))
        *ret_truth = (Truth){0, 0};
    return is_found;
}

static bool is_root_name(Str path)
{
    static const Str stems[] = {STR_INIT("lib"), STR_INIT("main"), STR_INIT("build")};
    static const Str folders[] = {STR_INIT("bin"), STR_INIT("examples"),
                                  STR_INIT("tests"), STR_INIT("benches")};
    for (size_t i = 0; i < COUNTOF(stems); i++)
        if (str_eq(stem_of(path), stems[i]))
            return true;
    for (size_t i = 0; i < COUNTOF(folders); i++)
        if (str_eq(name_of(rust_path_folder(path)), folders[i]))
            return true;
    return false;
}

static bool is_in_crate(RustFiles *files, Str path)
{
    Str folder = rust_path_folder(path);
    for (uint32_t i = 0; i < RUST_MODULE_DEPTH_MAX && folder.len; i++) {
        if (exists(files, folder, "Cargo.toml"))
            return true;
        folder = rust_path_folder(folder);
    }
    return false;
}

static RustPlace place_of(RustFiles *files, Str path, uint32_t depth, Truth *ret_around)
{
    static const char *const ends[] = {"/mod.rs", "/lib.rs", "/main.rs", ".rs"};
    Str name = stem_of(path), folder = rust_path_folder(path);
    bool is_mod = str_eq(name, STR("mod"));
    *ret_around = truth_all();
    if (is_root_name(path))
        return RUST_PLACE_ROOT;
    if (is_mod) {
        name = name_of(folder);
        folder = rust_path_folder(folder);
    }
    bool any = false;
    for (size_t i = 0; i < COUNTOF(ends) && depth < RUST_MODULE_DEPTH_MAX; i++) {
        Str text, parent = arena_format(files->arena, "%.*s%s", STR_ARG(folder), ends[i]);
        Truth around;
        if (str_eq(parent, path) || !rust_file_read(files, parent, &text))
            continue;
        any = true;
        RustPlace place = place_of(files, parent, depth + 1, &around);
        if (declared_in(files, text, around, name, name_of(path), ret_around))
            return place == RUST_PLACE_UNKNOWN ? place : RUST_PLACE_MODULE;
    }
    *ret_around = truth_all();
    if (!any && !files->is_alone && !is_in_crate(files, path))
        return RUST_PLACE_ROOT;
    ret_around->sure = 0;
    return RUST_PLACE_UNKNOWN;
}

static bool is_foreign_word(Str word)
{
    static const Str systems[] = {
        STR_INIT("linux"), STR_INIT("unix"),    STR_INIT("android"), STR_INIT("macos"),
        STR_INIT("apple"), STR_INIT("darwin"),  STR_INIT("ios"),     STR_INIT("freebsd"),
        STR_INIT("bsd"),   STR_INIT("netbsd"),  STR_INIT("openbsd"), STR_INIT("fuchsia"),
        STR_INIT("wasi"),  STR_INIT("solaris"), STR_INIT("hermit"),  STR_INIT("uefi"),
        STR_INIT("sgx"),   STR_INIT("solarish")};
    for (size_t i = 0; i < COUNTOF(systems); i++)
        if (str_eq(word, systems[i]))
            return true;
    return false;
}

static size_t word_end(Str text, size_t from)
{
    while (from < text.len && (is_alpha(text.at[from]) || is_digit(text.at[from])))
        from++;
    return from;
}

// A folder or file of another system: "linux_raw", "unix.rs".
static bool is_foreign_path(Str path)
{
    size_t source = str_find(path, STR("/src/"));
    Str rest = source < path.len ? str_from(path, source + 5) : name_of(path);
    for (size_t from = 0, to; from < rest.len; from = to + 1) {
        to = word_end(rest, from);
        if (is_foreign_word(str_sub(rest, from, to)))
            return true;
    }
    return false;
}

// A crate by its folder: linux-raw-sys.
static bool is_foreign_crate(Str path)
{
    Str crate = name_of(str_sub(path, 0, str_find(path, STR("/src/"))));
    return str_has(path, STR("/src/")) &&
           is_foreign_word(str_sub(crate, 0, word_end(crate, 0)));
}

RustPlace rust_module_place(RustFiles *files, Str path, Truth *ret_around)
{
    RustPlace place = place_of(files, path, 0, ret_around);
    bool is_sure = truth_sure(*ret_around, TARGET_X64);
    if ((!is_sure && is_foreign_path(path)) || is_foreign_crate(path))
        *ret_around = (Truth){0, 0};
    return place;
}

// --- What it declares
// ---------------------------------------------------------------------

static bool find_module(RustFiles *files, Str path, Str name, Str at, Str *ret_path,
                        Str *ret_text)
{
    Arena *arena = files->arena;
    Str folder = rust_path_folder(path), stem = stem_of(path);
    bool is_index = str_eq(stem, STR("mod")) || is_root_name(path);
    Str below = is_index
                    ? folder
                    : arena_format(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(stem));
    Str candidates[] = {
        at.len ? arena_format(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(at)) : STR(""),
        arena_format(arena, "%.*s/%.*s.rs", STR_ARG(below), STR_ARG(name)),
        arena_format(arena, "%.*s/%.*s/mod.rs", STR_ARG(below), STR_ARG(name)),
        arena_format(arena, "%.*s/%.*s.rs", STR_ARG(folder), STR_ARG(name))};
    for (size_t i = 0; i < COUNTOF(candidates); i++) {
        *ret_path = candidates[i];
        if (candidates[i].len && !str_eq(candidates[i], path) &&
            rust_file_read(files, candidates[i], ret_text))
            return true;
    }
    return false;
}

static bool holds_below(RustFiles *files, Str path, Str name, Str at, uint32_t depth,
                        uint32_t *ret_holds)
{
    RustTokens tokens;
    RustGates gates;
    RustSinks sinks;
    Str text, found;
    if (!find_module(files, path, name, at, &found, &text))
        return false;
    rust_lex(files->arena, text, &tokens);
    rust_gates(files->arena, &tokens, truth_all(), &gates);
    rust_sinks(files->arena, &tokens, &gates, truth_all(), &sinks);
    for (uint32_t i = 0; i < sinks.all.len; i++)
        *ret_holds |= RUST_HOLDS(sinks.all.at[i].kind);
    for (uint32_t i = 0; i + 2 < tokens.all.len && depth < 2; i++)
        if (rust_is_word(&tokens, i, STR("mod")) && rust_is_punct(&tokens, i + 2, ';'))
            holds_below(files, found, rust_name(&tokens, i + 1), STR(""), depth + 1,
                        ret_holds);
    return true;
}

bool rust_module_holds(RustFiles *files, Str path, Str name, Str at, uint32_t *ret_holds)
{
    *ret_holds = 0;
    return holds_below(files, path, name, at, 0, ret_holds);
}
