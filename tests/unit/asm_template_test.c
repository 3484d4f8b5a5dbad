#include "codegen/frontend/asm_template.h"

#include "tests/unit/harness.h"

enum { TEXT_BYTES_MAX = 1024 * 1024, OPERANDS_MAX = 40 };

// Operands from "[name]constraint@bound/bits|...": only what is needed is written.
static uint32_t read_operands(Str list, AsmOperandUse operands[OPERANDS_MAX])
{
    uint32_t n = 0;
    while (list.len && n < OPERANDS_MAX) {
        size_t end = str_find_char(list, '|');
        Str item = str_sub(list, 0, end);
        list = str_from(list, end + 1);
        AsmOperandUse *use = &operands[n++];
        *use = (AsmOperandUse){0};
        if (str_starts(item, STR("<"))) {
            size_t close = str_find_char(item, '>');
            use->name = str_sub(item, 1, close);
            item = str_from(item, close + 1);
        }
        size_t slash = str_find_char(item, '/');
        uint64_t bits = 0;
        if (str_to_u64(str_from(item, slash + 1), &bits))
            use->bits = (uint32_t)bits;
        item = str_sub(item, 0, slash);
        size_t at = str_find_char(item, '@');
        use->bound = str_from(item, at + 1);
        use->constraint = str_sub(item, 0, at);
        use->is_output = str_starts(item, STR("=")) || str_starts(item, STR("+"));
    }
    return n;
}

// The expansion; lines that are guesses get a '?' in front.
static Str expanded(Arena *arena, Str text, Str list)
{
    AsmOperandUse operands[OPERANDS_MAX];
    AsmExpansion expansion;
    asm_template_expand(arena, text, operands, read_operands(list, operands), &expansion);
    Str rest = expansion.text, all = {0};
    for (uint32_t line = 0; line < expansion.n_lines; line++) {
        size_t end = str_find_char(rest, '\n');
        all = arena_format(arena, "%.*s%s%s%.*s", STR_ARG(all), line ? "\n" : "",
                           expansion.is_certain[line] ? "" : "?", (int)end, rest.at);
        rest = str_from(rest, end + 1);
    }
    CHECK_EQ(rest.len, 0);
    return all;
}

#define CHECK_EXPANDED(text, operands, expected)                                         \
    do {                                                                                 \
        Arena arena;                                                                     \
        arena_init(&arena, TEXT_BYTES_MAX);                                              \
        CHECK_STR(expanded(&arena, STR(text), STR(operands)), STR(expected));            \
        arena_done(&arena);                                                              \
    } while (0)

TEST(asm_template_registers)
{
    CHECK_EXPANDED("add %0, %1, %2", "=r|r|r", "add x0, x1, x2");
    CHECK_EXPANDED("add %w0, %w1, %x2", "=&r|r|r", "add w0, w1, x2");
    CHECK_EXPANDED("fadd %d0, %d1, %d2\nfadd %0.4s, %1.4s, %2.4s", "=w|w|x",
                   "fadd d0, d1, d2\nfadd v0.4s, v1.4s, v2.4s");
    CHECK_EXPANDED("ldr %q0, [%1]\nldr %b0, [%1]\nmov %h0, %s0", "=w|r",
                   "ldr q0, [x0]\nldr b0, [x0]\nmov h0, s0");
    CHECK_EXPANDED("add %z0.s, %z1.s, %z1.s", "=w|w", "add z0.s, z1.s, z1.s");
}

TEST(asm_template_names)
{
    CHECK_EXPANDED("ldr %w[out], [%[in], #4]", "<out>=r|<in>r", "ldr w0, [x1, #4]");
    CHECK_EXPANDED("mov %[nobody], x1\nmov %0, x1", "=r", "?mov x0, x1\nmov x0, x1");
}

TEST(asm_template_memory)
{
    CHECK_EXPANDED("ldxr %w0, %2\nadd %w0, %w0, %w3\nstxr %w1, %w0, %2", "=&r|=&r|+Q|r",
                   "ldxr w0, [x2]\nadd w0, w0, w3\nstxr w1, w0, [x2]");
    CHECK_EXPANDED("ldr %0, %1\nprfm pldl1keep, %a2", "=r|m|r",
                   "ldr x0, [x1]\nprfm pldl1keep, [x2]");
    CHECK_EXPANDED("ldr %0, %x1", "=r|m", "?ldr x0, [x1]");
}

TEST(asm_template_guesses)
{
    CHECK_EXPANDED("lsl %0, %1, %2\nnop", "=r|r|i", "?lsl x0, x1, 1\nnop");
    CHECK_EXPANDED("mov %0, %n1\nmov %0, #%c1", "=r|n", "?mov x0, -1\n?mov x0, #1");
    CHECK_EXPANDED("add %0, %0, %1", "+r|rI", "?add x0, x0, x1");
    CHECK_EXPANDED("bl %0", "S", "?bl asm_symbol");
    CHECK_EXPANDED("mov x9, %0", "g", "?mov x9, x0");
    CHECK_EXPANDED("mov %H0, %9\nmov %0, %Q", "=r", "?mov x0, x0\n?mov x0, Q");
    CHECK_EXPANDED("mov %d0, x1", "=r", "?mov x0, x1");
    CHECK_EXPANDED("mov %w0, w1", "=w", "?mov v0, w1");
    CHECK_EXPANDED("casp %0, %1, [x9]", "+r/128|r", "?casp x0, x1, [x9]");
    CHECK_EXPANDED("cset %w0, eq", "=r,m", "?cset w0, eq");
}

