// Every row's LLVM signature is what clang 22 wrote for that C declaration.
#include "codegen/abi/lower.h"
#include "protocol/base/buf.h"

#include "tests/unit/abi_text.h"
#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 24, OUT_BYTES_MAX = 1 << 16, CLANG = 22 };

static Str lowered_by(Arena *arena, Str text, AbiEnvironment environment, uint32_t clang,
                      LowSignature *ret_low)
{
    AbiText parsed;
    if (!abi_signature_of(arena, text, &parsed) || !abi_is_known(&parsed.signature))
        return STR("unreadable");
    *ret_low = abi_lower(arena, &parsed.signature, environment, clang);
    Buf out;
    buf_init(&out, OUT_BYTES_MAX);
    low_print(ret_low->result, &out);
    buf_put_char(&out, '(');
    for (uint32_t i = 0; i < ret_low->n_parameters; i++) {
        buf_put(&out, i ? STR(", ") : STR(""));
        low_print(ret_low->parameters[i], &out);
    }
    buf_put(&out, ret_low->is_variadic ? STR(", ...)") : STR(")"));
    if (ret_low->sret) {
        buf_put(&out, STR(" sret "));
        low_print(ret_low->sret, &out);
    }
    Str print = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return print;
}

static Str lowered(Arena *arena, Str text, AbiEnvironment environment,
                   LowSignature *ret_low)
{
    return lowered_by(arena, text, environment, CLANG, ret_low);
}

typedef struct Row {
    const char *text, *want;
} Row;

static void check_rows(const Row *rows, size_t n, AbiEnvironment environment)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < n; i++) {
        LowSignature low;
        CHECK_STR(lowered(&arena, str_of(rows[i].text), environment, &low),
                  str_of(rows[i].want));
        arena_reset(&arena);
    }
    arena_done(&arena);
}

TEST(abi_lower_scalars)
{
    static const Row rows[] = {
        {"b(b)", "i1(i1)"},
        {"i8(i16,i32,i64,p)", "i8(i16, i32, i64, ptr)"},
        {"f(d,l,h)", "float(double, double, half)"},
        {"i128(i128)", "i128(i128)"},
        {"B37(B65,B128,B7)", "i37(i65, i128, i7)"},
        {"v()", "void()"},
        {"C(f)(C(d),C(i32),C(i8))", "{ float, float }([2 x double], i64, i64)"},
    };
    check_rows(rows, COUNTOF(rows), ABI_ENVIRONMENT_MSVC);
}

TEST(abi_lower_aggregates)
{
    static const Row rows[] = {
        {"s{i8;i8;i8}(s{i8;i8;i8})", "i24(i64)"},
        {"s{i64;i32}(s{i64;i32})", "[2 x i64]([2 x i64])"},
        {"s[16,16]{@0 A16(i8)}(s[16,16]{@0 A16(i8)})", "i128(i128)"},
        {"s{p;p}(s{p;p},s{p},s{A2(p)})", "[2 x i64]([2 x ptr], ptr, [2 x ptr])"},
        {"s{f;f;f}(s{f;f;f})", "{ float, float, float }([3 x float])"},
        {"s{A5(d)}(i32)", "void(ptr, i32) sret { [5 x double] }"},
        {"s{A5(d);A0(i32)}(i32)", "void(ptr, i32) sret { [5 x double], [0 x i32] }"},
        {"s[4,4]{}(s[4,4]{},i32)", "void(i32)"},
        {"v(s+[1,1]{})", "void(i64)"},
        {"v(s+!{i32})", "void(ptr)"},
        {"v(t{p;p})", "void(ptr)"},
        {"s{i32;F(i32)}(s{i32;F(i32)})", "i32(i64)"},
        {"v(s{f;f;f;A0(f)})", "void([2 x i64])"}, // no HFA: zero-length array
        {"v(s{V4(f);V4(f)})", "void([2 x <4 x float>])"},
        {"v(s{h;y})", "void([2 x half])"}, // equal sizes count as equal types
    };
    check_rows(rows, COUNTOF(rows), ABI_ENVIRONMENT_MSVC);
}

