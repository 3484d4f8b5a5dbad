// Where a file is cut in front of a function, and which edits stay in one.
#include "codegen/cut/cut.h"
#include "codegen/cut/cut_edit.h"

#include <string.h>

#include "tests/unit/harness.h"

static bool stays(const char *before, const char *old, const char *now, const char *after)
{
    Arena arena;
    arena_init(&arena, 1 << 20);
    Str a = arena_format(&arena, "%s%s%s", before, old, after);
    Str b = arena_format(&arena, "%s%s%s", before, now, after);
    uint32_t begin = (uint32_t)strlen(before);
    bool result = cut_stays(&arena, a, b, begin, begin + (uint32_t)strlen(old),
                            begin + (uint32_t)strlen(now));
    arena_done(&arena);
    return result;
}

TEST(statements_stay_in_a_body)
{
    CHECK(stays("int f(void)\n{\n", "", "g();", "\n}"));
    CHECK(stays("int f(void)\n{\n", "g();", "", "\n}"));
    CHECK(stays("int f(void)\n{\n", "if (a) { g(); }", "for (;;) { }", "\n}"));
    CHECK(stays("int f(void) { return ", "a", "ab", "; }"));
    CHECK(stays("int f(void) { return a", "", "b", "; }"));
    CHECK(stays("int f(void) { // ", "", "} not a brace", "\n}"));
    CHECK(stays("int f(void) { g(\"", "", "} nor this {", "\"); }"));
    CHECK(stays("int f(void) { /*", "", "\n", "*/ }"));
    CHECK(stays("#if A\nint f(void) {\n#else\nint f(int a) {\n#endif\n", "", "x;", " }"));
}

TEST(what_reaches_out_of_a_body)
{
    CHECK(!stays("int f(void)\n{\n", "", "}", "\n}"));
    CHECK(!stays("int f(void)\n{\n", "", "{", "\n}"));
    CHECK(!stays("int f(void)\n{\n", "", "} int g(void) {", "\n}"));
    CHECK(!stays("int f(void)\n{\n", "", "g(", "\n}"));
    CHECK(!stays("int f(void)\n{\n a", "", "]", "\n}"));
    CHECK(!stays("int f(void)\n{\n", "", "/*", "\n}"));
    CHECK(!stays("int f(void)\n{ /* ", "*/ g();", "", "\n}"));
    CHECK(!stays("int f(void)\n{\n", "", "#define A\n", "\n}"));
    CHECK(!stays("int f(void)\n{\n", "#undef A\n", "", "\n}"));
    CHECK(!stays("int f(void)\n{\n#define A 1", "", "2", "\n}"));
    CHECK(!stays("int f(void)\n{\n", "", "a", "#define A\n}"));
    CHECK(!stays("int f(void)\n{ a // b", "", " \\", "\n}"));
    CHECK(!stays("int f(void)\n{\n", "", "_Pragma(\"pack(1)\")", "\n}"));
}

static bool is_apart(const char *text)
{
    Str all = str_of(text);
    return cut_is_apart(all, (uint32_t)str_find(all, STR("int f")),
                        (uint32_t)str_find(all, STR(";}")) + 2);
}

TEST(comments_that_speak_of_a_function_and_of_others)
{
    CHECK(is_apart("int f(void) {;}"));
    CHECK(is_apart("int a;\nint f(void) {\n// arm64ecd: allow(EC501)\nx;\n;}\nint b;"));
    CHECK(is_apart("int f(void) {\n// arm64ecd: allow(EC501)\n;}\nint b;"));
    CHECK(is_apart("// arm64ecd: allow(EC501)\n\nint f(void) {;}\n"));
    CHECK(is_apart("int f(void) {;}\n// arm64ecd: allow(EC501)\n"));
    CHECK(!is_apart("int f(void) {;} // arm64ecd: allow(EC501)\n"));
    CHECK(!is_apart("#define A // arm64ecd: allow(EC501)\nint f(void) {;}\n"));
    CHECK(!is_apart("/* arm64ecd: allow(EC501) */ int f(void) {;}\n"));
    CHECK(!is_apart("/* arm64ecd: allow(EC501)\n\n\n*/ int a;\nint f(void) {;}\n"));
    CHECK(!is_apart("// arm64ecd: allow(EC501) \\\n \\\n\nint f(void) {;}\n"));
    CHECK(!is_apart("int a; int f(void) { // arm64ecd: allow(EC501)\n\n\n;}\n"));
    CHECK(!is_apart("int f(void) {\n/* arm64ecd: allow(EC501) */ ;}\nint b;"));
    CHECK(!is_apart("int f(void) {\n// arm64ecd: allow(EC501)\n;} int b;"));
}

