// Names that LLVM 22 gives: domain.md 1.5 and 2.2, and the oddities that LLVM's own tests
// show. A row is a signature as text, so that this file needs no other module.
#include "codegen/lower/probe.h"
#include "codegen/lower/probe_fork.h"
#include "codegen/toolchain/llvm_versions.h"

#include <llvm/Config/llvm-config.h>
#include <string.h>

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 256 * 1024 * 1024, PARAMETERS_MAX = 64 };

// --- "v(i64,[2xf64])" -> LowSignature
// ---------------------------------------------------
//
//   v  i32  f16 b16 f32 f64 f128  p      void, integers, floats (b: bfloat), pointer
//   [2xT]  <4xT>  {T,T}  <{T,T}>         array, vector, struct, packed struct
//   R(T,...)  R(T,..., ...)              result, parameters; sret(T) as the first;
//   variadic

typedef struct Reader {
    Arena *arena;
    Str rest;
} Reader;

static bool take(Reader *reader, const char *word)
{
    if (!str_starts(reader->rest, str_of(word)))
        return false;
    reader->rest = str_from(reader->rest, strlen(word));
    return true;
}

static uint32_t take_number(Reader *reader)
{
    uint32_t n = 0;
    while (reader->rest.len && is_digit(reader->rest.at[0])) {
        n = n * 10 + (uint32_t)(reader->rest.at[0] - '0');
        reader->rest = str_from(reader->rest, 1);
    }
    return n;
}

static const LowType *read_type(Reader *reader);

static const LowType *read_struct(Reader *reader, LowType *type)
{
    const LowType **members = ARENA_ARRAY(reader->arena, const LowType *, PARAMETERS_MAX);
    type->kind = LOW_STRUCT;
    type->members = members;
    while (!take(reader, "}")) {
        members[type->n_members++] = read_type(reader);
        (void)take(reader, ",");
    }
    if (type->is_packed)
        (void)take(reader, ">");
    return type;
}

static const LowType *read_sequence(Reader *reader, LowType *type, const char *end)
{
    type->count = take_number(reader);
    (void)take(reader, "x");
    type->element = read_type(reader);
    (void)take(reader, end);
    return type;
}

static LowKind float_kind(uint32_t bits)
{
    return bits == 16   ? LOW_HALF
           : bits == 32 ? LOW_FLOAT
           : bits == 64 ? LOW_DOUBLE
                        : LOW_FP128;
}

static const LowType *read_type(Reader *reader)
{
    LowType *type = ARENA_NEW(reader->arena, LowType);
    if (take(reader, "<{")) {
        type->is_packed = true;
        return read_struct(reader, type);
    }
    if (take(reader, "{"))
        return read_struct(reader, type);
    if (take(reader, "[")) {
        type->kind = LOW_ARRAY;
        return read_sequence(reader, type, "]");
    }
    if (take(reader, "<")) {
        type->kind = LOW_VECTOR;
        return read_sequence(reader, type, ">");
    }
    if (take(reader, "v")) {
        type->kind = LOW_VOID;
    } else if (take(reader, "p")) {
        type->kind = LOW_POINTER;
    } else if (take(reader, "b16")) {
        type->kind = LOW_BFLOAT;
    } else if (take(reader, "f")) {
        type->kind = float_kind(take_number(reader));
    } else {
        CHECK(take(reader, "i"));
        type->kind = LOW_INT;
        type->bits = take_number(reader);
    }
    return type;
}

static const LowSignature *read_signature(Arena *arena, const char *text)
{
    Reader reader = {arena, str_of(text)};
    LowSignature *made = ARENA_NEW(arena, LowSignature);
    const LowType **parameters = ARENA_ARRAY(arena, const LowType *, PARAMETERS_MAX);
    made->parameters = parameters;
    made->result = read_type(&reader);
    CHECK(take(&reader, "("));
    while (!take(&reader, ")")) {
        if (take(&reader, "...")) {
            made->is_variadic = true;
        } else if (take(&reader, "sret:")) {
            LowType *pointer = ARENA_NEW(arena, LowType);
            pointer->kind = LOW_POINTER;
            made->sret = read_type(&reader);
            parameters[made->n_parameters++] = pointer;
        } else {
            parameters[made->n_parameters++] = read_type(&reader);
        }
        (void)take(&reader, ",");
    }
    CHECK_EQ(reader.rest.len, 0);
    return made;
}

