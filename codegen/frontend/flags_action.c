// What becomes of one flag: the actions of flags.def.
#include "codegen/frontend/flags_reading.h"
#include "codegen/frontend/language.h"

#include <string.h>
#include <sys/stat.h>

static void push_compile(Reading *r, Str text)
{
    Arena *arena = r->arena;
    while (text.len) {
        size_t n = str_find_char(text, ' ');
        *LIST_PUSH(arena, &r->flags->compile_args) = str_sub(text, 0, n);
        text = str_from(text, n + 1);
    }
}

static void ignore(Reading *r, const Choice *choice)
{
    flags_say(r, FLAG_IGNORED, choice, STR(""));
}

// --- Values
// -----------------------------------------------------------------------------

// "#" stands for "=" in cl's /D, because "=" was hard to write in batch files.
static void define(Reading *r, const Choice *choice)
{
    Str value = choice->value;
    size_t hash = str_find_char(value, '#');
    if (r->flags->is_cl && hash < value.len && str_find_char(value, '=') == value.len) {
        char *at = arena_z(r->arena, value);
        at[hash] = '=';
        value.at = at;
    }
    flags_push(r, arena_format(r->arena, "%.*s%.*s", STR_ARG(choice->row->text),
                               STR_ARG(value)));
}

static Str absolute(Reading *r, Str path)
{
    return path_absolute(r->arena, r->job->directory, path, r->flags->is_cl);
}

// Folders of the host's system, or of another compiler: another target's headers.
static bool is_system_folder(Reading *r, Str path)
{
    static const Str folders[] = {STR_INIT("/usr"),     STR_INIT("/lib"),
                                  STR_INIT("/Library"), STR_INIT("/Applications"),
                                  STR_INIT("/System"),  STR_INIT("/nix/store")};
    Str clean = path_clean(r->arena, path);
    for (size_t i = 0; i < r->job->roots.len; i++)
        if (path_is_inside(clean, path_clean(r->arena, r->job->roots.at[i])))
            return false;
    if (path_is_inside(clean, path_clean(r->arena, r->job->directory)))
        return false;
    for (size_t i = 0; i < COUNTOF(folders); i++)
        if (path_is_inside(clean, folders[i]))
            return true;
    return str_has(clean, STR("/lib/gcc/")) || str_has(clean, STR("/lib/clang/"));
}

static bool is_c_library_folder(Reading *r, Str path)
{
    Str clean = path_clean(r->arena, path);
    return str_eq(clean, STR("/usr/include")) ||
           str_eq(clean, STR("/usr/local/include")) ||
           (str_starts(clean, STR("/usr/include/")) &&
            str_ends(clean, STR("-linux-gnu")));
}

static void add_path(Reading *r, const Choice *choice)
{
    if (!choice->value.len) // "--sysroot="
        return;
    Str path = absolute(r, choice->value);
    bool system = choice->row->action == ACTION_SYSTEM;
    // "=/usr/include" starts from the sysroot, which is another target's.
    bool lost = str_starts(choice->value, STR("=")) || is_c_library_folder(r, path) ||
                (system && is_system_folder(r, path));
    if (lost && !r->flags->is_windows)
        return;
    flags_push(r, choice->row->text);
    flags_push(r, path);
}

// "-include config.h" means the one of the build folder, else one that -I leads to. The
// driver would take a config.h.pch beside it, a binary that anybody may have made: so
// the compiler proper is addressed.
static void add_include(Reading *r, const Choice *choice)
{
    if (!choice->value.len)
        return;
    Str path = absolute(r, choice->value);
    struct stat st;
    bool here = stat(arena_z(r->arena, path), &st) == 0;
    const Str words[] = {STR("-Xclang"), choice->row->text, STR("-Xclang"),
                         here ? path : choice->value};
    for (size_t i = 0; i < COUNTOF(words); i++)
        flags_push(r, words[i]);
}

