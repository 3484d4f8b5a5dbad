#include "codegen/toolchain/builder.h"

#include "tests/unit/harness.h"

TEST(builder_names)
{
    static const struct Row {
        const char *text, *name; // name NULL: not a builder
        BuilderKind kind;
        uint32_t major, minor, llvm; // with an own LLVM of 22
    } rows[] = {
        {"clang", "clang", BUILDER_CLANG, 0, 0, 22},
        {"clang-19", "clang-19", BUILDER_CLANG, 19, 0, 19},
        {"clang-22.1.8", "clang-22.1", BUILDER_CLANG, 22, 1, 22},
        {"clang-cl", "clang-cl", BUILDER_CLANG_CL, 0, 0, 22},
        {"clang-cl-18", "clang-cl-18", BUILDER_CLANG_CL, 18, 0, 18},
        {"msvc", "msvc", BUILDER_MSVC, 0, 0, UINT32_MAX},
        {"msvc-19.40", "msvc-19.40", BUILDER_MSVC, 19, 40, UINT32_MAX},
        {"msvc-19.05", "msvc-19.05", BUILDER_MSVC, 19, 5, UINT32_MAX},
        {"mingw-21.1", "mingw-21.1", BUILDER_MINGW, 21, 1, 21},
        {"rustc-1.97", "rustc-1.97", BUILDER_RUSTC, 1, 97, 22},
        {"rustc-1.82", "rustc-1.82", BUILDER_RUSTC, 1, 82, 19},
        {"rustc", "rustc", BUILDER_RUSTC, 0, 0, 22},
    };
    Arena arena;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Builder builder = {0};
        REQUIRE(builder_parse(str_of(rows[i].text), &builder));
        CHECK_EQ(builder.kind, rows[i].kind);
        CHECK_EQ(builder.major, rows[i].major);
        CHECK_EQ(builder.minor, rows[i].minor);
        CHECK_EQ(builder_llvm(builder, 22), rows[i].llvm);
        CHECK_EQ(builder_is_llvm(builder), rows[i].kind != BUILDER_MSVC);
        CHECK_STR(builder_name(&arena, builder), str_of(rows[i].name));
    }
    arena_done(&arena);
}

TEST(builder_refuses)
{
    static const char *const rows[] = {"",
                                       "gcc",
                                       "clang-",
                                       "clang-x",
                                       "clang-0",
                                       "clang22",
                                       "Clang",
                                       "msvc-19.",
                                       "msvc-.40",
                                       "clang-1.2.",
                                       "clang-1.2.3.4",
                                       "clang 22",
                                       "clang-cl-",
                                       "mingw-99999999999999999999"};
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Builder builder = {.kind = BUILDER_MINGW, .major = 7};
        bool taken = builder_parse(str_of(rows[i]), &builder);
        (void)check_eq(taken, false, rows[i], "no builder", __FILE__, __LINE__);
        CHECK(builder.kind == BUILDER_MINGW && builder.major == 7); // untouched
    }
}
