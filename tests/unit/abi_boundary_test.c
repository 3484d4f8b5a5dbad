// Verdicts as execution gave them (thunk-truth.md 1, 2 and the appendix), places as the
// two calling conventions say.
#include "codegen/abi/boundary.h"
#include "codegen/abi/fault.h"

#include "tests/unit/abi_text.h"
#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 24, OWN_LLVM = 22, OUT_BYTES_MAX = 1 << 16 };

static const Builder any_clang = {0};

static Boundary boundary_as(Arena *arena, const char *text, AbiEnvironment environment,
                            Builder builder)
{
    AbiText parsed;
    if (!abi_signature_of(arena, str_of(text), &parsed))
        return (Boundary){.known = false};
    return abi_boundary(arena, &parsed.signature, environment, builder, OWN_LLVM,
                        parsed.variadic, parsed.n_variadic);
}

static Boundary boundary_of(Arena *arena, const char *text)
{
    return boundary_as(arena, text, ABI_ENVIRONMENT_MSVC, any_clang);
}

typedef struct Verdict {
    const char *text;
    uint32_t entry, exit;
} Verdict;

static void check_verdicts(const Verdict *rows, size_t n, AbiEnvironment environment,
                           Builder builder)
{
    for (size_t i = 0; i < n; i++) {
        Arena arena;
        arena_init(&arena, ARENA_BYTES_MAX);
        Boundary boundary = boundary_as(&arena, rows[i].text, environment, builder);
        bool right = boundary.known && boundary.entry_faults == rows[i].entry &&
                     boundary.exit_faults == rows[i].exit;
        CHECK_STR(right ? str_of(rows[i].text)
                        : arena_format(&arena, "entry %x, exit %x", boundary.entry_faults,
                                       boundary.exit_faults),
                  str_of(rows[i].text));
        arena_done(&arena);
    }
}

#define VERDICTS(rows)                                                                   \
    check_verdicts(rows, COUNTOF(rows), ABI_ENVIRONMENT_MSVC, any_clang)

TEST(abi_boundary_right_shapes)
{
    static const Verdict rows[] = {
        {"i32(b,i8,i16,i32,i64,p,f,d,l)", 0, 0},
        {"s{i8}(s{i8;i8},s{i32},s{f;i32})", 0, 0},
        {"s{i64;i64}(s{i64;i32},s{i32;i32;i32})", 0, 0},
        {"s{f;f;f}(s{f},s{d;d},s{A4(d)},C(f))", 0, 0},
        {"s{A17(i8)}(s{A100(i8)})", 0, 0},
        {"s{i128}(i128,V4(f),s{V4(f)},s{V2(f);V2(f)})", 0, 0},
        {"s{h;h}(s{h},s{h;h;h;h})", 0, 0},
        {"h(i32,h)", 0, 0},                      // since LLVM 22
        {"s[4,4]{}(i32)", 0, 0},                 // an empty result is right
        {"s[8,4]{@0 s[4,4]{};@32 i32}()", 0, 0}, // so is an empty member
        {"B128(B128)", 0, 0},                    // unlike __int128, in memory on x64 too
        {"V1(i32)(V1(i64))", 0, 0},              // one integer is that integer
        {"v(s+!{i8;i8;i8})", 0, 0},              // by pointer on both sides
        {"v(s{p;F(i32)})", FAULT_ODD_SIZE, FAULT_ODD_SIZE}, // x64: always by pointer
    };
    VERDICTS(rows);
}

