// An open document.
//
// A Doc lives from didOpen to didClose. Every edit moves it to a new generation; a Job
// copies the text of one generation, and a Result is fresh while that number stands. The
// newest Result of each stage stays with the document, so hover, symbols and code actions
// are answered without waking a worker.
#pragma once

#include "codegen/result.h"
#include "protocol/base/hash.h"
#include "protocol/base/list.h"
#include "protocol/base/text.h"
#include "protocol/lsp.h"
#include "protocol/methods.h"
#include "server/clock.h"
#include "server/cutting.h"
#include "server/full_stage.h"
#include "server/moved.h"
#include "server/pool.h"

enum {
    DOC_BYTES_MAX = 256 * 1024 * 1024,
    URI_BYTES_MAX = 64 * 1024, // no file system has names a quarter as long
};

// A request that waits for a fresh Result.
typedef struct Parked {
    Link link; // in Doc.parked
    RpcId id;  // its string is owned
    MethodId method;
    char *params; // JSON text
} Parked;

// What the flight of a function is to bring next.
typedef enum CutAwaits {
    CUT_AWAITS_BASE, // the function as the last Result knows it
    CUT_AWAITS_PART, // as it is
    CUT_AWAITS_NOTHING,
} CutAwaits;

// The numbers of semantic tokens that the client was sent last (semantic.c).
typedef struct SemanticSent {
    uint32_t *at; // owned
    uint32_t n;
    bool is_known;
    uint64_t id; // of resultId; only grows
} SemanticSent;

typedef struct Doc {
    Link link; // in Documents
    char *uri, *path, *language_id;
    Buf bytes;           // of the text
    Str text;            // a view of them: UTF-8, NUL behind
    Lines lines;         // of it
    bool is_dirty;       // the disk may hold another text: others must be given this one
    bool is_lost;        // the client has another text: a change could not be applied
    int32_t version;     // the client's number; may go back after a reopen
    uint64_t generation; // ours; only grows over all documents, never reused
    uint64_t text_generation; // of the last change of the text

    // What is known. A block is owned; its view is valid while block.at is set.
    Result result[STAGE_COUNT];
    uint64_t result_generation[STAGE_COUNT]; // 0: none
    SemanticSent semantic_sent;
    Str full_text; // owned: what the full stage's findings speak of; empty: it has none

    // schedule.c
    Flight *flight; // at most one
    bool flight_is_edit;
    uint64_t flight_generation; // of its text
    uint64_t flight_changes;    // Changes.n when it went out
    bool has_focus;             // the user has it in hand
    bool is_given_up;           // its text cost workers, so its includes are not known
    bool is_unserved; // without a pipeline or its command: asked again when there may be
    Hash consumers;   // of the last Job: what it was judged by (consumers.h)
    Hash includer;    // whose command the last Job took, if it is a header's
    bool pending; // the text has changed since, or something else asks for a new Result
    bool only_edited;     // since the last Job: nothing but this text has changed
    uint64_t last_job_ms; // of an edit; the first parse says nothing of the next ones
    uint64_t whole_ms;    // of the last one, whichever
    uint64_t answer_ms;   // of the one that flies, until its first Result; 0: none yet
    ClockTimer delay, lexical_delay, stale;

    char *withheld;     // unsaved.c: names of texts that the flight has not; NULL: none
    bool wants_unsaved; // the next one brings all

    // schedule_cut.c
    Cutting cutting;
    Flight *cut_flight;      // of one function; at most one
    uint64_t cut_generation; // of its text
    uint32_t cut_key;        // of its cut
    CutAwaits cut_awaits;
    bool cut_was_first;    // it has brought the text
    uint32_t cut_spent_ms; // of the edit's deadline, by a function that did not answer
    bool cut_pending;      // the function has changed since
    bool needs_whole;      // what is known is of a function alone: the file follows
    ClockTimer whole_delay;
    ClockTimer prepare_delay;
    uint32_t prepare_at; // where the cursor is

    bool wants_full; // it was saved, and not edited since
    FullStage *full; // at most one; of the present generation
    struct Schedule *schedule;

    // publish.c
    uint64_t published_generation; // of what the client saw last; 0: nothing yet
    Hash published;

    List parked; // of Parked.link
} Doc;

typedef struct Documents {
    List list; // of Doc.link
    uint64_t last_generation;
} Documents;

void documents_init(Documents *documents);
Doc *documents_find(Documents *documents, Str uri);
Doc *documents_find_path(Documents *documents, Str path);

// NULL if the text or the URI is over its limit. A document that is open already is
// replaced.
Doc *doc_open(Documents *documents, Str uri, Str path, Str language_id, int32_t version,
              Str text);
void doc_close(
    Doc *owned_doc); // its flight is forgotten; parked requests must be answered first

// Applies changes in order, all or none. On failure the Doc is lost, with its text as it
// was: no change has a meaning any more until one brings the whole text. ERR_RANGE:
// client and server disagree about the text. ERR_LIMIT: too large.
MUST_USE Err doc_edit(Documents *documents, Doc *doc, const DidChangeParams *params,
                      Encoding encoding);

// What the client has is not known any more; nothing is said of the Doc until it is.
void doc_lose(Documents *documents, Doc *doc);

// The file of it has changed. True: now others must be given another text than before.
bool doc_look_at_disk(Doc *doc);

// A new generation without a new text: flags or headers have changed.
void doc_touch(Documents *documents, Doc *doc);

// Takes over a Result block (a copy is kept). ERR_FORMAT: it was none.
MUST_USE Err doc_keep_result(Doc *doc, Str block, uint64_t generation);

// The same of the full stage, found out about `text`, which the document may not have any
// more.
MUST_USE Err doc_keep_full(Doc *doc, Str block, Str text);

// Takes over a Result of the function that is edited, into the last one of the whole
// file. ERR_FORMAT: it does not fit there.
MUST_USE Err doc_keep_cut(Doc *doc, Str block);

// The newer of lexical and live stage that has a Result of this generation; NULL: none.
const Result *doc_fresh_result(const Doc *doc);

// The same, but not the lexical stage alone: what a request is answered from.
const Result *doc_settled_result(const Doc *doc);

// What functions and thunks are answered from: the full stage's Result if it is of this
// generation, else the settled one.
const Result *doc_truth(const Doc *doc);

// The findings of the last full stage, fresh or not. NULL: none.
const Result *doc_full_findings(const Doc *doc);

// Where places of theirs are now. False: the text there was edited.
void doc_moves(const Doc *doc, Moved *ret_moved); // until the text changes
bool doc_moved(const Moved *moved, const RRange *range, RRange *ret_range);
