// How x64 code passes a type: the other side of every thunk. Private to abi/.
//
// Microsoft, "x64 calling convention"; clang's WinX86_64ABIInfo; for vectors what LLVM's
// x86 backend makes of them, seen in its assembly (tests/abi/README.md).
#pragma once

#include "codegen/abi/type.h"
#include "codegen/toolchain/builder.h"

typedef enum X64Kind {
    X64_NONE,    // void
    X64_GENERAL, // rcx, rdx, r8, r9 or 8 bytes of stack; a result: rax
    X64_FLOAT,   // xmm0-xmm3 by position; a result: xmm0
    X64_POINTER, // the address of a copy; a result: the caller's buffer, back in rax
} X64Kind;

typedef struct X64Passing {
    X64Kind kind;
    uint32_t n_slots; // of 8 bytes; 1 but for odd vectors
} X64Passing;

// A record whose members stand elsewhere in x64 code, or (for results, which are written
// as a whole) that has another length there: _BitInt of 65 to 128 bits is aligned to 16
// bytes here and to 8 there. Records with bit-fields, bases or an alignment of their own
// are not told of.
bool x64_has_other_layout(const AbiType *type, bool is_result);

// A record whose layout in x64 code is not known: a _BitInt of more than 64 bits beside
// bit-fields, packed members or alignments that the source asks for.
bool x64_hides_layout(const AbiType *record);

// An array of no elements that does not even align the record.
bool x64_takes_no_room(const AbiType *type);

X64Passing x64_argument(const AbiType *type, AbiEnvironment environment, Builder builder);
X64Passing x64_result(const AbiSignature *signature, AbiEnvironment environment,
                      Builder builder);
