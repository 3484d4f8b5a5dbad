// A file that only grows: recordings, timelines, the log. For the user alone (mode 0600),
// since it holds what the documents hold. What cannot be written is said once.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/buf.h"

typedef struct Journal Journal;

// NULL: ret_why says why, with the path. A file of that name is replaced; no link is
// followed into one.
Journal *journal_open(Arena *arena, Str path, uint64_t bytes_max, Str *ret_why);
void journal_close(Journal *owned_journal); // NULL is fine

// False: it is full, or cannot be written; nothing is ever written in part.
bool journal_put(Journal *journal, Str bytes);
void journal_flush(Journal *journal);
