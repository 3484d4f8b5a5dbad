#include "codegen/arch/token.h"

#include "tests/unit/harness.h"

static const char *const kind_names[ARCH_KIND_COUNT] = {
    [ARCH_NONE] = "none",
    [ARCH_X86_HEADER] = "x86-header",
    [ARCH_X86_CODE] = "x86",
    [ARCH_X86_MSVC] = "x86-msvc",
    [ARCH_X86_ASM] = "x86-asm",
    [ARCH_X86_TARGET] = "x86-target",
    [ARCH_CPUID] = "cpuid",
    [ARCH_TIMING] = "timing",
    [ARCH_ARM_HEADER] = "arm-header",
    [ARCH_ARM_CODE] = "arm",
    [ARCH_ARM_BARRIER] = "arm-barrier",
    [ARCH_A64_ASM] = "a64-asm",
    [ARCH_A32_ASM] = "a32-asm",
    [ARCH_SVE] = "sve",
    [ARCH_COMPILER_BARRIER] = "compiler-barrier",
    [ARCH_FENCE] = "fence",
    [ARCH_OS_ARM] = "os-arm",
    [ARCH_OS_X64] = "os-x64",
};

static Str kind_name(ArchKind kind)
{
    return str_of(kind_names[kind]);
}

// Checks that each of the words, which stand with blanks between them, has the kind.
static void check_words(ArchKind expected, Str words, int line)
{
    while (words.len) {
        size_t end = str_find_char(words, ' ');
        Str word = str_sub(words, 0, end);
        ArchKind kind = arch_word(word).kind;
        if (kind != expected)
            check_str(kind_name(kind), kind_name(expected), mem_copy(word), "expected",
                      __FILE__, line);
        if (kind != ARCH_NONE)
            check_true(arch_word_may_have_kind(word), "may have a kind", __FILE__, line);
        words = str_from(words, end + 1);
    }
}

#define CHECK_WORDS(kind, words) check_words((kind), STR(words), __LINE__)

TEST(arch_token_knows_words_of_x86)
{
    CHECK_WORDS(
        ARCH_X86_CODE,
        "_mm_add_ps _mm_pause _mm_crc32_u64 _mm256_fmadd_pd _mm512_mask_add_epi32 "
        "_mm_fmadd_sd _mm_maskz_add_epi8 _mm_sin_ps _mm_cmpestri __m128 __m128i "
        "__m256d __m512bh __m64 __m128i_u __mmask16 __builtin_ia32_paddb128 "
        "_tzcnt_u64 _pdep_u64 _addcarry_u64 _rdrand64_step _MM_SHUFFLE "
        "_MM_SET_FLUSH_ZERO_MODE _SIDD_UBYTE_OPS _kand_mask16 _tile_loadd __tile_dpbssd "
        "__tile1024i _MM_PERM_ABCD "
        "_MM_HINT_T0 _MM_FROUND_FLOOR "
        "_m_paddb _m_prefetchw _xsave64 _bit_scan_reverse _mm_clflush");
    CHECK_WORDS(ARCH_X86_MSVC, "_umul128 __shiftleft128 __movsb __stosq __readgsqword "
                               "__faststorefence __halt __inbyte _InterlockedAnd64_np "
                               "__readmsr __ud2 __emulu");
    CHECK_WORDS(ARCH_CPUID, "__cpuid __cpuidex __get_cpuid_count _xgetbv "
                            "__builtin_cpu_supports");
    CHECK_WORDS(ARCH_TIMING, "__rdtsc __rdtscp __rdpmc");
}

TEST(arch_token_knows_words_of_arm)
{
    CHECK_WORDS(ARCH_ARM_CODE,
                "vaddq_u8 vld1q_f32 vgetq_lane_u64 vst1_u8 vqrdmulhq_laneq_s16 vdotq_s32 "
                "vcvt_f32_bf16 vaesmcq_u8 uint8x16_t float32x4x2_t poly64x1_t "
                "bfloat16x8_t int64x2_t mfloat8x16_t __yield __isb __crc32cd __rbitll "
                "__builtin_neon_vaddq_v __builtin_arm_rbit _ReadStatusReg __getReg "
                "_ARM64_BARRIER_ISH __arm_rsr64 _CountLeadingZeros64");
    CHECK_WORDS(ARCH_ARM_BARRIER, "__dmb __dsb");
    CHECK_WORDS(ARCH_SVE, "svadd_f32_x svbool_t svfloat32_t svint8x4_t svptrue_b8 "
                          "svwhilelt_b32 svcntb svld1_u8 svdup_n_s32_z svbfdot_f32");
}

// They work on Arm64EC, or are nobody's: a finding about one would be wrong.
TEST(arch_token_has_no_kind_for_what_works)
{
    CHECK_WORDS(ARCH_NONE,
                "__lzcnt __lzcnt64 __popcnt __popcnt64 _BitScanForward64 _BitScanReverse "
                "__umulh __mulh _rotl64 _byteswap_uint64 __debugbreak __nop __fastfail "
                "_AddressOfReturnAddress _InterlockedExchange64 _mm_malloc _mm_free "
                "__builtin_readcyclecounter __builtin_prefetch __builtin_bswap64 "
                "_ReturnAddress _alloca _setjmp __int64 __iso_volatile_load32");
}