TEST(abi_boundary_wrong_shapes)
{
    static const Verdict rows[] = {
        {"v(s{A3(i8)})", FAULT_ODD_SIZE, FAULT_ODD_SIZE},
        {"s[5,1]{@0 i8;@8 i32}()", FAULT_ODD_SIZE, FAULT_ODD_SIZE},
        {"v(u{A3(i16);i8})", FAULT_ODD_SIZE, FAULT_ODD_SIZE},
        {"s{b;b;b}()", FAULT_ODD_SIZE, FAULT_ODD_SIZE},
        {"s{A9(i8)}()", FAULT_SHORT_RESULT, 0},
        {"s{i32;i32;i32}()", FAULT_SHORT_RESULT, 0},
        {"s{f;f;i32}()", FAULT_SHORT_RESULT, 0},
        {"i128()", FAULT_INT128_RESULT, FAULT_INT128_RESULT},
        {"V4(f)(i32)", FAULT_VECTOR_RESULT, FAULT_VECTOR_RESULT},
        {"V3(f)()", FAULT_VECTOR_RESULT, FAULT_VECTOR_RESULT},
        {"v(V2(f))", FAULT_EIGHT_BYTE_VECTOR, FAULT_EIGHT_BYTE_VECTOR},
        {"V2(f)()", 0, FAULT_EIGHT_BYTE_VECTOR},
        {"V8(f)()", FAULT_WIDE_VECTOR, FAULT_WIDE_VECTOR},
        {"v(V8(f))", FAULT_WIDE_VECTOR, FAULT_WIDE_VECTOR},
        {"v(y)", FAULT_BFLOAT, FAULT_BFLOAT},
        {"v(z)", FAULT_SCALABLE, FAULT_SCALABLE},
        {"v(s{h;h;h})", FAULT_ODD_SIZE, FAULT_ODD_SIZE},
        {"s{h;h;h}()", 0, FAULT_ODD_FLOAT_RESULT},
        {"V3(i8)()", FAULT_EIGHT_BYTE_VECTOR,
         FAULT_EIGHT_BYTE_VECTOR | FAULT_ODD_FLOAT_RESULT},
        {"v(s[4,4]{},i32)", FAULT_EMPTY, FAULT_EMPTY},
        {"v(i32,s[12,4]{A3(s[4,4]{})})", 0, FAULT_EMPTY}, // x64 gets no pointer
        {"v(s+[1,1]{},i32)", 0, 0},
        {"v(B65)", FAULT_ODD_INTEGER, FAULT_ODD_INTEGER},
        {"v(s{i8;B100})", FAULT_BIT_INT_LAYOUT, FAULT_BIT_INT_LAYOUT},
        {"v(s{i64;B100})", FAULT_BIT_INT_LAYOUT, FAULT_BIT_INT_LAYOUT},
        {"v(s{B72;i8})", 0, 0}, // longer here
        {"s{B72;i8}()", FAULT_BIT_INT_LAYOUT, FAULT_BIT_INT_LAYOUT},
        {"B65()", FAULT_ODD_INTEGER, 0},
        {"v(s{A2(s{B100;i8})})", FAULT_BIT_INT_LAYOUT, FAULT_BIT_INT_LAYOUT},
        {"v(s{B100})", 0, 0},
        {"v(s{i64;i64;B100})", 0, 0},
        {"v(s{i8;B64})", 0, 0},
        {"v(s{i8;i128})", 0, 0},
        {"v(B72)", 0, 0},
    };
    VERDICTS(rows);
}

TEST(abi_boundary_small_vectors)
{
    static const Verdict rows[] = {
        {"V4(i8)()", 0, FAULT_EIGHT_BYTE_VECTOR}, // widened here, and made small again
        {"V2(i8)()", FAULT_EIGHT_BYTE_VECTOR, FAULT_EIGHT_BYTE_VECTOR},
        {"V2(i16)()", FAULT_EIGHT_BYTE_VECTOR, FAULT_EIGHT_BYTE_VECTOR},
        {"V1(f)()", 0, FAULT_EIGHT_BYTE_VECTOR},
        {"V2(h)()", 0, FAULT_EIGHT_BYTE_VECTOR},
        {"V1(d)()", 0, FAULT_EIGHT_BYTE_VECTOR},
        {"v(V1(d))", FAULT_EIGHT_BYTE_VECTOR, 0}, // d0 is xmm0
        {"v(i32,V1(d))", FAULT_EIGHT_BYTE_VECTOR, FAULT_EIGHT_BYTE_VECTOR},
        {"v(f,V1(d))", FAULT_EIGHT_BYTE_VECTOR, 0},
        {"v(V1(f))", FAULT_EIGHT_BYTE_VECTOR, FAULT_EIGHT_BYTE_VECTOR},
        {"v(i32,i32,i32,i32,V1(d))", 0, 0}, // 8 bytes of stack
        {"v(i32,i32,i32,i32,V1(f))", 0, 0},
        {"v(i32,i32,i32,i32,V1(h))", FAULT_EIGHT_BYTE_VECTOR, FAULT_EIGHT_BYTE_VECTOR},
        {"i32(i32,...,V1(d),V1(f))", 0, 0},
        {"i32(V1(d),...)", 0, FAULT_VARIADIC_FLOAT},
        {"V5(i8)()", 0, FAULT_EIGHT_BYTE_VECTOR | FAULT_ODD_FLOAT_RESULT}, // in memory
        {"V3(i16)()", FAULT_EIGHT_BYTE_VECTOR,
         FAULT_EIGHT_BYTE_VECTOR | FAULT_ODD_FLOAT_RESULT},
        {"v(V1(b))", 0, 0}, // a bit in an integer
        {"V1(b)()", FAULT_EIGHT_BYTE_VECTOR,
         FAULT_EIGHT_BYTE_VECTOR | FAULT_ODD_FLOAT_RESULT},
        {"V8(b)()", FAULT_EIGHT_BYTE_VECTOR, FAULT_EIGHT_BYTE_VECTOR},
        {"V9(b)()", FAULT_EIGHT_BYTE_VECTOR, FAULT_EIGHT_BYTE_VECTOR},
    };
    VERDICTS(rows);
}

