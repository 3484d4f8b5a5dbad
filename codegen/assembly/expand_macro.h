// Definitions of .macro, and bodies with arguments filled in.
#pragma once

#include "codegen/assembly/text.h"

typedef struct AsmParameter {
    Str name;
    AsmText standard; // the default
    bool is_variadic;
} AsmParameter;

typedef struct AsmMacro {
    Str name;
    LIST(AsmParameter) parameters;
    AsmText body;
    bool is_purged;
} AsmMacro;

typedef struct AsmMacros {
    Arena *arena;
    LIST(AsmMacro *) macros;
    uint32_t *slots; // index + 1 by hash
    uint32_t n_slots;
} AsmMacros;

void asm_macros_init(AsmMacros *macros, Arena *arena);
// `head` is what follows ".macro": name and parameters.
void asm_macros_define(AsmMacros *macros, AsmText head, AsmText body);
void asm_macros_purge(AsmMacros *macros, Str name);
const AsmMacro *asm_macros_find(const AsmMacros *macros, Str name); // NULL: none

AsmText asm_macro_body(Arena *arena, const AsmMacro *macro, AsmText arguments,
                       uint32_t serial);

// .irp and .irpc: one body for each value.
typedef struct AsmRepeat {
    uint64_t n;
    Str name;
    LIST(AsmText) values;
} AsmRepeat;
bool asm_repeat_read(Arena *arena, const AsmText *arguments, bool is_by_character,
                     AsmRepeat *ret_repeat);
AsmText asm_repeat_body(Arena *arena, const AsmRepeat *repeat, uint32_t index,
                        AsmText body);
