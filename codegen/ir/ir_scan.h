// What a text of LLVM IR holds, and where: LLVM's C API tells no places. By our own
// scanner, which takes texts that are half typed; LLVM says what they mean.
#pragma once

#include "codegen/ir/ir_lex.h"
#include "protocol/base/arena.h"

typedef struct IrSpan {
    uint32_t begin, end;
} IrSpan;

// A call, invoke or callbr, but for inline assembly and LLVM's intrinsics. LLVM's reader
// rewrites those, so that they would not be counted alike.
typedef struct IrSite {
    IrSpan callee; // the name or value that is called
} IrSite;

typedef struct IrPart { // a global, an alias, a type, a group, a node
    IrSpan name, whole;
    Str symbol;         // the name without sigil, quotes and escapes; "0" of @0
    bool is_definition; // a global with a value
    bool is_alias;      // or an ifunc
} IrPart;

typedef struct IrRoutine {
    IrSpan name;      // with its sigil
    IrSpan prototype; // from its first word to the parameters' end
    IrSpan whole;
    Str symbol;
    bool is_definition;
    const IrSpan *parameters;
    uint32_t n_parameters;
    uint32_t first_site, n_sites; // in IrScan.sites
} IrRoutine;

typedef struct IrScan {
    Arena *arena;
    Str text;
    Str triple; // empty: the text names none
    IrSpan triple_at;
    LIST(IrRoutine) routines; // in order
    LIST(IrSite) sites;
    LIST(IrPart) globals, types, groups, nodes;
    LIST(IrSpan) assembly; // strings of `module asm` and of inline assembly
    uint32_t *slots;       // of routines by symbol, index + 1
    uint32_t n_slots;
} IrScan;

void ir_scan(IrScan *scan, Arena *arena, Str text);

// NULL: no function has that symbol.
const IrRoutine *ir_routine(const IrScan *scan, Str symbol);

// `@"a\22b"` -> `a"b`; any sigil, or none.
Str ir_symbol(Arena *arena, Str name);
