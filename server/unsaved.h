// Texts of other documents that the disk has not: which of them a Job brings.
//
// All that its translation unit includes, as far as the last Result tells. Small ones go
// along whatever they are; a large one that is left behind is remembered until the Result
// tells whether the unit includes it after all: then it is dropped, and the Job goes out
// again with that text.
#pragma once

#include "protocol/base/arena.h"
#include "server/document.h"

enum { UNSAVED_SMALL_BYTES = 16 * 1024 };

// `is_edit`: nothing but statements have changed since the last Result.
void unsaved_put(const Documents *documents, const Doc *doc, bool is_edit, Arena *arena,
                 Job *job);

// The Job goes out: what it does not bring is remembered.
void unsaved_remember(const Documents *documents, Doc *doc, const Job *job);

bool unsaved_misses_a_header(const Result *result); // it speaks of a file not found

// Whether that Result is made without a text that it needed; the next Job brings all.
bool unsaved_is_missed(Doc *doc, Str block);
