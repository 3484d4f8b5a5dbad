#include "codegen/frontend/document.h"
#include "codegen/frontend/language.h"
#include "codegen/frontend/lexical.h"

#include "tests/unit/harness.h"

enum { TEXT_BYTES_MAX = 16 * 1024 * 1024 };

// "2:14-17 EC501 ..." for each finding: line, byte columns, code; lines from 0.
static Str found(Arena *arena, const Job *job)
{
    Unit unit;
    unit_init(&unit, arena, job);
    lexical_run(&unit);
    Str all = {0};
    for (uint32_t i = 0; i < unit.findings.len; i++) {
        const Finding *f = &unit.findings.at[i];
        all = arena_format(arena, "%.*s%s%u:%u-%u EC%u", STR_ARG(all), i ? ", " : "",
                           f->at.start.line, f->at.start.byte, f->at.end.byte, f->number);
    }
    unit_done(&unit);
    return all;
}

static void check_found(const Job *job, Str expected, const char *file, int line)
{
    Arena arena;
    arena_init(&arena, TEXT_BYTES_MAX);
    check_str(found(&arena, job), expected, "found", "expected", file, line);
    arena_done(&arena);
}

#define CHECK_FOUND(source, expected)                                                    \
    check_found(&(Job){.path = STR("/a.c"), .text = STR(source)}, STR(expected),         \
                __FILE__, __LINE__)

TEST(lexical_places_registers_in_literals)
{
    CHECK_FOUND("void f(void) { __asm__(\"mov x13, x0\"); }", "0:28-31 EC501");
    CHECK_FOUND("void f(void)\n{\n    asm volatile(\"mov w0, w1\\n\\t\"\n"
                "                 \"fadd v16.4s, v0.4s, v1.4s\\n\" ::: \"memory\");\n}\n",
                "3:23-29 EC502");
    CHECK_FOUND("asm(\"a:\\tmov x18, \\x78\\x31\\63\\n\");",
                "0:13-16 EC503, 0:18-29 EC501");
    CHECK_FOUND("asm(R\"(ld1 {v16.4s, v17.4s}, [x0]\n mov x28, x0)\");",
                "0:11-27 EC502, 1:5-8 EC501");
    CHECK_FOUND("asm(\"mov x1\" \"3, x0\");", "0:9-15 EC501");
    CHECK_FOUND("asm /* c */ volatile // d\n (\"mov x28, x0\" : : );", "1:7-10 EC501");
    CHECK_FOUND("asm(\"ptrue p0.b\");", "0:11-15 EC502");
}

// Reading ends behind the last keyword, wherever it seems to stand.
TEST(lexical_reads_as_far_as_there_is_assembly)
{
    CHECK_FOUND("int plasma; void f(void) { asm(\"mov x13, x0\"); } int asmodeus;",
                "0:36-39 EC501");
    CHECK_FOUND("void f(void) { asm(\"mov x13, x0\"); } // asm", "0:24-27 EC501");
    CHECK_FOUND("asm(\"mov x13, x0\")", "0:9-12 EC501");
    CHECK_FOUND("void f(void) { __asm__(\"mov x13, x0\"); __asm(\"mov x14, x0\"); }",
                "0:28-31 EC501, 0:50-53 EC501");
    CHECK_FOUND("asm", "");
    CHECK_FOUND("", "");
}

TEST(lexical_tells_nothing_of_clean_code)
{
    CHECK_FOUND("int x13; char *s = \"mov x13, x0\"; // asm(\"mov x13, x0\")\n"
                "#define A asm(\"mov x13, x0\")\n",
                "");
    CHECK_FOUND("void f(void) { __asm__(\"ldr %0, [x18, #0x30]\" : \"=r\"(p)); }", "");
    CHECK_FOUND(
        "void f(void) { __asm__ __volatile__(\"add %x0, %x[x13], %2\" :: \"r\"(x28)); }",
        "");
    CHECK_FOUND("int g(void) __asm__(\"x13\"); int asm_x13(int);", "");
}

