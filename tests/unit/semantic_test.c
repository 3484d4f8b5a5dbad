#include "server/semantic.h"

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 20 };

typedef struct Bench {
    Arena arena;
    Doc doc;
    Buf out;
} Bench;

static void bench_init(Bench *b, Str text)
{
    *b = (Bench){0};
    arena_init(&b->arena, ARENA_BYTES_MAX);
    buf_init(&b->out, ARENA_BYTES_MAX);
    b->doc.text = text;
    lines_init(&b->doc.lines, text);
}

static void bench_done(Bench *b)
{
    semantic_forget(&b->doc.semantic_sent);
    lines_done(&b->doc.lines);
    buf_done(&b->out);
    arena_done(&b->arena);
}

static Str answer(Bench *b, const RSemantic *tokens, uint32_t n, Encoding encoding,
                  const char *before)
{
    Json json;
    Result result = {.semantics = tokens, .n_semantics = n};
    SemanticNumbers numbers =
        semantic_numbers(&b->arena, &b->doc, &result, encoding, 0, UINT32_MAX);
    buf_clear(&b->out);
    json_init(&json, &b->out);
    semantic_write(&json, &b->doc.semantic_sent, &numbers, str_of(before));
    return buf_str(&b->out);
}

TEST(semantic_counts_in_the_clients_unit)
{
    Bench b;
    bench_init(&b, STR("a \xf0\x9f\x98\x80 b\n\nc"));
    const RSemantic tokens[] = {{0, 0, 1, SEMANTIC_STRING, 0},
                                {0, 2, 4, SEMANTIC_NUMBER, SEMANTIC_READONLY},
                                {0, 7, 1, SEMANTIC_COMMENT, 0},
                                {2, 0, 1, SEMANTIC_KEYWORD, 0}};
    CHECK_STR(answer(&b, tokens, 4, ENCODING_UTF16, ""),
              STR("{\"resultId\":\"1\",\"data\":"
                  "[0,0,1,1,0,0,2,2,2,4,0,3,1,0,0,2,0,1,3,0]}"));
    CHECK_STR(answer(&b, tokens, 4, ENCODING_UTF8, ""),
              STR("{\"resultId\":\"2\",\"data\":"
                  "[0,0,1,1,0,0,2,4,2,4,0,5,1,0,0,2,0,1,3,0]}"));
    CHECK_STR(answer(&b, tokens, 4, ENCODING_UTF32, ""),
              STR("{\"resultId\":\"3\",\"data\":"
                  "[0,0,1,1,0,0,2,1,2,4,0,2,1,0,0,2,0,1,3,0]}"));
    bench_done(&b);
}

TEST(semantic_delta_is_what_differs)
{
    Bench b;
    bench_init(&b, STR("aaaaaaaaaaaaaaaaaaaa\nbbbb\ncccc"));
    const RSemantic one[] = {{0, 0, 1, 1, 0}, {0, 2, 1, 2, 0}, {1, 0, 4, 3, 0}};
    const RSemantic two[] = {
        {0, 0, 1, 1, 0}, {0, 2, 1, 2, 0}, {0, 4, 1, 2, 0}, {1, 0, 4, 3, 0}};
    (void)answer(&b, one, 3, ENCODING_UTF8, "");
    CHECK_STR(answer(&b, two, 4, ENCODING_UTF8, "1"),
              STR("{\"resultId\":\"2\",\"edits\":"
                  "[{\"start\":10,\"deleteCount\":0,\"data\":[0,2,1,2,0]}]}"));
    CHECK_STR(answer(&b, two, 4, ENCODING_UTF8, "2"),
              STR("{\"resultId\":\"3\",\"edits\":[]}"));
    // one that is not the last one's: all of it
    CHECK_STR(answer(&b, one, 1, ENCODING_UTF8, "2"),
              STR("{\"resultId\":\"4\",\"data\":[0,0,1,1,0]}"));
    CHECK_STR(answer(&b, one, 3, ENCODING_UTF8, "4"),
              STR("{\"resultId\":\"5\",\"edits\":"
                  "[{\"start\":5,\"deleteCount\":0,\"data\":[0,2,1,2,0,1,0,4,3,0]}]}"));
    CHECK_STR(answer(&b, one, 0, ENCODING_UTF8, "5"),
              STR("{\"resultId\":\"6\",\"edits\":"
                  "[{\"start\":0,\"deleteCount\":15,\"data\":[]}]}"));
    bench_done(&b);
}

// What lies past the text, as of a Result of another one, is left out.
TEST(semantic_keeps_to_the_text_and_to_lines)
{
    Bench b;
    bench_init(&b, STR("aa\nbb"));
    const RSemantic tokens[] = {{0, 1, 9, 1, 0}, {1, 0, 1, 2, 0}, {5, 0, 1, 2, 0}};
    Result result = {.semantics = tokens, .n_semantics = 3};
    SemanticNumbers all =
        semantic_numbers(&b.arena, &b.doc, &result, ENCODING_UTF16, 0, UINT32_MAX);
    CHECK_EQ(all.len, 10);
    SemanticNumbers second =
        semantic_numbers(&b.arena, &b.doc, &result, ENCODING_UTF16, 1, 1);
    REQUIRE(second.len == 5);
    CHECK_EQ(second.at[0], 1);
    CHECK_EQ(second.at[3], 2);
    bench_done(&b);
}
