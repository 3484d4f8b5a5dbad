#include "server/schedule.h"

#include "codegen/frontend/language.h"
#include "protocol/base/log.h"
#include "server/disk.h"
#include "server/schedule_cut.h"
#include "server/unsaved.h"

enum { JOB_MAKING_BYTES_MAX = 1024 * 1024 * 1024 };

static void submit(Schedule *schedule, Doc *doc);

const char *schedule_quarantine(Schedule *schedule, const Doc *doc)
{
    return quarantine_words(&schedule->quarantine, doc);
}

static void keep(Schedule *schedule, Doc *doc, Str block)
{
    if (doc_keep_result(doc, block, doc->generation) != ERR_NONE) {
        log_line(LOG_ERROR, "a worker sent what is no Result of this build");
        return;
    }
    schedule->on_done(schedule->owner, doc);
}

static bool includes(const Doc *doc, Str path)
{
    for (Stage stage = 0; stage < STAGE_COUNT; stage++) {
        const Result *result = &doc->result[stage];
        for (uint32_t i = 0; i < result->n_includes; i++)
            if (str_eq(result_path(result, result->includes[i]), path))
                return true;
    }
    return false;
}

// What was given up has no Result that tells: a name that stands in its text may be it.
static bool may_include(const Doc *doc, Str path)
{
    return includes(doc, path) ||
           (doc->is_given_up && str_has(doc->text, disk_name_of(path)));
}

// An open document that includes this one.
static Str includer_of(Schedule *schedule, const Doc *doc)
{
    List *list = &schedule->documents->list;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *other = CONTAINER_OF(at, Doc, link);
        if (other != doc && includes(other, str_of(doc->path)))
            return str_of(other->path);
    }
    return STR("");
}

void schedule_make_job(Schedule *schedule, Doc *doc, Arena *arena, Job *ret_job)
{
    Settings settings;
    Str path = str_of(doc->path);
    Str includer = includer_of(schedule, doc);
    workspace_settings(schedule->workspace, arena, path, &settings);
    workspace_job(schedule->workspace, arena, &settings, path, includer,
                  str_of(doc->language_id), doc->text, ret_job);
    doc->consumers = schedule->workspace->consumers_hash;
    unsaved_put(schedule->documents, doc, doc->needs_whole, arena, ret_job);
}

static void touch(Schedule *schedule, Doc *doc, TouchReason reason)
{
    doc_touch(schedule->documents, doc);
    schedule_touch(schedule, doc, reason);
}

// Headers among the documents whose command was taken from `doc`, or would be now.
static void touch_included(Schedule *schedule, const Doc *doc, Hash path)
{
    List *list = &schedule->documents->list;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Doc *other = CONTAINER_OF(at, Doc, link);
        bool may_change =
            hash_eq(other->includer, path) || (doc && includes(doc, str_of(other->path)));
        if (other != doc && may_change && other->flight_generation &&
            !hash_eq(other->includer, hash_of(includer_of(schedule, other))))
            touch(schedule, other, TOUCH_NOW);
    }
}

static void fall_back(Schedule *schedule, Doc *doc, FallbackReason reason, Str words)
{
    Arena arena;
    Job job;
    Buf block;
    arena_init(&arena, JOB_MAKING_BYTES_MAX);
    buf_init(&block, RESULT_BYTES_MAX);
    schedule_make_job(schedule, doc, &arena, &job);
    Fallback fallback = {
        .reason = reason,
        .words = words,
        .capsule = pool_capsule(schedule->pool),
        .llvm = pool_llvm(schedule->pool).len ? pool_llvm(schedule->pool)
                                              : schedule->options->llvm,
        .module = schedule->options->module,
        .llvm_instead = schedule->options->llvm_instead,
        .deadline_ms = schedule->options->deadline_ms,
        .address_bytes_max = schedule->options->address_bytes_max,
    };
    fallback_write(&job, &fallback, &block);
    keep(schedule, doc, buf_str(&block));
    touch_included(schedule, doc, hash_of(str_of(doc->path))); // it includes nothing now
    buf_done(&block);
    arena_done(&arena);
}