TEST(abi_boundary_halves)
{
    static const Verdict rows[] = {
        {"h(h,s{h},i32,h)", 0, 0},
        {"s{A3(h)}()", FAULT_ODD_SIZE, FAULT_ODD_SIZE}, // unlike three members
        {"u{h;A3(h)}()", FAULT_ODD_SIZE, FAULT_ODD_SIZE},
        {"s{A2(h);h}()", 0, FAULT_ODD_FLOAT_RESULT},
        {"s{h;h;h}(i32,...)", FAULT_VARIADIC_RESULT, FAULT_ODD_FLOAT_RESULT},
        {"s{h;h}(i32,...)", 0, 0},
        // LLVM dies of passing one, and of loading one from the stack.
        {"i32(h,...)", 0, FAULT_HALF},
        {"i32(i32,i32,i32,i32,h,...)", FAULT_HALF, FAULT_HALF | FAULT_VARIADIC_STACK},
        {"h(i32,...)", 0, 0},
    };
    VERDICTS(rows);
}

// As `LLVM=19 make verify` executed it.
TEST(abi_boundary_before_22)
{
    static const Builder clang_19 = {.kind = BUILDER_CLANG, .major = 19};
    static const Verdict rows[] = {
        {"s{i64;i64}()", FAULT_LOST_ADDRESS, 0},
        {"s{d;d;d}(i32)", FAULT_LOST_ADDRESS, 0},
        {"s{i32;i32;i32}()", FAULT_SHORT_RESULT, 0},
        {"s{A17(i8)}(s{i64;i64})", 0, 0}, // in memory on both sides
        {"s{i64}()", 0, 0},
        {"h(i32)", FAULT_HALF, FAULT_HALF},
        {"v(s{h;h;h})", 0, 0}, // not yet taken for 6 bytes
        {"s{h;h;h}()", FAULT_LOST_ADDRESS, FAULT_ODD_FLOAT_RESULT},
        {"s{A3(h)}()", FAULT_LOST_ADDRESS, FAULT_ODD_FLOAT_RESULT},
        {"v(h,i32,...)", 0, FAULT_HALF}, // an integer to the entry thunk
        {"i32(i32,...,s{A12(i8)})", FAULT_VARIADIC_AGGREGATE, FAULT_VARIADIC_AGGREGATE},
        // x4 is the address of the stack, where the struct itself is: what x64 wants.
        {"i32(i32,...,i32,i32,i32,s{A12(i8)})", FAULT_VARIADIC_AGGREGATE,
         FAULT_VARIADIC_AGGREGATE},
        {"i32(i32,s[4,4]{},i32,...)", FAULT_EMPTY, FAULT_EMPTY},
    };
    check_verdicts(rows, COUNTOF(rows), ABI_ENVIRONMENT_MSVC, clang_19);
}

