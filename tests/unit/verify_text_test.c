// Signatures that are to be executed, as text: made of C types, written and read.
#include "codegen/verify/c_text.h"
#include "codegen/verify/signature.h"

#include "tests/unit/abi_text.h"
#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 24, TEXT_BYTES_MAX = 1 << 16 };

static bool make(Arena *arena, const char *words, AbiEnvironment environment,
                 VerifySignature *ret_signature, Str *ret_why)
{
    AbiText text;
    CHECK_BUG(abi_signature_of(arena, str_of(words), &text));
    return c_text_of(arena, &text.signature, environment, text.variadic, text.n_variadic,
                     ret_signature, ret_why);
}

TEST(c_text_writes_records)
{
    // What is natural needs no attribute; everything else is packed and says where.
    static const struct {
        const char *words, *prelude;
    } rows[] = {
        {"v(i32,p,d,B37)", ""},
        {"v(s{i8;A3(i32)})",
         "typedef struct { signed char m0; int m1[3]; } T1; "
         "_Static_assert(sizeof(T1) == 16 && _Alignof(T1) == 4, \"\");\n"},
        {"v(s[5,1]{@0 i8;@8 i32})",
         "typedef struct __attribute__((packed, aligned(1))) "
         "{ signed char m0; int m1; } T1; "
         "_Static_assert(sizeof(T1) == 5 && _Alignof(T1) == 1, \"\");\n"},
        {"v(s[32,16]{@0 i8;@128 f})",
         "typedef struct __attribute__((packed, aligned(16))) "
         "{ signed char m0; float m1 __attribute__((aligned(16))); } T1; "
         "_Static_assert(sizeof(T1) == 32 && _Alignof(T1) == 16, \"\");\n"},
        {"v(u{f;i64})", "typedef union { float m0; long long m1; } T1; "
                        "_Static_assert(sizeof(T1) == 8 && _Alignof(T1) == 8, \"\");\n"},
        {"v(s[8,4]{@0 i32:3=a;@3 i32:20=b;@32 i8})",
         "typedef struct __attribute__((packed, aligned(4))) "
         "{ unsigned char m0[1]; unsigned char m1[2]; "
         "signed char m2 __attribute__((aligned(2))); } T1; "
         "_Static_assert(sizeof(T1) == 8 && _Alignof(T1) == 4, \"\");\n"},
        {"V4(f)(i32)", "typedef __attribute__((vector_size(16))) float T1; "
                       "_Static_assert(sizeof(T1) == 16 && _Alignof(T1) == 16, \"\");\n"},
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        VerifySignature signature;
        Str why;
        CHECK(make(&arena, rows[i].words, ABI_ENVIRONMENT_MSVC, &signature, &why));
        CHECK_STR(signature.prelude, str_of(rows[i].prelude));
    }
    arena_done(&arena);
}

TEST(c_text_refuses)
{
    static const struct {
        const char *words;
        AbiEnvironment environment;
        const char *why;
    } rows[] = {
        {"Mv(p)", ABI_ENVIRONMENT_MSVC, "member functions are not executed"},
        {"Kv()", ABI_ENVIRONMENT_MSVC, "it has no prototype"},
        {"v(s+!{i8})", ABI_ENVIRONMENT_MSVC,
         "'s+!{i8}' is a C++ class that C has no words for; C++ is not executed"},
        {"v(V3(i8))", ABI_ENVIRONMENT_MSVC,
         "x64 code passes 'V3(i8)' in pieces, which is not executed"},
        {"v(z)", ABI_ENVIRONMENT_MSVC, "x64 has no scalable vectors"},
        {"v(l)", ABI_ENVIRONMENT_GNU,
         "x64 code has a long double of 80 bits, which is not executed"},
        {"v(s{A2000(i8)})", ABI_ENVIRONMENT_MSVC,
         "'s{A2000(i8)}' is larger than what is executed (1024 bytes)"},
        {"v(s[8,4]{@0 i64;@32 i32})", ABI_ENVIRONMENT_MSVC,
         "members of its share bytes as C has no words for"},
        {"v(...)", ABI_ENVIRONMENT_MSVC, "it has no parameter in front of '...'"},
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        VerifySignature signature;
        Str why;
        CHECK(!make(&arena, rows[i].words, rows[i].environment, &signature, &why));
        CHECK_STR(why, str_of(rows[i].why));
    }
    arena_done(&arena);
}

TEST(signature_text_there_and_back)
{
    static const char *const words[] = {
        "v()",
        "s{A3(i8)}(f,d,h,p,b)",
        "i128(s{f;f;f},V4(f))",
        "i32(p,...,i32,d,s{i64;i64;i64})",
        "C(d)(u{d;A3(i16)},s[16,16]{@0 A2(d)},i64)",
    };
    Arena arena;
    Buf once, twice;
    arena_init(&arena, ARENA_BYTES_MAX);
    buf_init(&once, TEXT_BYTES_MAX);
    buf_init(&twice, TEXT_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(words); i++) {
        VerifySignature made, read;
        Str why;
        REQUIRE(make(&arena, words[i], ABI_ENVIRONMENT_MSVC, &made, &why));
        buf_clear(&once);
        buf_clear(&twice);
        signature_write(&made, &once);
        Str rest = buf_str(&once);
        REQUIRE(signature_read(&arena, &rest, &read));
        CHECK_EQ(rest.len, 0);
        signature_write(&read, &twice);
        CHECK_STR(buf_str(&twice), buf_str(&once));
        CHECK_EQ(read.bank, made.bank);
        CHECK_EQ(read.n_fixed, made.n_fixed);
    }
    buf_done(&once);
    buf_done(&twice);
    arena_done(&arena);
}

TEST(signature_text_refuses)
{
    static const char *const texts[] = {
        "argument\tint\n",                                  // no size
        "argument\tint\t4\t4\tg\t0:4:x\n",                  // no such kind
        "argument\tint\t4\t4\tgg\t0:4:i\n",                 // no such place
        "argument\tint\t4\t4\tg\t1:4:i\n",                  // beyond its end
        "argument\t\t4\t4\tg\t0:4:i\n",                     // no name
        "argument\tint\t99999999999\t4\tg\t\n",             // no such number
        "argument\tint\t5000\t4\tg\t\n",                    // too large
        "variadic\n",                                       // nothing to name
        "bank\tx\n",                                        // no such bank
        "rest\tint\t4\t4\tg\t\nargument\tint\t4\t4\tg\t\n", // a fixed one behind
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        VerifySignature signature;
        Str rest = str_of(texts[i]);
        CHECK(!signature_read(&arena, &rest, &signature));
    }
    Str rest = STR("argument\tint\t4\t4\tg\t0:4:i\nsignature\tmore\n");
    VerifySignature signature;
    CHECK(signature_read(&arena, &rest, &signature));
    CHECK_STR(rest, STR("signature\tmore\n")); // others' lines stay
    arena_done(&arena);
}