// --- A flight comes home
// ----------------------------------------------------------------------

// Something that this Result is made of has changed while its job was out.
static bool is_overtaken(const Schedule *schedule, const Doc *doc)
{
    const Changes *changes = &schedule->changes;
    const Result *result = &doc->result[STAGE_LIVE];
    uint64_t n = doc->flight_changes;
    if (changes->created_at > n && unsaved_misses_a_header(result))
        return true;
    for (uint32_t i = 0; i < result->n_includes && changes->n > n; i++)
        if (changes_since(changes, n, result_path(result, result->includes[i])))
            return true;
    return false;
}

static void on_result(void *owner, Str block)
{
    Doc *doc = owner;
    Schedule *schedule = doc->schedule;
    if (doc->flight_generation != doc->generation)
        return;
    if (unsaved_is_missed(doc, block)) {
        doc->pending = true;
        doc->only_edited = false;
        return;
    }
    doc->is_given_up = doc->wants_unsaved = false;
    if (!doc->answer_ms && doc->flight)
        doc->answer_ms = pool_flying_ms(doc->flight) + 1;
    keep(schedule, doc, block);
    touch_included(schedule, doc, hash_of(str_of(doc->path)));
    if (is_overtaken(schedule, doc))
        touch(schedule, doc, TOUCH_NOW);
}

static void again(Schedule *schedule, Doc *doc)
{
    doc->pending = true;
    submit(schedule, doc);
}

// The text of this flight has cost a worker.
static void after_death(Schedule *schedule, Doc *doc, FlightEnd end, Str words)
{
    bool is_excusable = changes_of_others_since(&schedule->changes, doc->flight_changes,
                                                str_of(doc->path));
    if (quarantine_put(&schedule->quarantine, doc, end, is_excusable, words)) {
        again(schedule, doc);
        return;
    }
    doc->is_given_up = true;
    fall_back(schedule, doc, fallback_reason(end), words);
}

// --- The full stage
// ----------------------------------------------------------------------------

static void start_full(Schedule *schedule);

static void on_full(void *owner, Str block)
{
    Doc *doc = owner;
    Schedule *schedule = doc->schedule;
    doc->full = NULL;
    schedule->n_full--;
    keep(schedule, doc, block);
    start_full(schedule);
    schedule->on_done(schedule->owner, NULL);
}

static void seek_clang(Schedule *schedule)
{
    if (schedule->has_sought_clang)
        return;
    schedule->has_sought_clang = true;
    arena_init(&schedule->arena, JOB_MAKING_BYTES_MAX);
    full_tools_find(&schedule->arena, schedule->options->llvm, &schedule->full);
}

void schedule_done(Schedule *schedule)
{
    clock_disarm(&schedule->revive);
    if (schedule->has_sought_clang)
        arena_done(&schedule->arena);
}

static void refuse_full(Schedule *schedule, Doc *doc, const Job *job)
{
    if (schedule->is_refusal_told)
        return;
    schedule->is_refusal_told = true;
    Buf block;
    buf_init(&block, RESULT_BYTES_MAX);
    full_stage_refuse(&schedule->full, job, &doc->result[STAGE_LIVE], &block);
    keep(schedule, doc, buf_str(&block));
    buf_done(&block);
}

static void start_one(Schedule *schedule, Doc *doc)
{
    Arena arena;
    Job job;
    const Result *live = &doc->result[STAGE_LIVE];
    doc->wants_full = false;
    seek_clang(schedule);
    arena_init(&arena, JOB_MAKING_BYTES_MAX);
    schedule_make_job(schedule, doc, &arena, &job);
    if (!full_stage_applies(&job, live)) {
    } else if (!schedule->full.program.len) {
        refuse_full(schedule, doc, &job);
    } else {
        doc->full = full_stage_start(&schedule->full, &job, live, on_full, doc);
        schedule->n_full++;
    }
    arena_done(&arena);
}