TEST(arch_token_has_no_kind_for_names_of_projects)
{
    CHECK_WORDS(ARCH_NONE,
                "_mm _mm_ _mm_lock _mm_struct_init _mm_alloc_page __m __m12 __mmask "
                "vget_u8 val_u32 vec_u8 vpx_u8 vector_f32 v_u8 vaddq_ vadd_u128 vu_8 "
                "value_u16 uint8_t int32_t float32_t uint8x_t uintx4_t int8x8x8x8_t "
                "float16x16_t uint8x4_t int32x4x9_t __hlt __clz "
                "matrix4x4_t sv_2iv sv_u8 sv_setuv svc svt_u8_ svg_x svn_s svc_f16_q "
                "_MM_PAGE_PRIORITY _MM_SYSTEM_SIZE __tile__ _tile_length "
                "pause yield Pc Sp _tile _kernel_mask16x _m_parent _m_ptr_u8 "
                "CONTEXT_USER IMAGE_FILE a b _ __ _x");
}

TEST(arch_token_knows_the_system)
{
    CHECK_WORDS(ARCH_OS_X64, "IMAGE_FILE_MACHINE_AMD64 RUNTIME_FUNCTION M128A Rip "
                             "RtlLookupFunctionEntry");
    CHECK_WORDS(ARCH_OS_ARM, "ARM64_NT_CONTEXT IMAGE_FILE_MACHINE_ARM64 CONTEXT_ARM64");
    CHECK_WORDS(ARCH_COMPILER_BARRIER, "_ReadWriteBarrier _ReadBarrier _WriteBarrier");
}

TEST(arch_token_tells_what_is_available)
{
    static const struct {
        const char *word;
        ArchAvailability clang, msvc;
    } rows[] = {
        {"_mm_add_ps", ARCH_MISSING, ARCH_EMULATED},
        {"_mm_aesenc_si128", ARCH_MISSING, ARCH_EMULATED},
        {"_mm_crc32_u8", ARCH_MISSING, ARCH_EMULATED},
        {"_mm_fmadd_ps", ARCH_MISSING, ARCH_MISSING},
        {"_mm_maskload_ps", ARCH_MISSING, ARCH_MISSING},
        {"_mm256_add_ps", ARCH_MISSING, ARCH_MISSING},
        {"__m128i", ARCH_MISSING, ARCH_EMULATED},
        {"__m256i", ARCH_MISSING, ARCH_MISSING},
        {"_umul128", ARCH_MISSING, ARCH_EMULATED},
        {"__rdtsc", ARCH_MISSING, ARCH_EMULATED},
        {"__cpuid", ARCH_UNRESOLVED, ARCH_EMULATED},
        {"__emulu", ARCH_UNRESOLVED, ARCH_EMULATED},
        {"__readgsqword", ARCH_MISSING, ARCH_EMULATED},
        {"_tzcnt_u64", ARCH_MISSING, ARCH_MISSING},
        {"_xgetbv", ARCH_MISSING, ARCH_MISSING},
        {"_mm_cvtsi64x_si128", ARCH_MISSING, ARCH_EMULATED},
        {"_InterlockedAnd_np", ARCH_MISSING, ARCH_MISSING},
        {"vaddq_u8", ARCH_FINE, ARCH_FINE},
        {"_CountTrailingZeros64", ARCH_MISSING, ARCH_FINE},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        ArchWord word = arch_word(str_of(rows[i].word));
        if (word.clang != rows[i].clang || word.msvc != rows[i].msvc)
            check_str(str_of(rows[i].word), STR(""), "word", "right", __FILE__, __LINE__);
    }
}

TEST(arch_token_tells_what_to_take_instead)
{
    CHECK_STR(arch_word(STR("_mm_pause")).instead, STR("__yield"));
    CHECK(arch_word(STR("_mm_pause")).is_one_to_one);
    CHECK_STR(arch_word(STR("_mm_mfence")).instead, STR("__dmb(_ARM64_BARRIER_SY)"));
    CHECK(arch_word(STR("_mm_mfence")).is_one_to_one);
    CHECK_STR(arch_word(STR("__movsb")).instead, STR("memcpy({0}, {1}, {2})"));
    CHECK(!arch_word(STR("__movsb")).is_one_to_one);
    CHECK_STR(arch_word(STR("_InterlockedAnd64_np")).instead, STR("_InterlockedAnd64"));
    CHECK_STR(arch_word(STR("_mm_add_ps")).instead, STR(""));
}

