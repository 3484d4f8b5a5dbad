// EC6xx, EC223: what the compile command and the settings say, and what became of it.
#include "codegen/rules/rules.h"

// "arm64ec-linux-gnu" of "--target=arm64ec-linux-gnu" and of "-target arm64ec-linux-gnu".
static Str triple_of(Str written)
{
    size_t space = str_find_char_last(written, ' ');
    Str value = space < written.len ? str_from(written, space + 1) : written;
    size_t equals = str_find_char_last(value, '=');
    return equals < value.len ? str_from(value, equals + 1) : value;
}

// In compile_flags.txt, where the triple stands once. A compile_commands.json is made by
// a build system, which would write it again.
static void fix_triple(Unit *unit, Finding *finding, const FlagNote *note)
{
    const Job *job = unit->job;
    Str text = job->origin_text, triple = triple_of(note->text);
    size_t begin = str_find(text, triple), end = begin + triple.len;
    if (job->origin != COMMAND_FLAGS_TXT || !triple.len || begin == text.len ||
        str_find(str_from(text, end), triple) < text.len - end)
        return;
    Lines lines;
    lines_init(&lines, text);
    Place at = {unit_path(unit, job->origin_path),
                lines_pos(&lines, text, (uint32_t)begin),
                lines_pos(&lines, text, (uint32_t)end)};
    lines_done(&lines);
    Fix *fix = unit_fix(
        unit, finding,
        arena_format(unit->arena, "write %.*s in compile_flags.txt", STR_ARG(note->fix)));
    fix->preferred = true;
    unit_edit(unit, fix, at, note->fix);
}

static void report_flag(Unit *unit, const FlagNote *note, Place at)
{
    switch (note->kind) {
    case FLAG_IGNORED: // told together by report_ignored()
    case FLAG_UNKNOWN: // the same
        return;
    case FLAG_BROKEN:
        REPORT(unit, EC627_broken, at, note->text, note->why)->severity =
            SEVERITY_WARNING;
        return;
    case FLAG_REFUSED:
        REPORT(unit, EC628_flag, at, note->text, note->why);
        return;
    case FLAG_TRIPLE_NOT_WINDOWS:
        fix_triple(unit, REPORT(unit, EC601_triple, at, note->text, note->fix, note->why),
                   note);
        return;
    case FLAG_UNSUPPORTED_CODEGEN:
        REPORT(unit, EC609_flag, at, note->text, note->why);
        return;
    case FLAG_NO_THUNKS:
        REPORT(unit, EC223_flag, at, note->text, note->why);
        return;
    case FLAG_ADDRESS_SANITIZER: // told below
        return;
    case FLAG_LIMIT:
        if (note->text.len)
            REPORT(unit, EC905_response, at, note->text);
        else
            REPORT(unit, EC905_arguments, at,
                   arena_format(unit->arena, "%d", FLAGS_ARGS_MAX));
        return;
    }
}

// The flags of one kind, with blanks between.
static Str flags_of_kind(Unit *unit, const Flags *flags, enum FlagNoteKind kind)
{
    Str all = STR("");
    for (uint32_t i = 0; i < flags->notes.len; i++)
        if (flags->notes.at[i].kind == kind)
            all = arena_format(unit->arena, "%.*s%s%.*s", STR_ARG(all),
                               all.len ? " " : "", STR_ARG(flags->notes.at[i].text));
    return all;
}

// One EC627 for all ignored flags of a file: a gcc command has dozens. Who has just typed
// a flag that nobody knows wants to hear of it; a build system's is none of their
// concern.
static void report_ignored(Unit *unit, const Flags *flags, Place at)
{
    Str known = flags_of_kind(unit, flags, FLAG_IGNORED);
    Str unknown = flags_of_kind(unit, flags, FLAG_UNKNOWN);
    if (unknown.len)
        REPORT(unit, EC627_unknown, at, unknown)->quiet =
            unit->job->origin != COMMAND_ARGUMENTS;
    if (known.len)
        REPORT(unit, EC627_flag, at, known)->quiet = true;
}

void rules_toolchain(Unit *unit, const Flags *flags)
{
    const Job *job = unit->job;
    Place at = unit_first_line(unit);
    if (job->origin_problem.len) {
        Str place = job->origin_line ? arena_format(unit->arena, "%.*s:%u:%u",
                                                    STR_ARG(job->origin_path),
                                                    job->origin_line, job->origin_column)
                                     : job->origin_path;
        REPORT(unit, EC629_json, at, place, job->origin_problem);
    } else if (job->origin == COMMAND_NONE) {
        REPORT(unit, EC630_defaults, at, unit->target);
    }
    for (size_t i = 0; i < job->settings_problems.len; i++)
        REPORT(unit, EC631_setting, at, job->settings_problems.at[i]);
    for (uint32_t i = 0; i < flags->notes.len; i++)
        report_flag(unit, &flags->notes.at[i], at);
    report_ignored(unit, flags, at);
    for (uint32_t i = 0; i < flags->notes.len && flags->has_arm64ec; i++)
        if (flags->notes.at[i].kind == FLAG_ADDRESS_SANITIZER)
            REPORT(unit, EC323_flag, at, flags->notes.at[i].text, flags->notes.at[i].why);
    // A command for another target says nothing of what will compile for this one.
    Str refusal = builder_refusal(unit->arena, flags->builder);
    if (refusal.len && flags->has_arm64ec)
        REPORT(unit, EC610_before, at, refusal);
}
