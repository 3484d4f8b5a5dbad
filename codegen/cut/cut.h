// One function of a document, parsed by itself: what a worker keeps for it.
//
// The whole text stays here between the edits of one function, with its lines, so that
// places and the rules that read text have what they have after a parse of the whole
// file; libclang sees a small file instead (cut_text.h, clang_analyse_cut).
#pragma once

#include "codegen/cut/cut_text.h"
#include "codegen/job.h"
#include "protocol/base/text.h"

enum { CUTS_MAX = 4 }; // documents at a time: each has its text and a preamble

typedef struct Cut {
    char *path;
    uint32_t key;
    Buf text; // of the document
    Lines lines;
    uint32_t begin, end; // of the function
    CutPrefix prefix;    // of the text up to prefix_end
    uint32_t prefix_key; // of the Job that it was made for
    uint32_t prefix_end;
    Lines prefix_lines;
    Buf middle, closing; // between the prefix and the function; behind it
    Lines middle_lines;
    Buf main;      // what libclang parses: an include, the middle, the function
    char *include; // the path that it includes
    uint32_t middle_at, function_at; // in `main`
    bool is_cpp;
    bool has_renames; // #pragma redefine_extname, perhaps
    Buf later;        // names, with NUL between and around them
    uint64_t used;
} Cut;

typedef struct Cuts Cuts;

Cuts *cuts_new(void);
void cuts_free(Cuts *owned_cuts); // NULL is fine

// The cut that a Job speaks of, made from it if the Job has the text; then its function
// is the one of that text. NULL: there is none, or the text cannot be cut there.
Cut *cuts_take(Cuts *cuts, const Job *job, bool is_cpp);
const Cut *cuts_find(Cuts *cuts, Str path); // NULL: none
void cuts_forget(Cuts *cuts, Str path);

void cut_replace(Cut *cut, Str function); // its text
bool cut_is_later(const Cut *cut, Str name);

// Where the document has what libclang saw in `main`, and in the text before it.
uint32_t cut_offset_in_main(const Cut *cut, uint32_t offset);
uint32_t cut_offset_in_prefix(const Cut *cut, uint32_t offset);
