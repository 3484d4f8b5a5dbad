#include "server/schedule_cut.h"

#include "codegen/frontend/document.h"
#include "protocol/base/log.h"

enum { JOB_MAKING_BYTES_MAX = 1024 * 1024 * 1024 };

static void submit(Schedule *schedule, Doc *doc);

void schedule_cut_done(Doc *doc)
{
    doc->needs_whole = doc->cut_pending = false;
    clock_disarm(&doc->whole_delay);
}

static void whole_now(Schedule *schedule, Doc *doc)
{
    schedule_cut_done(doc);
    schedule_whole(schedule, doc);
}

static void on_whole_delay(ClockTimer *timer)
{
    Doc *doc = CONTAINER_OF(timer, Doc, whole_delay);
    if (!doc->cut_flight)
        whole_now(doc->schedule, doc);
}

static void arm_whole(Schedule *schedule, Doc *doc)
{
    bool is_alone = schedule->options->n_workers < 2;
    bool is_urgent =
        !is_alone && cutting_reaches_out(&doc->cutting, doc->text, &doc->lines);
    if (schedule->is_hurried || is_urgent) {
        whole_now(schedule, doc);
        return;
    }
    clock_disarm(&doc->whole_delay);
    clock_arm(schedule->clock, &doc->whole_delay,
              is_alone ? WHOLE_ALONE_AFTER_MS : WHOLE_AFTER_MS, on_whole_delay);
}

// --- Home
// -------------------------------------------------------------------------------------

// The edits are in another function, or the whole file has come meanwhile: what the
// flight was made from is not there any more.
static bool is_left(const Doc *doc)
{
    const Cutting *cutting = &doc->cutting;
    return cutting->key != doc->cut_key || !cutting->has_change || !cutting->is_inside;
}

// The first answer of a cut is of the function as the last Result knows it.
static void on_result(void *owner, Str block)
{
    Doc *doc = owner;
    Cutting *cutting = &doc->cutting;
    if (is_left(doc))
        return;
    if (doc->cut_awaits == CUT_AWAITS_BASE) {
        doc->cut_awaits = CUT_AWAITS_PART;
        if (!cutting_check(cutting, block, &doc->lines, doc->text))
            log_line(LOG_DEBUG, "%s: a function cannot be parsed alone", doc->path);
        return;
    }
    if (!cutting->is_refused)
        doc->cut_awaits = CUT_AWAITS_NOTHING;
    if (cutting_is_unchanged(cutting))
        return;
    if (cutting->is_refused || doc->cut_generation != doc->generation)
        return;
    if (doc_keep_cut(doc, block) == ERR_NONE) {
        log_line(LOG_DEBUG, "%s: a function was analysed alone", doc->path);
        doc->schedule->on_done(doc->schedule->owner, doc);
    } else {
        doc->cut_awaits = CUT_AWAITS_PART; // a macro has opened or closed the body
    }
}

// How a flight ended, as the function goes that is edited now.
typedef enum Outcome {
    OUTCOME_ANSWERED,
    OUTCOME_LEFT,      // is_left()
    OUTCOME_FORGOTTEN, // the worker did not have it any more
    OUTCOME_KILLED,    // from outside
    OUTCOME_REFUSED,   // it cannot be parsed alone
    OUTCOME_FAILED,    // it has cost a worker
} Outcome;

static Outcome outcome_of(const Doc *doc, FlightEnd end)
{
    if (is_left(doc))
        return OUTCOME_LEFT;
    if (end == FLIGHT_KILLED)
        return OUTCOME_KILLED;
    if (end != FLIGHT_DONE)
        return OUTCOME_FAILED;
    if (doc->cut_awaits == CUT_AWAITS_NOTHING)
        return OUTCOME_ANSWERED;
    return doc->cut_was_first || doc->cutting.is_refused ? OUTCOME_REFUSED
                                                         : OUTCOME_FORGOTTEN;
}

static void settle(Cutting *cutting, Outcome outcome)
{
    switch (outcome) {
    case OUTCOME_ANSWERED:
    case OUTCOME_LEFT:
        break;
    case OUTCOME_FORGOTTEN:
    case OUTCOME_KILLED:
        cutting->key = 0; // the worker is another one
        break;
    case OUTCOME_REFUSED:
        cutting->is_refused = true;
        break;
    case OUTCOME_FAILED:
        cutting_shun(cutting);
        break;
    }
}

uint32_t schedule_cut_deadline(Schedule *schedule, Doc *doc)
{
    uint32_t spent = doc->cut_spent_ms;
    doc->cut_spent_ms = 0;
    return schedule->options->deadline_ms - spent;
}

