// What macros guard, and which of them a header sets.
#include "codegen/arch/index.h"

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 28 };

static Arena arena;
static ArchNames names;

static ArchIndexed index_of(const char *source)
{
    ArchText text;
    ArchIndexed indexed;
    arena_init(&arena, ARENA_BYTES_MAX);
    arch_names_init(&names, &arena);
    arch_scan(&arena, &names, str_of(source), &text);
    arch_index(&arena, &text, &indexed);
    return indexed;
}

// "A:x86,arm B:include": in the order in which they were met.
static Str guards(const ArchIndexed *indexed)
{
    Str out = STR("");
    for (uint32_t i = 0; i < indexed->guards.len; i++) {
        const IndexGuard *guard = &indexed->guards.at[i];
        const char *words[] = {"x86", "arm", "include"};
        bool has[3] = {false, false, guard->kinds & INDEX_INCLUDE};
        for (uint32_t kind = 0; kind < ARCH_KIND_COUNT; kind++) {
            has[0] |= guard->kinds >> kind & 1 && arch_kind_is_x86((ArchKind)kind);
            has[1] |= guard->kinds >> kind & 1 && arch_kind_is_arm((ArchKind)kind);
        }
        out = arena_format(&arena, "%.*s%s%.*s", STR_ARG(out), i ? " " : "",
                           STR_ARG(names.names.at[guard->name].text));
        for (int k = 0, n = 0; k < 3; k++)
            if (has[k])
                out = arena_format(&arena, "%.*s%s%s", STR_ARG(out), n++ ? "," : ":",
                                   words[k]);
    }
    return out;
}

TEST(arch_index_guards)
{
    static const struct {
        const char *source, *want;
    } rows[] = {
        {"#if A\n#include <emmintrin.h>\n#endif\n", "A:x86"},
        {"#ifdef A\n#include <arm_neon.h>\n#endif\n", "A:arm"},
        {"#if A == B && !defined(C)\n__m128i x;\n#endif\n", "A:x86 B:x86 C:x86"},
        {"#if F(A)\n__m128i x;\n#endif\n", "F:x86 A:x86"},
        {"#if A\n#elif B\n__m128i x;\n#else\n#endif\n", "A:x86 B:x86"},
        {"#if A\n__m128i x;\n#elif B\n#endif\n", "A:x86"},
        {"#if A\n#if B\n__m128i x;\n#endif\n#endif\n", "B:x86 A:x86"},
        {"#if A\n#if B\n#endif\n__m128i x;\n#endif\n", "A:x86"},
        {"#if A\n__m128i x;\n", "A:x86"}, // nothing ends it
        {"#endif\n#if A\n__m128i x;\n#endif\n#else\n", "A:x86"},
        // OS code, plain code, comments, strings: nothing
        {"#if A\nCONTEXT_AMD64 x; int y; /* __m128i */ char *s = "
         "\"_mm_pause\";\n#endif\n",
         ""},
        {"__m128i x;\n#if A\n__m128i y;\n#endif\n", ""}, // x86's file anyway
        {"__m128i x;\n#if A\nuint8x16_t y;\n#endif\n", "A:arm"},
        {"#ifndef G\n#define G\n__m128i x;\n#if A\n__m128i y;\n#endif\n#endif\n", ""},
        {"#ifndef G\n#define G\n#if A\n__m128i y;\n#endif\n#endif\n", "A:x86"},
        {"#if A\n#define B\n#endif\n#ifdef B\n__m128i x;\n#endif\n", "B:x86 A:x86"},
        {"#if A\n#include \"x.h\"\n#endif\n#include \"y.h\"\n", "A:include"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        ArchIndexed indexed = index_of(rows[i].source);
        CHECK_STR(guards(&indexed), str_of(rows[i].want));
        arena_done(&arena);
    }
}

TEST(arch_index_place)
{
    const char *source = "#if A\nint x;\n__m128i y;\n#endif\n";
    ArchIndexed indexed = index_of(source);
    CHECK_EQ(indexed.guards.len, 1);
    if (indexed.guards.len)
        CHECK_EQ(indexed.guards.at[0].begin, str_find(str_of(source), STR("__m128i")));
    arena_done(&arena);
}

TEST(arch_index_includes)
{
    ArchIndexed indexed =
        index_of("#include \"../a/./b.h\"\n#include <./../c.h>\n#include D\n");
    CHECK_EQ(indexed.includes.len, 2);
    if (indexed.includes.len == 2) {
        CHECK_STR(indexed.includes.at[0], STR("a/./b.h"));
        CHECK_STR(indexed.includes.at[1], STR("c.h"));
    }
    arena_done(&arena);
}

// More of everything than is kept.
TEST(arch_index_limits)
{
    Arena texts;
    Str source = STR("");
    arena_init(&texts, ARENA_BYTES_MAX);
    for (int i = 0; i < 700; i++)
        source =
            arena_format(&texts, "%.*s#if A%d\n#define D%d\n", STR_ARG(source), i, i);
    source = arena_format(&texts, "%.*s__m128i x;\n", STR_ARG(source));
    ArchIndexed indexed = index_of(source.at);
    CHECK(indexed.guards.len <= INDEX_GUARDS_MAX);
    CHECK(indexed.links.len <= INDEX_LINKS_MAX);
    arena_done(&arena);
    arena_done(&texts);
}

static Str settings(const char *source)
{
    enum { MAX = 3 };
    NameId found[MAX];
    ArchText text;
    Str out = STR("");
    arena_init(&arena, ARENA_BYTES_MAX);
    arch_names_init(&names, &arena);
    arch_scan(&arena, &names, str_of(source), &text);
    uint32_t n = arch_index_settings(&names, &text, found, MAX);
    for (uint32_t i = 0; i < n; i++)
        out = arena_format(&arena, "%.*s%s%.*s", STR_ARG(out), i ? " " : "",
                           STR_ARG(names.names.at[found[i]].text));
    return out;
}

TEST(arch_index_settings)
{
    static const struct {
        const char *source, *want;
    } rows[] = {
        {"#ifndef G\n#define G\n#ifdef _M_X64\n#define A\n#endif\n#endif\n", "A"},
        {"#if defined(__x86_64__)\n#define A 1\n#else\n#define A 0\n#endif\n", "A"},
        {"#define X defined(_M_X64)\n#if X\n#define A\n#endif\n", "A"},
        {"#ifdef _WIN32\n#define A\n#endif\n", ""}, // by no processor
        {"#ifdef _M_X64\n#endif\n#define A\n", ""},
        {"#ifdef _M_X64\n#define A\n#define B\n#define C\n#define D\n#endif\n", "A B C"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        CHECK_STR(settings(rows[i].source), str_of(rows[i].want));
        arena_done(&arena);
    }
}
