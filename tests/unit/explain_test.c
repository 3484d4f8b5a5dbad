#include "server/cli/explain.h"

#include "tests/unit/harness.h"

typedef struct Said {
    Buf out, err;
    int status;
} Said;

static Said explain(Str code, Str format)
{
    Said said = {0};
    buf_init(&said.out, 1 << 20);
    buf_init(&said.err, 1 << 20);
    said.status = cli_explain(code, format, &said.out, &said.err);
    return said;
}

static void said_done(Said *said)
{
    buf_done(&said->out);
    buf_done(&said->err);
}

static bool out_has(const Said *said, Str words)
{
    return str_has(buf_str(&said->out), words);
}

TEST(explain_tells_one_code_by_number_or_name)
{
    const Str names[] = {STR_INIT("EC501"), STR_INIT("ec501"),
                         STR_INIT("disallowed-gpr")};
    for (size_t i = 0; i < COUNTOF(names); i++) {
        Said said = explain(names[i], STR(""));
        CHECK_EQ(said.status, 0);
        CHECK_EQ(said.err.len, 0);
        CHECK(str_starts(buf_str(&said.out), STR("EC501 disallowed-gpr (error)\n")));
        CHECK(out_has(&said, STR("\nWhat to do:\n    use x0-x12")));
        CHECK(out_has(&said, STR("\nExample:\n\n")));
        said_done(&said);
    }
}

TEST(explain_text_fits_a_terminal)
{
    Said said = explain(STR("EC206"), STR("text"));
    Str rest = buf_str(&said.out), line;
    while (str_take_line(&rest, &line) && !str_eq(line, STR("Example:")))
        CHECK(line.len <= 80);
    said_done(&said);
}

TEST(explain_lists_all_codes_without_one)
{
    Said said = explain(STR(""), STR("text"));
    CHECK_EQ(said.status, 0);
    CHECK(out_has(&said, STR("EC102  error    odd-size-float-aggregate-return\n")));
    CHECK(out_has(&said, STR("EC908  warning  pipeline-missing\n")));
    said_done(&said);
}

TEST(explain_names_what_is_near)
{
    Said said = explain(STR("EC51"), STR("text"));
    CHECK_EQ(said.status, 2);
    CHECK_EQ(said.out.len, 0);
    CHECK(str_starts(buf_str(&said.err), STR("arm64ecd: explain: 'EC51' is not a code")));
    CHECK(str_has(buf_str(&said.err), STR("EC501 (disallowed-gpr)")));
    said_done(&said);

    said = explain(STR("ec90"), STR("text"));
    CHECK(str_has(buf_str(&said.err), STR("EC901 (pipeline-died), EC902")));
    said_done(&said);

    said = explain(STR("dissallowed-grp"), STR("text"));
    CHECK_EQ(said.status, 2);
    CHECK(str_has(buf_str(&said.err), STR("EC501 (disallowed-gpr)")));
    said_done(&said);

    said = explain(STR("nonsense"), STR("text"));
    CHECK_EQ(said.status, 2);
    CHECK(str_ends(buf_str(&said.err), STR("'arm64ecd explain' lists them\n")));
    said_done(&said);
}

TEST(explain_refuses_another_format)
{
    Said said = explain(STR("EC501"), STR("xml"));
    CHECK_EQ(said.status, 2);
    CHECK(str_has(buf_str(&said.err), STR("'xml' is not a format")));
    said_done(&said);
}

TEST(explain_speaks_json)
{
    Said said = explain(STR("EC205"), STR("json"));
    CHECK_EQ(said.status, 0);
    CHECK(out_has(&said, STR("\"schema\": 1")));
    CHECK(out_has(&said, STR("\"code\": \"EC205\"")));
    CHECK(out_has(&said, STR("\"severity\": \"warning\"")));
    CHECK(out_has(&said, STR("\"'hybrid_patchable' only applies to functions\"")));
    CHECK(!out_has(&said, STR("EC206")));
    said_done(&said);
    said = explain(STR(""), STR("json"));
    CHECK(out_has(&said, STR("EC206")));
    said_done(&said);
}

TEST(explain_makes_a_table)
{
    Said said = explain(STR(""), STR("md"));
    CHECK(str_starts(buf_str(&said.out),
                     STR("| code | name | severity | what to do |\n| --- ")));
    CHECK(out_has(&said, STR("\n| EC501 | disallowed-gpr | error | use x0-x12")));
    said_done(&said);
}
