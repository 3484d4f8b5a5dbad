// Words by three tables and a few families.
//
// tokens.def has what needs a row of its own, intrinsics.def the names of x86 and of
// NEON, both in order; a family is told by its spelling where the makers of intrinsics go
// on adding names to it. A name alone must be enough: a project's own "_mm_lock" or
// "val_u8" has no kind, so what a family may look like is narrow.
#include "codegen/arch/token.h"

typedef struct Row {
    Str word;
    ArchWord is;
} Row;

#define SAME true
#define LIKE false
static const Row rows[] = {
#define WORD(word, kind, clang, msvc, instead, edit)                                     \
    {STR_INIT(#word), {ARCH_##kind, ARCH_##clang, ARCH_##msvc, STR_INIT(instead), edit}},
#include "codegen/arch/tokens.def"
#undef WORD
};

static const Str sse_names[] = {
#define SSE(name) STR_INIT(#name),
#include "codegen/arch/intrinsics.def"
#undef SSE
};

static const Str x86_names[] = {
#define X86(name) STR_INIT(#name),
#include "codegen/arch/intrinsics.def"
#undef X86
};

static const Str neon_names[] = {
#define NEON(name) STR_INIT(#name),
#include "codegen/arch/intrinsics.def"
#undef NEON
};

// How many of `n` sorted names at `at`, `stride` bytes apart, stand before `word`.
static const void *find(const void *at, size_t n, size_t stride, Str word)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *item = (const char *)at + middle * stride;
        int order = str_compare(*(const Str *)(const void *)item, word);
        if (order == 0)
            return item;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_among(const Str *names, size_t n, Str word)
{
    return find(names, n, sizeof *names, word) != NULL;
}

// --- Families
// -----------------------------------------------------------------------------------

// The last part of an intrinsic's name: the type it works on ("_mm_fmadd_ps").
static bool is_element_type(Str part)
{
    static const Str types[] = {
        STR_INIT("ps"),    STR_INIT("pd"),    STR_INIT("ss"),    STR_INIT("sd"),
        STR_INIT("ph"),    STR_INIT("sh"),    STR_INIT("pbh"),   STR_INIT("pch"),
        STR_INIT("sch"),   STR_INIT("epi8"),  STR_INIT("epi16"), STR_INIT("epi32"),
        STR_INIT("epi64"), STR_INIT("epu8"),  STR_INIT("epu16"), STR_INIT("epu32"),
        STR_INIT("epu64"), STR_INIT("pi8"),   STR_INIT("pi16"),  STR_INIT("pi32"),
        STR_INIT("pu8"),   STR_INIT("pu16"),  STR_INIT("si16"),  STR_INIT("si32"),
        STR_INIT("si64"),  STR_INIT("si128"), STR_INIT("mask"),  STR_INIT("epi64x"),
    };
    for (size_t i = 0; i < COUNTOF(types); i++)
        if (str_eq(part, types[i]))
            return true;
    return false;
}

static bool is_one_of(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

// _kand_mask16, _kortestz_mask8_u8
static bool is_mask_word(Str word)
{
    static const Str ends[] = {STR_INIT("8"),     STR_INIT("16"),   STR_INIT("32"),
                               STR_INIT("64"),    STR_INIT("8_u8"), STR_INIT("16_u8"),
                               STR_INIT("32_u8"), STR_INIT("64_u8")};
    size_t mask = str_find(word, STR("_mask"));
    if (!str_starts(word, STR("_k")) || mask == word.len)
        return false;
    for (size_t i = 1; i < mask; i++)
        if (!is_alpha(word.at[i]))
            return false;
    return is_one_of(str_from(word, mask + 5), ends, COUNTOF(ends));
}

// __m256d, __m128i_u, __mmask16
static bool is_vector_type(Str word)
{
    static const Str ends[] = {STR_INIT(""),    STR_INIT("d"),   STR_INIT("i"),
                               STR_INIT("h"),   STR_INIT("bh"),  STR_INIT("_u"),
                               STR_INIT("d_u"), STR_INIT("i_u"), STR_INIT("h_u")};
    static const Str masks[] = {STR_INIT("8"), STR_INIT("16"), STR_INIT("32"),
                                STR_INIT("64")};
    if (str_starts(word, STR("__mmask")))
        return is_one_of(str_from(word, 7), masks, COUNTOF(masks));
    Str bits = str_sub(word, 3, 6);
    return str_starts(word, STR("__m")) &&
           (str_eq(bits, STR("128")) || str_eq(bits, STR("256")) ||
            str_eq(bits, STR("512"))) &&
           is_one_of(str_from(word, 6), ends, COUNTOF(ends));
}

// Names of x86 that a word's spelling tells; `ret_emulated`: softintrin.lib has it.
static bool is_x86_family(Str word, bool *ret_emulated)
{
    *ret_emulated = false;
    if (str_starts(word, STR("_mm")))
        return str_starts(word, STR("_mm256_")) || str_starts(word, STR("_mm512_")) ||
               (str_starts(word, STR("_mm_")) &&
                is_element_type(str_from(word, str_find_char_last(word, '_') + 1)));
    *ret_emulated = str_starts(word, STR("_SIDD_")); // of SSE4.2's strings
    return str_starts(word, STR("__builtin_ia32_")) || is_vector_type(word) ||
           *ret_emulated || str_starts(word, STR("_MM_PERM_")) || is_mask_word(word);
}

static bool is_arm_family(Str word)
{
    static const Str prefixes[] = {
        STR_INIT("__builtin_neon_"), STR_INIT("__builtin_arm_"),
        STR_INIT("__builtin_aarch64_"), STR_INIT("__arm_rsr"), STR_INIT("__arm_wsr")};
    for (size_t i = 0; i < COUNTOF(prefixes); i++)
        if (str_starts(word, prefixes[i]))
            return true;
    return false;
}

static size_t digits(Str s, size_t at)
{
    size_t end = at;
    while (end < s.len && is_digit(s.at[end]))
        end++;
    return end;
}

static size_t number(Str s, size_t begin, size_t end)
{
    size_t value = 0;
    for (size_t i = begin; i < end && value < 1000; i++)
        value = value * 10 + (size_t)(s.at[i] - '0');
    return value;
}

// Behind "int" or "float": "8x16_t", "32x4x2_t". A register has 64 or 128 bits, so
// float16x16_t is another's. After "sv" also "8_t" and "16x4_t".
static bool is_vector_shape(Str shape, bool is_scalable)
{
    size_t end = digits(shape, 0), bits = number(shape, 0, end);
    size_t counts[2], n = 0;
    while (end && end < shape.len && shape.at[end] == 'x' && n < 2) {
        size_t begin = end + 1;
        end = digits(shape, begin);
        counts[n++] = number(shape, begin, end);
    }
    if (end == 0 || !str_eq(str_from(shape, end), STR("_t")) ||
        (bits != 8 && bits != 16 && bits != 32 && bits != 64 && bits != 128))
        return false;
    if (is_scalable)
        return n == 0 || (n == 1 && counts[0] >= 2 && counts[0] <= 4);
    bool is_register = n && (bits * counts[0] == 64 || bits * counts[0] == 128);
    return is_register && (n == 1 || (counts[1] >= 2 && counts[1] <= 4));
}

// uint8x16_t, float32x4x2_t; after "sv" also svuint8_t and svint16x4_t.
static bool is_vector_typedef(Str word, bool is_scalable)
{
    static const Str bases[] = {STR_INIT("uint"), STR_INIT("int"),    STR_INIT("float"),
                                STR_INIT("poly"), STR_INIT("bfloat"), STR_INIT("mfloat")};
    for (size_t i = 0; i < COUNTOF(bases); i++)
        if (str_starts(word, bases[i]))
            return is_vector_shape(str_from(word, bases[i].len), is_scalable);
    return false;
}

// svadd_f32_x, svld1_u8, svptrue_b16, svcntb.
static bool is_sve(Str word)
{
    if (is_vector_typedef(str_from(word, 2), true) || str_eq(word, STR("svbool_t")) ||
        str_eq(word, STR("svcount_t")))
        return true;
    size_t last = str_find_char_last(word, '_');
    if (last == word.len)
        return (str_starts(word, STR("svcnt")) && word.len == 6) ||
               str_eq(word, STR("svptrue")) || str_eq(word, STR("svpfalse"));
    Str part = str_from(word, last + 1);
    if (part.len == 1 && (*part.at == 'x' || *part.at == 'z' || *part.at == 'm')) {
        Str rest = str_sub(word, 0, last);
        last = str_find_char_last(rest, '_');
        part = str_from(rest, last + 1);
    }
    size_t letters = str_starts(part, STR("bf")) ? 2 : 1;
    bool is_type = part.len > letters && part.len <= letters + 3 &&
                   digits(part, letters) == part.len &&
                   (letters == 2 || (*part.at == 's' || *part.at == 'u' ||
                                     *part.at == 'f' || *part.at == 'b'));
    return is_type && last > 3 && word.at[2] != '_';
}

// --- What the header declares
// -------------------------------------------------------------------

enum {
    WORD_BYTES_MIN = 3,
};

static const uint64_t filter[256] = {
#define FILTER(bits) bits,
#include "codegen/arch/intrinsics.def"
#undef FILTER
};

// Whether a word may be in a table: tokens.py sets the bit of each that is.
static bool may_be_listed(Str word)
{
    const unsigned char *b = (const unsigned char *)word.at;
    size_t n = word.len;
    size_t bit =
        (n * 29 ^ b[2] * 37u ^ b[n / 2] * 151u ^ b[n - 2] * 523u ^ b[n - 1] * 1031u) &
        0x3FFF;
    return filter[bit / 64] >> bit % 64 & 1;
}

// The beginnings of is_x86_family() and is_arm_family(), by two bytes.
static bool may_be_family(Str word)
{
    char second = word.at[1], third = word.at[2];
    switch (second) {
    case '_': // __m128, __builtin_ia32_, __arm_rsr
        return third == 'm' || third == 'b' || third == 'a';
    case 'm': // _mm_
        return third == 'm';
    case 'M': // _MM_PERM_
        return third == 'M';
    case 'S': // _SIDD_
        return third == 'I';
    case 'k': // _kand_mask8
        return is_digit(word.at[word.len - 1]);
    default:
        return false;
    }
}

bool arch_word_may_have_kind(Str word)
{
    if (word.len < WORD_BYTES_MIN)
        return false;
    char last = word.at[word.len - 1];
    switch (word.at[0]) {
    case '_':
        return may_be_family(word) || may_be_listed(word);
    case 'v': // vaddq_u8, vcvt_mf8_f16_fpm
        return word.len >= 6 && (is_digit(last) || last == 'm') && word.at[1] != '_';
    case 's': // svadd_u8_x, svbool_t
        return word.at[1] == 'v' && word.len >= 6;
    case 'u':
    case 'i':
    case 'f':
    case 'p':
    case 'b':
    case 'm': // uint8x16_t; eight bytes has the shortest of them
        return last == 't' && word.len >= 8 && word.at[word.len - 2] == '_' &&
               is_digit(word.at[word.len - 3]);
    case 'a':
        return word.len == 19 && word.at[7] == 't'; // atomic_thread_fence
    default:                                        // of the system
        return word.at[0] >= 'A' && word.at[0] <= 'Z' && may_be_listed(word);
    }
}

ArchWord arch_word(Str word)
{
    if (!arch_word_may_have_kind(word))
        return (ArchWord){0};
    const Row *row = find(rows, COUNTOF(rows), sizeof *rows, word);
    if (row)
        return row->is;
    bool is_emulated;
    switch (word.at[0]) {
    case '_':
        if (is_among(sse_names, COUNTOF(sse_names), word))
            return (ArchWord){ARCH_X86_CODE, ARCH_MISSING, ARCH_EMULATED, {0}, false};
        if (is_x86_family(word, &is_emulated))
            return (ArchWord){ARCH_X86_CODE,
                              ARCH_MISSING,
                              is_emulated ? ARCH_EMULATED : ARCH_MISSING,
                              {0},
                              false};
        if (is_among(x86_names, COUNTOF(x86_names), word))
            return (ArchWord){ARCH_X86_CODE, ARCH_MISSING, ARCH_MISSING, {0}, false};
        return (ArchWord){.kind = is_arm_family(word) ? ARCH_ARM_CODE : ARCH_NONE};
    case 'v':
        return (ArchWord){.kind = is_among(neon_names, COUNTOF(neon_names), word)
                                      ? ARCH_ARM_CODE
                                      : ARCH_NONE};
    case 's':
        if (is_sve(word))
            return (ArchWord){ARCH_SVE, ARCH_MISSING, ARCH_MISSING, {0}, false};
        return (ArchWord){0};
    default:
        return (ArchWord){.kind =
                              is_vector_typedef(word, false) ? ARCH_ARM_CODE : ARCH_NONE};
    }
}

ArchKind arch_header(Str name)
{
    static const Str x86[] = {
        STR_INIT("adxintrin.h"),    STR_INIT("ammintrin.h"),
        STR_INIT("cpuid.h"),        STR_INIT("dvec.h"),
        STR_INIT("emmintrin.h"),    STR_INIT("f16cintrin.h"),
        STR_INIT("fmaintrin.h"),    STR_INIT("fvec.h"),
        STR_INIT("ia32intrin.h"),   STR_INIT("immintrin.h"),
        STR_INIT("ivec.h"),         STR_INIT("lzcntintrin.h"),
        STR_INIT("mm3dnow.h"),      STR_INIT("mmintrin.h"),
        STR_INIT("nmmintrin.h"),    STR_INIT("pmmintrin.h"),
        STR_INIT("popcntintrin.h"), STR_INIT("prfchwintrin.h"),
        STR_INIT("smmintrin.h"),    STR_INIT("tmmintrin.h"),
        STR_INIT("wmmintrin.h"),    STR_INIT("x86gprintrin.h"),
        STR_INIT("x86intrin.h"),    STR_INIT("xmmintrin.h"),
        STR_INIT("xopintrin.h"),    STR_INIT("zmmintrin.h"),
    };
    static const Str arm[] = {
        STR_INIT("arm64_neon.h"),       STR_INIT("arm64intr.h"), STR_INIT("arm_acle.h"),
        STR_INIT("arm_bf16.h"),         STR_INIT("arm_fp16.h"),  STR_INIT("arm_neon.h"),
        STR_INIT("arm_vector_types.h"), STR_INIT("armintr.h"),
    };
    static const Str sve[] = {STR_INIT("arm_sme.h"), STR_INIT("arm_sve.h"),
                              STR_INIT("arm_neon_sve_bridge.h")};
    // No compiler has them in a folder: <botan/cpuid.h> is somebody's own.
    if (str_find_char_last(name, '/') < name.len)
        return ARCH_NONE;
    for (size_t i = 0; i < COUNTOF(x86); i++)
        if (str_eq_nocase(name, x86[i]))
            return ARCH_X86_HEADER;
    for (size_t i = 0; i < COUNTOF(arm); i++)
        if (str_eq_nocase(name, arm[i]))
            return ARCH_ARM_HEADER;
    for (size_t i = 0; i < COUNTOF(sve); i++)
        if (str_eq_nocase(name, sve[i]))
            return ARCH_SVE;
    bool is_avx = str_starts(name, STR("avx")) || str_starts(name, STR("bmi"));
    return is_avx && str_ends(name, STR("intrin.h")) ? ARCH_X86_HEADER : ARCH_NONE;
}

bool arch_kind_is_x86(ArchKind kind)
{
    return kind >= ARCH_X86_HEADER && kind <= ARCH_TIMING;
}

bool arch_kind_is_arm(ArchKind kind)
{
    return kind >= ARCH_ARM_HEADER && kind <= ARCH_A64_ASM;
}
