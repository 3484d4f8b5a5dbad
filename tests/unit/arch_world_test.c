#include "codegen/arch/world.h"

#include "tests/unit/harness.h"

// The worlds in which `name` is defined at once; in C, or in C++.
static Worlds defined_in(Str name, bool is_cpp, bool is_late)
{
    size_t n;
    const WorldMacro *macros = world_macros(&n);
    Worlds worlds = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(macros[i].name, name) && macros[i].is_late == is_late &&
            !(is_cpp ? macros[i].is_c : macros[i].is_cpp))
            worlds |= macros[i].worlds;
    return worlds;
}

TEST(arch_world_rows_are_in_order_and_do_not_meet)
{
    size_t n;
    const WorldMacro *macros = world_macros(&n);
    CHECK(n > 300);
    for (size_t i = 1; i < n; i++) {
        const WorldMacro *a = &macros[i - 1], *b = &macros[i];
        CHECK(str_compare(a->name, b->name) <= 0);
        if (!str_eq(a->name, b->name) || a->is_late != b->is_late || a->is_c != b->is_c ||
            a->is_cpp != b->is_cpp)
            continue;
        CHECK_EQ(a->worlds & b->worlds, 0);
    }
    for (size_t i = 0; i < n; i++) {
        CHECK(macros[i].worlds != 0 && macros[i].worlds <= WORLDS_ALL);
        CHECK(!(macros[i].is_c && macros[i].is_cpp));
    }
}

// domain.md's matrix of macros: what the whole of target-arch truth rests on.
TEST(arch_world_has_the_matrix)
{
    static const struct {
        Str name;
        Worlds cl, clang, mingw; // as targets: x64 1, a64 2, ec 4
    } rows[] = {
        {STR_INIT("_M_X64"), 5, 5, 0},      {STR_INIT("_M_AMD64"), 5, 5, 0},
        {STR_INIT("_M_ARM64EC"), 4, 4, 0},  {STR_INIT("_M_ARM64"), 2, 2, 0},
        {STR_INIT("__x86_64__"), 0, 5, 5},  {STR_INIT("__amd64"), 0, 5, 5},
        {STR_INIT("__aarch64__"), 0, 2, 2}, {STR_INIT("__arm64ec__"), 0, 4, 4},
        {STR_INIT("__SSE2__"), 0, 1, 1},    {STR_INIT("__ARM_NEON"), 0, 6, 6},
        {STR_INIT("__ARM_ARCH"), 0, 6, 6},  {STR_INIT("_MSC_VER"), 7, 7, 0},
        {STR_INIT("__clang__"), 0, 7, 7},   {STR_INIT("__GNUC__"), 0, 0, 7},
        {STR_INIT("_WIN32"), 7, 7, 7},      {STR_INIT("_WIN64"), 7, 7, 7},
        {STR_INIT("__MINGW32__"), 0, 0, 7}, {STR_INIT("_M_IX86"), 0, 0, 0},
        {STR_INIT("__SSE4_2__"), 0, 0, 0},  {STR_INIT("__linux__"), 0, 0, 0},
        {STR_INIT("__cplusplus"), 0, 0, 0}, {STR_INIT("__STDC_HOSTED__"), 7, 7, 7},
        {STR_INIT("_ARM64EC_"), 0, 0, 0},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Worlds expected = (Worlds)(rows[i].cl | rows[i].clang << 3 | rows[i].mingw << 6);
        if (!check_eq(defined_in(rows[i].name, false, false), expected, "worlds",
                      "expected", __FILE__, __LINE__))
            check_str(rows[i].name, STR(""), "name", "right", __FILE__, __LINE__);
    }
}

TEST(arch_world_knows_what_mingw_adds_later)
{
    CHECK_EQ(defined_in(STR("_M_X64"), false, true),
             WORLD(FLAVOUR_MINGW, TARGET_X64) | WORLD(FLAVOUR_MINGW, TARGET_EC));
    CHECK_EQ(defined_in(STR("_M_ARM64EC"), false, true), WORLD(FLAVOUR_MINGW, TARGET_EC));
    CHECK_EQ(defined_in(STR("_M_ARM64"), false, true), WORLD(FLAVOUR_MINGW, TARGET_A64));
}

