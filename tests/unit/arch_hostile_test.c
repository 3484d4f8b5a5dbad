// Texts that nobody writes: the walk ends, in a time that nobody notices.
#include "codegen/arch/verdict.h"

#include <stdio.h>
#include <time.h>

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 30, SECONDS_MAX = 10 };

typedef struct Judged {
    uint32_t n_verdicts, n_branches;
    bool is_in_time, is_cut_short;
} Judged;

static Judged judge(Str text)
{
    ArchCache cache;
    Arena arena;
    ArchWalk walk = {0};
    Headers headers = {0};
    Flags flags = {.language = LANGUAGE_C};
    Job job = {.path = STR("/nowhere/a.c"), .directory = STR("/nowhere"), .text = text};
    arch_cache_init(&cache);
    arena_init(&arena, ARENA_BYTES_MAX);
    clock_t start = clock();
    arch_walk(&walk, &cache, &arena, &job, text, &flags, &headers, ARCH_SOURCE, NULL);
    ArchVerdicts *verdicts = arch_verdicts(&walk, FLAVOUR_CLANG);
    Judged judged = {verdicts->all.len, walk.branches.len,
                     clock() - start < SECONDS_MAX * CLOCKS_PER_SEC, walk.is_cut_short};
    arena_done(&arena);
    arch_cache_done(&cache);
    return judged;
}

static Buf new_text(void)
{
    Buf buf;
    buf_init(&buf, 1 << 26);
    return buf;
}

static void add(Buf *buf, const char *line, uint32_t times)
{
    for (uint32_t i = 0; i < times; i++)
        buf_put(buf, str_of(line));
}

static const char asm_in_guard[] = "#ifdef _M_X64\n__asm__(\"pause\");\n#endif\n";

static Judged judge_and_done(Buf *buf)
{
    Judged judged = judge(buf_str(buf));
    buf_done(buf);
    return judged;
}

TEST(arch_hostile_nested_conditions)
{
    Buf buf = new_text();
    add(&buf, "#if defined(_M_X64) || A\n", 10000);
    add(&buf, "__asm__(\"pause\");\n", 1);
    add(&buf, "#endif\n", 10000);
    add(&buf, asm_in_guard, 1);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
    CHECK_EQ(judged.n_verdicts, 2);
}

TEST(arch_hostile_long_chain)
{
    Buf buf = new_text();
    add(&buf, "#if defined(_M_IX86)\n", 1);
    add(&buf, "#elif defined(_M_X64) && defined(A)\n__asm__(\"pause\");\n", 10000);
    add(&buf, "#elif defined(_M_X64)\n__asm__(\"pause\");\n#endif\n", 1);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
    CHECK_EQ(judged.n_verdicts, 1);
}

TEST(arch_hostile_many_findings)
{
    Buf buf = new_text();
    add(&buf, asm_in_guard, 5000);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
    CHECK(!judged.is_cut_short);
    CHECK_EQ(judged.n_verdicts, 5000);
}

TEST(arch_hostile_too_many_findings)
{
    Buf buf = new_text();
    add(&buf, asm_in_guard, 20000);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
    CHECK(judged.is_cut_short);
    CHECK_EQ(judged.n_verdicts, ARCH_VERDICTS_MAX);
}

// Each branch of one chain is a fault of its own.
TEST(arch_hostile_a_fault_a_branch)
{
    Buf buf = new_text();
    add(&buf, "#if 0\n", 1);
    add(&buf,
        "#elif defined(_M_X64) && defined(_M_ARM64)\n#elif "
        "defined(_M_X64)\n__asm__(\"pause\");\n",
        5000);
    add(&buf, "#endif\n", 1);
    CHECK(judge_and_done(&buf).is_in_time);
}

TEST(arch_hostile_too_many_directives)
{
    Buf buf = new_text();
    add(&buf, "#undef A\n", ARCH_ITEMS_MAX + 10);
    add(&buf, asm_in_guard, 1);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
    CHECK(judged.is_cut_short);
    CHECK_EQ(judged.n_verdicts, 0);
}

TEST(arch_hostile_macros_without_end)
{
    Buf buf = new_text();
    add(&buf,
        "#define A B\n#define B A\n#if A\n#endif\n"
        "#define F(x) F(F(x) x)\n#if F(F(F(1)))\n#endif\n"
        "#define D0 (1 + 1)\n",
        1);
    char line[64];
    for (int i = 1; i <= 60; i++) { // two to the power of 60 additions
        (void)snprintf(line, sizeof line, "#define D%d (D%d + D%d)\n", i, i - 1, i - 1);
        add(&buf, line, 1);
    }
    add(&buf, "#if D60 > 1\n__asm__(\"pause\");\n#endif\n", 1);
    add(&buf, asm_in_guard, 1);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
    CHECK(judged.n_verdicts >= 1);
}

TEST(arch_hostile_nested_brackets)
{
    Buf buf = new_text();
    add(&buf, "#if ", 1);
    add(&buf, "(", 100000);
    add(&buf, "_M_X64", 1);
    add(&buf, ")", 100000);
    add(&buf, "\n#endif\n#if ", 1);
    add(&buf, "!", 100000);
    add(&buf, "_M_X64\n#endif\n#if 1", 1);
    add(&buf, " ? 1 : 1", 100000);
    add(&buf, "\n#endif\n", 1);
    add(&buf, asm_in_guard, 1);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
    CHECK_EQ(judged.n_verdicts, 1);
}

TEST(arch_hostile_garbage)
{
    Buf buf = new_text();
    uint32_t state = 1;
    for (uint32_t i = 0; i < 1 << 20; i++) {
        state = state * 1664525 + 1013904223;
        char byte = (char)(state >> 24);
        buf_put_char(&buf, byte);
    }
    add(&buf, "\n#if \xff\xfe\n#endif\n", 1);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
}

TEST(arch_hostile_long_lines)
{
    Buf buf = new_text();
    add(&buf, "#if defined(_M_X64)", 1);
    add(&buf, " || defined(_M_X64)", 60000);
    add(&buf, "\n__asm__(\"pause\");\n#endif\nint x = 0", 1);
    add(&buf, " + _mm_pause()", 75000);
    add(&buf, ";\n#define LONG", 1);
    add(&buf, " \\\n  + 1", 100000);
    add(&buf, "\n#if LONG\n#endif\n", 1);
    Judged judged = judge_and_done(&buf);
    CHECK(judged.is_in_time);
    CHECK_EQ(judged.n_verdicts, 1); // x86's anyway: the condition is not the cause
}

TEST(arch_hostile_half_texts)
{
    static const char *const texts[] = {
        "#",
        "#if",
        "#if defined(",
        "#ifdef",
        "#elif 1",
        "#else",
        "#define",
        "#define A(",
        "#include <",
        "#include \"",
        "__asm__(",
        "__asm {",
        "R\"",
        "\"",
        "/*",
        "#if 1 \\",
        "#pragma intrinsic(",
        "#if '",
        "#if \"",
        "#if __has_include(<",
    };
    for (size_t i = 0; i < COUNTOF(texts); i++)
        CHECK(judge(str_of(texts[i])).is_in_time);
}
