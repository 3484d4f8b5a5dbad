// The COFF loader on two small objects (tests/fuzz/coff_seed.h) and on broken ones.
#include "codegen/verify/load.h"

#include <string.h>

#include "tests/fuzz/coff_seed.h"
#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1024 * 1024 };
#define BASE UINT64_C(0x180000000)

typedef struct Fixture {
    Arena arena;
    Buf ec, x64;
    LoadImage image;
    Str why;
} Fixture;

static void setup(Fixture *fixture)
{
    *fixture = (Fixture){0};
    arena_init(&fixture->arena, ARENA_BYTES_MAX);
    buf_init(&fixture->ec, SEED_BYTES_MAX);
    buf_init(&fixture->x64, SEED_BYTES_MAX);
    seed_ec_object(&fixture->ec);
    seed_x64_object(&fixture->x64);
}

static Err load(Fixture *fixture)
{
    const Str objects[] = {buf_str(&fixture->ec), buf_str(&fixture->x64)};
    return load_image(&fixture->arena, objects, 2, NULL, 0, BASE, &fixture->image,
                      &fixture->why);
}

static void done(Fixture *fixture)
{
    load_done(&fixture->image);
    buf_done(&fixture->ec);
    buf_done(&fixture->x64);
    arena_done(&fixture->arena);
}

static uint64_t find(const Fixture *fixture, Str name)
{
    uint64_t address = 0;
    (void)load_find(&fixture->image, name, &address);
    return address;
}

static uint64_t word(const Fixture *fixture, uint64_t address, size_t n)
{
    uint64_t value = 0;
    memcpy(&value, fixture->image.bytes + (address - BASE), n);
    return value;
}

TEST(load_places_and_relocates)
{
    Fixture fixture;
    setup(&fixture);
    CHECK_EQ(load(&fixture), ERR_NONE);
    REQUIRE(fixture.image.bytes);
    uint64_t f = find(&fixture, STR("#f")), g = find(&fixture, STR("g"));
    uint64_t data = find(&fixture, STR("data"));
    uint64_t thunk = find(&fixture, STR("$ientry_thunk"));
    CHECK_EQ(find(&fixture, STR("f")), f);  // weak: its stand-in
    CHECK_EQ(find(&fixture, STR("#g")), g); // the strong one behind it
    CHECK(f > BASE && f < fixture.image.thunks);
    CHECK(thunk > fixture.image.thunks && thunk < fixture.image.x64);
    CHECK(g >= fixture.image.x64 && g < fixture.image.data);
    CHECK(data >= fixture.image.data);
    CHECK_EQ(word(&fixture, f - 4, 4), (thunk - f) | 1);
    CHECK_EQ(word(&fixture, data, 8), f + UINT64_C(0x100000000));
    CHECK_EQ(word(&fixture, f, 4) & 0x9f00001f, 0x90000000);
    CHECK_EQ(((word(&fixture, f, 4) >> 29 & 3) | (word(&fixture, f, 4) >> 5 & 7) << 2),
             (data >> 12) - (f >> 12));
    CHECK_EQ(word(&fixture, f + 4, 4), 0x91000000 | ((data + 8) & 0xfff) << 10);
    CHECK_EQ(word(&fixture, f + 8, 4), 0x94000000 | (g - (f + 8)) / 4);
    CHECK_EQ(word(&fixture, g + 3, 4), data - (g + 7));
    done(&fixture);
}

// Where in the Arm64EC object a byte is broken, and what must be said.
TEST(load_refuses_broken_objects)
{
    static const struct {
        size_t at;
        uint8_t value;
        Str said;
    } rows[] = {
        {1, 0x12, STR_INIT("machine 0x1241")},
        {11, 0x7f, STR_INIT("symbols outside")},
        {3, 0x7f, STR_INIT("sections outside")},
        {20 + 18, 0x7f, STR_INIT("a section outside")},
        {20 + 26, 0x7f, STR_INIT("relocations outside")},
        {20 + 38, 0xf0, STR_INIT("unknown alignment")},
        {20 + 41, 'x', STR_INIT("section without a name")},
        {SEED_EC_CODE_AT + 52 + 1, 0x7f, STR_INIT("broken relocation in .text")},
        {SEED_EC_CODE_AT + 52 + 4, 0x7f, STR_INIT("broken relocation in .text")},
        {SEED_EC_CODE_AT + 52 + 8, 0x55, STR_INIT("cannot be applied")},
        {SEED_EC_CODE_AT + 24, 0x7f, STR_INIT("broken hybrid map")},
        {SEED_EC_CODE_AT + 92 + 12, 0x7f, STR_INIT("a section that is not there")},
        {SEED_EC_CODE_AT + 92 + 9, 0x7f, STR_INIT("a symbol outside of its section")},
        {SEED_EC_CODE_AT + 92 + 4 * 18, 0x7f, STR_INIT("without a stand-in")},
        {SEED_EC_CODE_AT + 92 + 11 * 18, 'h', STR_INIT("needs what nobody defines: #g")},
        {SEED_EC_CODE_AT + 92 + 11 * 18 + 17, 1, STR_INIT("ends in the middle")},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Fixture fixture;
        setup(&fixture);
        fixture.ec.at[rows[i].at] = (char)rows[i].value;
        CHECK(load(&fixture) != ERR_NONE);
        CHECK(!fixture.image.bytes);
        if (!str_has(fixture.why, rows[i].said))
            CHECK_STR(fixture.why, rows[i].said);
        done(&fixture);
    }
}

TEST(load_keeps_the_first_comdat)
{
    Fixture fixture;
    setup(&fixture);
    const Str objects[] = {buf_str(&fixture.ec), buf_str(&fixture.ec),
                           buf_str(&fixture.x64)};
    Err err = load_image(&fixture.arena, objects, 3, NULL, 0, BASE, &fixture.image,
                         &fixture.why);
    CHECK_EQ(err, ERR_NONE);
    REQUIRE(fixture.image.bytes);
    // One function and one thunk: each kind of code has one page.
    CHECK_EQ(fixture.image.thunks, BASE + 2 * LOAD_PAGE_BYTES);
    CHECK_EQ(find(&fixture, STR("#f")), BASE + LOAD_PAGE_BYTES + 16);
    CHECK_EQ(word(&fixture, BASE + LOAD_PAGE_BYTES + 32, 8), 0);
    done(&fixture);
}

TEST(load_refuses_every_cut)
{
    Fixture fixture;
    setup(&fixture);
    size_t n = fixture.ec.len;
    for (size_t cut = 0; cut + 30 < n; cut++) { // the last bytes are names
        const Str object = {fixture.ec.at, cut};
        CHECK(load_image(&fixture.arena, &object, 1, NULL, 0, BASE, &fixture.image,
                         &fixture.why) != ERR_NONE);
    }
    done(&fixture);
}
