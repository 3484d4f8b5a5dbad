// Conditions as trees, and their value in nine worlds.
#include "codegen/arch/scan.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/arch_worlds.h"
#include "tests/unit/harness.h"

// "NAME BODY" or "NAME(a,b) BODY", in these worlds.
static void define(World *world, const char *line, Truth live)
{
    ArchText text;
    Str source = arena_format(&world->arena, "#define %s\n", line);
    arch_scan(&world->arena, &world->names, source, &text);
    Definition *definition = ARENA_NEW(&world->arena, Definition);
    *definition = (Definition){.text = text.items.at[0].macro, .file = 1};
    macro_define(&world->macros, live, definition);
}

static const Truth everywhere = {WORLDS_ALL, WORLDS_ALL};

// One letter a world: cl, clang and mingw by x64, ARM64 and Arm64EC.
static const char *judge(World *world, const char *condition)
{
    static char letters[16];
    Truth truth = macros_judge(
        &world->macros, expr_of(&world->arena, &world->names, str_of(condition)), NULL);
    size_t n = 0;
    for (uint32_t w = 0; w < WORLD_COUNT; w++) {
        if (w && w % 3 == 0)
            letters[n++] = ' ';
        letters[n++] = truth.sure >> w & 1 ? 'T' : truth.may >> w & 1 ? '?' : '-';
    }
    letters[n] = '\0';
    return letters;
}

TEST(arch_condition_targets)
{
    static const struct {
        const char *condition, *want;
    } rows[] = {
        {"defined(_M_X64)", "T-T T-T ---"},
        {"defined(_M_ARM64)", "-T- -T- ---"},
        {"defined _M_ARM64EC", "--T --T ---"},
        {"defined(__x86_64__)", "--- T-T T-T"},
        {"defined(__aarch64__)", "--- -T- -T-"},
        {"defined(__arm64ec__)", "--- --T --T"},
        {"defined(_M_X64) && !defined(_M_ARM64EC)", "T-- T-- ---"},
        {"(defined(__x86_64__) || defined(_M_X64)) && !defined(_M_ARM64EC)",
         "T-- T-- T-T"},
        {"_M_X64 == 100", "T-T T-T ---"},
        {"_MSC_VER >= 1900 && !defined(__clang__)", "TTT --- ---"},
        {"__SSE2__", "--- T-- T--"},
        {"defined(__linux__) || defined(__i386__)", "--- --- ---"},
        {"!defined(_WIN32)", "--- --- ---"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        World world;
        open_world(&world, false);
        CHECK_STR(str_of(judge(&world, rows[i].condition)), str_of(rows[i].want));
        close_world(&world);
    }
}

TEST(arch_condition_arithmetic)
{
    static const struct {
        const char *condition;
        bool want;
    } rows[] = {
        {"1 + 2 * 3 == 7", true},
        {"(1 + 2) * 3 == 9", true},
        {"1 || 0 && 0", true},
        {"!0 && !!1", true},
        {"0x10 == 16 && 010 == 8 && 0b11 == 3 && 1'000 == 1000", true},
        {"10UL > 9", true},
        {"-1 < 0", true},
        {"~0 == -1", true},
        {"1 << 4 == 16 && 256 >> 4 == 16", true},
        {"(5 & 4) && (1 | 2) == 3 && (3 ^ 1) == 2", true},
        {"1 ? 2 : 3 == 3", true},
        {"0 ? 1 : 0", false},
        {"'a' == 97", true},
        {"not 0 and 1 or 0", true},
        {"7 % 4 == 3 && 7 / 2 == 3", true},
        {"NOBODY_DEFINES_THIS", false},
        {"NOBODY_DEFINES_THIS == 0", true},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        World world;
        open_world(&world, false);
        CHECK_STR(str_of(judge(&world, rows[i].condition)),
                  rows[i].want ? STR("TTT TTT TTT") : STR("--- --- ---"));
        close_world(&world);
    }
}

// What is no expression has no value, and stops nothing.
TEST(arch_condition_broken)
{
    static const char *const rows[] = {
        "",    "1 +",   "(1",   "defined(", "defined(3)", "1 2", "@",
        "X(1", "1 / 0", "&& 1", "\"text\"", "5 %% 0",     "? :", "__has_include(<x.h>)"};
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        World world;
        open_world(&world, false);
        CHECK_STR(str_of(judge(&world, rows[i])), STR("??? ??? ???"));
        close_world(&world);
    }
}