TEST(abi_boundary_misaligned_temporaries)
{
    static const Verdict rows[] = {
        {"d(s{f;f;f},s[16,16]{@0 A4(f)})", 0, FAULT_TEMPORARY_MISALIGNED},
        {"d(s{f;f;f},s[16,16]{@0 A2(i64)})", 0, 0}, // an i128, aligned as such
        {"d(s[16,16]{@0 A4(f)},s{f;f;f})", 0, 0},
        {"d(s{d;d;d},s[16,16]{@0 A2(d)})", 0, FAULT_TEMPORARY_MISALIGNED},
        // Small ones that x64 gets in a register are stored as well.
        {"v(s{h},s[16,16]{@0 A2(d)})", 0, FAULT_TEMPORARY_MISALIGNED},
        {"v(s{V2(f)},s[16,16]{@0 A2(d)})", 0, FAULT_TEMPORARY_MISALIGNED},
        {"v(s{f},s{i32;i32},s[16,16]{@0 A4(f)})", 0, FAULT_TEMPORARY_MISALIGNED},
        {"v(s{f},s{f;f;f},s[16,16]{@0 A4(f)})", 0, 0}, // together 16
        {"v(s{i32;i32},f,V1(i64),s[16,16]{@0 A2(d)})", 0, FAULT_TEMPORARY_MISALIGNED},
        {"v(V1(i32),i64,d,s[16,16]{@0 A2(d)})", 0, 0}, // no vector to LLVM
        {"s{f}(s[16,16]{@0 A2(d)})", 0, 0}, // a result of 8 bytes is stored afterwards
        {"s{d;d;d}(s[16,16]{@0 A2(d)})", 0, FAULT_TEMPORARY_MISALIGNED},
        {"d(s{f;f;f},s{f;f;f;f})", 0, 0}, // x64 was promised no more than 4
        // result first: 16, then 16, 24 and 16 bytes; the second argument of 16 is off
        {"s[16,16]{@0 A4(f)}(s[16,16]{@0 A4(f)},s{d;d;d},s[16,16]{@0 A4(f)})", 0,
         FAULT_TEMPORARY_MISALIGNED},
    };
    VERDICTS(rows);
}

TEST(abi_boundary_variadic_verdicts)
{
    static const Verdict rows[] = {
        {"i32(p,...,i32,d,s{A24(i8)})", 0, 0},
        {"i32(p,...,i32,i32,i32,i32)", 0, FAULT_VARIADIC_STACK},
        {"i32(i32,i32,i32,i32,i32,...)", 0, FAULT_VARIADIC_STACK},
        {"i32(d,...)", 0, FAULT_VARIADIC_FLOAT},
        {"i32(p,...,d)", 0, 0}, // behind the fixed ones both registers are filled
        {"s{A3(i64)}(i32,...)", FAULT_VARIADIC_RESULT, 0},
        {"s{f;f;f;f}(i32,...)", FAULT_VARIADIC_RESULT, 0},
        {"s{d}(i32,...)", 0, 0},
        {"i32(s{A3(i8)},...)", 0, 0}, // by pointer on both sides
        {"s{A3(i8)}(i32,...)", FAULT_ODD_SIZE, FAULT_ODD_SIZE},
        {"i32(i32,s[4,4]{},...)", 0, 0},
        // x64 has the hidden pointer in rcx, so its stack begins at Arm64EC's x3; the
        // thunk moves that one right and only the next wrong
        {"s{A3(i64)}(i32,...,i32,i32,i32)", FAULT_VARIADIC_RESULT, 0},
        {"s{A3(i64)}(i32,...,i32,i32,i32,i32)", FAULT_VARIADIC_RESULT,
         FAULT_VARIADIC_STACK},
    };
    VERDICTS(rows);
    static const Verdict on_23[] = {
        {"i32(p,...,i32,i32,i32,i32)", 0, 0},
        {"i32(d,...)", 0, 0},
        {"s{A3(i64)}(i32,...)", FAULT_VARIADIC_RESULT, 0},
        {"i128()", FAULT_INT128_RESULT, FAULT_INT128_RESULT},
        {"v(s{A3(i8)})", 0, 0}, // known of versions before only
    };
    check_verdicts(on_23, COUNTOF(on_23), ABI_ENVIRONMENT_MSVC,
                   (Builder){BUILDER_CLANG, 23, 0});
    static const Verdict on_19[] = {
        {"i32(s{A3(i8)},...)", FAULT_VARIADIC_AGGREGATE, FAULT_VARIADIC_AGGREGATE},
        {"i32(i128,...)", FAULT_VARIADIC_INT128, FAULT_VARIADIC_INT128},
        {"i32(s{i64},...)", 0, 0},
    };
    check_verdicts(on_19, COUNTOF(on_19), ABI_ENVIRONMENT_MSVC,
                   (Builder){BUILDER_CLANG, 19, 0});
}