TEST(a_change_has_the_words_that_it_touches)
{
    Str text = STR("a(helper_1, b);");
    CHECK_STR(cut_words(text, 4, 4), STR("helper_1"));
    CHECK_STR(cut_words(text, 2, 2), STR("helper_1"));
    CHECK_STR(cut_words(text, 0, 0), STR("a"));
    CHECK_STR(cut_words(text, 11, 11), STR(""));
    CHECK_STR(cut_words(text, 9, 13), STR("helper_1, b"));
}

// --- Where it is
// -------------------------------------------------------------------------------

// A Result that knows one function and one variable by their places in the text.
static bool find(Str text, const char *function, const char *variable, size_t at,
                 CutPlace *ret_place)
{
    Lines lines;
    lines_init(&lines, text);
    Str names[] = {str_of(variable), str_of(function)};
    RSymbol symbols[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        uint32_t begin = (uint32_t)str_find(text, names[i]);
        symbols[i].kind = i ? SYMBOL_FUNCTION : SYMBOL_VARIABLE;
        symbols[i].full.start = lines_pos(&lines, text, begin);
        symbols[i].full.end = lines_pos(&lines, text, begin + (uint32_t)names[i].len);
    }
    Result result = {.symbols = symbols, .n_symbols = 2};
    bool is_found =
        cut_find(&result, text, &lines, (uint32_t)at, (uint32_t)at, ret_place);
    lines_done(&lines);
    return is_found;
}

TEST(a_cut_lies_behind_the_last_declaration)
{
    static const char function[] = "int f(void)\n{\n    return a;\n}";
    Str text = STR("int a;\n#define B 1\n/* of f */ __attribute__((cold))\n"
                   "int f(void)\n{\n    return a;\n}\nint b;\n");
    CutPlace place;
    size_t at = str_find(text, STR("return")), open = str_find(text, STR("{"));
    CHECK(find(text, function, "int a", at, &place));
    CHECK_STR(str_sub(text, place.begin, place.begin + 8), STR("/* of f "));
    CHECK_EQ(place.body, open + 1);
    CHECK_STR(str_sub(text, place.end - 1, place.end), STR("}"));
    CHECK(find(text, function, "int a", open + 1, &place));
    CHECK(find(text, function, "int a", place.end - 1, &place));
    CHECK(!find(text, function, "int a", open, &place));
    CHECK(!find(text, function, "int a", place.end, &place));
    CHECK(!find(text, function, "int a", 2, &place));
    // On the line of what stands before it.
    CHECK(find(STR("int a; int f(void) { return a; }"), "int f(void) { return a; }",
               "int a", 22, &place));
    CHECK_EQ(place.begin, 6);
    // In C++ a body may be evaluated where it is called.
    CHECK(!find(STR("int a; constexpr int f() { return a; }"), "int f() { return a; }",
                "int a", 29, &place));
    // Its first brace is not the one of the body.
    CHECK(!find(STR("int a; struct { int b; } f(void) { return a; }"),
                "struct { int b; } f(void) { return a; }", "int a", 36, &place));
}

// --- The text before it
// ------------------------------------------------------------------------

static bool prefix_is(const char *text, const char *function, bool is_cpp,
                      const char *wanted, const char *reopened)
{
    CutPrefix prefix = {0};
    Str all = str_of(text);
    uint32_t begin = (uint32_t)str_find(all, str_of(function));
    uint32_t pair[] = {begin, begin + (uint32_t)strlen(function)};
    uint32_t cut = (uint32_t)str_find(all, STR("@"));
    Str functions = {(const char *)pair, *function ? sizeof pair : 0};
    bool is_made = cut_prefix_make(&prefix, all, cut, STR("/a.c"), functions, is_cpp);
    Str got = str_from(buf_str(&prefix.text), STR("#line 1 \"/a.c\"\n").len);
    bool is_right = is_made && str_eq(got, str_of(wanted)) &&
                    str_eq(buf_str(&prefix.reopened), str_of(reopened));
    if (is_made && !is_right)
        CHECK_STR(got, str_of(wanted));
    cut_prefix_done(&prefix);
    return is_right;
}

