// Fixes in assembly files. What the same file makes of ARM64 stays as it is: a .S keeps
// the old line for others than Arm64EC behind the preprocessor's guard.
#pragma once

#include "codegen/rules/assembly_file.h"

// "#f" for f, and the plain name as an alias of it.
void assembly_fix_name(const AssemblyFile *file, const AsmFunction *function,
                       Finding *finding);
// A COMDAT section of its own.
void assembly_fix_section(const AssemblyFile *file, const AsmFunction *function,
                          Finding *finding);
// The same as an edit of another fix; nothing where it has one.
void assembly_fix_section_edit(const AssemblyFile *file, const AsmFunction *function,
                               Fix *fix);
// Another symbol in the place of one.
void assembly_fix_reference(const AssemblyFile *file, AsmSpan at, Str name,
                            Finding *finding);
// The call checker around an indirect call or branch.
void assembly_fix_checker(const AssemblyFile *file, const AsmInstruction *branch,
                          Finding *finding);
// x16 for the register of a call of the dispatcher.
void assembly_fix_dispatch(const AssemblyFile *file, const AsmInstruction *load,
                           const AsmInstruction *call, Finding *finding);
// The entry thunk, and its record in the hybrid map.
void assembly_fix_thunk(const AssemblyFile *file, const AsmFunction *function,
                        Finding *finding);