TEST(abi_boundary_environments_and_builders)
{
    static const Verdict mingw[] = {
        {"v(l)", FAULT_LONG_DOUBLE, FAULT_LONG_DOUBLE},
        {"l()", FAULT_LONG_DOUBLE, FAULT_LONG_DOUBLE},
        {"v(s{l;A3(l)})", FAULT_LONG_DOUBLE, FAULT_LONG_DOUBLE},
        {"s[0,1]{}(i32)", FAULT_EMPTY, FAULT_EMPTY}, // a hidden pointer on x64
        {"v(p)", 0, 0},
    };
    check_verdicts(mingw, COUNTOF(mingw), ABI_ENVIRONMENT_GNU, any_clang);
    static const Verdict msvc[] = {
        {"s{A3(i8)}(s{A3(i8)},V2(f))", 0, 0},
        {"s{i32;i32;i32}(i32,...,i32,i32,i32,i32)", 0, 0},
    };
    check_verdicts(msvc, COUNTOF(msvc), ABI_ENVIRONMENT_MSVC,
                   (Builder){BUILDER_MSVC, 19, 40});
}

// Places: result, then the parameters.
static void check_places(const char *text, const char *const *want_x64,
                         const char *const *want_ec, uint32_t n)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    Boundary boundary = boundary_of(&arena, text);
    CHECK_EQ(boundary.n_rows, n);
    for (uint32_t i = 0; i < n && i < boundary.n_rows; i++)
        for (int side = 0; side < 2; side++) {
            const AbiPlace *place = side ? &boundary.rows[i].ec : &boundary.rows[i].x64;
            Str got = place->kind == PLACE_STACK
                          ? arena_format(&arena, "%u", place->offset)
                          : place->registers;
            if (place->hidden_pointer || place->by_pointer)
                got = arena_format(&arena, "*%.*s", STR_ARG(got));
            CHECK_STR(got, str_of(side ? want_ec[i] : want_x64[i]));
        }
    arena_done(&arena);
}

TEST(abi_boundary_places)
{
    check_places("d(i32,d,f,p,d,i8)",
                 (const char *const[]){"xmm0", "rcx", "xmm1", "xmm2", "r9", "32", "40"},
                 (const char *const[]){"d0", "x0", "d0", "s1", "x1", "d2", "x2"}, 7);
    check_places("s{A3(i64)}(s{A3(i64)},s{i64;i64})",
                 (const char *const[]){"*rcx", "*rdx", "*r8"},
                 (const char *const[]){"*x8", "*x0", "x1, x2"}, 3);
    check_places("i32(i32,i128,s{d;d;d})",
                 (const char *const[]){"rax", "rcx", "*rdx", "*r8"},
                 (const char *const[]){"x0", "x0", "x2, x3", "d0, d1, d2"}, 4);
    // A pair that no longer fits goes to the stack whole, and what follows it too.
    check_places(
        "v(p,p,p,p,p,p,p,s{i64;i64},p)",
        (const char *const[]){"", "rcx", "rdx", "r8", "r9", "32", "40", "48", "*56",
                              "64"},
        (const char *const[]){"", "x0", "x1", "x2", "x3", "x4", "x5", "x6", "0", "16"},
        10);
    check_places(
        "i32(p,d,...,d,V4(f),i32)",
        (const char *const[]){"rax", "rcx", "xmm1, rdx", "xmm2, r8", "*r9", "32"},
        (const char *const[]){"x0", "x0", "x1", "x2", "*x3", "0"}, 6);
    check_places("v(V8(f),i32)", (const char *const[]){"", "*rcx, rdx", "r8"},
                 (const char *const[]){"", "*x0", "x1"}, 3);
    check_places("V3(i8)(i32)", (const char *const[]){"rax, rdx, rcx", "rcx"},
                 (const char *const[]){"x0, x1, x2", "x0"}, 2);
    check_places("V5(i8)(V3(i8))", (const char *const[]){"*rcx", "rdx, r8, r9"},
                 (const char *const[]){"d0", "x0"}, 2);
    check_places("V3(d)(V32(b))",
                 (const char *const[]){"xmm0, xmm1, st0", "rcx, rdx, r8, r9"},
                 (const char *const[]){"*x8", "x0"}, 2);
    check_places("V16(f)(V1(b))", (const char *const[]){"xmm0, xmm1, xmm2, xmm3", "rcx"},
                 (const char *const[]){"*x8", "x0"}, 2);
    check_places("V17(b)(V16(b))", (const char *const[]){"*rcx", "*rdx"},
                 (const char *const[]){"*x8", "x0"}, 2);
    check_places("Ms+{f;f}(p,i32)", (const char *const[]){"*rdx", "rcx", "r8"},
                 (const char *const[]){"*x1", "x0", "x2"}, 3);
}

