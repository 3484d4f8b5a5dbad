#include "codegen/abi/symbol_key.h"
#include "codegen/abi/thunk.h"
#include "protocol/base/buf.h"

#include <stdio.h>

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 24, LINE_BYTES_MAX = 1 << 14, NAMES_MIN = 200 };

TEST(abi_thunk_kinds)
{
    CHECK_STR(thunk_kind_name(THUNK_ENTRY), STR("entry"));
    CHECK_STR(thunk_kind_name(THUNK_EXIT), STR("exit"));
    CHECK_STR(thunk_kind_name(THUNK_GUEST_EXIT), STR("guest-exit"));
    CHECK_STR(thunk_kind_name(THUNK_INDIRECT), STR("indirect"));
    CHECK_STR(thunk_kind_name(THUNK_HYBRID_PATCH), STR("hybrid-patch"));
}

TEST(abi_thunk_describes)
{
    static const struct {
        const char *name, *want;
    } rows[] = {
        {"$ientry_thunk$cdecl$d$i8m16",
         "takes an 8-byte integer or pointer and a 16-byte aggregate, returns a double"},
        {"$iexit_thunk$cdecl$v$v", "takes nothing, returns nothing"},
        {"$iexit_thunk$cdecl$i8$varargs",
         "takes variable arguments, returns an 8-byte integer or pointer"},
        {"$ientry_thunk$cdecl$m$i8i8f",
         "takes two 8-byte integers or pointers and a float, returns a 4-byte aggregate"},
        {"$ientry_thunk$cdecl$v$m8i8mi8", "takes an 8-byte aggregate, an 8-byte integer "
                                          "or pointer, a 4-byte aggregate and an "
                                          "8-byte integer or pointer, returns nothing"},
        {"$iexit_thunk$cdecl$F16$D24__llvm_h____llvm_H__6",
         "takes a 24-byte aggregate of doubles, a half and a 6-byte aggregate of halves, "
         "returns a 16-byte aggregate of floats"},
        {"$iexit_thunk$cdecl$v$m16a16d",
         "takes a 16-byte aggregate aligned to 16 and a double, returns nothing"},
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Str text = {0};
        CHECK(thunk_describe(&arena, str_of(rows[i].name), &text));
        CHECK_STR(text, str_of(rows[i].want));
    }
    static const char *const bad[] = {"",
                                      "f",
                                      "$ientry_thunk$cdecl$",
                                      "$ientry_thunk$cdecl$i8",
                                      "$iexit_thunk$cdecl$i8$",
                                      "$iexit_thunk$cdecl$q$i8",
                                      "$iexit_thunk$cdecl$i8$i9",
                                      "$iexit_thunk$cdecl$i8i8$v",
                                      "$iexit_thunk$cdecl$F$v",
                                      "$iexit_thunk$cdecl$m16a16$v",
                                      "$ientry_thunk$stdcall$v$v"};
    for (size_t i = 0; i < COUNTOF(bad); i++) {
        Str text = {0};
        CHECK(!thunk_describe(&arena, str_of(bad[i]), &text));
    }
    CHECK_STR(thunk_shape(STR("$iexit_thunk$cdecl$i8$i8m16")), STR("i8$i8m16"));
    CHECK_EQ(thunk_shape(STR("#f$exit_thunk")).len, 0);
    arena_done(&arena);
}

TEST(abi_decorates)
{
    static const struct {
        const char *plain, *decorated;
    } rows[] = {
        {"f", "#f"},
        {"_Z3foov", "#_Z3foov"},
        {"?h@@YAXXZ", "?h@@$$hYAXXZ"},
        {"??$tmpl@H@@YAHH@Z", "??$tmpl@H@@$$hYAHH@Z"},
        {"??@0123456789abcdef@", "??@0123456789abcdef@$$h@"},
        {"??0C@@QEAA@XZ", "??0C@@$$hQEAA@XZ"},
        {"?f", "?f"}, // no name ends here: left alone
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Str plain = str_of(rows[i].plain), decorated = str_of(rows[i].decorated);
        CHECK_STR(decorate(&arena, plain), decorated);
        CHECK_STR(decorate(&arena, decorated), decorated);
        CHECK_STR(undecorate(&arena, decorated), plain);
        CHECK_EQ(is_decorated(decorated), !str_eq(plain, decorated));
        CHECK(!is_decorated(plain));
    }
    CHECK_STR(decorate(&arena, STR("\01f")), STR("#f"));
    CHECK_STR(decorate(&arena, STR("")), STR(""));
    arena_done(&arena);
}

// Names of real programs, x64's and Arm64EC's.
TEST(abi_decorates_real_names)
{
    FILE *file = fopen("tests/abi/decorated-names.tsv", "r");
    if (!file)
        SKIP("tests/abi/decorated-names.tsv is not at hand");
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    char line[LINE_BYTES_MAX];
    uint32_t n = 0;
    while (fgets(line, sizeof line, file)) {
        Str rest = str_of(line);
        size_t tab = str_find_char(rest, '\t');
        Str plain = str_sub(rest, 0, tab);
        rest = str_from(rest, tab + 1);
        Str decorated = str_sub(rest, 0, str_find_char(rest, '\t'));
        if (str_eq(plain, STR("x64_name")))
            continue;
        CHECK_STR(decorate(&arena, plain), decorated);
        CHECK_STR(undecorate(&arena, decorated), plain);
        n++;
    }
    CHECK(n >= NAMES_MIN);
    (void)fclose(file);
    arena_done(&arena);
}

// However a name is spelled, it is one thing.
TEST(abi_symbol_keys)
{
    static const struct {
        const char *symbol, *key;
    } rows[] = {
        {"f", "f"},
        {"#f", "f"},
        {"EXP+#f", "f"},
        {"EXP+f", "f"},
        {"__imp_f", "f"},
        {"__imp_aux_f", "f"},
        {"#f$exit_thunk", "f"},
        {"#f$hp_target", "f"},
        {"\001#f", "f"},
        {"?f@@$$hYAXXZ", "?f@@YAXXZ"},
        {"__imp_?f@@YAXXZ", "?f@@YAXXZ"},
        {"?f@@$$hYAXXZ$exit_thunk", "?f@@YAXXZ"},
        {"$ientry_thunk$cdecl$v$v", "$ientry_thunk$cdecl$v$v"},
        {"$exit_thunk", "$exit_thunk"},
        {"__imp_", "__imp_"},
        {"#", "#"},
        {"EXP+", "EXP+"},
        {"", ""},
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++)
        CHECK_STR(symbol_key(&arena, str_of(rows[i].symbol)), str_of(rows[i].key));
    arena_done(&arena);
}
