// The template expander: the map is whole and ordered, lines stay lines, no '%' reference
// is left, and no operand gets a register that Arm64EC disallows. The first line of the
// input are the operands' constraints, separated by blanks; the rest is the template.
#include "codegen/frontend/asm_template.h"
#include "codegen/frontend/asm_text.h"

enum { ARENA_BYTES_MAX = 64 * 1024 * 1024, TEXT_BYTES_MAX = 4096, OPERANDS_MAX = 30 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static uint32_t read_operands(Str line, AsmOperandUse operands[OPERANDS_MAX])
{
    uint32_t n = 0;
    while (line.len && n < OPERANDS_MAX) {
        size_t blank = str_find_char(line, ' ');
        Str word = str_sub(line, 0, blank);
        size_t at = str_find_char(word, '@');
        operands[n] = (AsmOperandUse){.constraint = str_sub(word, 0, at),
                                      .name = n % 2 ? STR("odd") : STR(""),
                                      .bound = str_from(word, at + 1),
                                      .bits = n % 3 * 64};
        line = str_from(line, blank + 1);
        n++;
    }
    return n;
}

static uint32_t count_newlines(Str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '\n';
    return n;
}

// "v1%0" makes a register of two halves, which is nobody's operand.
static bool has_glue(Str text)
{
    for (size_t i = 1; i < text.len; i++)
        if (text.at[i] == '%' && !is_space(text.at[i - 1]))
            return true;
    return str_has(text, STR("%=")) || str_has(text, STR("%%"));
}

// What stands for operands must not be judged: nobody wrote it.
static void check_registers(Arena *arena, const AsmExpansion *expansion)
{
    AsmRegisters found = {0};
    asm_scan(arena, expansion->text, &found);
    for (uint32_t i = 0; i < expansion->n_lines; i++)
        if (!expansion->is_certain[i]) // a '%' that starts nothing
            return;
    for (uint32_t i = 0; i < found.len; i++)
        CHECK_BUG(found.at[i].verdict == ASM_FINE ||
                  found.at[i].verdict == ASM_X18_WRITTEN ||
                  found.at[i].verdict == ASM_SVE);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n > TEXT_BYTES_MAX)
        return -1;
    Arena arena;
    AsmOperandUse operands[OPERANDS_MAX];
    AsmExpansion expansion;
    Str rest = {(const char *)bytes, n};
    size_t line = str_find_char(rest, '\n');
    uint32_t n_operands = read_operands(str_sub(rest, 0, line), operands);
    Str text = str_from(rest, line + 1);
    arena_init(&arena, ARENA_BYTES_MAX);
    asm_template_expand(&arena, text, operands, n_operands, &expansion);
    CHECK_BUG(expansion.n_lines == count_newlines(expansion.text) + 1);
    CHECK_BUG(expansion.n_lines <= count_newlines(text) + 1);
    CHECK_BUG(expansion.source[expansion.text.len] == text.len);
    for (size_t i = 0; i < expansion.text.len; i++) {
        CHECK_BUG(expansion.source[i] < text.len);
        CHECK_BUG(expansion.source[i] <= expansion.source[i + 1]);
        if (text.at[expansion.source[i]] != '%')
            CHECK_BUG(text.at[expansion.source[i]] == expansion.text.at[i]);
    }
    AsmRegisters named = {0};
    bool has_bound = false;
    asm_scan(&arena, text, &named);
    for (uint32_t i = 0; i < n_operands; i++)
        has_bound |= operands[i].bound.len || str_has(operands[i].constraint, STR("{"));
    if (!named.len && !has_bound && !has_glue(text))
        check_registers(&arena, &expansion);
    arena_done(&arena);
    return 0;
}
