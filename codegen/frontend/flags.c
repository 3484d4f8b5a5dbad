// A command line -> arguments for an Arm64EC parse, and what there is to say of it.
//
// Three passes over the words. The first opens response files and takes wrappers such as
// -Xclang off (flags_response.c). The second finds the row of each word and reads what
// concerns the whole command: the target decides what becomes of paths named before it.
// The third builds the arguments.
#include "codegen/frontend/flags_words.h"
#include "codegen/frontend/language.h"

#include <string.h>
#include <sys/stat.h>

typedef struct Choice {
    const FlagRow *row; // NULL: no row fits
    Str written, value;
    Str flag;         // the word without its separate value
    bool lacks_value; // there is a row, but nothing stands behind the word
} Choice;

typedef struct Reading {
    Arena *arena;
    const Job *job;
    Flags *flags;
    Driver driver;
    LIST(Choice) choices;
    bool has_runtime, has_exceptions, has_msc_version;
} Reading;

static void push(Reading *r, Str arg)
{
    *LIST_PUSH(r->arena, &r->flags->args) = arg;
}

static void push_words(Reading *r, Str text)
{
    while (text.len) {
        size_t n = str_find_char(text, ' ');
        push(r, str_sub(text, 0, n));
        text = str_from(text, n + 1);
    }
}

static void say(Reading *r, enum FlagNoteKind kind, const Choice *choice, Str why)
{
    flags_note(r->arena, r->flags,
               (FlagNote){.kind = kind, .text = choice->written, .why = why});
}

static void ignore(Reading *r, const Choice *choice)
{
    say(r, FLAG_IGNORED, choice, STR(""));
}

// --- First reading
// ----------------------------------------------------------------------

// Response files and -Xclang have been taken off; a value is the next word of that style.
static const FlagWord *value_of(const FlagWords *words, uint32_t next, FlagStyle style)
{
    bool there = next < words->list.len && words->list.at[next].style == style;
    return there ? &words->list.at[next] : NULL;
}

// Input files vanish, and so do the values of a refused -Xclang flag.
static bool is_flag(const FlagWord *word, Str own_path)
{
    Str text = word->text;
    if (str_eq(text, own_path))
        return false;
    if (word->style != STYLE_CL || !str_starts(text, STR("/")))
        return text.len > 1 && text.at[0] == '-';
    // "/home/me/a.c" is a path to cl on a POSIX host, if it is no flag.
    return str_find_char(str_from(text, 1), '/') + 1 >= text.len ||
           flags_row(STYLE_CL, text);
}

static bool has_nul(Str s)
{
    return s.len && memchr(s.at, 0, s.len);
}

static void choose_value(Reading *r, const FlagWord *value, Choice *choice)
{
    if (!value || !value->text.len || has_nul(value->text)) {
        choice->lacks_value = true;
        return;
    }
    choice->value = value->text;
    choice->written = arena_format(r->arena, "%.*s %.*s", STR_ARG(choice->written),
                                   STR_ARG(value->written));
}

static void choose(Reading *r, const FlagWords *words)
{
    for (uint32_t i = 0; i < words->list.len;) {
        const FlagWord *word = &words->list.at[i++];
        if (!is_flag(word, r->job->path))
            continue;
        const FlagRow *row =
            has_nul(word->text) ? NULL : flags_row(word->style, word->text);
        Choice *choice = LIST_PUSH(r->arena, &r->choices);
        *choice = (Choice){.row = row, .written = word->written, .flag = word->text};
        if (!row || row->arity == ARITY_ALONE)
            continue;
        size_t slash = row->style == STYLE_CL;
        choice->value = str_from(word->text, row->pattern.len + slash);
        if (row->arity != ARITY_JOINED && !choice->value.len)
            choose_value(r, value_of(words, i++, word->style), choice);
    }
}

