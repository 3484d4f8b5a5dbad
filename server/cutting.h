// A document whose last edits all lie in the body of one function, and what is needed to
// have that function analysed alone.
//
// `base` is the Result of a text of which only one function has changed since: of a parse
// of the whole file, or, when the edits go on in another function, what was merged for
// the last one. The function's text in it is kept; all else stands in the present text.
// schedule_cut.c runs the jobs; here is no libuv and no pool.
#pragma once

#include "codegen/cut/cut_edit.h"
#include "codegen/cut/cut_merge.h"
#include "codegen/job.h"
#include "codegen/result.h"
#include "protocol/edit.h"

typedef struct Cutting {
    Result base;     // a view of base_block, or of the document's live Result
    Str base_block;  // owned; empty: the document still has it
    Str old_block;   // owned: what the document's live Result still lies in
    CutSpace space;  // for the next merge
    CutSpace shown;  // of the document's live Result, if a merge made it: the document's
    bool has_change; // the text is no more the one of base
    bool is_inside;  // all that changed lies in `place`; else a whole parse must come
    bool is_refused; // this function cannot be cut, as far as base goes
    uint32_t
        shunned;    // begin + 1 of one that has cost a worker, until edits are elsewhere
    CutPlace place; // in base's text
    Str function;   // owned: its text there
    uint32_t new_end; // of the function in the present text
    EditSpan change;  // from base's text to the present one
    // What the worker has: the text before key_begin under this name. 0: nothing.
    uint32_t key, key_begin;
    uint32_t prefix_key, prefix_end; // the same of what functions further down share
    Result before;                   // of `function`, by itself; a view of before_block
    Str before_block;                // owned; empty: not known
    Str part_block; // owned: of the function as it was in part_generation
    uint64_t part_generation;
} Cutting;

// Before an edit is applied: `text` is the one of `generation`, and `live` its newest
// Result of the live stage, of live_generation.
void cutting_edit(Cutting *cutting, const Result *live, uint64_t live_generation,
                  uint64_t generation, Str text, const Lines *lines, EditSpan span);

// The same before there is an edit: the function at that byte is the one to be edited.
// False: nothing has to be made ready.
bool cutting_prepare(Cutting *cutting, const Result *live, uint64_t live_generation,
                     uint64_t generation, Str text, const Lines *lines, uint32_t at);

// Nothing has changed since `base`: it was prepared.
bool cutting_is_unchanged(const Cutting *cutting);

// What is known does not hold any more: the next parse is of the whole file.
void cutting_lose(Cutting *cutting);
void cutting_done(Cutting *cutting);

// The function has cost a worker.
void cutting_shun(Cutting *cutting);

// A Result of the whole file has come for the present text.
void cutting_rebase(Cutting *cutting);

// Whether a parse of the function alone can answer for this text.
bool cutting_can(const Cutting *cutting, Str text);

// Whether what was typed may change what is said outside of the function.
bool cutting_reaches_out(const Cutting *cutting, Str text, const Lines *lines);

// Fills the Job's part (arena): the function, and with a new key what is before it.
// There is a function: cutting_can(), or cutting_prepare().
void cutting_job(Cutting *cutting, Arena *arena, Str text, const Lines *lines,
                 uint32_t new_key, Job *job);

// A Result of the function alone, as base has it. False: cutting there is not sound.
MUST_USE bool cutting_check(Cutting *cutting, Str block, const Lines *lines, Str text);

// A Result of the function alone, as it is: `live` becomes what it makes of the last one
// of the file. False: it does not end where its text ends.
MUST_USE bool cutting_merge(Cutting *cutting, Str block, uint64_t generation,
                            const Lines *lines, Str text, Result *live);