// What waits and may go, as far as there is room.
static void start_full(Schedule *schedule)
{
    uint32_t n_workers = schedule->options->n_workers;
    uint32_t n_max = n_workers > 3 ? n_workers / 2 : 1;
    List *list = &schedule->documents->list;
    for (Link *at = list->first.next; at != &list->first && schedule->n_full < n_max;
         at = at->next) {
        Doc *doc = CONTAINER_OF(at, Doc, link);
        if (doc->wants_full && !doc->full && !doc->flight && !doc->pending &&
            !doc->is_lost && !doc->needs_whole && doc_settled_result(doc))
            start_one(schedule, doc);
    }
}

void schedule_full(Schedule *schedule, Doc *doc)
{
    Arena arena;
    Settings settings;
    arena_init(&arena, JOB_MAKING_BYTES_MAX);
    workspace_settings(schedule->workspace, &arena, str_of(doc->path), &settings);
    doc->wants_full = settings.full_stage;
    arena_done(&arena);
}

void schedule_full_includers(Schedule *schedule, Str path)
{
    List *list = &schedule->documents->list;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Doc *doc = CONTAINER_OF(at, Doc, link);
        if (doc->result_generation[STAGE_FULL] && !doc->is_dirty && includes(doc, path))
            schedule_full(schedule, doc);
    }
}

void schedule_drop_full(Schedule *schedule, Doc *doc)
{
    if (!doc->full)
        return;
    full_stage_cancel(doc->full);
    doc->full = NULL;
    schedule->n_full--;
}

// --- What could not be had
// ---------------------------------------------------------------------------------

// The module was installed meanwhile, or there are memory, processes, descriptors again.
static void on_revive(ClockTimer *timer)
{
    Schedule *schedule = CONTAINER_OF(timer, Schedule, revive);
    List *list = &schedule->documents->list;
    pool_revive(schedule->pool);
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Doc *doc = CONTAINER_OF(at, Doc, link);
        if (!doc->is_unserved || doc->is_lost)
            continue;
        doc->is_unserved = false;
        touch(schedule, doc, TOUCH_NOW);
    }
}

// Where a person goes on typing, a minute is long.
static void revive_by_edit(Schedule *schedule)
{
    uint64_t now = clock_now_ms(schedule->clock);
    if (now - schedule->revived_ms < REVIVE_EDIT_MS)
        return;
    schedule->revived_ms = now;
    pool_revive(schedule->pool);
}

static void seek_again(Schedule *schedule, Doc *doc)
{
    doc->is_unserved = true;
    if (schedule->revive.armed)
        return;
    uint64_t twice = 2 * schedule->revive_ms;
    schedule->revive_ms = twice < REVIVE_MIN_MS   ? REVIVE_MIN_MS
                          : twice > REVIVE_MAX_MS ? REVIVE_MAX_MS
                                                  : twice;
    clock_arm(schedule->clock, &schedule->revive, schedule->revive_ms, on_revive);
}

static void on_end(void *owner, FlightEnd end, Str words)
{
    Doc *doc = owner;
    Schedule *schedule = doc->schedule;
    bool fresh = doc->flight_generation == doc->generation;
    doc->whole_ms = pool_flying_ms(doc->flight);
    if (doc->flight_is_edit) // by the first answer: what follows it keeps nobody waiting
        doc->last_job_ms = doc->answer_ms ? doc->answer_ms : doc->whole_ms;
    doc->answer_ms = 0;
    doc->flight = NULL;
    clock_disarm(&doc->lexical_delay);
    clock_disarm(&doc->stale);
    if (doc->pending && !fresh) {
        submit(schedule, doc);
        return;
    }
    switch (end) {
    case FLIGHT_DONE:
        schedule->revive_ms = 0;
        if (fresh)
            quarantine_forget_kills(&schedule->quarantine, doc);
        if (fresh && !doc_fresh_result(doc) && !doc->pending)
            fall_back(schedule, doc, FALLBACK_CRASHED, STR("it gave no result"));
        break;
    case FLIGHT_NO_MODULE:
        fall_back(schedule, doc, FALLBACK_NO_MODULE, words);
        seek_again(schedule, doc);
        break;
    case FLIGHT_CRASHED:
    case FLIGHT_KILLED:
    case FLIGHT_TIMED_OUT:
    case FLIGHT_OUT_OF_MEMORY:
        after_death(schedule, doc, end, words);
        break;
    }
    if (doc->pending && !doc->flight) {
        submit(schedule, doc);
        return;
    }
    start_full(schedule);
    schedule->on_done(schedule->owner, NULL);
}