TEST(arch_condition_macros)
{
    static const struct {
        const char *define, *condition, *want;
    } rows[] = {
        {"X86 defined(_M_X64)", "X86", "T-T T-T ---"},
        {"X86 (defined(_M_X64) || defined(__x86_64__))", "X86", "T-T T-T T-T"},
        {"IS(a) ((a) == 3)", "IS(3)", "TTT TTT TTT"},
        {"IS(a, b) ((a) > (b))", "IS(1 + 3, 2)", "TTT TTT TTT"},
        {"ON(x) (1 x 1)", "ON(==)", "TTT TTT TTT"},
        {"PASTE(a) HAVE_##a", "PASTE(NEON) == 0", "TTT TTT TTT"},
        {"EMPTY", "EMPTY", "??? ??? ???"},
        {"EMPTY", "EMPTY + 0", "--- --- ---"},
        {"EMPTY", "defined(EMPTY)", "TTT TTT TTT"},
        {"SELF SELF", "SELF", "??? ??? ???"},
        {"SELF(x) SELF(x x)", "SELF(1)", "??? ??? ???"},
        {"CALL(x) x", "CALL", "--- --- ---"},
        {"A 1 + 1", "A == 2", "TTT TTT TTT"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        World world;
        open_world(&world, false);
        define(&world, rows[i].define, everywhere);
        CHECK_STR(str_of(judge(&world, rows[i].condition)), str_of(rows[i].want));
        close_world(&world);
    }
}

TEST(arch_condition_three_values)
{
    World world;
    open_world(&world, true);
    CHECK_STR(str_of(judge(&world, "defined(MY_SWITCH)")), STR("??? ??? ???"));
    CHECK_STR(str_of(judge(&world, "MY_SWITCH && 0")), STR("--- --- ---"));
    CHECK_STR(str_of(judge(&world, "MY_SWITCH || 1")), STR("TTT TTT TTT"));
    CHECK_STR(str_of(judge(&world, "MY_SWITCH && defined(_M_X64)")), STR("?-? ?-? ---"));
    CHECK_STR(str_of(judge(&world, "XXH_DOXYGEN || __COVERITY__")), STR("--- --- ---"));
    // Defined in some worlds surely, in others perhaps.
    define(&world, "PART 1", (Truth){WORLDS_X64, WORLDS_X64 | WORLDS_EC});
    CHECK_STR(str_of(judge(&world, "PART")), STR("T?? T?? T??"));
    macro_undefine(&world.macros, (Truth){WORLDS_ALL, WORLDS_ALL},
                   arch_name(&world.names, STR("PART")));
    CHECK_STR(str_of(judge(&world, "PART")), STR("--- --- ---"));
    close_world(&world);
}

TEST(arch_condition_late_names)
{
    World world;
    open_world(&world, false);
    macros_define_late(&world.macros);
    CHECK_STR(str_of(judge(&world, "defined(_M_X64)")), STR("T-T T-T T-T"));
    CHECK_STR(str_of(judge(&world, "defined(_M_ARM64EC)")), STR("--T --T --T"));
    close_world(&world);
}

// Depth and length have limits, and what is beyond them is unknown.
TEST(arch_condition_limits)
{
    World world;
    open_world(&world, false);
    enum { N = 30000 };
    char *deep = arena_alloc(&world.arena, N + 1);
    memset(deep, '(', N);
    CHECK_STR(str_of(judge(&world, deep)), STR("??? ??? ???"));
    memset(deep, '!', N);
    CHECK_STR(str_of(judge(&world, deep)), STR("??? ??? ???"));
    for (size_t i = 0; i + 1 < N; i += 2)
        memcpy(deep + i, i % 4 ? "+1" : "+2", 2);
    CHECK_STR(str_of(judge(&world, deep)), STR("??? ??? ???"));
    define(&world, "A(x) (B(x) + B(x) + B(x))", everywhere);
    define(&world, "B(x) (A(x) + A(x) + A(x))", everywhere);
    CHECK_STR(str_of(judge(&world, "A(1)")), STR("??? ??? ???"));
    close_world(&world);
}
