// What the rules of the family abi_*.c share: who may meet x64 code, where a callee comes
// from, and where a finding stands. Not for others.
//
// Three questions come before every finding. Is there a thunk at all (domain.md 2.1)?
// What clang does not emit, does not reach or keeps to itself has none. Which of the two:
// a definition has an entry thunk, a call of what is only declared an exit thunk, and
// most faults are of one kind alone. Can x64 code stand at the other end? The libraries
// of Windows are Arm64EC themselves, so their functions never are x64 code here.
#pragma once

#include "codegen/unit.h"

typedef enum Origin {
    ORIGIN_SYSTEM,  // a header of the system or of the C library: Arm64EC at run time
    ORIGIN_FOREIGN, // a header of the project, or dllimport: perhaps x64
    ORIGIN_UNKNOWN, // only the document declares it, or it is called through a pointer
} Origin;

// Emitted, and x64 code can get hold of it: external linkage, or its address is taken.
bool abi_has_entry(const Function *function);
// The call is made, and through an exit thunk if the callee is x64 code: what is called
// is not defined here.
bool abi_has_exit(const Unit *unit, const Call *call);

// What the document is answerable for: its own code, the sources that it includes (a
// unity build), and what headers of the project make clang emit here. Found in an
// included file, it is told at the #include.
bool abi_is_own(const Function *function); // a definition
bool abi_is_own_call(const Unit *unit, const Call *call);

// NULL: a call through a pointer.
const Function *abi_callee(const Unit *unit, const Call *call);
const AbiSignature *abi_called_signature(const Unit *unit, const Call *call);
Origin abi_origin(const Unit *unit, const Call *call);

AbiEnvironment abi_environment(const Unit *unit);
uint32_t abi_llvm(const Unit *unit); // of the builder; UINT32_MAX: MSVC

Boundary abi_signature_boundary(const Unit *unit, const AbiSignature *signature);

// The boundary table with the call's variadic arguments behind the fixed ones.
Boundary abi_call_boundary(const Unit *unit, const Call *call);

// Where parameter `index` of a function stands in the document, with its type; its name
// if the text does not show it plainly (macros, K&R definitions, other files).
Place abi_parameter_place(const Unit *unit, const Function *function, uint32_t index);

// "'f' is declared here", at a callee that the reader can see.
void abi_note_declaration(Unit *unit, Finding *finding, const Function *callee);

// Integers, enums, bool and pointers of at most 8 bytes, float and double: never a fault.
bool abi_is_plain_type(const AbiType *type);

// "pad to N bytes" for a record that the document defines, if one edit can do it: see
// abi_fix.c. Adds nothing otherwise.
void abi_fix_padding(Unit *unit, Finding *finding, const AbiType *record, uint64_t to);

// "take it by const pointer" for a parameter at `parameter` of a definition: see
// abi_fix_pointer.c. Adds nothing where an edit of the document alone cannot do it.
void abi_fix_pointer(Unit *unit, Finding *finding, const Function *function,
                     Place parameter, Str name);

// "cast to the declared type" `type`, which is the text of `target`, for a call through a
// cast: see abi_fix_cast.c.
void abi_fix_cast(Unit *unit, Finding *finding, const Call *call,
                  const AbiSignature *target, Str type);

void rules_abi_values(
    Unit *unit); // EC101 EC107-EC109 EC112 EC113 EC132 EC133 EC135-EC137 EC220
void rules_abi_variadic(Unit *unit); // EC103-EC106 EC134
void rules_abi_calls(Unit *unit);    // EC115 EC116 EC118-EC120
void rules_abi_twins(Unit *unit);    // EC225
void rules_abi_reach(Unit *unit);    // nothing: for those who compare files