typedef struct Row {
    const char *signature, *shape;
} Row;

// A Probe, an arena, and signatures with their answers.
typedef struct Fixture {
    Arena arena;
    Probe *probe;
    uint32_t n;
    const LowSignature **signatures;
    ProbeAnswer *answers;
} Fixture;

static bool fixture_init(Fixture *f, uint32_t n)
{
    *f = (Fixture){.n = n};
    arena_init(&f->arena, ARENA_BYTES_MAX);
    f->probe = probe_open(STR("arm64ec-pc-windows-msvc"));
    f->signatures = ARENA_ARRAY(&f->arena, const LowSignature *, n);
    f->answers = ARENA_ARRAY(&f->arena, ProbeAnswer, n);
    CHECK(f->probe != NULL);
    return f->probe != NULL;
}

static void fixture_run(Fixture *f)
{
    probe_run(f->probe, &f->arena, f->signatures, f->n, f->answers);
}

static void fixture_done(Fixture *f)
{
    probe_close(f->probe);
    arena_done(&f->arena);
}

static void check_assembly(Fixture *f, const LowSignature *signature, const char *shape,
                           bool is_entry)
{
    Str text = probe_assembly(f->probe, &f->arena, signature, is_entry);
    Str label = arena_format(&f->arena,
                             "$%s_thunk$cdecl$%s:", is_entry ? "ientry" : "iexit", shape);
    Str quoted = arena_format(
        &f->arena, "\"$%s_thunk$cdecl$%s\":", is_entry ? "ientry" : "iexit", shape);
    CHECK(str_starts(text, label) || str_starts(text, quoted));
    CHECK(str_has(text, is_entry ? STR("__os_arm64x_dispatch_ret")
                                 : STR("__os_arm64x_dispatch_call_no_redirect")));
    CHECK(str_ends(text, STR(".seh_endproc\n")));
}

// Both kinds of thunk carry the shape.
static void check_rows(const Row *rows, uint32_t n)
{
    Fixture f;
    REQUIRE(fixture_init(&f, n));
    for (uint32_t i = 0; i < n; i++)
        f.signatures[i] = read_signature(&f.arena, rows[i].signature);
    fixture_run(&f);
    for (uint32_t i = 0; i < n; i++) {
        CHECK_EQ(f.answers[i].dead, false);
        CHECK_STR(f.answers[i].shape, str_of(rows[i].shape));
        check_assembly(&f, f.signatures[i], rows[i].shape, true);
        check_assembly(&f, f.signatures[i], rows[i].shape, false);
    }
    fixture_done(&f);
}

TEST(probe_names_shapes)
{
    static const Row rows[] = {
        {"v()", "v$v"},
        {"i64(i64,i64)", "i8$i8i8"},
        {"i1(i8,i16,i32,p)", "i8$i8i8i8i8"},
        {"f32(f64)", "f$d"},
        {"f64(f32)", "d$f"},
        {"i64([2xi64])", "i8$m16"},
        {"[2xi64](i64)", "m16$i8"},
        {"v(sret:{i64,i64,i64})", "m24$v"},
        {"v(sret:{i64,i64,i64},p)", "m24$i8"},
        {"v(i128)", "v$m16"},
        {"i128(i128)", "m16$m16"},
        {"v([1xf32])", "v$F4"},
        {"v([2xf32])", "v$F8"},
        {"v([3xf32])", "v$F12"},
        {"v([4xf32])", "v$F16"},
        {"v([1xf64],[2xf64],[3xf64],[4xf64])", "v$D8D16D24D32"},
        {"v([2xp])", "v$m16"},
        {"v(<4xf32>)", "v$m16"},
        {"v(<2xf32>)", "v$m8"},
        {"<4xf32>()", "m16$v"},
        {"i64(i64,...)", "i8$varargs"},
        {"v(...)", "v$varargs"},
        {"v(sret:{i64,i64,i64},p,...)", "m24$varargs"},
        {"v(sret:{[5xf64]})", "D40$v"},
        {"v(sret:{[5xf64],i32,[4xi8]})", "m48$v"},
    };
    check_rows(rows, COUNTOF(rows));
}

