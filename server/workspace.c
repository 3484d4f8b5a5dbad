#include "server/workspace.h"

#include "codegen/frontend/language.h"
#include "server/disk.h"
#include "server/roots.h"

void workspace_init(Workspace *workspace, const Options *options)
{
    *workspace = (Workspace){
        .options = options, .db = compile_db_new(), .consumers = consumers_new()};
}

void workspace_done(Workspace *workspace)
{
    for (uint32_t i = 0; i < workspace->n_roots; i++)
        mem_free(workspace->roots[i]);
    mem_free(workspace->roots);
    mem_free(workspace->editor_settings);
    compile_db_free(workspace->db);
    consumers_free(workspace->consumers);
    *workspace = (Workspace){0};
}

void workspace_add_root(Workspace *workspace, Str path)
{
    size_t n_bytes = (workspace->n_roots + 1) * sizeof *workspace->roots;
    workspace->roots = mem_grow(workspace->roots, n_bytes);
    workspace->roots[workspace->n_roots++] = mem_copy(path);
}

void workspace_remove_root(Workspace *workspace, Str path)
{
    for (uint32_t i = 0; i < workspace->n_roots; i++) {
        if (!str_eq(str_of(workspace->roots[i]), path))
            continue;
        mem_free(workspace->roots[i]);
        workspace->roots[i] = workspace->roots[--workspace->n_roots];
        return;
    }
}

void workspace_set_editor_settings(Workspace *workspace, Str json)
{
    mem_free(workspace->editor_settings);
    workspace->editor_settings = mem_copy(json);
}

void workspace_settings(const Workspace *workspace, Arena *arena, Str path,
                        Settings *ret_settings)
{
    settings_read(arena, path, str_of(workspace->editor_settings), ret_settings);
    if (workspace->options->builtin_headers_only)
        ret_settings->builtin_headers_only = true;
    if (workspace->options->builder.len)
        ret_settings->builder = workspace->options->builder;
    if (workspace->options->database.len)
        ret_settings->compile_commands = workspace->options->database;
}

static Str folder_of(Str path)
{
    size_t slash = str_find_char_last(path, '/');
    return slash == path.len || slash == 0 ? STR("/") : str_sub(path, 0, slash);
}

// A program that stands for "flags alone": clang's driver with GNU-style arguments.
static StrSpan with_program(Arena *arena, StrSpan flags)
{
    Str *argv = ARENA_ARRAY(arena, Str, flags.len + 1);
    argv[0] = STR("clang");
    for (size_t i = 0; i < flags.len; i++)
        argv[i + 1] = flags.at[i];
    return (StrSpan){argv, flags.len + 1};
}

// "-- clang-cl /W4" names its own driver; "-- -Iinclude" does not.
static StrSpan given_flags(Arena *arena, StrSpan flags)
{
    bool has_program = flags.len && flags.at[0].len && flags.at[0].at[0] != '-' &&
                       flags.at[0].at[0] != '/' && flags.at[0].at[0] != '@';
    return has_program ? flags : with_program(arena, flags);
}

// The command of the source that includes a header says more of it than that of a file
// with a similar name.
static void take_includers_command(Workspace *workspace, Arena *arena,
                                   const Settings *settings, Str includer,
                                   CompileCommand *command)
{
    CompileCommand other;
    if (!includer.len || command->origin == COMMAND_DATABASE)
        return;
    compile_db_find(workspace->db, arena, includer, settings->compile_commands, &other);
    if (other.origin != COMMAND_DATABASE)
        return;
    *command = other;
    command->origin = COMMAND_NEIGHBOUR;
    command->origin_file = includer;
}

static void settle_command(Workspace *workspace, Arena *arena, const Settings *settings,
                           Str includer, Job *job)
{
    const Options *options = workspace->options;
    job->directory = folder_of(job->path);
    if (options->has_flags) {
        job->argv = given_flags(arena, options->flags);
        job->origin = COMMAND_ARGUMENTS;
        job->directory = options->directory;
        return;
    }
    CompileCommand command;
    compile_db_find(workspace->db, arena, job->path, settings->compile_commands,
                    &command);
    take_includers_command(workspace, arena, settings, includer, &command);
    workspace->is_short |= command.is_short;
    job->origin_problem = command.problem;
    job->origin_path = command.origin_path;
    job->origin_line = command.line;
    job->origin_column = command.column;
    if (command.origin != COMMAND_NONE) {
        job->argv = command.argv;
        job->origin = command.origin;
        job->origin_file = command.origin_file;
        job->origin_text = command.text;
        job->directory = command.directory;
    } else if (settings->flags.len) {
        job->argv = with_program(arena, settings->flags);
        job->origin = COMMAND_SETTINGS;
        if (settings->file.len)
            job->directory = folder_of(settings->file);
    }
}

static void settle_consumers(Workspace *workspace, Arena *arena, Job *job)
{
    if (workspace->waits_for_consumers && language_is_header(job->path) &&
        consumers_is_full_for(workspace->consumers, job->path)) {
        consumers_free(workspace->consumers); // another project than the last one's
        workspace->consumers = consumers_new();
    }
    Consumers *consumers = workspace->consumers;
    Hash *hash = &workspace->consumers_hash;
    job->consumers = consumers_of(consumers, arena, workspace->db, job, hash);
    while (workspace->waits_for_consumers && consumers_has_work(consumers)) {
        while (consumers_has_work(consumers))
            consumers_step(consumers, CONSUMERS_TURN_MS);
        job->consumers = consumers_of(consumers, arena, workspace->db, job, hash);
    }
}

void workspace_job(Workspace *workspace, Arena *arena, const Settings *settings, Str path,
                   Str includer, Str language_id, Str text, Job *ret_job)
{
    *ret_job = (Job){
        .kind = JOB_CHECK,
        .path = path,
        .text = text,
        .language_id = language_id,
        .builder = settings->builder,
        .clang = settings->clang,
        .builtin_headers_only = settings->builtin_headers_only,
        .header_paths = settings->header_paths,
        .settings_problems = settings->problems,
    };
    workspace->is_short = settings->is_short;
    settle_command(workspace, arena, settings, includer, ret_job);
    ret_job->roots = roots_of(workspace, arena, ret_job);
    settle_consumers(workspace, arena, ret_job);
}
