// EC6xx, EC223: what the compile command and the settings say, and what became of it.
#include "codegen/rules/rules.h"

static void report_flag(Unit *unit, const FlagNote *note, Place at)
{
    switch (note->kind) {
    case FLAG_IGNORED: // told together by report_ignored()
        return;
    case FLAG_REFUSED:
        REPORT(unit, EC628_flag, at, note->text, note->why);
        return;
    case FLAG_TRIPLE_NOT_WINDOWS:
        REPORT(unit, EC601_triple, at, note->text, note->fix, note->why);
        return;
    case FLAG_UNSUPPORTED_CODEGEN:
        REPORT(unit, EC609_flag, at, note->text, note->why);
        return;
    case FLAG_NO_THUNKS:
        REPORT(unit, EC223_flag, at, note->text, note->why);
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

// One EC627 for all ignored flags of a file: a gcc command has dozens.
static void report_ignored(Unit *unit, const Flags *flags, Place at)
{
    Str all = STR("");
    for (uint32_t i = 0; i < flags->notes.len; i++)
        if (flags->notes.at[i].kind == FLAG_IGNORED)
            all = arena_format(unit->arena, "%.*s%s%.*s", STR_ARG(all),
                               all.len ? " " : "", STR_ARG(flags->notes.at[i].text));
    if (all.len)
        REPORT(unit, EC627_flag, at, all)->quiet = true;
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
        if (flags->notes.at[i].kind != FLAG_IGNORED)
            report_flag(unit, &flags->notes.at[i], at);
    report_ignored(unit, flags, at);
}