// The last one counts; it goes to the end of the arguments.
static void set_standard(Reading *r, const Choice *choice)
{
    Str text = choice->row->text;
    bool valued = choice->row->arity != ARITY_ALONE;
    if (valued && !(text.len && flags_is_standard(choice->value)))
        flags_say(r, FLAG_BROKEN, choice,
                  STR("names no language standard that clang knows"));
    else
        r->flags->standard =
            arena_format(r->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(choice->value));
}

static void optimize(Reading *r, const Choice *choice)
{
    Str value = choice->value;
    uint64_t level;
    bool number = str_to_u64(value, &level);
    if (value.len == 0 || (number && level <= 3) || str_eq(value, STR("s")) ||
        str_eq(value, STR("g")) || str_eq(value, STR("z")))
        flags_push(r, choice->flag);
    else if (number || str_eq(value, STR("fast"))) // clang deprecates -Ofast
        flags_push_words(r, number ? STR("-O3") : STR("-O3 -ffast-math"));
    else
        flags_say(r, FLAG_BROKEN, choice, STR("names no level of optimisation"));
}

static void one_of(Reading *r, const Choice *choice)
{
    Str rest = choice->row->text;
    while (rest.len) {
        size_t end = str_find_char(rest, ' ');
        if (str_eq(str_sub(rest, 0, end), choice->value)) {
            flags_push(r, choice->flag);
            return;
        }
        rest = str_from(rest, end + 1);
    }
    Buf words;
    buf_init(&words, 1024);
    for (size_t i = 0; i < choice->row->text.len; i++)
        buf_put(&words, choice->row->text.at[i] == ' '
                            ? STR(", ")
                            : str_sub(choice->row->text, i, i + 1));
    flags_say(r, FLAG_BROKEN, choice,
              arena_format(r->arena, "takes one of %.*s", STR_ARG(buf_str(&words))));
    buf_done(&words);
}

// clang would not read it, and then it reads nothing at all.
static void whole_number(Reading *r, const Choice *choice)
{
    uint64_t value, most = 0;
    (void)str_to_u64(choice->row->text, &most);
    if (str_to_u64(choice->value, &value) && value <= most)
        flags_push(r, choice->flag);
    else
        flags_say(r, FLAG_BROKEN, choice,
                  arena_format(r->arena, "takes a whole number up to %.*s",
                               STR_ARG(choice->row->text)));
}

static void limit(Reading *r, const Choice *choice)
{
    uint64_t value, most = 0;
    bool given =
        str_to_u64(choice->value, &value) && value > 0; // 0 is "no limit" to some
    (void)str_to_u64(choice->row->text, &most);
    if (given && value <= most)
        flags_push(r, choice->flag);
    else
        flags_say(r, FLAG_REFUSED, choice,
                  STR("raises a limit that protects the analysis"));
}

// "sc", "a", "s-c-": the letters count from left to right.
static void exceptions(Reading *r, Str letters)
{
    bool on = false;
    for (size_t i = 0; i < letters.len; i++)
        if (letters.at[i] == 's' || letters.at[i] == 'a')
            on = i + 1 == letters.len || letters.at[i + 1] != '-';
    r->has_exceptions = true;
    flags_push_words(r, on ? STR("-fcxx-exceptions -fexceptions")
                           : STR("-fno-cxx-exceptions -fno-exceptions"));
}

// Only a command of clang's own has these in clang's meaning.
static void compile(Reading *r, const Choice *choice)
{
    bool is_clang = r->driver.builder.kind == BUILDER_CLANG ||
                    r->driver.builder.kind == BUILDER_CLANG_CL;
    if (choice->row->text.len)
        push_compile(r, choice->row->text);
    else if (is_clang)
        *LIST_PUSH(r->arena, &r->flags->compile_args) = choice->flag;
}

// "address,undefined"
static void sanitize(Reading *r, const Choice *choice)
{
    for (Str list = choice->value; list.len;) {
        size_t comma = str_find_char(list, ',');
        if (str_eq(str_sub(list, 0, comma), STR("address")))
            flags_say(r, FLAG_ADDRESS_SANITIZER, choice,
                      STR("there is no runtime library of it for Arm64EC"));
        list = str_from(list, comma + 1);
    }
    compile(r, choice);
}

