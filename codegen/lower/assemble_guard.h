// Makes assembly text harmless before LLVM's assembler sees it.
//
// In a process that must live, some directives are not for trying out: they read files
// (.incbin, .include), write to stdout (.print), or ask for memory by number (.rept,
// .file). Each is overwritten in place, so that every line and column stays.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef struct GuardedText {
    Str text;      // as long as the text given; NUL behind it
    bool is_plain; // instructions and harmless data only: may become an object
} GuardedText;

GuardedText assemble_guard(Arena *arena, Str text);
// For a process that may die: only what reads files or writes to stdout is overwritten.
GuardedText assemble_guard_file(Arena *arena, Str text);