TEST(lexical_leaves_what_a_macro_supplies)
{
    CHECK_FOUND("asm(\"mov \" REG \", x13\");", "");
    CHECK_FOUND("asm(REG);", "");
    CHECK_FOUND("asm(L\"mov x13, x0\");", "");
    CHECK_FOUND("asm(\"mov x13, x0\"", "");
    CHECK_FOUND(
        "void f() { __asm { mov x13, x0 } __asm mov x13, x0\n asm(\"mov x14, x0\"); }",
        "1:10-13 EC501");
    CHECK_FOUND("asm(\"mov x0, x1\\n\"\n#ifdef A\n\"mov x13, x0\"\n#endif\n);", "");
}

TEST(lexical_skips_conditions)
{
    CHECK_FOUND(
        "#ifdef __aarch64__\nasm(\"mov x13, x0\");\n#endif\nasm(\"mov x14, x0\");",
        "3:9-12 EC501");
    CHECK_FOUND("#if 1\n#if 0\n#else\nasm(\"mov x13, x0\");\n#endif\n"
                "asm(\"mov x13, x0\");\n#endif\n",
                "");
}

TEST(lexical_sees_include_guards)
{
    CHECK_FOUND("// head\n#pragma once\n#ifndef A_H\n#define A_H\nasm(\"mov x13, x0\");\n"
                "#ifdef B\nasm(\"mov x13, x0\");\n#endif\n#endif\n",
                "4:9-12 EC501");
    CHECK_FOUND("#if !defined(A_H)\n#define A_H 1\nasm(\"mov x13, x0\");\n#endif\n",
                "2:9-12 EC501");
    CHECK_FOUND("#ifndef A_H\n#include <a.h>\nasm(\"mov x13, x0\");\n#endif\n", "");
    CHECK_FOUND("int x;\n#ifndef A\n#define A\nasm(\"mov x13, x0\");\n#endif\n", "");
    CHECK_FOUND("#ifndef A\n#define A\n#else\nasm(\"mov x13, x0\");\n#endif\n", "");
    CHECK_FOUND("#ifdef A\n#define A\nasm(\"mov x13, x0\");\n#endif\n", "");
}

TEST(lexical_register_variables)
{
    CHECK_FOUND("void f(void) { register long r __asm__(\"x28\") = 1; }",
                "0:40-43 EC517");
    CHECK_FOUND("register void *teb asm(\"x18\"); register int a asm(\"w9\");", "");
    CHECK_FOUND("void f() { register long a asm(\"x0\") = 1, b asm(\"v16\"); }",
                "0:49-52 EC517");
    CHECK_FOUND("int a; int b asm(\"x13\"); void f() { asm(\"x13\"); }", "");
}

TEST(lexical_notes_registers_for_hover)
{
    const Job job = {.path = STR("/a.c"), .text = STR("asm(\"mov x13, lr\");")};
    Arena arena;
    Unit unit;
    arena_init(&arena, TEXT_BYTES_MAX);
    unit_init(&unit, &arena, &job);
    lexical_run(&unit);
    CHECK_EQ(unit.registers.len, 2);
    if (unit.registers.len == 2) {
        CHECK_STR(unit.registers.at[1].name, STR("lr"));
        CHECK_EQ(unit.registers.at[1].at.start.byte, 14);
        CHECK_EQ(unit.registers.at[1].at.end.byte, 16);
    }
    unit_done(&unit);
    arena_done(&arena);
}

TEST(lexical_languages)
{
    Str text = STR("asm(\"mov x13, x0\");");
    const Job c = {.path = STR("/a"), .language_id = STR("c"), .text = text};
    const Job cpp = {.path = STR("/a.txx"), .language_id = STR("cpp"), .text = text};
    const Job rust = {.path = STR("/a.c"), .language_id = STR("rust"), .text = text};
    const Job header = {.path = STR("/a.hpp"), .text = text};
    const Job other = {.path = STR("/a.rs"), .text = text};
    CHECK(document_is_c_family(&c) && document_is_c_family(&cpp) &&
          document_is_c_family(&header));
    CHECK(!document_is_c_family(&rust) && !document_is_c_family(&other));
    check_found(&rust, STR(""), __FILE__, __LINE__);
    check_found(&cpp, STR("0:9-12 EC501"), __FILE__, __LINE__);
}