TEST(abi_lower_record_shapes)
{
    static const Row rows[] = {
        // char a; int b:3; int c:20; long long d:40; char e; char f[30];
        {"s[48,8]{@0 i8;@32 i32:3=b;@35 i32:20=c;@64 i64:40=d;@128 i8;@136 A30(i8)}()",
         "void(ptr) sret { i8, i32, i64, i8, [30 x i8] }"},
        {"s[29,1]{@0 i8;@8 i64;@72 A20(i8)}()",
         "void(ptr) sret <{ i8, i64, [20 x i8] }>"},
        {"s[64,64]{@0 i8;@8 i8}()", "void(ptr) sret { i8, i8, [62 x i8] }"},
        {"u{A20(i8);d}()", "void(ptr) sret { double, [16 x i8] }"},
        {"s{s[4,4]{};A5(i64)}()", "void(ptr) sret { [8 x i8], [5 x i64] }"},
        {"s[24,8]{@0 i64;@64 i32:0;@64 A2(i64)}()", "void(ptr) sret { i64, [2 x i64] }"},
        {"s{b;b;B37;A2(p)}()", "void(ptr) sret { i8, i8, i64, [2 x ptr] }"},
    };
    check_rows(rows, COUNTOF(rows), ABI_ENVIRONMENT_MSVC);
}

TEST(abi_lower_vectors)
{
    static const Row rows[] = {
        {"V4(f)(V4(f),V2(f))", "<4 x float>(<4 x float>, <2 x float>)"},
        {"V3(f)(V3(f))", "<3 x float>(<4 x i32>)"},
        {"V4(i8)(V4(i8),V1(i8))", "<4 x i8>(i32, i32)"},
        {"V8(f)(V8(f))", "void(ptr, ptr) sret <8 x float>"},
        {"V1(i128)(V1(i128))", "<1 x i128>(<4 x i32>)"},
        {"V4(b)(V4(b))", "<4 x i1>(i32)"},
    };
    check_rows(rows, COUNTOF(rows), ABI_ENVIRONMENT_MSVC);
}

TEST(abi_lower_variadic)
{
    static const Row rows[] = {
        {"i32(p,...)", "i32(ptr, ...)"},
        {"v(s{f;f;f},s{d},i128,...)", "void(ptr, i64, ptr, ...)"},
        {"v(s{i8;i8;i8},C(f),B65,B37,...)", "void(ptr, i64, ptr, i37, ...)"},
        {"s{A3(i64)}(i32,...)", "void(ptr, i32, ...) sret { [3 x i64] }"},
        {"v(i32,s[4,4]{},...)", "void(i32, i32, ...)"},
    };
    static const Row gnu[] = {{"v(i32,s[0,1]{},...)", "void(i32, ptr, ...)"}};
    check_rows(rows, COUNTOF(rows), ABI_ENVIRONMENT_MSVC);
    check_rows(gnu, COUNTOF(gnu), ABI_ENVIRONMENT_GNU);
}

// What clang 19 wrote, and 22 writes.
TEST(abi_lower_of_another_clang)
{
    static const struct {
        const char *text, *old, *new;
    } rows[] = {
        {"v(C(i8),...)", "void(i64, ...)", "void(i16, ...)"},
        {"v(s[15,1]{@0 A15(i8)},...)", "void([2 x i64], ...)", "void(ptr, ...)"},
        {"v(s{f;f},...)", "void(i64, ...)", "void(i64, ...)"},
        {"v(s{f;f;f},...)", "void([2 x i64], ...)", "void(ptr, ...)"},
        {"v(B128,...)", "void(i128, ...)", "void(ptr, ...)"},
        {"v(i32,s[4,4]{},...)", "void(i32, ...)", "void(i32, i32, ...)"},
        {"v(s{p},s{p;p})", "void(i64, [2 x i64])", "void(ptr, [2 x ptr])"},
        {"v(s{f;f},s{i8;i8;i8})", "void([2 x float], i64)", "void([2 x float], i64)"},
    };
    Arena arena;
    LowSignature low;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Str text = str_of(rows[i].text);
        CHECK_STR(lowered_by(&arena, text, ABI_ENVIRONMENT_MSVC, 19, &low),
                  str_of(rows[i].old));
        CHECK_STR(lowered_by(&arena, text, ABI_ENVIRONMENT_MSVC, 22, &low),
                  str_of(rows[i].new));
    }
    arena_done(&arena);
}

