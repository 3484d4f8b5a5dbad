// GNU assembly without its macros: .macro, .rept, .irp, .irpc, .if and .include done.
//
// LLVM's assembler does the same on its way and says what is wrong; this text is for our
// own scanner, which has to see what stands in a function, whoever wrote it. What it does
// not understand it leaves as it is. An .if whose condition hangs on what nobody knows
// here keeps both branches.
#pragma once

#include "codegen/assembly/text.h"

enum {
    ASM_MACRO_DEPTH_MAX = 20, // as LLVM's
    ASM_MACRO_CALLS_MAX = 200000,
    ASM_REPEATS_MAX = 65536,
};

// A line of the expanded text that a macro brought: who called the outermost.
typedef struct AsmCallLine {
    uint32_t begin, end; // of the expanded text
    uint32_t call;       // where the call's line begins in the text that went in
} AsmCallLine;

typedef struct AsmExpanded {
    AsmText text;
    LIST(AsmCallLine) calls; // ascending
    Str limit;               // which one was met: "macro calls"; empty: none
    uint32_t limit_at;       // where, in the text that went in
    bool is_cut_short;       // and what follows was left out: there is too much of it
} AsmExpanded;

void asm_expand(AsmFiles *files, const AsmText *text, AsmExpanded *ret_expanded);

// .include inlined, nothing else: what LLVM's assembler is given, which may open no file.
typedef bool AsmOpen(void *owner, Str name, Str *ret_path, Str *ret_text);
void asm_inline_includes(AsmFiles *files, const AsmText *text, AsmOpen *open, void *owner,
                         AsmText *ret_text);