TEST(abi_boundary_sums)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    CHECK_EQ(boundary_of(&arena, "v(i32)").x64_stack_bytes, 32);
    CHECK_EQ(boundary_of(&arena, "v(i32,i32,i32,i32,i32)").x64_stack_bytes, 40);
    CHECK_EQ(boundary_of(&arena, "v(p,p,p,p,p,p,p,p,i8,i8)").ec_stack_bytes, 16);
    CHECK(!boundary_of(&arena, "v(?)").known);
    CHECK_EQ(boundary_of(&arena, "v(?)").n_rows, 0);
    arena_done(&arena);
}

// The pairs of thunk-truth.md 2.1: one name, and the second comes out wrong, or not.
TEST(abi_boundary_twins)
{
    static const struct {
        const char *a, *b;
        bool twins;
    } rows[] = {
        {"s{d;d}(i32)", "s{i64;i64}(i32)", true},
        {"s{d;d}(i32)", "s{f;f;f;f}(i32)", true},
        {"s{f;f;f;f}(i32)", "s{i64;i64}(i32)", true},
        {"s{d}(i32)", "s{f;f}(i32)", true},
        {"s{d}(i32)", "C(f)(i32)", true},
        {"s{d;d;d}(i32)", "s{A3(i64)}(i32)", true},
        {"s{d;d;d;d}(i32)", "s{A32(i8)}(i32)", true},
        {"s{i64;i64}(i32)", "V4(f)(i32)", true},
        {"i32(i32,s{i64;i64})", "i32(i32,s[16,16]{@0 i64;@64 i64})", true},
        {"i32(i32,s{i64;i64})", "i32(i32,i128)", true},
        {"i32(i32,s{i64;i64})", "i32(i32,V4(f))", true},
        {"i32(i32,s{i64;i64})", "i32(i32,s{V4(f)})", true},
        {"i32(s{i64;i64})", "i32(i128)", false}, // x0, x1 either way
        {"s{d;d}(i32)", "C(d)(i32)", false},
        {"s{f;f}(i32)", "C(f)(i32)", false},
        {"s{i64;i64}(i32)", "s[16,16]{@0 i64;@64 i64}(i32)", false},
        {"s{i64;i64}(i32)", "s{A9(i8)}(i32)", false},
        {"i32(p,...)", "i32(d,i128,...)", false},
        {"i32(b,p)", "i32(i64,s{i8;i8})", false},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena;
        arena_init(&arena, ARENA_BYTES_MAX);
        Boundary a = boundary_of(&arena, rows[i].a), b = boundary_of(&arena, rows[i].b);
        CHECK(a.known && b.known);
        bool twins = !str_eq(a.convention_key, b.convention_key);
        CHECK_STR(twins == rows[i].twins ? str_of(rows[i].b) : a.convention_key,
                  str_of(rows[i].b));
        arena_done(&arena);
    }
}

