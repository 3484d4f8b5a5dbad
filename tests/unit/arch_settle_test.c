// What the compiler says of a condition, against what was worked out.
#include "codegen/arch/settle.h"
#include "codegen/arch/skipped.h"

#include "tests/unit/arch_worlds.h"
#include "tests/unit/harness.h"

// One letter a world, as settled by what clang said; '=' in front: it stayed.
static const char *settle(World *world, const char *condition, bool is_true)
{
    static char letters[16];
    const Expr *expr = expr_of(&world->arena, &world->names, str_of(condition));
    Truth truth = macros_judge(&world->macros, expr, NULL);
    size_t n = 0;
    if (!arch_settle(&world->macros, expr, FLAVOUR_CLANG, is_true, &truth))
        letters[n++] = '=';
    for (uint32_t w = 0; w < WORLD_COUNT; w++) {
        if (w && w % 3 == 0)
            letters[n++] = ' ';
        letters[n++] = truth.sure >> w & 1 ? 'T' : truth.may >> w & 1 ? '?' : '-';
    }
    letters[n] = '\0';
    return letters;
}

TEST(arch_settle_source)
{
    static const struct {
        const char *condition;
        bool is_true;
        const char *want;
    } rows[] = {
        {"defined(_M_X64)", true, "=T-T T-T ---"},
        {"defined(_M_ARM64)", false, "=-T- -T- ---"},
        {"SOME_VERSION > 3", false, "=--- --- ---"},
        {"SOME_VERSION > 3", true, "TTT TTT TTT"},
        {"SOME_VERSION < 3", false, "--- --- ---"},
        {"SOME_VERSION > 3 && defined(_M_X64)", true, "T-T T-T ---"},
        {"SOME_VERSION < 3 && defined(_M_X64)", false, "--- --- ---"},
        {"defined(__clang__) && SOME_VERSION > 3", true, "--- TTT TTT"},
        {"defined(_M_ARM64) || SOME_VERSION > 3", true, "TTT TTT TTT"},
        // Told by what is known, and yet otherwise: it is the compiler's world alone.
        {"defined(_M_X64)", false, "T-T T-- ---"},
        {"1", false, "--- --- ---"},
        {"__linux__", true, "TTT TTT TTT"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        World world;
        open_world(&world, false);
        CHECK_STR(str_of(settle(&world, rows[i].condition, rows[i].is_true)),
                  str_of(rows[i].want));
        close_world(&world);
    }
}

// Of a header by itself an unknown name stays so: whoever includes it may define it.
TEST(arch_settle_header)
{
    World world;
    open_world(&world, true);
    CHECK_STR(str_of(settle(&world, "defined(MY_SWITCH)", false)), STR("=??? ??? ???"));
    CHECK_STR(str_of(settle(&world, "defined(_M_X64)", false)), STR("T-T T-- ---"));
    close_world(&world);
}

TEST(arch_skipped_ranges)
{
    World world;
    open_world(&world, false);
    ArchSkipped skipped = {.flavour = FLAVOUR_CLANG};
    Str paths[] = {STR("/b.h"), STR("/a.c"), STR("/twice.h"), STR("/b"), STR("/twice.h")};
    for (size_t i = 0; i < COUNTOF(paths); i++)
        arch_skipped_see(&world.arena, &skipped, paths[i]);
    arch_skipped_settle(&skipped);
    CHECK(skipped.files.len == 4);
    CHECK(
        !arch_skipped_file(&skipped, STR("/twice.h"))); // one time may not be as another
    CHECK(!arch_skipped_file(&skipped, STR("/c")));
    ArchSkippedFile *file = arch_skipped_file(&skipped, STR("/b.h"));
    CHECK(file && !arch_skipped_has(file, 10, 20));
    arch_skipped_add(&world.arena, file, (ArchRange){10, 40});
    arch_skipped_add(&world.arena, file, (ArchRange){50, 60});
    CHECK(arch_skipped_has(file, 10, 14));  // the #if that begins it
    CHECK(arch_skipped_has(file, 20, 26));  // an #elif in it
    CHECK(!arch_skipped_has(file, 35, 41)); // the #else that ends it
    CHECK(!arch_skipped_has(file, 5, 8));
    CHECK(!arch_skipped_has(file, 42, 45));
    CHECK(arch_skipped_has(file, 50, 54));
    CHECK(!arch_skipped_has(file, 70, 74));
    close_world(&world);
}