// What stands before the function may be nearly the whole file: where that takes long,
// the function may take as long once.
static uint32_t deadline_of(const Schedule *schedule, const Doc *doc)
{
    uint64_t share = schedule->options->deadline_ms / CUT_DEADLINE_SHARE;
    uint64_t half = schedule->options->deadline_ms / 2, usual = doc->whole_ms * 2;
    return (uint32_t)(usual < share ? share : usual < half ? usual : half);
}

static uint32_t spent_of(const Schedule *schedule, const Doc *doc, uint64_t flying_ms)
{
    uint32_t share = deadline_of(schedule, doc);
    return flying_ms < share ? (uint32_t)flying_ms : share;
}

static void on_end(void *owner, FlightEnd end, Str words)
{
    (void)words;
    Doc *doc = owner;
    Schedule *schedule = doc->schedule;
    Outcome outcome = outcome_of(doc, end);
    bool is_stale = doc->cut_generation != doc->generation;
    bool is_again = doc->cut_pending || (outcome == OUTCOME_FORGOTTEN && !is_stale);
    doc->cut_spent_ms =
        end == FLIGHT_DONE ? 0 : spent_of(schedule, doc, pool_flying_ms(doc->cut_flight));
    doc->cut_flight = NULL;
    settle(&doc->cutting, outcome);
    if (!doc->needs_whole) { // it was an edit outside of bodies
        schedule->on_done(schedule->owner, NULL);
    } else if (is_again && doc->only_edited && cutting_can(&doc->cutting, doc->text)) {
        submit(schedule, doc);
    } else if (is_stale || doc->result_generation[STAGE_LIVE] != doc->generation) {
        whole_now(schedule, doc);
    } else {
        arm_whole(schedule, doc);
        schedule->on_done(schedule->owner, NULL);
    }
}

static const FlightHandler handler = {on_result, on_end};

// --- Out
// --------------------------------------------------------------------------------------

static void submit(Schedule *schedule, Doc *doc)
{
    Arena arena;
    Job job;
    arena_init(&arena, JOB_MAKING_BYTES_MAX);
    schedule_make_job(schedule, doc, &arena, &job);
    cutting_job(&doc->cutting, &arena, doc->text, &doc->lines, ++schedule->last_cut_key,
                &job);
    job.is_edit = true;
    doc->cut_pending = false;
    doc->cut_was_first = job.text.len != 0;
    doc->cut_awaits = doc->cut_was_first ? CUT_AWAITS_BASE : CUT_AWAITS_PART;
    doc->cut_key = job.cut.key;
    doc->cut_generation = doc->generation;
    doc->cut_flight =
        pool_submit(schedule->pool, &job, PRIORITY_FOREGROUND, &handler, doc);
    pool_set_deadline(doc->cut_flight, deadline_of(schedule, doc));
    arena_done(&arena);
}

// Functions of other languages are not parsed alone.
static bool is_of_c(const Doc *doc)
{
    Job job = {.path = str_of(doc->path), .language_id = str_of(doc->language_id)};
    return document_is_c_family(&job);
}

bool schedule_cut(Schedule *schedule, Doc *doc)
{
    doc->schedule = schedule;
    if (!is_of_c(doc) || !doc->only_edited || doc->is_lost ||
        doc->text.len < schedule->options->cut_bytes_min ||
        !cutting_can(&doc->cutting, doc->text))
        return false;
    clock_disarm(&doc->delay);
    doc->pending = false; // the whole file comes later
    doc->needs_whole = true;
    if (doc->cut_flight)
        doc->cut_pending = true;
    else
        submit(schedule, doc);
    return true;
}

static void on_prepare_delay(ClockTimer *timer)
{
    Doc *doc = CONTAINER_OF(timer, Doc, prepare_delay);
    bool is_at_rest = is_of_c(doc) && !doc->flight && !doc->pending && !doc->cut_flight &&
                      !doc->needs_whole && doc->only_edited && !doc->is_lost;
    if (is_at_rest && cutting_prepare(&doc->cutting, &doc->result[STAGE_LIVE],
                                      doc->result_generation[STAGE_LIVE], doc->generation,
                                      doc->text, &doc->lines, doc->prepare_at))
        submit(doc->schedule, doc);
}

void schedule_cut_prepare(Schedule *schedule, Doc *doc, uint32_t at)
{
    if (!doc->has_focus || doc->text.len < schedule->options->cut_bytes_min)
        return;
    doc->prepare_at = at;
    clock_disarm(&doc->prepare_delay);
    clock_arm(schedule->clock, &doc->prepare_delay, PREPARE_AFTER_MS, on_prepare_delay);
}

void schedule_hurry(Schedule *schedule)
{
    List *list = &schedule->documents->list;
    schedule->is_hurried = true;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        Doc *doc = CONTAINER_OF(at, Doc, link);
        if (doc->needs_whole && !doc->cut_flight)
            whole_now(schedule, doc);
    }
}