TEST(abi_boundary_words)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    Boundary boundary =
        boundary_of(&arena, "s{i32;i32;i32}(i32,s{i64;i64},s{A3(i8)},p,p,f)");
    REQUIRE(boundary.n_rows == 7);
    const BoundaryRow *rows = boundary.rows;
    CHECK_STR(rows[0].entry_does, STR("stores 16 bytes to the 12-byte buffer of rcx"));
    CHECK_STR(rows[0].exit_does, STR("passes a buffer in rcx, loads x0, x1 from it"));
    CHECK_STR(rows[1].entry_does, STR("copies rdx to x0"));
    CHECK_STR(rows[2].entry_does, STR("loads 16 bytes from [r8] into x1, x2"));
    CHECK_STR(rows[2].exit_does, STR("stores x1, x2 to a temporary, its address to r8"));
    CHECK_STR(rows[3].entry_does, STR("takes the pointer that x64 passes for the value"));
    CHECK_STR(rows[4].entry_does, STR("loads [rsp+40] into x4"));
    CHECK_STR(rows[5].exit_does, STR("stores x5 to [rsp+48]"));
    CHECK_STR(rows[6].entry_does, STR("loads [rsp+56] into s0"));
    boundary = boundary_of(&arena, "d(d,p,s{A3(i64)})");
    CHECK_STR(boundary.rows[0].entry_does, STR("keeps d0 as xmm0"));
    CHECK_STR(boundary.rows[1].entry_does, STR("keeps xmm0 as d0"));
    CHECK_STR(boundary.rows[2].exit_does, STR("copies x0 to rdx"));
    CHECK_STR(boundary.rows[3].exit_does, STR("copies the pointer in x1 to r8"));
    boundary = boundary_of(&arena, "V3(i16)()");
    CHECK_STR(boundary.rows[0].entry_does,
              STR("does not return the value in rax, rdx, rcx, as x64 expects it"));
    boundary = boundary_of(&arena, "V2(i32)()");
    CHECK_STR(boundary.rows[0].exit_does,
              STR("takes the value from rax; x64 returns it in xmm0"));
    boundary = boundary_of(&arena, "V4(d)()");
    CHECK_STR(boundary.rows[0].entry_does,
              STR("stores the value through rcx; x64 expects it in xmm0, xmm1"));
    boundary = boundary_of(&arena, "V5(f)()");
    CHECK_STR(boundary.rows[0].exit_does,
              STR("passes a hidden pointer in rcx; x64 returns it in ymm registers, if "
                  "built with AVX"));
    arena_done(&arena);
}

TEST(abi_boundary_tables)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    Boundary boundary = boundary_of(&arena, "i32(s{i8;i8;i8},d)");
    Buf out;
    buf_init(&out, OUT_BYTES_MAX);
    abi_boundary_text(&boundary, &out);
    Str text = buf_str(&out), row;
    CHECK(str_take_line(&text, &row) && str_starts(row, STR("parameter  type ")));
    size_t column = str_find(row, STR("exit thunk"));
    CHECK(str_take_line(&text, &row));
    CHECK_STR(str_from(row, column), STR("copies rax to x0"));
    CHECK(str_take_line(&text, &row));
    CHECK(str_starts(
        row, STR("#1         s{i8;i8;i8} (3)  pointer in rcx  x0       WRONG: ")));
    CHECK_STR(str_from(row, column),
              STR("WRONG: passes the value where x64 expects a pointer"));
    buf_done(&out);
    arena_done(&arena);
}

// Every fault has a code and words, as the rows of a table tell them.
TEST(abi_boundary_faults_have_words)
{
    uint32_t faults = FAULT_BIT_INT_LAYOUT | (FAULT_BIT_INT_LAYOUT - 1), n = 0;
    for (AbiFault fault; (fault = abi_fault_take(&faults)); n++) {
        CHECK(abi_fault_number(fault) > 100);
        CHECK(abi_fault_words(fault).len > 0);
    }
    CHECK_EQ(n, 21);
    CHECK_EQ(abi_fault_number(FAULT_LOST_ADDRESS), 132);
    CHECK_STR(abi_fault_words(FAULT_EMPTY), STR("x64 code counts it as an argument"));
}
