#include "codegen/frontend/c_lexer.h"

#include "tests/unit/harness.h"

enum { TEXT_BYTES_MAX = 1024 * 1024 };

static Str kind_name(CToken token)
{
    switch (token.kind) {
    case C_END:
        return STR("end");
    case C_WORD:
        return STR("w");
    case C_NUMBER:
        return STR("n");
    case C_STRING:
        return STR("s");
    case C_CHARACTER:
        return STR("c");
    case C_HEADER:
        return STR("h");
    case C_COMMENT:
        return STR("//");
    case C_HASH:
        return STR("#");
    case C_PUNCT:
        return STR("p");
    }
    return STR("?");
}

// "w<int> w<x> p<=> ..."; what is in a directive has a '#' before it.
static Str lexed(Arena *arena, Str text)
{
    CLexer lexer;
    c_lexer_init(&lexer, text);
    Str all = {0};
    for (;;) {
        CToken token = c_lexer_next(&lexer);
        if (token.kind == C_END)
            return all;
        all = arena_format(arena, "%.*s%s%s%.*s<%.*s>", STR_ARG(all), all.len ? " " : "",
                           token.in_directive ? "#" : "", STR_ARG(kind_name(token)),
                           STR_ARG(c_token_text(&lexer, token)));
    }
}

#define CHECK_LEXED(text, expected)                                                      \
    do {                                                                                 \
        Arena arena;                                                                     \
        arena_init(&arena, TEXT_BYTES_MAX);                                              \
        CHECK_STR(lexed(&arena, STR(text)), STR(expected));                              \
        arena_done(&arena);                                                              \
    } while (0)

TEST(c_lexer_words_and_numbers)
{
    CHECK_LEXED("int x1=0x1F;", "w<int> w<x1> p<=> n<0x1F> p<;>");
    CHECK_LEXED("1'000'000 .5e-3f 0x1.8p+2 1..2 a.b",
                "n<1'000'000> n<.5e-3f> n<0x1.8p+2> n<1..2> w<a> p<.> w<b>");
    CHECK_LEXED("\xEF\xBB\xBFh\xC3\xA9 $x", "w<h\xC3\xA9> w<$x>");
}

TEST(c_lexer_literals)
{
    CHECK_LEXED("\"a\\\"b\" 'x' '\\'' L\"w\" u8\"u\" U'c'",
                "s<\"a\\\"b\"> c<'x'> c<'\\''> s<L\"w\"> s<u8\"u\"> c<U'c'>");
    CHECK_LEXED("R\"(a\"b\\)\" R\"x(a)\" )x\" LR\"(q)\" z",
                "s<R\"(a\"b\\)\"> s<R\"x(a)\" )x\"> s<LR\"(q)\"> w<z>");
    CHECK_LEXED("FOO\"x\" R'a'", "w<FOO> s<\"x\"> w<R> c<'a'>");
    CHECK_LEXED("R\"no raw\" y", "w<R> s<\"no raw\"> w<y>");
}

TEST(c_lexer_comments)
{
    CHECK_LEXED("a // b\nc /* d\n e */ f", "w<a> //<// b> w<c> //</* d\n e */> w<f>");
    CHECK_LEXED("// a \\\nb\nc", "//<// a \\\nb> w<c>");
    CHECK_LEXED("// a\r\nb\rc", "//<// a> w<b> w<c>");
    CHECK_LEXED("\"// no\" '/*' x", "s<\"// no\"> c<'/*'> w<x>");
    CHECK_LEXED("a /* open", "w<a> //</* open>");
    CHECK_LEXED("/\\\n/ x", "//</\\\n/ x>");
    CHECK_LEXED("/*/ a */ b /**/ c", "//</*/ a */> w<b> //</**/> w<c>");
}

TEST(c_lexer_directives)
{
    CHECK_LEXED("#define X \\\n  y // z\nw",
                "##<#> #w<define> #w<X> #w<y> #//<// z> w<w>");
    CHECK_LEXED(" # include <a//b.h>\n<x>",
                "##<#> #w<include> #h<<a//b.h>> p<<> w<x> p<>>");
    CHECK_LEXED("#include \"a.h\"\r\nx # y",
                "##<#> #w<include> #s<\"a.h\"> w<x> p<#> w<y>");
    CHECK_LEXED("/* c */ #if 1\n#endif",
                "//</* c */> ##<#> #w<if> #n<1> ##<#> #w<endif>");
    CHECK_LEXED("#error don't\nx", "##<#> #w<error> #w<don> #c<'t> w<x>");
}

