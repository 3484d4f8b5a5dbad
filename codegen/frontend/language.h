// Which of C and C++ a document is in; whether it is one of them says document.h.
#pragma once

#include "codegen/frontend/flags.h"

// By the ending alone; LANGUAGE_UNKNOWN for .h and for endings that say nothing.
Language language_of_path(Str path);
bool language_is_header(Str path); // by the ending

// C or C++, never unknown: the client's languageId if it is not plain "c"; the flags; the
// source that lends its command; the words of the text (design.md, "Headers").
Language language_settle(const Job *job, Language by_flags);