TEST(arch_world_keeps_languages_apart)
{
    CHECK_EQ(defined_in(STR("__cplusplus"), true, false), WORLDS_ALL);
    CHECK_EQ(defined_in(STR("_MSVC_LANG"), true, false), 0x3F);
    CHECK_EQ(defined_in(STR("_MSVC_LANG"), false, false), 0);
    CHECK_EQ(defined_in(STR("__STDC_VERSION__"), true, false), 0);
    CHECK_EQ(defined_in(STR("_M_X64"), true, false), 0x2D);
}

TEST(arch_world_tells_names_of_targets)
{
    static const Str targets[] = {STR_INIT("_M_X64"),
                                  STR_INIT("_M_AMD64"),
                                  STR_INIT("_M_ARM64"),
                                  STR_INIT("_M_ARM64EC"),
                                  STR_INIT("__x86_64"),
                                  STR_INIT("__aarch64__"),
                                  STR_INIT("__arm64ec__"),
                                  STR_INIT("__SSE2__"),
                                  STR_INIT("__SSE4_1__"),
                                  STR_INIT("__AVX2__"),
                                  STR_INIT("__ARM_NEON"),
                                  STR_INIT("__ARM_FEATURE_CRC32"),
                                  STR_INIT("_AMD64_"),
                                  STR_INIT("_ARM64EC_"),
                                  STR_INIT("__k8__"),
                                  STR_INIT("__GCC_HAVE_SYNC_COMPARE_AND_SWAP_16"),
                                  STR_INIT("__SIZEOF_LONG_DOUBLE__"),
                                  STR_INIT("_ISO_VOLATILE")};
    static const Str others[] = {
        STR_INIT("_WIN64"),      STR_INIT("_MSC_VER"),           STR_INIT("__clang__"),
        STR_INIT("__GNUC__"),    STR_INIT("__MINGW32__"),        STR_INIT("_M_IX86"),
        STR_INIT("__linux__"),   STR_INIT("ARCH_X86_64"),        STR_INIT("__arm__"),
        STR_INIT("__cplusplus"), STR_INIT("__SIZEOF_POINTER__"), STR_INIT("")};
    for (size_t i = 0; i < COUNTOF(targets); i++)
        if (!world_is_target_name(targets[i]))
            check_str(targets[i], STR(""), "name", "of a target", __FILE__, __LINE__);
    for (size_t i = 0; i < COUNTOF(others); i++)
        if (world_is_target_name(others[i]))
            check_str(others[i], STR(""), "name", "of no target", __FILE__, __LINE__);
    CHECK(world_is_arm64ec_name(STR("_M_ARM64EC")));
    CHECK(world_is_arm64ec_name(STR("__arm64ec__")));
    CHECK(!world_is_arm64ec_name(STR("_M_ARM64")));
}

TEST(arch_world_knows_the_builders_flavour)
{
    CHECK_EQ(world_flavour((Builder){BUILDER_MSVC, 19, 40}, false), FLAVOUR_CL);
    CHECK_EQ(world_flavour((Builder){BUILDER_CLANG_CL, 0, 0}, false), FLAVOUR_CLANG);
    CHECK_EQ(world_flavour((Builder){BUILDER_CLANG, 22, 1}, false), FLAVOUR_CLANG);
    CHECK_EQ(world_flavour((Builder){BUILDER_CLANG, 22, 1}, true), FLAVOUR_MINGW);
    CHECK_EQ(world_flavour((Builder){BUILDER_MINGW, 21, 1}, true), FLAVOUR_MINGW);
    CHECK_STR(world_flavour_name(FLAVOUR_CL), STR("MSVC"));
    CHECK_STR(world_flavour_name(FLAVOUR_CLANG), STR("clang"));
    CHECK_STR(world_flavour_name(FLAVOUR_MINGW), STR("mingw"));
}
