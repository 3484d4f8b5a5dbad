// A text's directives and its hardware.
#include "codegen/arch/scan.h"

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 28 };

static Arena arena;
static ArchNames names;

static ArchText scan(const char *source)
{
    ArchText text;
    arena_init(&arena, ARENA_BYTES_MAX);
    arch_names_init(&names, &arena);
    arch_scan(&arena, &names, str_of(source), &text);
    return text;
}

// One word an item.
static Str kinds(const ArchText *text)
{
    static const char *const words[] = {"if",    "elif",    "else",  "endif", "define",
                                        "undef", "include", "error", "once",  "token"};
    Str out = STR("");
    for (uint32_t i = 0; i < text->items.len; i++)
        out = arena_format(&arena, "%.*s%s%s", STR_ARG(out), i ? " " : "",
                           words[text->items.at[i].kind]);
    return out;
}

TEST(arch_scan_directives)
{
    static const struct {
        const char *source, *want;
    } rows[] = {
        {"#ifdef A\n#elif B\n#else\n#endif\n", "if elif else endif"},
        {"#elifdef A\n#else\n#endif\nint x;\n", ""}, // of no chain
        {"  #  define  X  1\n#undef X\n", "define undef"},
        {"%:if 1\n%:endif\n", "if endif"},
        {"#if 1 /* over\nlines */ && 2\n#endif", "if endif"},
        {"#if A \\\n  && B\n#endif", "if endif"},
        {"#if A \\\r\n  && B\r\n#endif\r\n", "if endif"},
        {"int a; #if 1\n", ""},
        {"\"#if 1\n#if 2\n", "if"},
        {"/*\n#if 1\n*/\n// #if 2 \\\n#if 3\n", ""},
        {"R\"x(\n#if 1\n)x\"\n#if 2\n", "if"},
        {"#include <a.h>\n#include \"b.h\"\n#include MACRO(x)\n",
         "include include include"},
        {"#error it's no good\n#pragma once\n", "error once"},
        {"\xEF\xBB\xBF#if 1\n", "if"},
        {"#", ""},
        {"#if", "if"},
        {"#define", ""},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        ArchText text = scan(rows[i].source);
        CHECK_STR(kinds(&text), str_of(rows[i].want));
        arena_done(&arena);
    }
}

TEST(arch_scan_chains)
{
    ArchText text = scan("#if A\n#if B\n#endif\n#elif C\n#else\n#endif\n#if D\n");
    static const uint32_t next[] = {3, 2, 0, 4, 5, 0, 7}; // the last has no end
    CHECK(text.items.len == COUNTOF(next));
    for (uint32_t i = 0; i < text.items.len; i++)
        if (text.items.at[i].kind != ITEM_ENDIF)
            CHECK(text.items.at[i].next == next[i]);
    arena_done(&arena);
}

TEST(arch_scan_hardware)
{
    static const struct {
        const char *source;
        ArchKind kind; // of the only token; ARCH_NONE: there is none
    } rows[] = {
        {"void f(void) { _mm_pause(); }", ARCH_X86_CODE},
        {"__m128i v;", ARCH_X86_CODE},
        {"unsigned long long t = __rdtsc();", ARCH_TIMING},
        {"__cpuid(r, 1);", ARCH_CPUID},
        {"uint8x16_t v;", ARCH_ARM_CODE},
        {"#define PAUSE() _mm_pause()", ARCH_X86_CODE},
        {"// _mm_pause()\n/* __rdtsc() */", ARCH_NONE},
        {"const char *s = \"_mm_pause\";", ARCH_NONE},
        {"__asm__ volatile(\"pause\" ::: \"memory\");", ARCH_X86_ASM},
        {"__asm__ __volatile__(\n  \"rep; nop\"\n  :\n  :\n);", ARCH_X86_ASM},
        {"asm(\"yield\");", ARCH_A64_ASM},
        {"asm volatile(\"dmb ish\" ::: \"memory\");", ARCH_ARM_BARRIER},
        {"asm volatile(\"\" ::: \"memory\");", ARCH_COMPILER_BARRIER},
        {"__asm { mov eax, 1\n cpuid }", ARCH_X86_ASM},
        {"int f(void) __asm__(\"_f\");", ARCH_NONE},
        {"int popcnt = __popcnt(x) + _BitScanForward64(&i, y);", ARCH_NONE},
        {"CONTEXT c; c.Rip = 0;", ARCH_OS_X64},
        {"int asm_ = 1; struct { int asm1; } a;", ARCH_NONE},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        ArchText text = scan(rows[i].source);
        ArchKind found = ARCH_NONE;
        for (uint32_t k = 0; k < text.items.len; k++)
            if (text.items.at[k].kind == ITEM_TOKEN)
                found = text.items.at[k].hardware;
        CHECK_EQ(found, rows[i].kind);
        arena_done(&arena);
    }
}

// 10 000 nested conditions, and a body that never ends.
TEST(arch_scan_limits)
{
    enum { N = 10000 };
    Arena big;
    arena_init(&big, ARENA_BYTES_MAX);
    Buf buf;
    buf_init(&buf, 1 << 24);
    for (int i = 0; i < N; i++)
        buf_put(&buf, STR("#if A\n"));
    buf_put(&buf, STR("__asm__(\"((((("));
    ArchText text;
    arch_names_init(&names, &big);
    arch_scan(&big, &names, buf_str(&buf), &text);
    CHECK(text.items.len == N);
    CHECK(text.items.at[0].next == N);
    buf_done(&buf);
    arena_done(&big);
}
