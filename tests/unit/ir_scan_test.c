#include "codegen/ir/ir_scan.h"

#include <stdio.h>

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 1 << 24 };

typedef struct Bench {
    Arena arena;
    IrScan scan;
} Bench;

static void bench_init(Bench *b, Str text)
{
    arena_init(&b->arena, ARENA_BYTES_MAX);
    ir_scan(&b->scan, &b->arena, text);
}

static Str span_text(const Bench *b, IrSpan span)
{
    return str_sub(b->scan.text, span.begin, span.end);
}

static Str callee(const Bench *b, uint32_t i)
{
    return i < b->scan.sites.len ? span_text(b, b->scan.sites.at[i].callee) : STR("-");
}

TEST(ir_words_of_the_language)
{
    static const struct {
        const char *text;
        IrTokenKind kind;
    } rows[] = {
        {"; to the end", IR_COMMENT},
        {"\"a;b\"", IR_STRING},
        {"c\"a\\00\"", IR_STRING},
        {"-12", IR_NUMBER},
        {"1.5e+3", IR_NUMBER},
        {"0xH3C00", IR_NUMBER},
        {"define", IR_WORD},
        {"i32", IR_WORD},
        {"@f", IR_GLOBAL},
        {"@\"a b\"", IR_GLOBAL},
        {"@0", IR_GLOBAL},
        {"%x.y-1", IR_LOCAL},
        {"!llvm.ident", IR_METADATA},
        {"!0", IR_METADATA},
        {"#0", IR_GROUP},
        {"#dbg_value", IR_RECORD},
        {"$f", IR_COMDAT},
        {"^1", IR_SUMMARY},
        {"entry:", IR_LABEL},
        {"1:", IR_LABEL},
        {"\"a b\":", IR_LABEL},
        {"(", IR_MARK},
        {"@", IR_MARK},
        {"\xff", IR_MARK},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        IrLexer lexer = {str_of(rows[i].text), 0};
        IrToken token = ir_next(&lexer);
        CHECK_EQ(token.kind, rows[i].kind);
        CHECK_EQ(token.end, lexer.text.len);
        CHECK_EQ(ir_next(&lexer).kind, IR_END);
    }
}

// A string that is not closed ends with its line.
TEST(ir_strings_end_with_their_line)
{
    IrLexer lexer = {STR("target triple = \"arm\ndefine"), 16};
    CHECK_STR(ir_text(&lexer, ir_next(&lexer)), STR("\"arm"));
    CHECK_STR(ir_text(&lexer, ir_next(&lexer)), STR("define"));
}

TEST(ir_symbols)
{
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    CHECK_STR(ir_symbol(&arena, STR("@f")), STR("f"));
    CHECK_STR(ir_symbol(&arena, STR("@\"?f@@YAXXZ\"")), STR("?f@@YAXXZ"));
    CHECK_STR(ir_symbol(&arena, STR("@\"\\01_f\"")), STR("\01_f"));
    CHECK_STR(ir_symbol(&arena, STR("@\"a\\\\b\\22\"")), STR("a\\b\""));
    CHECK_STR(ir_symbol(&arena, STR("@\"\"")), STR(""));
    CHECK_STR(ir_symbol(&arena, STR("%\"open")), STR("open"));
    arena_done(&arena);
}

