// arm64ecd/status: how the server is, for people who ask why something is slow or silent,
// and for bug reports. In the manner of rust-analyzer: health, quiescent, message; the
// rest is ours.
#include "codegen/result.h"
#include "server/cache.h"
#include "server/capsule.h"
#include "server/confinement.h"
#include "server/os.h"
#include "server/server.h"

enum { WORDS_BYTES_MAX = 4096 };

typedef struct Status {
    Server *server;
    Arena *arena;
    Json *json;
    uint32_t n_quarantined;
} Status;

static void put_program(const Status *status)
{
    const Server *server = status->server;
    Json *json = status->json;
    Str llvm = pool_llvm(server->pool);
    json_put_string(json, "version", STR(ARM64ECD_VERSION));
    json_put_string(json, "build", build_id());
    json_put_string(json, "llvm", llvm.len ? llvm : server->options->llvm);
    json_put_string(json, "module", server->options->module);
    json_put_int(json, "pid", uv_os_getpid());
    json_put_int(json, "uptimeMs",
                 (int64_t)((timeline_now_us() - server->started_us) / 1000));
    json_put_int(json, "residentBytes", (int64_t)os_bytes_resident());
    json_put_int(json, "landlock", os_landlock_version());
}

static void put_confinement(const Status *status, Confinement confinement)
{
    Buf words;
    buf_init(&words, WORDS_BYTES_MAX);
    confinement_put(&words, confinement);
    json_put_string(status->json, "confinement", buf_str(&words));
    buf_done(&words);
}

static void put_worker(const Status *status, const PoolWorker *worker)
{
    Json *json = status->json;
    json_object_begin(json);
    json_put_int(json, "pid", worker->pid);
    json_put_string(json, "state",
                    worker->is_ending     ? STR("ending")
                    : worker->is_starting ? STR("starting")
                    : worker->job.len     ? STR("busy")
                                          : STR("idle"));
    json_put_int(json, "ageMs", (int64_t)worker->age_ms);
    json_put_int(json, "residentBytes", (int64_t)worker->resident_bytes);
    json_put_int(json, "warm", worker->n_warm);
    json_put_int(json, "deaths", worker->n_deaths);
    put_confinement(status, worker->confinement);
    json_key(json, "job");
    if (worker->job.len) {
        json_object_begin(json);
        json_put_string(json, "path", worker->job);
        json_put_int(json, "ms", (int64_t)worker->job_ms);
        json_object_end(json);
    } else {
        json_null(json);
    }
    json_object_end(json);
}

static void put_workers(const Status *status)
{
    PoolWorker worker;
    json_key(status->json, "workers");
    json_array_begin(status->json);
    for (uint32_t i = 0; i < status->server->options->n_workers; i++)
        if (pool_worker(status->server->pool, i, &worker))
            put_worker(status, &worker);
    json_array_end(status->json);
}

static bool is_running(const Doc *doc)
{
    return doc->full || (doc->flight && !pool_is_waiting(doc->flight));
}

static bool is_queued(const Doc *doc)
{
    return (doc->flight && pool_is_waiting(doc->flight)) || doc->pending ||
           (doc->wants_full && !doc->full);
}

static uint32_t put_documents(const Status *status, const char *key,
                              bool (*wanted)(const Doc *doc))
{
    uint32_t n = 0;
    List *list = &status->server->documents.list;
    json_key(status->json, key);
    json_array_begin(status->json);
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *doc = CONTAINER_OF(at, Doc, link);
        if (!wanted(doc))
            continue;
        json_object_begin(status->json);
        json_put_string(status->json, "uri", str_of(doc->uri));
        json_put_string(status->json, "stage", doc->full ? STR("full") : STR("live"));
        if (doc->flight)
            json_put_int(status->json, "ms", (int64_t)pool_flying_ms(doc->flight));
        json_object_end(status->json);
        n++;
    }
    json_array_end(status->json);
    return n;
}

static void put_quarantined(Status *status, const Doc *doc, Str words,
                            const RFinding *finding)
{
    Json *json = status->json;
    json_object_begin(json);
    json_put_string(json, "uri", str_of(doc->uri));
    if (finding)
        json_put_int(json, "line", finding->range.start.line + 1);
    json_put_string(json, "words", words);
    json_object_end(json);
    status->n_quarantined++;
}

// Texts that are left alone, and signatures that LLVM cannot lower in the others.
static void put_quarantine(Status *status)
{
    Json *json = status->json;
    List *list = &status->server->documents.list;
    json_key(json, "quarantined");
    json_object_begin(json);
    json_key(json, "texts");
    json_array_begin(json);
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *doc = CONTAINER_OF(at, Doc, link);
        const char *words = schedule_quarantine(&status->server->schedule, doc);
        if (words)
            put_quarantined(status, doc, str_of(words), NULL);
    }
    json_array_end(json);
    json_key(json, "signatures");
    json_array_begin(json);
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *doc = CONTAINER_OF(at, Doc, link);
        const Result *result = doc_truth(doc);
        for (uint32_t i = 0; result && i < result->n_findings; i++)
            if (result->findings[i].number == EC901 &&
                !schedule_quarantine(&status->server->schedule, doc))
                put_quarantined(status, doc,
                                result_str(result, result->findings[i].message),
                                &result->findings[i]);
    }
    json_array_end(json);
    json_object_end(json);
}

static void put_files(const Status *status)
{
    const Options *options = status->server->options;
    Str home = cache_home(status->arena);
    json_put_string(status->json, "cache", home);
    json_put_string(status->json, "capsules",
                    options->no_capsules ? STR("") : capsule_folder(status->arena));
}

static void put_health(const Status *status, uint32_t n_busy)
{
    Str problem = pool_problem(status->server->pool), health = STR("ok");
    Str message = STR("");
    if (problem.len) {
        health = STR("error");
        message = problem;
    } else if (status->n_quarantined) {
        health = STR("warning");
        message =
            arena_format(status->arena, "LLVM fails on %u text%s or signature%s",
                         status->n_quarantined, status->n_quarantined == 1 ? "" : "s",
                         status->n_quarantined == 1 ? "" : "s");
    }
    json_put_string(status->json, "health", health);
    json_put_bool(status->json, "quiescent",
                  !n_busy && schedule_is_idle(&status->server->schedule));
    json_put_string(status->json, "message", message);
}

void on_status(Session *session, const NoParams *p, Reply *reply)
{
    (void)p;
    Buf out;
    Json json;
    Server *server = session->server;
    Status status = {.server = server, .arena = &session->arena, .json = &json};
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    json_object_begin(&json);
    put_program(&status);
    put_workers(&status);
    uint32_t n_busy = put_documents(&status, "running", is_running);
    n_busy += put_documents(&status, "queued", is_queued);
    put_quarantine(&status);
    put_files(&status);
    put_health(&status, n_busy);
    json_object_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