TEST(c_lexer_splices_and_ends)
{
    CHECK_LEXED("as\\\nm x\\\n y", "w<as\\\nm> w<x> w<y>");
    CHECK_LEXED("\"open\nx", "s<\"open> w<x>");
    CHECK_LEXED("\"a\\\nb\" c", "s<\"a\\\nb\"> w<c>");
    CHECK_LEXED("\"a\\", "s<\"a\\>");
    CHECK_LEXED("R\"(open", "s<R\"(open>");
    CHECK_LEXED("\\", "p<\\>");
    CHECK_LEXED("", "");
}

TEST(c_lexer_first_of_line)
{
    CLexer lexer;
    c_lexer_init(&lexer, STR("a b\n/* c */ d"));
    CHECK(c_lexer_next(&lexer).is_first);
    CHECK(!c_lexer_next(&lexer).is_first);
    CHECK_EQ(c_lexer_next(&lexer).kind, C_COMMENT);
    CHECK(c_lexer_next(&lexer).is_first);
    CHECK_EQ(c_lexer_next(&lexer).kind, C_END);
    CHECK_EQ(c_lexer_next(&lexer).kind, C_END);
}

TEST(c_lexer_comment_body)
{
    CHECK_STR(c_comment_body(STR("// a")), STR(" a"));
    CHECK_STR(c_comment_body(STR("/* a */")), STR(" a "));
    CHECK_STR(c_comment_body(STR("/* open")), STR(" open"));
    CHECK_STR(c_comment_body(STR("/*/")), STR("/"));
}

// The decoded bytes, or "refused".
static Str decoded(Arena *arena, Str literal, CString *ret_string)
{
    return c_string_decode(arena, literal, ret_string) ? ret_string->bytes
                                                       : STR("refused");
}

#define CHECK_DECODED(literal, expected)                                                 \
    do {                                                                                 \
        Arena arena;                                                                     \
        CString string;                                                                  \
        arena_init(&arena, TEXT_BYTES_MAX);                                              \
        CHECK_STR(decoded(&arena, STR(literal), &string), STR(expected));                \
        arena_done(&arena);                                                              \
    } while (0)

TEST(c_string_decodes)
{
    CHECK_DECODED("\"mov x0, x1\\n\\t\"", "mov x0, x1\n\t");
    CHECK_DECODED("\"\\x41\\101\\0\\\\\\\"\\e\\q\"", "AA\0\\\"\x1Bq");
    CHECK_DECODED("\"\\u20AC\\U0001F600\"", "\xE2\x82\xAC\xF0\x9F\x98\x80");
    CHECK_DECODED("\"\\x{41}\\u{e9}\\o{102}\"", "A\xC3\xA9"
                                                "B");
    CHECK_DECODED("\"a\\\nb\\  \r\nc\\\\\\\nn\"", "abc\\n");
    CHECK_DECODED("u8\"x\"", "x");
    CHECK_DECODED("R\"d(a\\n\r\n\")d\"", "a\\n\n\"");
    CHECK_DECODED("\"\"", "");
    CHECK_DECODED("R\"()\"", "");
}

TEST(c_string_refuses)
{
    CHECK_DECODED("L\"x\"", "refused");
    CHECK_DECODED("u\"x\"", "refused");
    CHECK_DECODED("\"open", "refused");
    CHECK_DECODED("\"open\\\"", "refused");
    CHECK_DECODED("\"", "refused");
    CHECK_DECODED("R\"(open", "refused");
    CHECK_DECODED("R\"x(open)\"", "refused");
    CHECK_DECODED("word", "refused");
    CHECK_DECODED("", "refused");
}

TEST(c_string_maps)
{
    Arena arena;
    arena_init(&arena, TEXT_BYTES_MAX);
    CString string;
    REQUIRE(c_string_decode(&arena, STR("\"a\\tb\\u20ACc\\\nd\""), &string));
    CHECK_STR(string.bytes, STR("a\tb\xE2\x82\xAC"
                                "cd"));
    static const uint32_t expected[] = {1, 2, 4, 5, 5, 5, 11, 14, 15};
    for (size_t i = 0; i < COUNTOF(expected); i++)
        CHECK_EQ(string.source[i], expected[i]);
    arena_done(&arena);
}