TEST(bodies_and_comments_are_left_out_lines_stay)
{
    CHECK(prefix_is("int a; // c\nint f(void) { a;\n b; } int c; @",
                    "int f(void) { a;\n b; }", false,
                    "int a; \nint f(void) {\n    } int c; \n", ""));
    CHECK(prefix_is("int f(void)\n{\n#define A {\n g();\n#undef A\n}\n@",
                    "int f(void)\n{\n#define A {\n g();\n#undef A\n}", false,
                    "int f(void)\n{\n#define A {\n\n#undef A\n}\n\n", ""));
    CHECK(prefix_is("int f(void) { a; }\n@", "int f(void) { a; }", true,
                    "int f(void) { a; }\n\n", ""));
    CHECK(prefix_is("#define A /* x\n y */ 1\nint /* b\n */ c;@", "", false,
                    "#define A /* x\n y */ 1\nint \n    c;\n", ""));
}

TEST(what_is_open_at_a_cut_is_closed_and_opened)
{
    CHECK(prefix_is("#if A\nint a;\n#else\nint b;\n@", "", false,
                    "#if A\nint a;\n#else\nint b;\n\n#endif\n", "#if 1\n"));
    CHECK(prefix_is("namespace a::b {\nint c;\n@", "", true,
                    "namespace a::b {\nint c;\n\n}\n", "namespace a::b { "));
    CHECK(prefix_is("extern \"C\" {\ninline namespace x { @", "", true,
                    "extern \"C\" {\ninline namespace x { \n}\n}\n",
                    "extern \"C\" { inline namespace x { "));
    CHECK(prefix_is("#ifdef __cplusplus\nextern \"C\" {\n#endif\n@", "", false,
                    "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n", ""));
    // Each branch of a condition opens it, and it is closed once.
    CHECK(prefix_is("int f(void)\n#if A\n{\n#else\n{ b;\n#endif\n}\n@", "", false,
                    "int f(void)\n#if A\n{\n#else\n{ b;\n#endif\n}\n\n", ""));
}

TEST(what_cannot_be_cut)
{
    CHECK(!prefix_is("struct a {\n@", "", false, "", ""));
    CHECK(!prefix_is("struct a {\n@", "", true, "", ""));
    CHECK(!prefix_is("}\n@", "", false, "", ""));
    CHECK(!prefix_is("#endif\n@", "", false, "", ""));
    CHECK(!prefix_is("#pragma GCC system_header\n@", "", false, "", ""));
    CHECK(!prefix_is("#pragma clang assume_nonnull begin\n@", "", false, "", ""));
    CHECK(!prefix_is("#include_next <a.h>\n@", "", false, "", ""));
    CHECK(!prefix_is("int a = __INCLUDE_LEVEL__;\n@", "", false, "", ""));
}

TEST(what_lies_between_goes_on_where_the_prefix_ends)
{
    CutPrefix prefix = {0};
    Buf middle, closing;
    Str text =
        STR("#if A\nint a;\nint f(void) { a; }\n#else\n#endif\n#if B\nint g(void);@");
    uint32_t from = (uint32_t)str_find(text, STR("int f"));
    uint32_t to = (uint32_t)str_find(text, STR("@"));
    uint32_t pair[] = {from, from + 18};
    Str functions = {(const char *)pair, sizeof pair};
    buf_init(&middle, 1 << 16);
    buf_init(&closing, 1 << 16);
    CHECK(cut_prefix_make(&prefix, text, from, STR("/a.c"), functions, false));
    CHECK_STR(buf_str(&prefix.reopened), STR("#if 1\n"));
    CHECK(cut_middle_make(&prefix, text, from, to, functions, false, &middle, &closing));
    CHECK_STR(buf_str(&middle),
              STR("int f(void) {    }\n#else\n#endif\n#if B\nint g(void);"));
    CHECK_STR(buf_str(&closing), STR("\n#endif\n"));
    cut_prefix_done(&prefix);
    buf_done(&middle);
    buf_done(&closing);
}