static const FlightHandler flight_handler = {on_result, on_end};

// --- A flight goes out
// --------------------------------------------------------------------------

// Of a text that was analysed before it would say less than is known; of another document
// than the one in hand it would cost this one time.
static void on_lexical_delay(ClockTimer *timer)
{
    Doc *doc = CONTAINER_OF(timer, Doc, lexical_delay);
    bool is_known = doc->result_generation[STAGE_LIVE] >= doc->text_generation;
    if (doc->has_focus && !is_known && !doc_fresh_result(doc))
        fall_back(doc->schedule, doc, FALLBACK_LEXICAL, STR(""));
}

static void submit(Schedule *schedule, Doc *doc)
{
    CHECK_BUG(!doc->flight || pool_is_waiting(doc->flight));
    doc->pending = false;
    clock_disarm(&doc->delay);
    schedule_cut_done(doc);
    const char *words = schedule_quarantine(schedule, doc);
    if (words) {
        pool_forget(doc->flight);
        doc->flight = NULL;
        doc->is_given_up = true;
        fall_back(schedule, doc, FALLBACK_QUARANTINED, str_of(words));
        schedule->on_done(schedule->owner, NULL);
        return;
    }
    Arena arena;
    Job job;
    arena_init(&arena, JOB_MAKING_BYTES_MAX);
    schedule_make_job(schedule, doc, &arena, &job);
    doc->includer = hash_of(includer_of(schedule, doc));
    // One that is replaced, and was more than an edit, has not been done.
    // Nor is it known of a document without a Result what else it is made of.
    job.is_edit = doc->flight_is_edit =
        doc->only_edited && (!doc->flight || doc->flight_is_edit) &&
        !changes_of_others_since(&schedule->changes, doc->flight_changes,
                                 str_of(doc->path));
    doc->only_edited = true;
    doc->flight_generation = doc->generation;
    doc->flight_changes = schedule->changes.n;
    if (schedule->workspace->is_short)
        seek_again(schedule, doc);
    unsaved_remember(schedule->documents, doc, &job);
    if (doc->flight)
        pool_replace(doc->flight, &job);
    else
        doc->flight =
            pool_submit(schedule->pool, &job,
                        doc->has_focus ? PRIORITY_FOREGROUND : PRIORITY_BACKGROUND,
                        &flight_handler, doc);
    pool_set_deadline(doc->flight, schedule_cut_deadline(schedule, doc));
    clock_arm(schedule->clock, &doc->lexical_delay, LEXICAL_AFTER_MS, on_lexical_delay);
    arena_done(&arena);
}

static void on_stale(ClockTimer *timer)
{
    Doc *doc = CONTAINER_OF(timer, Doc, stale);
    if (doc->flight && doc->pending && doc->flight_generation != doc->generation)
        pool_abort(doc->flight);
}

static void arm_stale(Schedule *schedule, Doc *doc)
{
    uint64_t limit =
        doc->last_job_ms * 3 > STALE_MIN_MS ? doc->last_job_ms * 3 : STALE_MIN_MS;
    uint64_t age = pool_flying_ms(doc->flight);
    if (!doc->stale.armed)
        clock_arm(schedule->clock, &doc->stale, age < limit ? limit - age : 0, on_stale);
}

// A flight with an older text is out (it goes on), waits (it is replaced), or there is
// none.
static void on_delay(ClockTimer *timer)
{
    Doc *doc = CONTAINER_OF(timer, Doc, delay);
    if (!doc->flight || pool_is_waiting(doc->flight))
        submit(doc->schedule, doc);
    else
        arm_stale(doc->schedule, doc);
}

