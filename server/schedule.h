// What runs when: at most one job in flight a document, the newest text wins.
//
// An edit marks its document pending and arms a delay: none while jobs of this document
// take under 50 ms, else half of the last one, 300 ms at most; a save skips it. When the
// job comes home and the text has moved on, its result is dropped and the new text goes
// out. So there is never more to do than there are open documents.
//
// A job whose text has moved on is left alone for a while, then its worker is ended: an
// edit that mends a spinning parse must not wait for the deadline.
//
// A text that kills a worker is tried once more; the second death is told (EC901), and
// the text is left alone until it changes (EC904). A worker ended from outside is
// nobody's fault: the job goes out again.
//
// The document that the user touched last has the focus: its jobs are the foreground, all
// others go out behind it, and leave it a worker (pool.h).
//
// A job that was out while a header changed is done again if its Result includes that
// header (changes.h); so is one that found no pipeline, or for want of descriptors no
// compile command, once there may be one.
//
// A document that was saved is compiled as a whole, too, once its live Result is there:
// one or two at a time, in the background, cancelled by the next edit (full_stage.h).
#pragma once

#include "server/changes.h"
#include "server/document.h"
#include "server/fallback.h"
#include "server/quarantine.h"
#include "server/workspace.h"

enum {
    DELAY_FREE_MS = 50, // a document whose jobs are faster waits for nothing
    DELAY_MAX_MS = 300,
    STALE_MIN_MS =
        5000, // a job for an old text is ended after this, or three of its usual
    LEXICAL_AFTER_MS = 100, // then the lexical stage is published alone, with the focus
    REVIVE_MIN_MS = 5000,   // then a pipeline that was missing is looked for again;
    REVIVE_MAX_MS = 60000,  // each time twice as late,
    REVIVE_EDIT_MS = 250,   // or with an edit, at most as often as this
};

typedef void ScheduleDone(void *owner, Doc *doc); // a fresh Result is there

typedef struct Schedule {
    Documents *documents;
    Workspace *workspace;
    Pool *pool;
    Clock *clock;
    const Options *options;
    ScheduleDone *on_done;
    void *owner;
    Quarantine quarantine;
    Changes changes;
    ClockTimer revive;
    uint64_t revive_ms, revived_ms; // the delay; when an edit tried it last
    FullTools full;                 // its strings live in the arena
    Arena arena;
    bool has_sought_clang, is_refusal_told;
    uint32_t n_full; // compiles under way
    uint32_t last_cut_key;
    bool is_hurried; // somebody waits until all is done
} Schedule;

typedef enum TouchReason { TOUCH_EDIT, TOUCH_NOW } TouchReason;

// The document has a new generation: analyse it. TOUCH_NOW skips the delay.
void schedule_touch(Schedule *schedule, Doc *doc, TouchReason reason);

// The user has this document in hand: it goes before all others from now on.
void schedule_focus(Schedule *schedule, Doc *doc);

void schedule_done(Schedule *schedule); // after the last document was closed

// The document was saved: after its next live Result comes the full stage.
void schedule_full(Schedule *schedule, Doc *doc);
// A header was saved: those that include it and were compiled are compiled again.
void schedule_full_includers(Schedule *schedule, Str path);
// Its text is another one, or it closes: what compiles is stopped.
void schedule_drop_full(Schedule *schedule, Doc *doc);

// A path has another text, here or on disk: documents that include it look at it again.
// False: there are none.
bool schedule_touch_includers(Schedule *schedule, Str path, const Doc *except);
// Documents that miss a header: one was created, here or on disk.
void schedule_touch_incomplete(Schedule *schedule);
void schedule_touch_all(Schedule *schedule);
// Headers that are judged by other files, or other texts, than at their last Job.
void schedule_touch_consumed(Schedule *schedule);

// For schedule_cut.c: the Job of a document; `arena` must outlive its use. And a parse of
// the whole file, now or when the flight is home.
void schedule_make_job(Schedule *schedule, Doc *doc, Arena *arena, Job *ret_job);
void schedule_whole(Schedule *schedule, Doc *doc);

// Its text is left alone, after these last words of LLVM. NULL: it is not.
const char *schedule_quarantine(Schedule *schedule, const Doc *doc);

// Nothing in flight, pending, delayed or being compiled.
bool schedule_is_idle(const Schedule *schedule);
