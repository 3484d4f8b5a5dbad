// Does a thunk do what it should? Executes it and looks: thunk-truth.md.
//
// The judge is no table of ours but clang's own x86_64-pc-windows-msvc: both sides of one
// prototype are compiled from the texts of verify_source(), loaded together, and called
// across the boundary in three ways. What the caller passed and what the callee found
// must be equal, and on the way the registers, the stack, its alignment and each x64
// argument slot must be as the x64 convention has them. All state that a transition
// leaves undefined is junk, so that nothing is right by luck.
//
// One signature an image: thunks are shared by name, and two signatures of one name and
// different conventions (EC225) would make a liar of the other's verdict.
#pragma once

#include "codegen/verify/unicorn.h"
#include "protocol/base/arena.h"
#include "protocol/base/buf.h"

enum {
    VERIFY_ARGUMENTS_MAX = 64,
    VERIFY_TYPE_BYTES_MAX = 1024,
    VERIFY_TYPE_ALIGN_MAX = 64,
};

typedef enum VerifyLeafKind {
    LEAF_BITS, // anything may stand there
    LEAF_BOOL,
    LEAF_HALF, // finite numbers only
    LEAF_FLOAT,
    LEAF_DOUBLE,
} VerifyLeafKind;

// A run of bytes that means something; what lies between is padding and compared by
// nobody.
typedef struct VerifyLeaf {
    uint32_t offset, n_bytes;
    VerifyLeafKind kind;
} VerifyLeaf;

// How the x64 side passes a value. Only for where to put junk and for naming the slot in
// `why`: the verdict does not hang on it but for slots that are not UNKNOWN.
typedef enum VerifyPlace {
    VERIFY_GENERAL, // in a general register or slot; as a result in rax
    VERIFY_FLOAT,   // in an xmm register or slot; as a result in xmm0, up to 8 bytes
    VERIFY_POINTER, // address of a copy; as a result through a hidden pointer
    VERIFY_VECTOR,  // results only: all 16 bytes of xmm0
    VERIFY_UNKNOWN,
} VerifyPlace;

typedef struct VerifyType {
    Str c_name; // what makes a parameter when a name follows: "int", "A3"
    uint32_t n_bytes, align;
    VerifyPlace place;
    const VerifyLeaf *leaves;
    uint32_t n_leaves;
} VerifyType;

// Where Arm64EC code leaves a result; what else it may have left there is junk.
typedef enum VerifyBank {
    BANK_ANY,     // not known
    BANK_GENERAL, // x0, x1
    BANK_VECTOR,  // v0-v3
    BANK_NONE,    // nowhere: no result, or in memory
} VerifyBank;

typedef struct VerifySignature {
    Str prelude; // C declarations of the types
    VerifyBank bank;
    const VerifyType *result;    // NULL: void
    const VerifyType *arguments; // those behind n_fixed are variadic, promoted already
    uint32_t n_arguments, n_fixed;
    bool is_variadic;
} VerifySignature;

typedef enum VerifyWay {
    WAY_ENTRY,   // x64 code calls an Arm64EC function
    WAY_EXIT,    // Arm64EC code calls an x64 function
    WAY_POINTER, // the same through a pointer
    VERIFY_WAYS,
} VerifyWay;

typedef enum VerifyOutcome { VERIFY_OK, VERIFY_WRONG, VERIFY_NOT_RUN } VerifyOutcome;

typedef struct VerifyVerdict {
    VerifyOutcome outcome;
    Str why;                  // not VERIFY_OK: what is wrong, or why it was not run
    uint64_t wrong_arguments; // VERIFY_WRONG: a bit for each that is known to be
    bool is_result_wrong;
    Str note; // VERIFY_OK: right, but reads past an argument or misaligns a copy; or
              // empty
} VerifyVerdict;

// False: the signature is larger than the limits, or has no place for a name (variadic
// without a fixed parameter).
MUST_USE bool verify_is_possible(const VerifySignature *signature);

// The two C texts; where a call kills the compiler, -DVERIFY_NO_EXIT leaves the entry
// thunk. For clang --target=arm64ec-pc-windows-msvc and
// --target=x86_64-pc-windows-msvc, both with -fno-builtin -mno-stack-arg-probe and any
// -O.
void verify_source(const VerifySignature *signature, Buf *ec_source, Buf *x64_source);

// `n_rounds` runs of each way with values from `seed`, stopping at the first that is
// wrong. The objects are those of verify_source(), and not trusted. Strings live as long
// as the arena.
void verify_thunk(Arena *arena, const Unicorn *unicorn, const VerifySignature *signature,
                  Str ec_object, Str x64_object, uint64_t seed, uint32_t n_rounds,
                  VerifyVerdict ret_verdicts[VERIFY_WAYS]);

Str verify_way_name(VerifyWay way);             // "entry", "exit", "exit-pointer"
Str verify_outcome_name(VerifyOutcome outcome); // "ok", "wrong", "not-run"
