// What stands in for the compiler's findings when a worker cannot give them.
#include "codegen/result.h"
#include "server/fallback.h"

#include "tests/unit/harness.h"

// Writes the block for the reason and checks the only finding in it; 0: none at all.
static void check_words(FallbackReason reason, Str said, uint32_t number, Str words)
{
    const Job job = {
        .path = STR("/p/a.c"), .text = STR("int x;\n"), .origin = COMMAND_ARGUMENTS};
    const Fallback fallback = {
        .reason = reason,
        .words = said,
        .llvm = STR("22.1.8"),
        .module = STR("/lib/pipeline-22.so"),
        .deadline_ms = 30000,
        .address_bytes_max = 512 << 20,
    };
    Buf out;
    Result result;
    buf_init(&out, 1 << 20);
    fallback_write(&job, &fallback, &out);
    bool opens = result_open(buf_str(&out), build_id(), &result) == ERR_NONE;
    CHECK(opens);
    if (opens) {
        CHECK_EQ(result.stage, number ? STAGE_LIVE : STAGE_LEXICAL);
        CHECK_EQ(result.n_findings, number ? 1 : 0);
    }
    if (opens && number && result.n_findings == 1) {
        CHECK_EQ(result.findings[0].number, number);
        CHECK_EQ(result.findings[0].range.start.line, 0);
        CHECK(str_has(result_str(&result, result.findings[0].message), words));
    }
    buf_done(&out);
}

static void check_fallback(FallbackReason reason, uint32_t number, Str words)
{
    check_words(reason, STR("these words"), number, words);
}

TEST(fallback_says_why_the_compiler_is_silent)
{
    check_fallback(FALLBACK_LEXICAL, 0, STR(""));
    check_fallback(FALLBACK_CRASHED, EC901, STR("LLVM 22.1.8 crashed"));
    check_fallback(FALLBACK_CRASHED, EC901, STR("these words"));
    check_fallback(FALLBACK_TIMED_OUT, EC902, STR("within 30 s"));
    check_fallback(FALLBACK_OUT_OF_MEMORY, EC903, STR("512 MiB"));
    check_fallback(FALLBACK_QUARANTINED, EC904, STR("these words"));
}

TEST(fallback_names_the_missing_module)
{
    check_fallback(FALLBACK_NO_MODULE, EC908, STR("'pipeline-22.so'"));
    check_words(FALLBACK_NO_MODULE,
                STR("libclang-22.so.22: cannot open shared object file: No such file or "
                    "directory"),
                EC908, STR("; install Debian's libclang1-"));
    check_words(FALLBACK_NO_MODULE, STR("the headers of clang 22.1.8 are not installed"),
                EC908, STR("; install Debian's libclang1-"));
    check_words(
        FALLBACK_NO_MODULE,
        STR("/lib/pipeline-22.so: cannot open shared object file: No such file or "
            "directory"),
        EC908, STR("; put it beside the program, or name it with --module"));
    check_words(FALLBACK_NO_MODULE, STR("it has no arm64ecd_pipeline"), EC908,
                STR("; name the one that was built with this program"));
}

// The number of findings with this code in the lexical Result of a text.
static uint32_t count_lexical(const char *text, uint32_t number)
{
    const Job job = {
        .path = STR("/p/a.c"), .text = str_of(text), .origin = COMMAND_ARGUMENTS};
    const Fallback fallback = {.reason = FALLBACK_LEXICAL};
    Buf out;
    Result result;
    uint32_t n = 0;
    buf_init(&out, 1 << 20);
    fallback_write(&job, &fallback, &out);
    CHECK(result_open(buf_str(&out), build_id(), &result) == ERR_NONE);
    for (uint32_t i = 0; i < result.n_findings; i++)
        n += result.findings[i].number == number;
    CHECK_EQ(n, result.n_findings);
    buf_done(&out);
    return n;
}

// What the document alone decides; what hangs on other files is left to the live stage.
TEST(fallback_judges_conditions)
{
    CHECK_EQ(count_lexical("#ifdef _M_X64\n#include <emmintrin.h>\n#endif\n", EC301), 1);
    CHECK_EQ(count_lexical("#if defined(_M_X64) && !defined(_M_ARM64EC)\n"
                           "#include <emmintrin.h>\n#endif\n",
                           EC301),
             0);
    CHECK_EQ(count_lexical("#include \"config.h\"\n#if defined(HAVE_SSE)\n"
                           "#include <emmintrin.h>\n#endif\n",
                           EC301),
             0);
    CHECK_EQ(count_lexical("#ifdef _M_X64\nint f(CONTEXT *c) { return c->Rip != 0; }\n"
                           "#endif\n",
                           EC301),
             0);
}
