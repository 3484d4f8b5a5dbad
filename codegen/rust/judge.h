// What a gate means for Arm64EC, judged by what it holds.
//
//   takes it: x86_64 and aarch64, not arm64ec      missing, whatever it holds
//             arm64ec alone of the three            the same, seen from the fallback
//             x86_64 alone, around Windows          add arm64ec to x86_64
//             aarch64 alone, around its hardware    add arm64ec to aarch64
//             x86_64 and arm64ec, around hardware   the wrong side
//             aarch64 and arm64ec, around Windows   the wrong side
//
// Everything else is right, or nobody can tell, and there is no verdict. Gates that stand
// for each other are judged together: arms of one macro, items of one name and scope.
#pragma once

#include "codegen/rust/unit.h"

typedef enum RustVerdictKind {
    RUST_MISSED_BOTH,   // EC401
    RUST_MISSED_NONE,   // EC401: two arms, none for arm64ec, and no fallback
    RUST_MISSED_ARM,    // EC401
    RUST_MISSED_OS,     // EC401
    RUST_MISSED_STOP,   // EC401: it comes to a compile_error!
    RUST_FALLBACK,      // EC401: alone in the fallback
    RUST_HARDWARE_SIDE, // EC402
    RUST_OS_SIDE,       // EC402
} RustVerdictKind;

// Where arm64ec belongs.
typedef enum RustSide { RUST_SIDE_NOBODY_KNOWS, RUST_SIDE_X64, RUST_SIDE_A64 } RustSide;

typedef struct RustVerdict {
    RustVerdictKind kind;
    RustSide side;
    uint32_t gate;       // that is told
    uint32_t other;      // whose predicate gets the fix, RUST_NO_GATE: the same
    Str word;            // what told: a word of hardware or of Windows; may be empty
    bool is_undefined;   // nothing of that name is left for arm64ec, and it is used
    bool needs_review;   // assembly that Arm64EC cannot have as it stands
    LIST(uint32_t) more; // gates of the same scope and predicate with the same verdict
} RustVerdict;

typedef struct RustVerdicts {
    LIST(RustVerdict) all;
} RustVerdicts;

void rust_judge(RustUnit *rust, RustVerdicts *ret_verdicts);

// The gates that stand for the same thing as `gate`, itself included, in order.
typedef LIST(uint32_t) RustGroup;
void rust_group(const RustUnit *rust, uint32_t gate, RustGroup *ret_group);
