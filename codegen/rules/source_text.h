// What rules ask of the document's text: where a place lies in it, which statement stands
// around one, which conditions.
#pragma once

#include "codegen/unit.h"

uint32_t source_offset(const Unit *unit, Pos at); // of the document
Str source_at(const Unit *unit, const Place *place);
bool source_names(Unit *unit, Str word); // in code or in a directive, not in comments
bool source_names_any(Unit *unit, const Str *words, size_t n);

// x64 code is written byte by byte: numbers such as 0xE9 and 0x48 stand there.
bool source_writes_x64_code(Unit *unit);
bool source_has_x64_opcode(Unit *unit); // at least one of call, jmp, ret, int3

// The whole statement around a place, from its first token to its ';'. False: it is part
// of another one (`if (x) f();`), is not over on lines of its own, or has directives.
bool source_statement(const Unit *unit, const Place *around, Place *ret_statement);

// An #if around an offset that names one of these words. Include guards do no harm.
bool source_is_under(const Unit *unit, uint32_t offset, const Str *words, size_t n);

// "a quick fix that only Arm64EC sees": the statement twice, with the first one's
// `place` replaced and `before` in front of it.
void source_fix_statement(Unit *unit, Finding *finding, Str title, const Place *statement,
                          const Place *place, Str replacement, Str before);