TEST(abi_lower_other_forms)
{
    static const Row msvc[] = {
        {"Kv(f,i8,s{i8})", "void(double, i32, i64)"}, // a K&R definition
        // `sret inreg` behind `this`: what the thunk pass makes of it
        {"Ms+{f;f}(p,i32)", "ptr(ptr, ptr, i32)"},
        {"s+^{i32}(i32)", "ptr(ptr, i32)"},
        {"s+{f;f}(i32)", "{ float, float }(i32)"},
    };
    static const Row gnu[] = {
        {"Ms+{f;f}(p,i32)", "{ float, float }(ptr, i32)"},
        {"s+!{i32}(i32)", "void(ptr, i32) sret { i32 }"},
    };
    check_rows(msvc, COUNTOF(msvc), ABI_ENVIRONMENT_MSVC);
    check_rows(gnu, COUNTOF(gnu), ABI_ENVIRONMENT_GNU);
}

TEST(abi_lower_names_the_source)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    LowSignature low;
    lowered(&arena, STR("s{A3(i64)}(i32,s[4,4]{},d)"), ABI_ENVIRONMENT_MSVC, &low);
    REQUIRE(low.n_parameters == 3);
    CHECK_EQ(low.source[0], UINT32_MAX);
    CHECK_EQ(low.source[1], 0);
    CHECK_EQ(low.source[2], 2);
    arena_done(&arena);
}

TEST(abi_low_key_joins_equal_thunks)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {"i32(p,i64)", "b(i8,s{i8;i8})", true},
        {"i32(p,...)", "i32(d,d,i32,...)", true},
        {"s{d;d}(i32)", "s{i64;i64}(i32)", false},
        {"i32(f)", "i32(d)", false},
        {"s{A5(d)}()", "s{A4(d);d}()", false},
        {"i32(s{i64;i64})", "i32(s[16,16]{@0 i64;@64 i64})", false},
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        LowSignature a, b;
        lowered(&arena, str_of(rows[i].a), ABI_ENVIRONMENT_MSVC, &a);
        lowered(&arena, str_of(rows[i].b), ABI_ENVIRONMENT_MSVC, &b);
        CHECK_EQ(str_eq(low_key(&arena, &a), low_key(&arena, &b)), rows[i].equal);
        CHECK(low_equal(&a, &a));
    }
    arena_done(&arena);
}

TEST(abi_low_equal_tells_types_apart)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {"i32(p,i64)", "i32(i64,i64)", false}, {"i32(p,i64)", "i32(p,s{i64})", true},
        {"i32(p,...)", "i32(p)", false},       {"i32(p)", "i32(p,p)", false},
        {"s{A5(d)}()", "s{A5(i64)}()", true}, // `sret` is no part of the type
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        LowSignature a, b;
        lowered(&arena, str_of(rows[i].a), ABI_ENVIRONMENT_MSVC, &a);
        lowered(&arena, str_of(rows[i].b), ABI_ENVIRONMENT_MSVC, &b);
        CHECK_EQ(low_equal(&a, &b), rows[i].equal);
    }
    arena_done(&arena);
}

TEST(abi_low_equal_tells_records_apart)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    LowSignature a, b;
    // Two records of one shape are two LLVM types; as homogeneous arguments they are one.
    lowered(&arena, STR("s{f;f}()"), ABI_ENVIRONMENT_MSVC, &a);
    lowered(&arena, STR("s{f;f}()"), ABI_ENVIRONMENT_MSVC, &b);
    CHECK(!low_equal(&a, &b));
    lowered(&arena, STR("C(f)(s{f;f})"), ABI_ENVIRONMENT_MSVC, &a);
    lowered(&arena, STR("C(f)(s{f;f})"), ABI_ENVIRONMENT_MSVC, &b);
    CHECK(low_equal(&a, &b));
    arena_done(&arena);
}

TEST(abi_unknown_types_have_no_truth)
{
    static const char *const texts[] = {"?()", "v(?)", "v(s{i32;A2(?)})"};
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        AbiText parsed;
        REQUIRE(abi_signature_of(&arena, str_of(texts[i]), &parsed));
        CHECK(!abi_is_known(&parsed.signature));
    }
    // A record that doubles at every level would take for ever to walk.
    AbiType *type = ARENA_NEW(&arena, AbiType);
    *type = (AbiType){.kind = ABI_RECORD, .align = 1};
    for (uint32_t i = 0; i < 60; i++) {
        AbiField *fields = ARENA_ARRAY(&arena, AbiField, 2);
        fields[0].type = fields[1].type = type;
        type = ARENA_NEW(&arena, AbiType);
        *type =
            (AbiType){.kind = ABI_RECORD, .align = 1, .fields = fields, .n_fields = 2};
    }
    CHECK(!abi_is_known(&(AbiSignature){.result = type}));
    arena_done(&arena);
}