void schedule_focus(Schedule *schedule, Doc *doc)
{
    List *list = &schedule->documents->list;
    if (doc->has_focus)
        return;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Doc *other = CONTAINER_OF(at, Doc, link);
        if (other->has_focus && other->flight)
            pool_set_priority(other->flight, PRIORITY_BACKGROUND);
        other->has_focus = other == doc;
    }
    if (!doc->flight)
        return;
    pool_set_priority(doc->flight, PRIORITY_FOREGROUND);
    clock_arm(schedule->clock, &doc->lexical_delay, LEXICAL_AFTER_MS, on_lexical_delay);
}

void schedule_touch(Schedule *schedule, Doc *doc, TouchReason reason)
{
    doc->schedule = schedule;
    doc->pending = true;
    if (reason == TOUCH_EDIT && doc->is_unserved)
        revive_by_edit(schedule);
    schedule_cut_done(doc);
    doc->wants_full = (doc->wants_full || doc->full) && reason == TOUCH_NOW;
    schedule_drop_full(schedule, doc);
    if (reason == TOUCH_EDIT && schedule_cut(schedule, doc))
        return;
    if (doc->flight && !pool_is_waiting(doc->flight)) { // goes out when it is home
        arm_stale(schedule, doc);
        return;
    }
    uint64_t delay_ms = 0;
    if (reason == TOUCH_EDIT && doc->last_job_ms >= DELAY_FREE_MS)
        delay_ms =
            doc->last_job_ms / 2 < DELAY_MAX_MS ? doc->last_job_ms / 2 : DELAY_MAX_MS;
    if (delay_ms == 0)
        submit(schedule, doc);
    else
        clock_arm(schedule->clock, &doc->delay, delay_ms, on_delay);
}

void schedule_whole(Schedule *schedule, Doc *doc)
{
    doc->pending = true;
    if (doc->flight && !pool_is_waiting(doc->flight))
        arm_stale(schedule, doc);
    else
        submit(schedule, doc);
}

bool schedule_touch_includers(Schedule *schedule, Str path, const Doc *except)
{
    bool touched = false;
    List *list = &schedule->documents->list;
    changes_put(&schedule->changes, path);
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Doc *doc = CONTAINER_OF(at, Doc, link);
        if (doc == except || !may_include(doc, path))
            continue;
        if (doc->is_given_up)
            quarantine_forget(&schedule->quarantine, doc);
        touch(schedule, doc, TOUCH_EDIT);
        touched = true;
    }
    if (!except)
        touch_included(schedule, NULL, hash_of(path)); // it may be closed
    return touched;
}

void schedule_touch_incomplete(Schedule *schedule)
{
    List *list = &schedule->documents->list;
    changes_put_created(&schedule->changes);
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Doc *doc = CONTAINER_OF(at, Doc, link);
        if (!unsaved_misses_a_header(&doc->result[STAGE_LIVE]))
            continue;
        touch(schedule, doc, TOUCH_NOW);
    }
}

void schedule_touch_consumed(Schedule *schedule)
{
    List *list = &schedule->documents->list;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Doc *doc = CONTAINER_OF(at, Doc, link);
        Arena arena;
        Job job;
        if (!language_is_header(str_of(doc->path)))
            continue;
        Hash before = doc->consumers;
        arena_init(&arena, JOB_MAKING_BYTES_MAX);
        schedule_make_job(schedule, doc, &arena, &job);
        arena_done(&arena);
        if (!hash_eq(before, doc->consumers))
            touch(schedule, doc, TOUCH_NOW);
    }
}

void schedule_touch_all(Schedule *schedule)
{
    List *list = &schedule->documents->list;
    for (Link *at = list->first.next; at != &list->first; at = at->next)
        touch(schedule, CONTAINER_OF(at, Doc, link), TOUCH_NOW);
}

bool schedule_is_idle(const Schedule *schedule)
{
    List *list = &schedule->documents->list;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *doc = CONTAINER_OF(at, Doc, link);
        if (doc->flight || doc->pending || doc->full || doc->cut_flight ||
            doc->needs_whole)
            return false;
    }
    return true;
}
