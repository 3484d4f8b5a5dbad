#include "codegen/diag.h"

#include "tests/unit/harness.h"

TEST(diag_specs_ascend)
{
    size_t n;
    const DiagSpec *specs = diag_specs(&n);
    REQUIRE(n > 0);
    for (size_t i = 1; i < n; i++)
        CHECK(specs[i - 1].number < specs[i].number);
}

TEST(diag_is_found_by_code_and_by_name)
{
    const DiagSpec *spec = diag_find(STR("EC501"));
    REQUIRE(spec != NULL);
    CHECK_EQ(spec->number, 501);
    CHECK_EQ(spec->severity, SEVERITY_ERROR);
    CHECK(diag_find(STR("disallowed-gpr")) == spec);
    CHECK(diag_spec(501) == spec);
}

TEST(diag_finds_nothing_for_what_is_no_code)
{
    const Str wrong[] = {STR_INIT(""),       STR_INIT("EC"),        STR_INIT("EC50"),
                         STR_INIT("EC000"),  STR_INIT("501"),       STR_INIT("EC5O1"),
                         STR_INIT("EC501 "), STR_INIT("disallowed")};
    for (size_t i = 0; i < COUNTOF(wrong); i++)
        CHECK(diag_find(wrong[i]) == NULL);
    CHECK(diag_spec(0) == NULL);
    CHECK(diag_spec(70000 + 501) == NULL);
}

TEST(diag_every_text_belongs_to_a_code)
{
    for (int text = 0; text < DIAG_TEXT_COUNT; text++) {
        Str message = diag_message((DiagText)text);
        CHECK(diag_spec((uint32_t)diag_number_of((DiagText)text)) != NULL);
        CHECK(message.len > 0);
        CHECK(!str_ends(message, STR(".")));
        CHECK(diag_n_args((DiagText)text) <= 4);
    }
}

TEST(diag_every_code_is_explained_with_an_example)
{
    size_t n;
    const DiagSpec *specs = diag_specs(&n);
    for (size_t i = 0; i < n; i++) {
        const Explanation *explanation = diag_explain(specs[i].number);
        REQUIRE(explanation != NULL);
        CHECK(explanation->text.len > 0);
        CHECK(str_ends(explanation->text, STR("\n")));
        CHECK_EQ(explanation->example.len == 0,
                 str_eq(explanation->language, STR("txt")));
        CHECK(!str_has(explanation->example, STR("expect-")));
        CHECK(specs[i].help.len > 0);
        CHECK(specs[i].name.len > 0);
    }
    CHECK(diag_explain(1) == NULL);
}

TEST(diag_examples_keep_their_escapes)
{
    const Explanation *explanation = diag_explain(501);
    REQUIRE(explanation != NULL);
    CHECK(str_has(explanation->example, STR("\"mov x13, #31\\n\\t\"")));
    CHECK_STR(explanation->language, STR("c"));
}

TEST(diag_fills_arguments)
{
    Arena arena;
    arena_init(&arena, 1 << 16);
    Str args[] = {STR("get"), STR("3 bytes")};
    CHECK_STR(diag_format(&arena, EC102_called, 2, args),
              STR("returning 'get' (3 bytes) from an external function crashes LLVM's "
                  "Arm64EC lowering"));
    CHECK_EQ(diag_n_args(EC102_called), 2);
    CHECK_EQ(diag_n_args(EC205_data), 0);
    arena_done(&arena);
}

// Source text goes into messages; what looks like an argument in it is none.
TEST(diag_does_not_look_into_arguments)
{
    Arena arena;
    arena_init(&arena, 1 << 16);
    Str args[] = {STR("{1}"), STR("{0}")};
    Str message = diag_format(&arena, EC629_json, 2, args);
    CHECK_STR(message, STR("cannot read {1}: {0}; write it again"));
    arena_done(&arena);
}

TEST(diag_codes_and_links)
{
    char code[DIAG_CODE_BYTES_MAX], href[DIAG_HREF_BYTES_MAX];
    size_t n;
    const DiagSpec *specs = diag_specs(&n);
    diag_code(7, code);
    CHECK_STR(str_of(code), STR("EC007"));
    for (size_t i = 0; i < n; i++) {
        diag_href(specs[i].number, href);
        CHECK(str_starts(str_of(href), STR("https://")));
        CHECK(str_of(href).len < DIAG_HREF_BYTES_MAX - 1);
    }
    CHECK_STR(severity_name(SEVERITY_HINT), STR("hint"));
}
