// A merge under way; for cut_merge.c and cut_findings.c alone.
#pragma once

#include "codegen/cut/cut_move.h"
#include "protocol/base/arena.h"

typedef struct Merging {
    Arena arena;
    const CutMerge *in;
    const Result *base, *before, *part;
    uint32_t *slots, n_slots; // of base's functions by symbol: index + 1
    // By index of base's functions: the same in the two others; NULL: not there.
    const RFunction **fresh_of, **before_of;
    bool *is_met;       // of part's functions
    bool has_errors;    // of clang's, in the function
    bool has_left;      // functions that only this one used, and does not any more
    bool has_left_body; // one of them has a body in the document, perhaps
    bool is_over;       // a list has not the room that was thought of
    LIST(RStr) paths;
    LIST(RFinding) findings;
    LIST(RNote) notes;
    LIST(RFix) fixes;
    LIST(REdit) edits;
    LIST(RSymbol) symbols;
    LIST(RRegister) registers;
    LIST(RFunction) functions;
    LIST(RThunk) thunks;
    LIST(RRange) sites;
    LIST(RRow) rows;
} Merging;

// The next element of a list; past its room one that does not count.
#define PUSH(merging, list)                                                              \
    (&(merging)->list.at[(merging)->list.len < (merging)->list.cap                       \
                             ? (merging)->list.len++                                     \
                             : ((merging)->is_over = true, (merging)->list.cap)])

bool merging_in_old(const Merging *merging, const RRange *range); // in the function
bool merging_in_new(const Merging *merging, const RRange *range);

// What comes from the part: its strings lie behind those of the base.
RStr merging_part_str(const Merging *merging, RStr s);
RRange merging_part_range(Merging *merging, RRange range);

// cut_doubt.c
bool cut_is_of_file_end(const Result *result, const RFinding *finding);
void merging_find_left(Merging *merging); // after the functions are matched
bool merging_is_in_doubt(const Merging *merging, const RFinding *finding);

void merging_findings(Merging *merging); // cut_findings.c
