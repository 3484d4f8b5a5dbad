// The parts of one statement of GNU assembly: labels, the first word, what follows it.
#pragma once

#include "protocol/base/base.h"

typedef struct AsmHead {
    uint32_t labels_begin; // "1: foo:" lies before the word; blanks do not
    uint32_t word_begin, word_end;
    uint32_t arguments_begin, arguments_end; // without blanks and comments around them
} AsmHead;

AsmHead asm_head(Str statement);

// Up to the ';' or newline that ends the first statement of `text`, or a comment's start
// to its end.
uint32_t asm_statement_length(Str text);
