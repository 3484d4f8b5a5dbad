// armasm64's language as GNU's, so that one scanner reads both.
//
// Line by line: labels of column 0 get their colon, |names| their quotes, directives
// their counterparts (AREA is .section, DCD is .word, MACRO is .macro), comments go. What
// has no counterpart stays and counts as a macro nobody knows. Origins stay what they
// were, so every place is one of the file's.
#pragma once

#include "codegen/assembly/text.h"

void asm_from_armasm(AsmFiles *files, const AsmText *text, bool *ret_has_unseen,
                     AsmText *ret_text);