TEST(probe_names_oddities_of_llvms_own_tests)
{
    static const Row rows[] = {
        {"<4xi8>(<4xi8>)", "m$m"}, // four bytes are written without their number
        {"{f32}()", "m$v"},
        {"{f32,f32}()", "m8$v"},
        {"{f64,f64,f64,f64}()", "m32$v"},
        {"v(sret:[100xi8])", "m100$v"},
        {"i64(i64)", "i8$i8"}, // struct {char; short; int}, as clang coerces it
        {"v(<{i8,i64}>)", "v$m9"},
        {"v([2xb16])", "v$m"},
    };
    check_rows(rows, COUNTOF(rows));
}

TEST(probe_names_halves)
{
    static const Row rows[] = {
        {"f16(f16)", "__llvm_h__$__llvm_h__"},
        {"v([2xf16])", "v$__llvm_H__4"},
    };
    if (LLVM_VERSION_MAJOR < LLVM_HALF)
        SKIP("LLVM_HALF");
    check_rows(rows, COUNTOF(rows));
}

// domain.md 3.1: what kills is found in its batch, and every other signature is answered.
TEST(probe_death_costs_one_signature)
{
    enum { N = 100 };
    static const Row killers[] = {
        {"b16(b16)", ""}, // C1: as definition and as call
        {"f128(f128)", ""},
        {"{f16,f16,f16}()", "m6$v"}, // C4: only when called
        {"<3xi8>()", "m3$v"},
    };
    const char *floats =
        LLVM_VERSION_MAJOR >= LLVM_HALF
            ? "Only 16, 32, and 64 bit floating points are supported for ARM64EC thunks"
            : "Only 32 and 64 bit floating points are supported for ARM64EC thunks";
    const char *death = LLVM_VERSION_MAJOR >= LLVM_TRAP ? "SIGTRAP" : "SIGSEGV";
    const char *const words[] = {floats, floats, death, death};
    Fixture f;
    REQUIRE(fixture_init(&f, N));
    for (uint32_t i = 0; i < N; i++) {
        Str text = arena_format(&f.arena, "v([%ux%s])", i + 1, i % 2 ? "i8" : "i64");
        f.signatures[i] = read_signature(&f.arena, i % 10 ? text.at : "i32()");
    }
    for (uint32_t i = 0; i < COUNTOF(killers); i++)
        f.signatures[7 + 19 * i] = read_signature(&f.arena, killers[i].signature);
    fixture_run(&f);
    for (uint32_t i = 0; i < COUNTOF(killers); i++) {
        const ProbeAnswer *answer = &f.answers[7 + 19 * i];
        CHECK(answer->dead);
        CHECK_STR(answer->words, str_of(words[i]));
        CHECK_STR(answer->shape, str_of(killers[i].shape));
        CHECK_EQ(probe_assembly(f.probe, &f.arena, f.signatures[7 + 19 * i], false).len,
                 0);
    }
    uint32_t n_alive = 0;
    for (uint32_t i = 0; i < N; i++)
        n_alive += !f.answers[i].dead && f.answers[i].shape.len;
    CHECK_EQ(n_alive, N - COUNTOF(killers));
    fixture_done(&f);
}

TEST(probe_remembers_and_asks_again_only_what_is_new)
{
    Fixture f;
    REQUIRE(fixture_init(&f, 3));
    f.signatures[0] = read_signature(&f.arena, "b16(b16)");
    f.signatures[1] = f.signatures[0];
    f.signatures[2] = read_signature(&f.arena, "f64(i32)");
    for (int round = 0; round < 2; round++) {
        fixture_run(&f);
        CHECK(f.answers[0].dead && f.answers[1].dead && !f.answers[2].dead);
        CHECK_STR(f.answers[0].words, f.answers[1].words);
        CHECK_STR(f.answers[2].shape, STR("d$i8"));
    }
    f.n = 0; // nothing to ask is fine
    fixture_run(&f);
    fixture_done(&f);
}

TEST(probe_takes_more_than_a_batch)
{
    enum { N = 600 };
    Fixture f;
    REQUIRE(fixture_init(&f, N));
    for (uint32_t i = 0; i < N; i++)
        f.signatures[i] = read_signature(
            &f.arena, arena_format(&f.arena, "v(sret:[%ux{i64,i8}])", i + 1).at);
    fixture_run(&f);
    for (uint32_t i = 0; i < N; i++)
        CHECK_STR(f.answers[i].shape, arena_format(&f.arena, "m%u$v", (i + 1) * 16));
    fixture_done(&f);
}