TEST(asm_template_no_clash)
{
    CHECK_EXPANDED("mov x0, %0\nstp x1, x2, [%1]", "r|r", "mov x0, x3\nstp x1, x2, [x4]");
    CHECK_EXPANDED("mov w3, %w0\nmov v0.d[0], %1", "r@x0|r",
                   "mov w3, w0\nmov v0.d[0], x1");
    CHECK_EXPANDED("svc #0 // %0 %1 %2", "=r@x0|r@x8|{x1}", "svc #0 // x0 x8 x1");
    CHECK_EXPANDED("fmov %d0, %1", "w@v9|r", "fmov d9, x0");
}

TEST(asm_template_matching)
{
    CHECK_EXPANDED("add %0, %1, %2", "=r|0|r", "add x0, x0, x1");
    CHECK_EXPANDED("add %0, %1, %2", "=r|[out]|r", "?add x0, x1, x2");
    CHECK_EXPANDED("add %0, %1, %2", "<out>=r|[out]|r", "add x0, x0, x1");
    CHECK_EXPANDED("add %d0, %d1, %d1", "=w|0", "add d0, d0, d0");
}

TEST(asm_template_plain_text)
{
    CHECK_EXPANDED("ld1 {v0.4s, %0.4s}, [%1]", "w|r", "ld1 {v0.4s, v1.4s}, [x0]");
    CHECK_EXPANDED("{add|sub} %%x0 %{%}", "", "{add|sub} %x0 {}");
    CHECK_EXPANDED(".Lloop%=: b .Lloop%=", "", ".Lloop0: b .Lloop0");
    CHECK_EXPANDED("cbz %0, %l[fail]\nb %l1", "r",
                   "cbz x0, asm_goto_label\nb asm_goto_label");
    CHECK_EXPANDED("", "", "");
    CHECK_EXPANDED("nop\n", "", "nop\n");
    CHECK_EXPANDED("mov x0, %", "", "?mov x0, ");
    CHECK_EXPANDED("mov x0, %[open", "", "?mov x0, [open");
}

TEST(asm_template_shows_no_disallowed_register)
{
    CHECK_EXPANDED("%0%1%2%3%4%5%6%7%8%9%10%11%12%13%14%15%16%17",
                   "r|r|r|r|r|r|r|r|r|r|r|r|r|r|r|r|r|r",
                   "x0x1x2x3x4x5x6x7x8x9x10x11x12x15x16x17x19x20");
    // More than there are: the last one is a guess.
    CHECK_EXPANDED("%15\n%16", "w|w|w|w|w|w|w|w|w|w|w|w|w|w|w|w|w", "v15\n?v0");
}

TEST(asm_template_maps)
{
    Arena arena;
    arena_init(&arena, TEXT_BYTES_MAX);
    AsmOperandUse operands[OPERANDS_MAX];
    uint32_t n = read_operands(STR("=r|<p>r"), operands);
    AsmExpansion expansion;
    //                              0123456789012345
    asm_template_expand(&arena, STR("ld %w0, [%x[p]]\n"), operands, n, &expansion);
    CHECK_STR(expansion.text, STR("ld w0, [x1]\n"));
    static const uint32_t expected[] = {0, 1, 2, 3, 3, 6, 7, 8, 9, 9, 14, 15, 16};
    for (size_t i = 0; i < COUNTOF(expected); i++)
        CHECK_EQ(expansion.source[i], expected[i]);
    CHECK_EQ(expansion.n_lines, 2);
    arena_done(&arena);
}

// Linux, glibc, ffmpeg, gemmlowp: what a person would write down for them.
TEST(asm_template_real_shapes)
{
    CHECK_EXPANDED("\tprfm\tpstl1strm, %2\n1:\tldxr\t%w0, %2\n\tadd\t%w0, %w0, %w3\n"
                   "\tstxr\t%w1, %w0, %2\n\tcbnz\t%w1, 1b",
                   "=&r|=&r|+Q|Ir",
                   "\tprfm\tpstl1strm, [x2]\n1:\tldxr\tw0, [x2]\n?\tadd\tw0, w0, w3\n"
                   "\tstxr\tw1, w0, [x2]\n\tcbnz\tw1, 1b");
    CHECK_EXPANDED("msr tpidr_el0, %0\nmrs %1, cntvct_el0\ndc civac, %0", "r|=r",
                   "msr tpidr_el0, x0\nmrs x1, cntvct_el0\ndc civac, x0");
    CHECK_EXPANDED("ld1 {v0.16b}, [%[lhs]], #16\nsubs %w[k], %w[k], #16\nbne 1b",
                   "<lhs>+r|<k>+r", "ld1 {v0.16b}, [x0], #16\nsubs w1, w1, #16\nbne 1b");
    CHECK_EXPANDED("umull %x0, %w1, %w2\numulh %0, %1, %2", "=r|r|r",
                   "umull x0, w1, w2\numulh x0, x1, x2");
}