// --- What a worker keeps
// ------------------------------------------------------------------------

TEST(a_cut_is_made_once_and_follows_the_function)
{
    Str text = STR("/* a */ int a;\nint f(void) { return a; }\nint z;\n");
    uint32_t begin = 15, end = 40;
    Job job = {.kind = JOB_CUT,
               .path = STR("/t/a.c"),
               .text = text,
               .cut = {.key = 7, .begin = begin, .end = end}};
    const Str later[] = {STR("z"), STR("zz")};
    job.cut.later = (StrSpan){later, 2};
    Cuts *cuts = cuts_new();
    Cut *cut = cuts_take(cuts, &job, false);
    CHECK(cut);
    Str main = buf_str(&cut->main);
    uint32_t at = (uint32_t)str_find(main, STR("return"));
    CHECK_EQ(cut_offset_in_main(cut, at), str_find(text, STR("return")));
    CHECK_EQ(cut_offset_in_main(cut, 3), begin);
    CHECK_EQ(cut_offset_in_main(cut, cut->function_at + end - begin), end);
    CHECK_EQ(cut_offset_in_main(cut, (uint32_t)main.len), end + 1);
    uint32_t in_prefix = (uint32_t)str_find(buf_str(&cut->prefix.text), STR("int a"));
    CHECK_EQ(cut_offset_in_prefix(cut, in_prefix), str_find(text, STR("int a")));
    CHECK(cut_is_later(cut, STR("zz")));
    CHECK(!cut_is_later(cut, STR("f")));
    cut_replace(cut, STR("int f(void)\n{}"));
    CHECK_STR(buf_str(&cut->text), STR("/* a */ int a;\nint f(void)\n{}\nint z;\n"));
    CHECK_EQ(cut->lines.len, 5);
    job.text = STR("");
    CHECK(cuts_take(cuts, &job, false) == cut);
    CHECK(!cuts_take(cuts, &job, true));
    job.cut.key = 8;
    CHECK(!cuts_take(cuts, &job, false));
    cuts_forget(cuts, STR("/t/a.c"));
    CHECK(!cuts_find(cuts, STR("/t/a.c")));
    cuts_free(cuts);
}

// The second function is parsed behind the prefix of the first, as long as that stands.
TEST(a_function_further_down_shares_the_prefix)
{
    Str text =
        STR("int a;\nint f(void) { return a; }\n/* c\n */ int b; int g(void) { b; }\n");
    uint32_t first = 7, second = (uint32_t)str_find(text, STR("int g"));
    uint32_t pair[] = {first, first + 25, second, second + 18};
    Job job = {.kind = JOB_CUT,
               .path = STR("/t/a.c"),
               .text = text,
               .cut = {.key = 1,
                       .prefix_key = 1,
                       .begin = first,
                       .end = first + 25,
                       .functions = {(const char *)pair, sizeof pair}}};
    Cuts *cuts = cuts_new();
    Cut *cut = cuts_take(cuts, &job, false);
    CHECK_EQ(cut->prefix_end, first);
    CHECK_EQ(cut->middle.len, 0);
    job.cut.key = 2;
    job.cut.begin = second;
    job.cut.end = second + 18;
    cut = cuts_take(cuts, &job, false);
    CHECK_EQ(cut->prefix_key, 1);
    CHECK_EQ(cut->prefix_end, first);
    CHECK_STR(buf_str(&cut->middle), STR("int f(void) {           }\n\n    int b; "));
    Str main = buf_str(&cut->main);
    CHECK_EQ(cut_offset_in_main(cut, (uint32_t)str_find(main, STR("int f"))), first);
    CHECK_EQ(cut_offset_in_main(cut, (uint32_t)str_find(main, STR("int b"))),
             str_find(text, STR("int b")));
    CHECK_EQ(cut_offset_in_main(cut, (uint32_t)str_find(main, STR("b; }"))),
             str_find(text, STR("b; }")));
    // Another text in front of it: a prefix of its own.
    job.text =
        STR("int z;\nint f(void) { return a; }\n/* c\n */ int b; int g(void) { b; }\n");
    job.cut.key = 3;
    cut = cuts_take(cuts, &job, false);
    CHECK_EQ(cut->prefix_key, 3);
    CHECK_EQ(cut->prefix_end, second);
    cuts_free(cuts);
}