TEST(ir_scan_finds_functions_and_parameters)
{
    Bench b;
    bench_init(&b, STR("source_filename = \"a.c\"\n"
                       "target triple = \"arm64ec-pc-windows-msvc\"\n"
                       "%s = type { i8, [2 x i8] }\n"
                       "@g = global i32 1, align 4\n"
                       "@e = external global i32\n"
                       "@a = alias void (), ptr @f\n"
                       "define dso_local { i32, ptr } @f(%s %x, ptr sret(%s) align 8 %1, "
                       "...) #0 personality ptr @p {\n"
                       "  ret { i32, ptr } zeroinitializer\n"
                       "}\n"
                       "declare void @\"q r\"(i32)\n"
                       "attributes #0 = { nounwind }\n"
                       "!0 = !{}\n"));
    const IrScan *s = &b.scan;
    CHECK_STR(s->triple, STR("arm64ec-pc-windows-msvc"));
    REQUIRE(s->routines.len == 2);
    CHECK_STR(s->routines.at[0].symbol, STR("f"));
    CHECK(s->routines.at[0].is_definition && !s->routines.at[1].is_definition);
    REQUIRE(s->routines.at[0].n_parameters == 2);
    CHECK_STR(span_text(&b, s->routines.at[0].parameters[0]), STR("%s %x"));
    CHECK_STR(span_text(&b, s->routines.at[0].parameters[1]),
              STR("ptr sret(%s) align 8 %1"));
    CHECK_STR(s->routines.at[1].symbol, STR("q r"));
    CHECK(ir_routine(s, STR("q r")) == &s->routines.at[1]);
    CHECK(!ir_routine(s, STR("p")));
    REQUIRE(s->globals.len == 3);
    CHECK(s->globals.at[0].is_definition && !s->globals.at[1].is_definition);
    CHECK(s->globals.at[2].is_alias);
    CHECK_EQ(s->types.len, 1);
    CHECK_EQ(s->groups.len, 1);
    CHECK_EQ(s->nodes.len, 1);
    arena_done(&b.arena);
}

TEST(ir_scan_finds_what_is_called)
{
    Bench b;
    bench_init(&b,
               STR("define void @f(ptr %p) {\n"
                   "  call void @a()\n"
                   "  %x = tail call fastcc { i32, i8 } @b(ptr @not, i32 1)\n"
                   "  %y = call i32 (ptr, ...) @c(ptr null, i32 2)\n"
                   "  %z = call %s (i32) @d(i32 1)\n"
                   "  call %s %p()\n"
                   "  %w = invoke range(i32 0, 9) i32 @e() to label %k unwind label %l\n"
                   "  call void @llvm.va_start(ptr %p)\n"
                   "  call void asm sideeffect \"nop\", \"\"()\n"
                   "  call void inttoptr (i64 8 to ptr)()\n"
                   "  call void %p()\n"
                   "  %v = call <4 x i32> @\"g h\"(<4 x i32> poison)\n"
                   "  musttail call void @i()\n"
                   "  call addrspace(0) void @j() [ \"deopt\"(i32 1) ]\n"
                   "call:\n"
                   "  ret void\n"
                   "}\n"));
    static const char *const names[] = {"@a",       "@b", "@c",       "@d", "%p", "@e",
                                        "inttoptr", "%p", "@\"g h\"", "@i", "@j"};
    CHECK_EQ(b.scan.sites.len, COUNTOF(names));
    for (uint32_t i = 0; i < COUNTOF(names); i++)
        CHECK_STR(callee(&b, i), str_of(names[i]));
    CHECK_EQ(b.scan.assembly.len, 1);
    arena_done(&b.arena);
}

// One that is being typed costs no other.
TEST(ir_scan_goes_on_behind_broken_functions)
{
    static const char *const broken[] = {
        "define void @a(i32 %x\n",
        "define void @a() {\n  call void @f(\n",
        "define void @a() {\n  %x = add i32 { 1, \n",
        "define\n",
        "declare void\n",
        "@g = global [\n",
        "}}}}\n",
        "\"\n",
        "define void @a() { ; {{{\n  ret void\n  }\n",
    };
    for (size_t i = 0; i < COUNTOF(broken); i++) {
        Bench b;
        char text[200];
        snprintf(text, sizeof text, "%sdefine void @z() {\n  call void @y()\n}\n",
                 broken[i]);
        bench_init(&b, str_of(text));
        const IrRoutine *last = ir_routine(&b.scan, STR("z"));
        REQUIRE(last);
        CHECK_EQ(last->n_sites, 1);
        CHECK_STR(span_text(&b, b.scan.sites.at[last->first_site].callee), STR("@y"));
        arena_done(&b.arena);
    }
}