static void read_triple(Reading *r, const Choice *choice)
{
    Flags *flags = r->flags;
    Triple triple = triple_read(r->arena, choice->value);
    flags->has_arm64ec = triple.is_arm64ec;
    if (!flags->is_cl) {
        flags->is_windows = triple.is_windows;
        flags->environment = !triple.is_windows ? ENVIRONMENT_ANY
                             : triple.is_gnu    ? ENVIRONMENT_GNU
                                                : ENVIRONMENT_MSVC;
        if (triple.is_gnu && flags->builder.kind == BUILDER_CLANG)
            flags->builder.kind = BUILDER_MINGW;
    }
    if (triple.is_arm64ec && !triple.is_windows) {
        bool mingw = flags->builder.kind == BUILDER_MINGW;
        flags_note(r->arena, flags,
                   (FlagNote){.kind = FLAG_TRIPLE_NOT_WINDOWS,
                              .text = choice->written,
                              .why = triple.outcome,
                              .fix = mingw ? STR("arm64ec-w64-windows-gnu")
                                           : STR("arm64ec-pc-windows-msvc")});
    }
}

static void read_target(Reading *r)
{
    const Choice *last = NULL;
    bool switched = false;
    for (uint32_t i = 0; i < r->choices.len; i++) {
        const Choice *choice = &r->choices.at[i];
        if (choice->row && choice->row->action == ACTION_TARGET)
            last = choice;
        if (choice->row && choice->row->action == ACTION_ARM64EC)
            switched = true;
    }
    if (last)
        read_triple(r, last);
    r->flags->has_arm64ec |= switched;
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
    push(r,
         arena_format(r->arena, "%.*s%.*s", STR_ARG(choice->row->text), STR_ARG(value)));
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
    push(r, choice->row->text);
    push(r, path);
}

// "-include config.h" means the one of the build folder, else one that -I leads to.
static void add_include(Reading *r, const Choice *choice)
{
    if (!choice->value.len)
        return;
    Str path = absolute(r, choice->value);
    struct stat st;
    bool here = stat(arena_z(r->arena, path), &st) == 0;
    push(r, choice->row->text);
    push(r, here ? path : choice->value);
}

// The last one counts; it goes to the end of the arguments.
static void set_standard(Reading *r, const Choice *choice)
{
    Str text = choice->row->text;
    bool valued = choice->row->arity != ARITY_ALONE;
    if (valued && !(text.len && flags_is_standard(choice->value)))
        say(r, FLAG_BROKEN, choice, STR("names no language standard that clang knows"));
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
        push(r, choice->flag);
    else if (number || str_eq(value, STR("fast"))) // clang deprecates -Ofast
        push_words(r, number ? STR("-O3") : STR("-O3 -ffast-math"));
    else
        say(r, FLAG_BROKEN, choice, STR("names no level of optimisation"));
}

static void limit(Reading *r, const Choice *choice)
{
    uint64_t value, most = 0;
    bool given =
        str_to_u64(choice->value, &value) && value > 0; // 0 is "no limit" to some
    (void)str_to_u64(choice->row->text, &most);
    if (given && value <= most)
        push(r, choice->flag);
    else
        say(r, FLAG_REFUSED, choice, STR("raises a limit that protects the analysis"));
}

// "sc", "a", "s-c-": the letters count from left to right.
static void exceptions(Reading *r, Str letters)
{
    bool on = false;
    for (size_t i = 0; i < letters.len; i++)
        if (letters.at[i] == 's' || letters.at[i] == 'a')
            on = i + 1 == letters.len || letters.at[i + 1] != '-';
    r->has_exceptions = true;
    push_words(r, on ? STR("-fcxx-exceptions -fexceptions")
                     : STR("-fno-cxx-exceptions -fno-exceptions"));
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
        say(r, FLAG_UNSUPPORTED_CODEGEN, choice, row->text);
    else if (row->action == ACTION_NO_THUNKS)
        say(r, FLAG_NO_THUNKS, choice, row->text);
    else if (row->action == ACTION_REFUSE)
        say(r, FLAG_REFUSED, choice, row->text);
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
        push_words(r, everything ? STR("-Weverything") : STR("-Wall -Wextra"));
    else if (choice->row->text.len)
        push_words(r, choice->row->text);
    else
        push(r, choice->flag);
}

