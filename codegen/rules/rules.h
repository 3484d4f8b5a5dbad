// The rules of the live stage: each reads a Unit and reports into it. They need neither
// libclang nor, but for rules_assembly, LLVM. One file per family of codes.
#pragma once

#include "codegen/frontend/flags.h"
#include "codegen/lower/assemble.h"
#include "codegen/toolchain/headers.h"
#include "codegen/unit.h"

// Marks Function.is_emitted: what clang generates code for, as far as references show.
// Everything defined with external linkage, and what that reaches.
void emission_settle(Unit *unit);

void rules_toolchain(Unit *unit,
                     const Flags *flags); // EC223 EC323 EC601 EC609 EC627-EC631
void rules_abi(Unit *unit); // EC101-EC109 EC111-EC120 EC132-EC137 EC220 EC225
void rules_thunk(Unit *unit, const Flags *flags); // EC203 EC205-EC207
void rules_os(Unit *unit);                        // EC123-EC126 EC128 EC315
void rules_linkage(Unit *unit);                   // EC121 EC216 EC217 EC318
void rules_hooks(Unit *unit);                     // EC122 EC324
void rules_processor(Unit *unit);                 // EC130 EC312 EC313 EC317
void rules_assembly_symbols(Unit *unit);          // EC127 EC129 EC131 EC202 EC213 EC215

// EC127 EC501 EC502 EC503 EC517 EC518, and what LLVM's assembler says of each asm text.
void rules_assembly(Unit *unit, Assembler *assembler);

// EC118 EC131 EC201 EC208 EC209 EC211-EC215 EC501-EC511 EC513 EC514 EC516 of a file.
struct AssemblyFile;
void rules_assembly_file(const struct AssemblyFile *file);
