// A C or C++ text as what the target-arch rules need of it: its directives, and the words
// and asm statements that speak of hardware. Nothing is expanded or left out.
//
// Knows nothing of macros, so what it gives is the same however the file is included, and
// is kept while the file stands. Takes any bytes: what is open ends at the line's end
// (strings) or at the end of the text (comments, raw strings, conditions); an #else or
// #endif without an #if is passed over. clang tells the reader of the document about
// them.
#pragma once

#include "codegen/arch/macro.h"
#include "codegen/arch/token.h"

typedef enum ArchItemKind {
    ITEM_IF,   // #if #ifdef #ifndef
    ITEM_ELIF, // #elif #elifdef #elifndef
    ITEM_ELSE,
    ITEM_ENDIF,
    ITEM_DEFINE,
    ITEM_UNDEF,
    ITEM_INCLUDE,
    ITEM_ERROR,
    ITEM_ONCE,  // #pragma once
    ITEM_TOKEN, // hardware
} ArchItemKind;

typedef struct ArchItem {
    uint8_t kind;
    uint8_t hardware;    // ITEM_TOKEN: an ArchKind
    bool is_angled;      // ITEM_INCLUDE <...>
    bool is_computed;    // ITEM_INCLUDE NAME
    bool is_pragma;      // ITEM_TOKEN in #pragma intrinsic
    bool is_passed;      // ITEM_TOKEN: an intrinsic's name by itself, to a macro
    bool is_plain_if;    // ITEM_IF: #if, not #ifdef or #ifndef
    uint32_t begin, end; // of the token, or of the directive up to the end of its text
    uint32_t
        text_begin; // of the directive's text: the condition, the name; it ends at `end`
    uint32_t next;  // ITEM_IF to ITEM_ELSE: index of the next one of the chain
    NameId name; // ITEM_DEFINE ITEM_UNDEF; ITEM_TOKEN: the macro whose body it stands in
    union {
        const Expr *condition;
        MacroText *macro;
        Str text; // ITEM_INCLUDE: the file's name; ITEM_TOKEN: what tells
    };
} ArchItem;

typedef struct ArchText {
    Str text;
    LIST(ArchItem) items;
    LIST(NameId) defines; // names that it defines
    uint32_t n_lines;
    bool is_cut_short; // more than ITEMS_MAX: what follows was not looked at
} ArchText;

enum { ARCH_ITEMS_MAX = 1000 * 1000 }; // of one text

// Everything lives in `arena`, but `text` is borrowed: it lives as long.
void arch_scan(Arena *arena, ArchNames *names, Str text, ArchText *ret_text);

// The asm statement behind the keyword that ends at `at` (scan_asm.c). False: there is
// none, as in `asm` the identifier, or it is a declaration's label.
typedef struct ArchAsmStatement {
    ArchAsm parts;
    uint32_t end;
} ArchAsmStatement;
bool arch_scan_asm(Arena *arena, Str text, uint32_t at, bool may_be_label,
                   ArchAsmStatement *ret_statement);