TEST(arch_token_knows_headers)
{
    static const struct {
        const char *name;
        ArchKind kind;
    } rows[] = {
        {"emmintrin.h", ARCH_X86_HEADER},
        {"immintrin.h", ARCH_X86_HEADER},
        {"avx512fintrin.h", ARCH_X86_HEADER},
        {"bmi2intrin.h", ARCH_X86_HEADER},
        {"cpuid.h", ARCH_X86_HEADER},
        {"zmmintrin.h", ARCH_X86_HEADER},
        {"botan/cpuid.h", ARCH_NONE},
        {"../arm_neon.h", ARCH_NONE},
        {"XmmIntrin.h", ARCH_X86_HEADER},
        {"intrin.h", ARCH_NONE},
        {"intrin0.h", ARCH_NONE},
        {"mm_malloc.h", ARCH_NONE},
        {"myintrin.h", ARCH_NONE},
        {"sse2neon.h", ARCH_NONE},
        {"my_cpuid.h", ARCH_NONE},
        {"avx2.h", ARCH_NONE},
        {"arm_neon.h", ARCH_ARM_HEADER},
        {"arm64_neon.h", ARCH_ARM_HEADER},
        {"arm_acle.h", ARCH_ARM_HEADER},
        {"my_arm_neon.h", ARCH_NONE},
        {"arm_sve.h", ARCH_SVE},
        {"", ARCH_NONE},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++)
        if (arch_header(str_of(rows[i].name)) != rows[i].kind)
            check_str(str_of(rows[i].name), STR(""), "header", "right", __FILE__,
                      __LINE__);
}

TEST(arch_token_reads_target_attributes)
{
    static const struct {
        const char *text;
        ArchKind kind;
    } rows[] = {
        {"avx2", ARCH_X86_TARGET},
        {"sse4.2,popcnt", ARCH_X86_TARGET},
        {"no-avx", ARCH_X86_TARGET},
        {"arch=haswell", ARCH_X86_TARGET},
        {"default", ARCH_NONE},
        {"arch=x86-64-v3", ARCH_X86_TARGET},
        {"+crc", ARCH_NONE},
        {"arch=armv8-a+crypto", ARCH_NONE},
        {"+sve2", ARCH_SVE},
        {"arch=armv8.2-a+sve", ARCH_SVE},
        {"aes", ARCH_NONE},
        {"aes,sse4.1", ARCH_X86_TARGET},
        {"vsx", ARCH_NONE},
        {"cpu=power9", ARCH_NONE},
        {"branch-protection=none", ARCH_NONE},
        {"", ARCH_NONE},
        {"fpu=neon", ARCH_NONE},
        {"thumb", ARCH_NONE},
        {" fma ", ARCH_X86_TARGET},
        {",", ARCH_NONE},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++)
        if (arch_target(str_of(rows[i].text)) != rows[i].kind)
            check_str(str_of(rows[i].text), STR(""), "target", "right", __FILE__,
                      __LINE__);
}

TEST(arch_token_knows_foreign_names)
{
    static const char *const foreign[] = {"__linux__",
                                          "linux",
                                          "__APPLE__",
                                          "__i386__",
                                          "_M_IX86",
                                          "__arm__",
                                          "__CUDACC__",
                                          "XXH_DOXYGEN",
                                          "DOXYGEN_SHOULD_SKIP_THIS",
                                          "__riscv",
                                          "__mips64",
                                          "__powerpc64__",
                                          "__s390x__",
                                          "__AVX2__",
                                          "__SSE4_2__",
                                          "__INTEL_COMPILER",
                                          "__INTELLISENSE__",
                                          "__COVERITY__",
                                          "FOO_H",
                                          "FOO_BAR_HPP_",
                                          "_FOO_H_INCLUDED",
                                          "__ARM_FEATURE_SVE",
                                          "_M_ARM",
                                          "__TINYC__",
                                          "RC_INVOKED",
                                          "__ICCARM__",
                                          "__IStream_FWD_DEFINED__",
                                          "__GLIBC__",
                                          "__POWER8_VECTOR__"};
    static const char *const unknown[] = {"HAVE_STDINT_H",
                                          "WIN32",
                                          "UNICODE",
                                          "NDEBUG",
                                          "HAVE_SSE2",
                                          "USE_NEON",
                                          "ARCH_X86_64",
                                          "XXH_VECTOR",
                                          "MY_linux",
                                          "WITH_FOO_H",
                                          "_WIN32_WINNT",
                                          "__STDC_FORMAT_MACROS",
                                          "STBI_NO_SIMD",
                                          "x",
                                          "",
                                          "SIMDE_NO_NATIVE",
                                          "BSDIFF",
                                          "__mingw_ovr",
                                          "__SHDocVw_x",
                                          "__GLIBCXX__",
                                          "__OPTIMIZE__",
                                          "sunset",
                                          "unixes",
                                          "NEEDS_FOO_H"};
    for (size_t i = 0; i < COUNTOF(foreign); i++)
        if (!arch_is_foreign_name(str_of(foreign[i])))
            check_str(str_of(foreign[i]), STR(""), "name", "foreign", __FILE__, __LINE__);
    for (size_t i = 0; i < COUNTOF(unknown); i++)
        if (arch_is_foreign_name(str_of(unknown[i])))
            check_str(str_of(unknown[i]), STR(""), "name", "unknown", __FILE__, __LINE__);
}
