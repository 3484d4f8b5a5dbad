#include "server/full_stage.h"

#include "codegen/frontend/readable.h"
#include "codegen/full/full.h"
#include "protocol/base/log.h"
#include "server/clang_finder.h"
#include "server/disk.h"

enum {
    OBJECT_BYTES_MAX = 256 * 1024 * 1024,
    WORDS_BYTES_MAX = 4 * 1024 * 1024,
    ARGUMENTS_ARENA_BYTES_MAX = 64 * 1024 * 1024,
};

struct FullStage {
    Spawn *spawn;
    Arena arena; // of `job`
    Job job;
    char *live_block; // owned
    Result live;
    uint32_t deadline_ms;
    Timeline *timeline;
    int64_t pid;
    uint64_t since_us;
    FullStageDone *done;
    void *owner;
};

void full_tools_find(Arena *arena, Str llvm, FullTools *tools)
{
    Str program, why = STR("");
    bool found = finder_clang_here(arena, llvm, llvm, &program, &why);
    tools->program = found ? program : STR("");
    tools->why = why;
}

bool full_stage_applies(const Job *job, const Result *live)
{
    for (uint32_t i = 0; i < live->n_arguments; i++)
        if (str_ends(result_str(live, live->arguments[i]), STR("-header")))
            return false;
    return live->n_arguments && disk_stamp(job->path).kind == STAMP_FILE;
}

static void stage_free(FullStage *stage)
{
    mem_free(stage->live_block);
    arena_done(&stage->arena);
    mem_free(stage);
}

// clang's driver lives on when the compiler in it has crashed, and says so.
static bool has_crashed(Str words)
{
    return str_has(words, STR("PLEASE submit a bug report")) ||
           str_has(words, STR("error in backend: ")) ||
           str_has(words, STR("LLVM ERROR: "));
}

static FullEnd end_of(const SpawnAnswer *answer)
{
    switch (answer->end) {
    case SPAWN_EXITED:
        return answer->status == 0        ? FULL_COMPILED
               : has_crashed(answer->err) ? FULL_DIED
                                          : FULL_REFUSED;
    case SPAWN_KILLED:
    case SPAWN_TOO_LONG:
        return FULL_DIED;
    case SPAWN_TIMED_OUT:
        return FULL_TIMED_OUT;
    case SPAWN_NOT_STARTED:
        break;
    }
    return FULL_NO_CLANG;
}

static void put_slice(const FullStage *stage, Str words)
{
    Slice slice = {.row = stage->pid,
                   .name = STR("full"),
                   .category = STR("stage"),
                   .begin_us = stage->since_us,
                   .end_us = timeline_now_us(),
                   .path = stage->job.path,
                   .words = words};
    timeline_slice(stage->timeline, &slice);
}

static void on_done(void *owner, const SpawnAnswer *answer)
{
    FullStage *stage = owner;
    Buf block;
    put_slice(stage,
              answer->end == SPAWN_EXITED ? STR("") : STR("did not end by itself"));
    FullCompile compile = {.end = end_of(answer),
                           .object = answer->out,
                           .words = answer->err,
                           .why = answer->err,
                           .deadline_s = stage->deadline_ms / 1000};
    buf_init(&block, RESULT_BYTES_MAX);
    full_write(&stage->job, &stage->live, &compile, &block);
    stage->done(stage->owner, buf_str(&block));
    buf_done(&block);
    stage_free(stage);
}

static StrSpan arguments_of(Arena *arena, const FullStage *stage)
{
    Str *args = ARENA_ARRAY(arena, Str, stage->live.n_arguments);
    for (uint32_t i = 0; i < stage->live.n_arguments; i++)
        args[i] = result_str(&stage->live, stage->live.arguments[i]);
    return (StrSpan){args, stage->live.n_arguments};
}

static StrSpan command_of(Arena *arena, const FullTools *tools, const FullStage *stage)
{
    LIST(Str) argv = {0};
    *LIST_PUSH(arena, &argv) = tools->program;
    for (uint32_t i = 0; i < stage->live.n_arguments; i++)
        *LIST_PUSH(arena, &argv) = result_str(&stage->live, stage->live.arguments[i]);
    for (size_t i = 0; full_arguments[i]; i++)
        *LIST_PUSH(arena, &argv) = str_of(full_arguments[i]);
    *LIST_PUSH(arena, &argv) = STR("--");
    *LIST_PUSH(arena, &argv) = stage->job.path;
    return (StrSpan){argv.at, argv.len};
}

FullStage *full_stage_start(const FullTools *tools, const Job *job, const Result *live,
                            FullStageDone *done, void *owner)
{
    FullStage *stage = mem_new(sizeof *stage);
    *stage = (FullStage){.deadline_ms = tools->deadline_ms,
                         .timeline = tools->timeline,
                         .since_us = timeline_now_us(),
                         .done = done,
                         .owner = owner};
    arena_init(&stage->arena, RESULT_BYTES_MAX);
    stage->job = (Job){.path = arena_str(&stage->arena, job->path),
                       .text = arena_str(&stage->arena, job->text),
                       .directory = arena_str(&stage->arena, job->directory),
                       .clang = job->clang};
    stage->live_block = mem_copy(live->block);
    Str block = {stage->live_block, live->block.len};
    if (result_open(block, build_id(), &stage->live) != ERR_NONE)
        BUG("a Result that was open before");
    Arena arena;
    arena_init(&arena, ARGUMENTS_ARENA_BYTES_MAX);
    SpawnHow how = {
        .loop = tools->loop,
        .clock = tools->clock,
        .argv = command_of(&arena, tools, stage),
        .readable = readable_folders(&arena, job, arguments_of(&arena, stage)),
        .directory = disk_folder_of(stage->job.path),
        .deadline_ms = tools->deadline_ms,
        .address_bytes_max = tools->address_bytes_max,
        .out_bytes_max = OBJECT_BYTES_MAX,
        .err_bytes_max = WORDS_BYTES_MAX,
        .is_background = tools->is_background,
    };
    stage->spawn = spawn_start(&how, on_done, stage);
    stage->pid = spawn_pid(stage->spawn);
    timeline_name_row(stage->timeline, stage->pid, "clang");
    arena_done(&arena);
    return stage;
}

void full_stage_cancel(FullStage *stage)
{
    if (!stage)
        return;
    put_slice(stage, STR("cancelled"));
    spawn_cancel(stage->spawn);
    stage_free(stage);
}

void full_stage_refuse(const FullTools *tools, const Job *job, const Result *live,
                       Buf *out)
{
    FullCompile compile = {.end = FULL_NO_CLANG, .why = tools->why};
    full_write(job, live, &compile, out);
}