static bool takes_thunks(FlagAction action)
{
    return action == ACTION_NO_THUNKS || action == ACTION_NO_DIRECT_EXITS;
}

static void take_thunks(Reading *r, const Choice *choice, const FlagRow *row)
{
    flags_say(r, FLAG_NO_THUNKS, choice, row->text);
    if (row->action == ACTION_NO_THUNKS)
        r->flags->thunks_off = THUNKS_OFF_ALL;
    else if (!r->flags->thunks_off)
        r->flags->thunks_off = THUNKS_OFF_DIRECT_EXITS;
}

static void mllvm(Reading *r, const Choice *choice)
{
    Str option = choice->value;
    if (str_starts(option, STR("--")))
        option = str_from(option, 1);
    const FlagRow *row = flags_row(STYLE_LLVM, option);
    if (!row)
        ignore(r, choice);
    else if (row->action == ACTION_CODEGEN)
        flags_say(r, FLAG_UNSUPPORTED_CODEGEN, choice, row->text);
    else if (takes_thunks(row->action))
        take_thunks(r, choice, row);
    if (row && (takes_thunks(row->action) || row->action == ACTION_COMPILE)) {
        push_compile(r, STR("-mllvm"));
        push_compile(r, option);
    }
    if (row && row->action == ACTION_REFUSE)
        flags_say(r, FLAG_REFUSED, choice, row->text);
}

static void warn(Reading *r, const Choice *choice)
{
    // A comma hands the rest on: "-Xclang -Wp,-load,x.so" is no warning.
    if (str_has(choice->flag, STR(","))) {
        ignore(r, choice);
        return;
    }
    r->flags->shows_warnings = true;
    bool everything = r->driver.builder.kind == BUILDER_CLANG_CL;
    if (choice->row->action == ACTION_WARN_ALL)
        flags_push_words(r, everything ? STR("-Weverything") : STR("-Wall -Wextra"));
    else if (choice->row->text.len)
        flags_push_words(r, choice->row->text);
    else
        flags_push(r, choice->flag);
}

static void pass(Reading *r, const Choice *choice)
{
    if (choice->row->style == STYLE_CC1)
        flags_push(r, STR("-Xclang"));
    flags_push(r, choice->flag);
    if (choice->row->arity == ARITY_SEPARATE)
        flags_push(r, choice->value);
}

// --- Second reading
// ---------------------------------------------------------------------

static void translate(Reading *r, const Choice *choice)
{
    Str text = choice->row->text;
    if (text.at[text.len - 1] == '=')
        flags_push(
            r, arena_format(r->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(choice->value)));
    else
        flags_push_words(r, text);
}

static void set_runtime(Reading *r, const Choice *choice)
{
    r->has_runtime = true;
    translate(r, choice);
}

static void add_sysroot(Reading *r, const Choice *choice)
{
    if (r->flags->is_windows)
        add_path(r, choice);
}

static void warn_error(Reading *r, const Choice *choice)
{
    if (r->driver.builder.kind != BUILDER_MSVC)
        warn(r, choice);
}

static void refuse(Reading *r, const Choice *choice)
{
    flags_say(r, FLAG_REFUSED, choice, choice->row->text);
}

static void linker(Reading *r, const Choice *choice)
{
    if (path_is_absolute(choice->value) || str_has(choice->value, STR("/")))
        refuse(r, choice);
}

static void codegen(Reading *r, const Choice *choice)
{
    flags_say(r, FLAG_UNSUPPORTED_CODEGEN, choice, choice->row->text);
}

static void pass_c(Reading *r, const Choice *choice)
{
    if (flags_language_here(r) != LANGUAGE_CPP)
        pass(r, choice);
}

