#include "server/cli/capsule_replay.h"

#include "codegen/result.h"
#include "server/capsule.h"
#include "server/cli/out.h"
#include "server/pool.h"

enum { REPLAY_ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

typedef struct Replay {
    uv_loop_t *loop;
    Arena arena;
    FlightEnd end;
    Str words;
    uint32_t n_findings;
} Replay;

static void on_result(void *owner, Str block)
{
    Replay *replay = owner;
    Result result;
    if (result_open(block, build_id(), &result) == ERR_NONE)
        replay->n_findings = result.n_findings;
}

static void on_end(void *owner, FlightEnd end, Str words)
{
    Replay *replay = owner;
    replay->end = end;
    replay->words = arena_str(&replay->arena, words);
    uv_stop(replay->loop);
}

static void run(Replay *replay, const Options *options, Str program, const Job *job)
{
    static const FlightHandler handler = {on_result, on_end};
    Clock clock;
    PoolOptions how = {
        .loop = replay->loop,
        .clock = &clock,
        .program = program,
        .module = options->module,
        .n_workers = 1, // a death in this process would be ours
        .deadline_ms = options->deadline_ms,
        .address_bytes_max = options->address_bytes_max,
        .resident_bytes_max = options->resident_bytes_max,
    };
    clock_init(&clock, replay->loop, false);
    Pool *pool = pool_new(&how);
    pool_submit(pool, job, PRIORITY_FOREGROUND, &handler, replay);
    uv_run(replay->loop, UV_RUN_DEFAULT);
    pool_free(pool);
    clock_close(&clock);
    uv_run(replay->loop, UV_RUN_DEFAULT);
}

static int tell(const Replay *replay, const Options *options)
{
    switch (replay->end) {
    case FLIGHT_DONE:
        out_error_format("it does not happen here: analysed, with %u findings",
                         replay->n_findings);
        return EXIT_CLEAN;
    case FLIGHT_CRASHED:
        out_error_format("it happens here: crashed: %.*s", STR_ARG(replay->words));
        return EXIT_FINDINGS;
    case FLIGHT_TIMED_OUT:
        out_error_format("it happens here: no end within %u s",
                         options->deadline_ms / 1000);
        return EXIT_FINDINGS;
    case FLIGHT_OUT_OF_MEMORY:
        out_error_format("it happens here: out of memory");
        return EXIT_FINDINGS;
    case FLIGHT_KILLED:
        out_error_format("the process was ended from outside");
        return EXIT_FAILED;
    case FLIGHT_NO_MODULE:
        out_error_format("%.*s", STR_ARG(replay->words));
        return EXIT_FAILED;
    }
    return EXIT_FAILED;
}

int cli_replay_capsule(uv_loop_t *loop, const Options *options, Str program)
{
    Replay replay = {.loop = loop};
    Capsule capsule;
    Str why;
    int status = EXIT_USAGE;
    arena_init(&replay.arena, REPLAY_ARENA_BYTES_MAX);
    if (capsule_read(&replay.arena, options->capsule, &capsule, &why) != ERR_NONE) {
        out_error_format("%.*s: %.*s", STR_ARG(options->capsule), STR_ARG(why));
    } else {
        out_error_format(
            "%.*s, with arm64ecd %.*s (build %.*s) and LLVM %.*s: %.*s: %.*s",
            STR_ARG(capsule.job.path), STR_ARG(capsule.version), STR_ARG(capsule.build),
            STR_ARG(capsule.llvm), STR_ARG(capsule.end), STR_ARG(capsule.words));
        run(&replay, options, program, &capsule.job);
        status = tell(&replay, options);
    }
    arena_done(&replay.arena);
    return status;
}
