// A command line -> arguments for an Arm64EC parse, and what there is to say of it.
//
// Three passes over the words. The first opens response files and takes wrappers such as
// -Xclang off (flags_response.c). The second finds the row of each word and reads what
// concerns the whole command: the target decides what becomes of paths named before it.
// The third builds the arguments.
#include "codegen/frontend/flags_reading.h"
#include "codegen/frontend/language.h"

#include <string.h>
#include <sys/stat.h>

void flags_push(Reading *r, Str arg)
{
    *LIST_PUSH(r->arena, &r->flags->args) = arg;
}

void flags_push_words(Reading *r, Str text)
{
    while (text.len) {
        size_t n = str_find_char(text, ' ');
        flags_push(r, str_sub(text, 0, n));
        text = str_from(text, n + 1);
    }
}

void flags_say(Reading *r, enum FlagNoteKind kind, const Choice *choice, Str why)
{
    flags_note(r->arena, r->flags,
               (FlagNote){.kind = kind, .text = choice->written, .why = why});
}

// What the document is, as far as it can be told here: a neighbour's command speaks of
// the neighbour, whose language a header shares.
Language flags_language_here(const Reading *r)
{
    const Job *job = r->job;
    Language named = r->flags->language, own = language_of_path(job->path);
    if (own == LANGUAGE_UNKNOWN && str_eq(job->language_id, STR("cpp")))
        own = LANGUAGE_CPP;
    if (job->origin != COMMAND_NEIGHBOUR)
        return named == LANGUAGE_UNKNOWN ? own : named;
    return own == LANGUAGE_UNKNOWN ? language_of_path(job->origin_file) : own;
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
    Language language = flags_language_here(r);
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
        flags_push(r, flags->standard);
}

static void add_cl_defaults(Reading *r)
{
    if (!r->has_runtime)
        flags_push(r, STR("-D_MT"));
    // cl compiles 'throw' without /EH and warns; for clang-cl it is an error.
    if (!r->has_exceptions && r->driver.builder.kind == BUILDER_CLANG_CL)
        flags_push_words(r, STR("-fno-cxx-exceptions -fno-exceptions"));
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
        flags_push_words(r, STR("-fms-extensions -fms-compatibility"));
    for (uint32_t i = 0; i < r->choices.len; i++)
        flags_apply(r, &r->choices.at[i]);
    if (r->flags->is_cl)
        add_cl_defaults(r);
    // gcc's warnings and folders not yet made are no faults of this file, and with
    // -Werror they would leave libclang without a translation unit.
    if (r->flags->shows_warnings)
        flags_push_words(r, STR("-Wno-unknown-warning-option -Wno-missing-include-dirs"));
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
        flags_push(&reading, arena_format(arena, "-fms-compatibility-version=%u.%u",
                                          builder.major, builder.minor));
    add_standard(&reading);
    *ret_flags = flags;
}