static void set_language(Reading *r, const Choice *choice)
{
    bool named = choice->row->action == ACTION_LANGUAGE_AS;
    r->flags->language = flags_language(named ? choice->row->text : choice->value);
    bool reads_as_c = r->job->origin == COMMAND_ARGUMENTS ||
                      (r->job->origin != COMMAND_NEIGHBOUR &&
                       language_of_path(r->job->path) != LANGUAGE_UNKNOWN);
    if (r->flags->language == LANGUAGE_OTHER && reads_as_c)
        flags_say(r, FLAG_BROKEN, choice,
                  STR("names a language that is neither C nor C++"));
}

static void set_exceptions(Reading *r, const Choice *choice)
{
    bool named = choice->row->action == ACTION_EXCEPTIONS_AS;
    exceptions(r, named ? choice->row->text : choice->value);
}

static void set_msc_version(Reading *r, const Choice *choice)
{
    r->has_msc_version = true;
    pass(r, choice);
}

static void no_std_includes(Reading *r, const Choice *choice)
{
    r->flags->no_std_includes = true;
    flags_push(r, choice->row->text);
}

static void set_lto(Reading *r, const Choice *choice)
{
    r->flags->lto = choice->row->action == ACTION_LTO;
}

// libclang gives up on a flag that its driver does not know.
static void pass_newer(Reading *r, const Choice *choice)
{
    uint64_t own = 0, first = 0;
    CHECK_BUG(str_to_u64(STR(LLVM_MAJOR), &own));
    CHECK_BUG(str_to_u64(choice->row->text, &first));
    if (own >= first)
        pass(r, choice);
    else
        ignore(r, choice);
}

static void nothing(Reading *r, const Choice *choice)
{
    (void)r, (void)choice;
}

void flags_apply(Reading *r, const Choice *choice)
{
    static void (*const actions[])(Reading *, const Choice *) = {
        [ACTION_PASS] = pass,
        [ACTION_TO] = translate,
        [ACTION_PATH] = add_path,
        [ACTION_SYSTEM] = add_path,
        [ACTION_SYSROOT] = add_sysroot,
        [ACTION_INCLUDE] = add_include,
        [ACTION_DEFINE] = define,
        [ACTION_WARN] = warn,
        [ACTION_WARN_ALL] = warn,
        [ACTION_WARN_ERROR] = warn_error,
        [ACTION_COMPILE] = compile,
        [ACTION_DROP] = nothing,
        [ACTION_IGNORE] = ignore,
        [ACTION_NEWER] = pass_newer,
        [ACTION_REFUSE] = refuse,
        [ACTION_LINKER] = linker,
        [ACTION_CODEGEN] = codegen,
        [ACTION_NO_THUNKS] = nothing, // read by mllvm(): it stands behind -mllvm only
        [ACTION_NO_DIRECT_EXITS] = nothing,
        [ACTION_ONE_OF] = one_of,
        [ACTION_NUMBER] = whole_number,
        [ACTION_SANITIZE] = sanitize,
        [ACTION_LIMIT] = limit,
        [ACTION_LANGUAGE] = set_language,
        [ACTION_LANGUAGE_AS] = set_language,
        [ACTION_STANDARD] = set_standard,
        [ACTION_STANDARD_AS] = set_standard,
        [ACTION_C_ONLY] = pass_c,
        [ACTION_OPTIMIZE] = optimize,
        [ACTION_MSC_VERSION] = set_msc_version,
        [ACTION_EXCEPTIONS] = set_exceptions,
        [ACTION_EXCEPTIONS_AS] = set_exceptions,
        [ACTION_RUNTIME] = set_runtime,
        [ACTION_NO_STD_INCLUDES] = no_std_includes,
        [ACTION_TARGET] = nothing,  // read before, by read_target()
        [ACTION_ARM64EC] = nothing, // the same
        [ACTION_MLLVM] = mllvm,
        [ACTION_LTO] = set_lto,
        [ACTION_NO_LTO] = set_lto,
    };
    if (!choice->row)
        flags_say(r, FLAG_UNKNOWN, choice, STR(""));
    else if (choice->lacks_value)
        flags_say(r, FLAG_BROKEN, choice, STR("needs a value"));
    else
        actions[choice->row->action](r, choice);
}
