#include "server/worker.h"

#include "codegen/result.h"
#include "codegen/toolchain/builder.h"
#include "protocol/base/arena.h"
#include "protocol/base/buf.h"
#include "server/lane.h"

#include <stdio.h>
#include <string.h>

enum { WORKER_ARENA_BYTES_MAX = 64 * 1024 * 1024, REFUSAL_BYTES_MAX = 4096 };

// By what the loader found, whatever the name of the file says.
static bool is_too_old(Module *module)
{
    Arena arena;
    arena_init(&arena, REFUSAL_BYTES_MAX);
    Str version = str_of(module->api->llvm(module->pipeline));
    size_t dot = str_find_char(version, '.');
    Str rest = str_from(version, dot + 1);
    uint64_t major = 0, minor = 0;
    (void)str_to_u64(str_sub(version, 0, dot), &major);
    (void)str_to_u64(str_sub(rest, 0, str_find_char(rest, '.')), &minor);
    Str name = arena_format(&arena, "LLVM %.*s", STR_ARG(version));
    Str refusal = llvm_refusal(&arena, name, (uint32_t)major, (uint32_t)minor);
    snprintf(module->why, sizeof module->why, "%.*s", STR_ARG(refusal));
    arena_done(&arena);
    return module->why[0] != '\0';
}

static bool open_pipeline(Module *module, Str path, PipelineReads *reads)
{
    union {
        void *symbol;
        PipelineEntry *function;
    } entry;
    if (uv_dlsym(&module->lib, PIPELINE_ENTRY, &entry.symbol) != 0) {
        snprintf(module->why, sizeof module->why, "it has no %s", PIPELINE_ENTRY);
        return false;
    }
    module->api = entry.function();
    if (module->api->abi != PIPELINE_ABI ||
        !str_eq(module->api->build_id(), build_id())) {
        snprintf(module->why, sizeof module->why,
                 "it belongs to another build of arm64ecd");
        return false;
    }
    Str folder = str_sub(path, 0, str_find_char_last(path, '/'));
    module->pipeline = module->api->open(folder, reads, module->why, sizeof module->why);
    if (module->pipeline && is_too_old(module)) {
        module->api->close(module->pipeline);
        module->pipeline = NULL;
    }
    return module->pipeline != NULL;
}

void module_load(Module *module, Str path, PipelineReads *reads)
{
    *module = (Module){0};
    char *z = mem_copy(path);
    if (uv_dlopen(z, &module->lib) != 0) {
        snprintf(module->why, sizeof module->why, "%s", uv_dlerror(&module->lib));
        uv_dlclose(&module->lib); // the words
    } else {
        open_pipeline(module, path, reads);
    }
    mem_free(z);
}

void module_unload(Module *module)
{
    if (module->pipeline)
        module->api->close(module->pipeline);
    module->pipeline = NULL; // the code stays mapped: LLVM's own destructors need it
}

typedef struct Worker {
    int results; // file descriptor
    Module module;
} Worker;

static Err say(const Worker *worker, WorkerSays kind, Str bytes)
{
    WorkerHeader header = {WORKER_MAGIC, kind, bytes.len};
    Err err = os_write_all(worker->results, &header, sizeof header);
    return err ? err : os_write_all(worker->results, bytes.at, bytes.len);
}

static void on_result(void *owner, Str block)
{
    Err gone = say(owner, WORKER_RESULT, block);
    (void)gone; // the next read finds the pipe closed, too
}

static Err do_job(Worker *worker, Arena *arena, Str block)
{
    Job job;
    Err err = job_read(arena, block, &job);
    os_unlimit_reading(); // the command is read first, which looks at its roots itself
    if (!err)
        worker->module.api->run(worker->module.pipeline, &job, on_result, worker);
    if (!err && (job.kind == JOB_CLOSE || job.kind == JOB_COOL))
        os_release_memory();
    WorkerEnd end = {.resident_bytes = os_bytes_resident(),
                     .spans = *worker->module.api->spans(worker->module.pipeline)};
    Err gone = say(worker, WORKER_END, (Str){(const char *)&end, sizeof end});
    return err ? err : gone;
}

// Until the pipe closes or says something that is no job.
static Err serve(Worker *worker)
{
    Arena arena;
    arena_init(&arena, WORKER_ARENA_BYTES_MAX);
    Err err = ERR_NONE;
    while (!err) {
        LaneBlock block;
        err = lane_take(0, WORKER_SHARED_FD, &block);
        if (!err)
            err = do_job(worker, &arena, (Str){block.at, block.n_bytes});
        lane_drop(&block);
        arena_reset(&arena);
    }
    arena_done(&arena);
    return err;
}

int worker_main(Str module_path_given, uint64_t address_bytes_max)
{
    Confinement bounds;
    Worker worker = {.results = os_prepare_worker(address_bytes_max, &bounds)};
    Err err = say(&worker, WORKER_CONFINED, (Str){(const char *)&bounds, sizeof bounds});
    module_load(&worker.module, module_path_given, os_limit_reading);
    if (err)
        ;
    else if (!worker.module.pipeline)
        err = say(&worker, WORKER_NO_MODULE, str_of(worker.module.why));
    else
        err = say(&worker, WORKER_HELLO,
                  str_of(worker.module.api->llvm(worker.module.pipeline)));
    if (!err && worker.module.pipeline)
        err = serve(&worker);
    module_unload(&worker.module);
    return err == ERR_NONE || err == ERR_ABSENT ? 0 : 3;
}
