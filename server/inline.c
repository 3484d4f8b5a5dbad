// The pipeline inside this process: the debugging mode and the mode of the transcripts.
#include "server/disk.h"
#include "server/seat.h"

#include <string.h>

enum { INLINE_ARENA_BYTES_MAX = 64 * 1024 * 1024 };

struct Inline {
    const PoolOptions *options;
    const SeatHandler *handler;
    InlineNext *next;
    void *owner;
    uv_idle_t turn; // runs one job a turn of the loop
    Module module;
    bool loaded;
    Arena arena;
    void *job; // in hand
    void (*on_gone)(void *);
    void *gone_owner;
};

static bool load(Inline *here)
{
    if (here->loaded)
        return here->module.pipeline != NULL;
    here->loaded = true;
    module_load(&here->module, here->options->module, NULL);
    if (here->module.pipeline)
        here->handler->on_hello(here->owner,
                                str_of(here->module.api->llvm(here->module.pipeline)));
    else
        here->handler->on_no_module(here->owner, str_of(here->module.why));
    return here->module.pipeline != NULL;
}

// The block lies in the module's own buffer, which malloc aligned.
static void on_result(void *owner, Str block)
{
    Inline *here = owner;
    here->handler->on_result(here->owner, here->job, block);
}

static void run(Inline *here, const Job *job)
{
    const PipelineApi *api = here->module.api;
    uint64_t since = timeline_now_us();
    api->run(here->module.pipeline, job, on_result, here);
    Slice slice = {.row = uv_os_getpid(),
                   .name = disk_name_of(job->path),
                   .category = STR("job"),
                   .begin_us = since,
                   .end_us = timeline_now_us(),
                   .path = job->path};
    timeline_slice(here->options->timeline, &slice);
    timeline_spans(here->options->timeline, slice.row, api->spans(here->module.pipeline),
                   job->path);
}

static void on_turn(uv_idle_t *turn)
{
    Inline *here = turn->data;
    Str block;
    if (!load(here)) {
        uv_idle_stop(turn);
        return;
    }
    here->job = here->next(here->owner, &block);
    if (!here->job) {
        uv_idle_stop(turn);
        return;
    }
    Job job;
    char *copy = mem_copy(block);
    if (job_read(&here->arena, (Str){copy, block.len}, &job) == ERR_NONE)
        run(here, &job);
    arena_reset(&here->arena);
    mem_free(copy);
    here->handler->on_end(here->owner, here->job, SEAT_JOB_DONE, STR(""));
}

Inline *inline_new(const PoolOptions *options, const SeatHandler *handler,
                   InlineNext *next, void *owner)
{
    Inline *here = mem_new(sizeof *here);
    *here =
        (Inline){.options = options, .handler = handler, .next = next, .owner = owner};
    arena_init(&here->arena, INLINE_ARENA_BYTES_MAX);
    uv_idle_init(options->loop, &here->turn);
    here->turn.data = here;
    return here;
}

void inline_wake(Inline *here)
{
    uv_idle_start(&here->turn, on_turn);
}

static void on_closed(uv_handle_t *handle)
{
    Inline *here = handle->data;
    void (*on_gone)(void *) = here->on_gone;
    void *gone_owner = here->gone_owner;
    module_unload(&here->module);
    arena_done(&here->arena);
    mem_free(here);
    on_gone(gone_owner);
}

void inline_free(Inline *owned_here, void (*on_gone)(void *), void *gone_owner)
{
    owned_here->on_gone = on_gone;
    owned_here->gone_owner = gone_owner;
    uv_close((uv_handle_t *)&owned_here->turn, on_closed);
}
