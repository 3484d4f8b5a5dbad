// What a word, a header's name or an asm text of C and C++ says about hardware.
//
// This is the table behind "no hardware token, no finding" (design.md, Target-arch
// truth): what is not in tokens.def has no kind, and code without a kind is never spoken
// of. Each row of the table names its evidence: clang's own headers, Microsoft's list of
// intrinsics, or an experiment. Depends on nothing but the text: no macro is expanded
// here.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef enum ArchKind {
    ARCH_NONE,
    // x64 hardware
    ARCH_X86_HEADER, // emmintrin.h, immintrin.h, cpuid.h ...; intrin.h is none
    ARCH_X86_CODE,   // _mm_*, __m128i, __builtin_ia32_*: instructions or vector types of
                     // x86
    ARCH_X86_MSVC,   // Microsoft's x64 intrinsics that Arm64EC lacks: _umul128, __movsb
    ARCH_X86_ASM,
    ARCH_X86_TARGET, // attribute target("avx2"), #pragma GCC target
    ARCH_CPUID,      // __cpuid, __get_cpuid, _xgetbv, __builtin_cpu_supports
    ARCH_TIMING,     // __rdtsc, __rdtscp
    // Arm hardware
    ARCH_ARM_HEADER,  // arm_neon.h, arm_acle.h ...
    ARCH_ARM_CODE,    // NEON and ACLE: vaddq_u8, uint8x16_t, __crc32b, __yield
    ARCH_ARM_BARRIER, // __dmb, __dsb, asm "dmb": orders memory
    ARCH_A64_ASM,
    ARCH_A32_ASM, // 32-bit Arm or Thumb, which no Arm64EC compiler assembles
    ARCH_SVE,     // SVE and SME, which Arm64EC does not have
    // neither
    ARCH_COMPILER_BARRIER, // _ReadWriteBarrier, asm volatile("" ::: "memory")
    ARCH_FENCE,  // MemoryBarrier, __sync_synchronize: orders memory on every processor
    ARCH_OS_ARM, // ARM64_NT_CONTEXT, IMAGE_FILE_MACHINE_ARM64, CONTEXT_ARM64
    ARCH_OS_X64, // IMAGE_FILE_MACHINE_AMD64, RUNTIME_FUNCTION: right on Arm64EC
    ARCH_KIND_COUNT,
} ArchKind;

// What becomes of an intrinsic in code for Arm64EC.
typedef enum ArchAvailability {
    ARCH_FINE,
    ARCH_EMULATED,   // by softintrin.lib, with <intrin.h>: slow, but right
    ARCH_UNRESOLVED, // declared; the linker reports '#name'
    ARCH_MISSING,    // does not compile
} ArchAvailability;

typedef struct ArchWord {
    ArchKind kind;
    ArchAvailability clang, msvc;
    // What does the same on Arm64EC, as source text. "__yield": another name for the same
    // call. With parentheses, "__dmb(_ARM64_BARRIER_SY)", it stands for the whole call,
    // and a
    // `{0}` in it for the first argument. Empty: nothing does in one expression.
    Str instead;
    bool is_one_to_one; // `instead` has the same effect and result: an edit may put it in
} ArchWord;

// `word` is an identifier. Fast: called for most words of a text. A word that has no kind
// gives {0}: among them all that work on Arm64EC (__popcnt, _BitScanForward64, __umulh).
ArchWord arch_word(Str word);

// False for nearly all words, by a look at a few bytes: what arch_word() need not be
// asked.
bool arch_word_may_have_kind(Str word);

// `name` as written between the marks of #include; one in a folder is a project's own.
// ARCH_X86_HEADER, ARCH_ARM_HEADER, ARCH_SVE (arm_sve.h) or ARCH_NONE.
ArchKind arch_header(Str name);

// An asm statement without its macros. All texts are decoded (no quotes, no escapes).
typedef struct ArchAsm {
    Str text;            // the template, without what comes from macros
    StrSpan constraints; // "=a", "+r"
    StrSpan clobbers;    // "memory", "xmm0", "cc"
    bool is_msvc;        // __asm { mov eax, 1 } with `text` between the braces
    bool has_macros;     // part of the template comes from macros that nobody expanded
} ArchAsm;

// ARCH_X86_ASM, ARCH_A64_ASM, ARCH_A32_ASM, ARCH_ARM_BARRIER (a dmb or dsb and no more),
// ARCH_COMPILER_BARRIER (a text without instructions and macros, with a "memory"
// clobber), or ARCH_NONE: nobody can tell, as of "nop". `ret_token` gets what told, as it
// stands in the text: "rdtsc",
// "%%eax".
ArchKind arch_asm(const ArchAsm *statement, Str *ret_token);

// A target("...") string: whether it names features or processors of x86 ("avx2",
// "arch=haswell") or SVE. ARCH_X86_TARGET, ARCH_SVE or ARCH_NONE.
ArchKind arch_target(Str features);

// An include guard's, an operating system's, another processor's or another compiler's
// name:
// __linux__, __i386__, __CUDACC__, XXH_DOXYGEN. No build for Arm64EC, ARM64 or x64
// Windows defines it unless some file that is seen does.
bool arch_is_foreign_name(Str name);

bool arch_kind_is_x86(ArchKind kind); // ARCH_X86_HEADER to ARCH_TIMING
bool arch_kind_is_arm(ArchKind kind); // ARCH_ARM_HEADER to ARCH_A64_ASM
