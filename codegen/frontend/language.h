// Which language a document is in, and whether it is one we read.
#pragma once

#include "codegen/frontend/flags.h"

// C, C++ and their kin. By the client's languageId; without one by the file's ending, and
// an ending that nobody knows is taken for C's. Assembly, Rust, LLVM IR and other texts
// that an editor may send are not.
bool language_is_c_family(const Job *job);

bool language_is_rust(const Job *job); // by languageId, without one by the ending

// A document that any frontend reads. All others are left alone.
bool language_is_read(const Job *job);

// By the ending alone; LANGUAGE_UNKNOWN for .h and for endings that say nothing.
Language language_of_path(Str path);
bool language_is_header(Str path); // by the ending

// C or C++, never unknown: the client's languageId if it is not plain "c"; the flags; the
// source that lends its command; the words of the text (design.md, "Headers").
Language language_settle(const Job *job, Language by_flags);
