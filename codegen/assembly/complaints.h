// What LLVM's assembler says of a whole file, at the lines a person wrote.
//
// It runs in a child while the scanner reads the same text. In a large file it takes
// longer than that: then what it said of the lines that stand is told again at once, and
// what it says now follows.
#pragma once

#include "codegen/assembly/text.h"
#include "codegen/frontend/flags.h"
#include "codegen/lower/assemble.h"

// What was said of the last text of some documents; one for each process.
typedef struct AsmKeptComplaints AsmKeptComplaints;
AsmKeptComplaints *asm_kept_new(void);
void asm_kept_free(AsmKeptComplaints *owned_kept);
void asm_kept_forget(AsmKeptComplaints *kept, Str path);

// Of those that were kept for the path, the ones whose lines are in `text` as they were.
// False: nothing is kept.
bool asm_kept_carry(AsmKeptComplaints *kept, Arena *arena, Str path, Str text,
                    AsmComplaints *ret_complaints);
void asm_kept_put(AsmKeptComplaints *kept, Str path, Str text,
                  const AsmComplaints *complaints);
bool asm_complaints_equal(const AsmComplaints *a, const AsmComplaints *b);

void asm_complaints_report(Unit *unit, AsmFiles *files, const AsmText *flat,
                           const AsmComplaints *complaints, const Flags *flags);
