// What a text of Rust says about hardware and about Windows: where each word stands, and
// which gate decides it.
//
// No such word, no finding (as for C: arch/token.h, whose tables these are). Words of
// Windows alone tell nothing; they tell whose side a gate is on.
#pragma once

#include "codegen/rust/asm.h"
#include "codegen/rust/gate.h"

typedef enum RustSinkKind {
    RUST_X86_PATH,    // core::arch::x86_64, std::arch::x86
    RUST_X86_CODE,    // _mm_add_ps, __m128i, __cpuid
    RUST_X86_DETECT,  // is_x86_feature_detected!
    RUST_X86_FEATURE, // #[target_feature(enable = "avx2")]
    RUST_X86_ASM,
    RUST_ARM_PATH, // core::arch::aarch64
    RUST_ARM_CODE, // vaddq_u8, uint8x16_t
    RUST_ARM_DETECT,
    RUST_ARM_FEATURE,
    RUST_A64_ASM,
    RUST_SVE,    // sv* of core::arch::aarch64
    RUST_OS_X64, // .Rip, IMAGE_FILE_MACHINE_AMD64
    RUST_OS_ARM, // ARM64_NT_CONTEXT, IMAGE_FILE_MACHINE_ARM64
    RUST_OS, // CONTEXT, RtlVirtualUnwind, windows_sys: of Windows, differs by processor
    RUST_OS_TYPE, // HANDLE, ULONG_PTR: of Windows, the same everywhere
    RUST_STOP,    // compile_error!
    RUST_PANIC,   // panic!, todo!, unimplemented!, unreachable!
    RUST_SINK_COUNT,
} RustSinkKind;

#define RUST_HOLDS(kind) (1u << (kind))
#define RUST_HOLDS_X86                                                                   \
    (RUST_HOLDS(RUST_X86_PATH) | RUST_HOLDS(RUST_X86_CODE) |                             \
     RUST_HOLDS(RUST_X86_DETECT) | RUST_HOLDS(RUST_X86_FEATURE) |                        \
     RUST_HOLDS(RUST_X86_ASM))
#define RUST_HOLDS_ARM                                                                   \
    (RUST_HOLDS(RUST_ARM_PATH) | RUST_HOLDS(RUST_ARM_CODE) |                             \
     RUST_HOLDS(RUST_ARM_DETECT) | RUST_HOLDS(RUST_ARM_FEATURE) |                        \
     RUST_HOLDS(RUST_A64_ASM))

#define RUST_HOLDS_OS                                                                    \
    (RUST_HOLDS(RUST_OS) | RUST_HOLDS(RUST_OS_X64) | RUST_HOLDS(RUST_OS_ARM) |           \
     RUST_HOLDS(RUST_OS_TYPE))

typedef struct RustSink {
    RustSinkKind kind;
    uint32_t token, end; // tokens [token, end)
    uint32_t gate;       // innermost, or RUST_NO_GATE
    uint32_t asm_index;  // of an asm: index of RustSinks.asms
    bool in_macro;       // of a macro_rules!: only where that is used
    Str word;            // that told: "avx2", "x86_64", "cpuid"
} RustSink;

typedef struct RustAsmUse {
    RustAsm block;
    uint32_t gate;
    bool in_macro, is_x86;
    Str word; // that told that it is x86's
} RustAsmUse;

typedef struct RustSinks {
    LIST(RustSink) all;
    LIST(RustAsmUse) asms;
    LIST(RustRange) macros; // tokens of macro_rules!, whole
} RustSinks;

// Also fills `holds` of the gates.
void rust_sinks(Arena *arena, const RustTokens *tokens, RustGates *gates, Truth around,
                RustSinks *ret_sinks);

Truth rust_sink_live(const RustGates *gates, Truth around, const RustSink *sink);