TEST(probe_serves_mingw)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    Probe *probe = probe_open(STR("arm64ec-w64-windows-gnu"));
    REQUIRE(probe != NULL);
    const LowSignature *signature = read_signature(&arena, "i64(p,[3xf32])");
    ProbeAnswer answer;
    probe_run(probe, &arena, &signature, 1, &answer);
    CHECK_STR(answer.shape, STR("i8$i8F12"));
    probe_close(probe);
    CHECK(probe_open(STR("no-such-target")) == NULL);
    probe_close(NULL);
    arena_done(&arena);
}

// --- The child
// --------------------------------------------------------------------------

static bool work_well(void *owner, Buf *out)
{
    for (uint32_t i = 0; i < 100000; i++) // more than a pipe holds
        buf_put(out, *(const Str *)owner);
    return true;
}

static bool work_badly(void *owner, Buf *out)
{
    buf_put(out, *(const Str *)owner);
    return false;
}

static bool work_to_death(void *owner, Buf *out)
{
    buf_put(out, STR("half"));
    __builtin_trap();
    return owner != NULL;
}

static bool work_for_ever(void *owner, Buf *out)
{
    for (volatile bool go_on = owner != NULL; go_on;)
        ;
    buf_put(out, STR("never"));
    return true;
}

static bool work_greedily(void *owner, Buf *out)
{
    for (size_t i = 0; i < 2; i++)
        buf_put_bytes(out, owner, FORK_BYTES_MAX);
    return true;
}

// What one work has said is home when the next one dies; behind that there is nothing.
TEST(probe_fork_works_in_a_row)
{
    Arena arena;
    Str bytes = {0}, words = {0}, text = STR("abc");
    ForkWork *const works[] = {work_well, work_well, work_badly, work_well};
    ForkWork *const deadly[] = {work_well, work_to_death, work_well};
    arena_init(&arena, ARENA_BYTES_MAX);
    ForkRun *run = fork_begin(works, COUNTOF(works), &text, FORK_CPU_S);
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(fork_next(run, &arena, &bytes, &words), FORK_DONE);
        CHECK_EQ(bytes.len, 300000);
    }
    CHECK_EQ(fork_next(run, &arena, &bytes, &words), FORK_DIED);
    CHECK_STR(words, STR("abc"));
    fork_end(run);
    run = fork_begin(deadly, COUNTOF(deadly), &text, FORK_CPU_S);
    CHECK_EQ(fork_next(run, &arena, &bytes, &words), FORK_DONE);
    CHECK_EQ(fork_next(run, &arena, &bytes, &words), FORK_DIED);
    CHECK_EQ(fork_next(run, &arena, &bytes, &words), FORK_UNKNOWN);
    fork_end(run);
    run = fork_begin(works, COUNTOF(works), &text, FORK_CPU_S); // and is left alone
    fork_end(run);
    arena_done(&arena);
}

TEST(probe_fork_tells_how_it_ended)
{
    Arena arena;
    Str bytes = {0}, words = {0}, text = STR("abc");
    arena_init(&arena, ARENA_BYTES_MAX);
    CHECK_EQ(fork_run(&arena, work_well, &text, &bytes, &words), FORK_DONE);
    CHECK_EQ(bytes.len, 300000);
    CHECK(str_starts(bytes, STR("abcabc")));
    CHECK_EQ(fork_run(&arena, work_badly, &text, &bytes, &words), FORK_DIED);
    CHECK_STR(words, STR("abc"));
    CHECK_EQ(fork_run(&arena, work_to_death, &text, &bytes, &words), FORK_DIED);
    CHECK(str_eq(words, STR("SIGTRAP")) || str_eq(words, STR("SIGILL")));
    char *large = mem_new(FORK_BYTES_MAX);
    CHECK_EQ(fork_run(&arena, work_greedily, large, &bytes, &words), FORK_DIED);
    CHECK_STR(words, STR("the answer is too large"));
    mem_free(large);
    arena_done(&arena);
}

TEST(probe_fork_ends_what_spins)
{
    Arena arena;
    Str bytes = {0}, words = {0};
    arena_init(&arena, ARENA_BYTES_MAX);
    CHECK_EQ(fork_run(&arena, work_for_ever, &arena, &bytes, &words), FORK_DIED);
    CHECK_STR(words, STR("it used up its processor time"));
    arena_done(&arena);
}