static void pass(Reading *r, const Choice *choice)
{
    if (choice->row->style == STYLE_CC1)
        push(r, STR("-Xclang"));
    push(r, choice->flag);
    if (choice->row->arity == ARITY_SEPARATE)
        push(r, choice->value);
}

// --- Second reading
// ---------------------------------------------------------------------

static void translate(Reading *r, const Choice *choice)
{
    Str text = choice->row->text;
    if (text.at[text.len - 1] == '=')
        push(r,
             arena_format(r->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(choice->value)));
    else
        push_words(r, text);
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
    say(r, FLAG_REFUSED, choice, choice->row->text);
}

static void linker(Reading *r, const Choice *choice)
{
    if (path_is_absolute(choice->value) || str_has(choice->value, STR("/")))
        refuse(r, choice);
}

static void codegen(Reading *r, const Choice *choice)
{
    say(r, FLAG_UNSUPPORTED_CODEGEN, choice, choice->row->text);
}

// What the document is, as far as it can be told here: a neighbour's command speaks of
// the neighbour, whose language a header shares.
static Language language_here(const Reading *r)
{
    const Job *job = r->job;
    Language named = r->flags->language, own = language_of_path(job->path);
    if (own == LANGUAGE_UNKNOWN && str_eq(job->language_id, STR("cpp")))
        own = LANGUAGE_CPP;
    if (job->origin != COMMAND_NEIGHBOUR)
        return named == LANGUAGE_UNKNOWN ? own : named;
    return own == LANGUAGE_UNKNOWN ? language_of_path(job->origin_file) : own;
}

static void pass_c(Reading *r, const Choice *choice)
{
    if (language_here(r) != LANGUAGE_CPP)
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
        say(r, FLAG_BROKEN, choice, STR("names a language that is neither C nor C++"));
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
    push(r, choice->row->text);
}

static void set_lto(Reading *r, const Choice *choice)
{
    r->flags->lto = choice->row->action == ACTION_LTO;
}

static void nothing(Reading *r, const Choice *choice)
{
    (void)r, (void)choice;
}

static void apply(Reading *r, const Choice *choice)
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
        [ACTION_DROP] = nothing,
        [ACTION_IGNORE] = ignore,
        [ACTION_REFUSE] = refuse,
        [ACTION_LINKER] = linker,
        [ACTION_CODEGEN] = codegen,
        [ACTION_NO_THUNKS] = nothing, // read by mllvm(): it stands behind -mllvm only
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
        say(r, FLAG_UNKNOWN, choice, STR(""));
    else if (choice->lacks_value)
        say(r, FLAG_BROKEN, choice, STR("needs a value"));
    else
        actions[choice->row->action](r, choice);
}

// --- The whole command
// ------------------------------------------------------------------

// C without a standard is left to clang, as clang-cl does: its gnu17 with Microsoft's
// extensions takes all that cl's own "C89 and more" takes. C++ is C++14 for cl, clang-cl
// and any MSVC triple, but the other triples' default is lost by retargeting.
//
// The command may be a neighbour's: a header takes the language of the standard, and a
// file of the other language does without it (clang gives up on "-std=c++17" in C).
static void add_standard(Reading *r)
{
    Flags *flags = r->flags;
    Language language = language_here(r);
    bool cpp = str_has(flags->standard, STR("++"));
    bool either = str_eq(flags->standard, STR("-ansi"));
    if (flags->standard.len && language == LANGUAGE_UNKNOWN && !either)
        flags->language = cpp ? LANGUAGE_CPP : LANGUAGE_C;
    else if (!either && (language == LANGUAGE_CPP) != cpp)
        flags->standard = STR("");
    if (!flags->standard.len && language == LANGUAGE_CPP)
        flags->standard = flags->environment == ENVIRONMENT_MSVC ? STR("-std=c++14")
                                                                 : STR("-std=gnu++17");
    if (flags->standard.len)
        push(r, flags->standard);
}

static void add_cl_defaults(Reading *r)
{
    if (!r->has_runtime)
        push(r, STR("-D_MT"));
    // cl compiles 'throw' without /EH and warns; for clang-cl it is an error.
    if (!r->has_exceptions && r->driver.builder.kind == BUILDER_CLANG_CL)
        push_words(r, STR("-fno-cxx-exceptions -fno-exceptions"));
}

// Names of programs that we do not know ("cc_wrapper.sh"), and flags without a program.
static bool looks_like_cl(const Job *job, const Driver *driver)
{
    bool listed = job->origin != COMMAND_DATABASE && job->origin != COMMAND_NEIGHBOUR;
    if (driver->is_known && (!listed || driver->builder.kind != BUILDER_CLANG))
        return false;
    for (size_t i = driver->n_words; i < job->argv.len; i++)
        if (flags_is_cl_word(job->argv.at[i]))
            return true;
    return false;
}

static void read_driver(Reading *r)
{
    StrSpan argv = r->job->argv;
    Driver *driver = &r->driver;
    *driver = driver_read(r->arena, argv);
    bool cl_mode = false;
    for (size_t i = driver->n_words; i < argv.len; i++)
        cl_mode |= str_eq(argv.at[i], STR("--driver-mode=cl"));
    if (!driver->is_cl && (cl_mode || looks_like_cl(r->job, driver))) {
        driver->is_cl = true;
        driver->builder.kind = BUILDER_CLANG_CL;
    }
    Flags *flags = r->flags;
    Triple triple = triple_read(r->arena, driver->triple);
    flags->is_cl = driver->is_cl;
    flags->builder = driver->builder;
    flags->has_arm64ec = triple.is_arm64ec;
    flags->is_windows =
        driver->is_cl || triple.is_windows || path_is_drive(r->job->directory);
    if (driver->is_cl || (triple.is_windows && !triple.is_gnu))
        flags->environment = ENVIRONMENT_MSVC;
    else if (triple.is_gnu)
        flags->environment = ENVIRONMENT_GNU;
}

static void read_command(Reading *r)
{
    read_driver(r);
    StrSpan argv = r->job->argv;
    FlagWords words = {.arena = r->arena, .job = r->job, .flags = r->flags};
    size_t n = r->driver.n_words;
    flags_collect(&words, (StrSpan){argv.at + n, argv.len - n}, 0);
    choose(r, &words);
    read_target(r);
    // The msvc triple implies both; a command may still say otherwise.
    if (r->flags->is_cl)
        push_words(r, STR("-fms-extensions -fms-compatibility"));
    for (uint32_t i = 0; i < r->choices.len; i++)
        apply(r, &r->choices.at[i]);
    if (r->flags->is_cl)
        add_cl_defaults(r);
    // gcc's warnings and folders not yet made are no faults of this file, and with
    // -Werror they would leave libclang without a translation unit.
    if (r->flags->shows_warnings)
        push_words(r, STR("-Wno-unknown-warning-option -Wno-missing-include-dirs"));
}

// The builder that the user names counts more than what the driver's name says.
static void settle_builder(Reading *r)
{
    Flags *flags = r->flags;
    if (!builder_parse(r->job->builder, &flags->builder))
        return;
    if (flags->environment != ENVIRONMENT_ANY)
        return;
    switch (flags->builder.kind) {
    case BUILDER_MSVC:
    case BUILDER_CLANG_CL:
        flags->environment = ENVIRONMENT_MSVC;
        return;
    case BUILDER_MINGW:
        flags->environment = ENVIRONMENT_GNU;
        return;
    case BUILDER_CLANG:
    case BUILDER_RUSTC:
        return;
    }
}

void flags_parse(Arena *arena, const Job *job, Flags *ret_flags)
{
    Flags flags = {.builder.kind = BUILDER_CLANG};
    Reading reading = {.arena = arena, .job = job, .flags = &flags};
    if (job->origin != COMMAND_NONE && job->argv.len)
        read_command(&reading);
    settle_builder(&reading);
    Builder builder = flags.builder;
    if (builder.kind == BUILDER_MSVC && builder.major && !reading.has_msc_version)
        push(&reading, arena_format(arena, "-fms-compatibility-version=%u.%u",
                                    builder.major, builder.minor));
    add_standard(&reading);
    *ret_flags = flags;
}
