#include "codegen/assembly/dialect.h"

enum {
    LINES_LOOKED_AT = 400, // that are neither blank nor comments
    SURE = 20,             // a witness that needs no second
};

typedef struct Witness {
    Str word; // in lower case
    AsmDialect dialect;
    uint32_t weight;
} Witness;

// The first word of a line, or the second behind a label.
static const Witness openers[] = {
    {STR_INIT(".intel_syntax"), DIALECT_X86_INTEL, 1000},
    {STR_INIT(".att_syntax"), DIALECT_X86_ATT, SURE},
    {STR_INIT(".code32"), DIALECT_X86_ATT, SURE},
    {STR_INIT(".code64"), DIALECT_X86_ATT, SURE},
    {STR_INIT(".arm"), DIALECT_A32_GNU, 5},
    {STR_INIT(".thumb"), DIALECT_A32_GNU, 5},
    {STR_INIT(".thumb_func"), DIALECT_A32_GNU, 5},
    {STR_INIT(".fpu"), DIALECT_A32_GNU, 5},
    {STR_INIT(".fnstart"), DIALECT_A32_GNU, 5},
    {STR_INIT(".code"), DIALECT_X86_MASM, 5},
    {STR_INIT(".model"), DIALECT_X86_MASM, SURE},
    {STR_INIT(".386"), DIALECT_X86_MASM, SURE},
    {STR_INIT(".686"), DIALECT_X86_MASM, SURE},
    {STR_INIT(".allocstack"), DIALECT_X86_MASM, 5},
    {STR_INIT(".pushreg"), DIALECT_X86_MASM, 5},
    {STR_INIT("public"), DIALECT_X86_MASM, 3},
    {STR_INIT("extern"), DIALECT_X86_NASM, 1},
    {STR_INIT("%macro"), DIALECT_X86_NASM, SURE},
    {STR_INIT("%include"), DIALECT_X86_NASM, SURE},
    {STR_INIT("%define"), DIALECT_X86_NASM, SURE},
    {STR_INIT("%ifdef"), DIALECT_X86_NASM, 5},
    {STR_INIT("%if"), DIALECT_X86_NASM, 5},
    {STR_INIT("[bits"), DIALECT_X86_NASM, SURE},
    {STR_INIT("bits"), DIALECT_X86_NASM, 5},
    {STR_INIT("cglobal"), DIALECT_X86_NASM, 5},
    {STR_INIT("section"), DIALECT_X86_NASM, 2},
    {STR_INIT("text"), DIALECT_GO, 1}, // TEXT ·f(SB)
    {STR_INIT("dnl"), DIALECT_M4, 5},
    {STR_INIT("area"), DIALECT_A64_ARMASM, 5},
    {STR_INIT("export"), DIALECT_A64_ARMASM, 1},
    {STR_INIT("import"), DIALECT_A64_ARMASM, 1},
    {STR_INIT("endp"), DIALECT_A64_ARMASM, 1},
    {STR_INIT("mend"), DIALECT_A64_ARMASM, 3},
    {STR_INIT("leaf_entry"), DIALECT_A64_ARMASM, 3},
    {STR_INIT("nested_entry"), DIALECT_A64_ARMASM, 3},
    {STR_INIT("textarea"), DIALECT_A64_ARMASM, 3},
};

// Instructions that one processor alone has. Those of x86 say nothing of the dialect.
static const Str x86_words[] = {
    STR_INIT("jmp"),    STR_INIT("je"),      STR_INIT("jne"),     STR_INIT("jz"),
    STR_INIT("jnz"),    STR_INIT("lea"),     STR_INIT("leaq"),    STR_INIT("movq"),
    STR_INIT("movl"),   STR_INIT("pushq"),   STR_INIT("popq"),    STR_INIT("call"),
    STR_INIT("callq"),  STR_INIT("xorl"),    STR_INIT("addq"),    STR_INIT("subq"),
    STR_INIT("cpuid"),  STR_INIT("leave"),   STR_INIT("shl"),     STR_INIT("movaps"),
    STR_INIT("movups"), STR_INIT("vmovdqa"), STR_INIT("vmovdqu"), STR_INIT("pxor")};
static const Str a32_words[] = {
    STR_INIT("ldmia"), STR_INIT("stmia"), STR_INIT("ldmfd"), STR_INIT("stmfd"),
    STR_INIT("stmdb"), STR_INIT("bx"),    STR_INIT("blx"),   STR_INIT("vpush"),
    STR_INIT("vpop"),  STR_INIT("pld"),   STR_INIT("ldmea"), STR_INIT("movw"),
    STR_INIT("movt"),  STR_INIT("rsb"),   STR_INIT("ldm"),   STR_INIT("stm"),
    STR_INIT("vmov"),  STR_INIT("vld1"),  STR_INIT("vst1"),  STR_INIT("ite"),
    STR_INIT("moveq"), STR_INIT("movne")};
static const Str a64_words[] = {STR_INIT("ldp"),  STR_INIT("stp"),   STR_INIT("cbz"),
                                STR_INIT("cbnz"), STR_INIT("tbz"),   STR_INIT("tbnz"),
                                STR_INIT("adrp"), STR_INIT("csel"),  STR_INIT("ldur"),
                                STR_INIT("stur"), STR_INIT("movk"),  STR_INIT("movz"),
                                STR_INIT("madd"), STR_INIT("csinc"), STR_INIT("cset"),
                                STR_INIT("br"),   STR_INIT("blr"),   STR_INIT("brk")};
// Of RISC-V, MIPS, PowerPC, LoongArch, S/390.
static const Str other_words[] = {
    STR_INIT("addi"),  STR_INIT("addiu"), STR_INIT("daddu"), STR_INIT("lui"),
    STR_INIT("auipc"), STR_INIT("jr"),    STR_INIT("jalr"),  STR_INIT("mflr"),
    STR_INIT("mtlr"),  STR_INIT("stw"),   STR_INIT("lwz"),   STR_INIT("std"),
    STR_INIT("stdu"),  STR_INIT("sd"),    STR_INIT("ld"),    STR_INIT("lw"),
    STR_INIT("sw"),    STR_INIT("ld.d"),  STR_INIT("st.d"),  STR_INIT("bctr"),
    STR_INIT("mtctr"), STR_INIT("stmg"),  STR_INIT("lmg"),   STR_INIT("fsd"),
    STR_INIT("lfd"),   STR_INIT("stfd"),  STR_INIT("sdc1")};
static const Str x86_registers[] = {
    STR_INIT("rax"), STR_INIT("rbx"),  STR_INIT("rcx"),  STR_INIT("rdx"),
    STR_INIT("rsi"), STR_INIT("rdi"),  STR_INIT("rsp"),  STR_INIT("rbp"),
    STR_INIT("eax"), STR_INIT("ebx"),  STR_INIT("ecx"),  STR_INIT("edx"),
    STR_INIT("esi"), STR_INIT("edi"),  STR_INIT("esp"),  STR_INIT("ebp"),
    STR_INIT("rip"), STR_INIT("xmm0"), STR_INIT("xmm1"), STR_INIT("ymm0")};

typedef struct Count {
    uint32_t of[DIALECT_COUNT];
    uint32_t x86, x86_att, a32, a64, other;
} Count;

static bool is_among(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(word, words[i]))
            return true;
    return false;
}

static bool is_word_char(char c)
{
    return is_word(c) || c == '.' || c == '%' || c == '$' || c == '[';
}

static Str take_word(Str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->len && is_word_char(rest->at[n]))
        n++;
    Str word = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return word;
}

// x0-x30, w0-w30 and v0.4s are A64's; r0-r15 are A32's and of many others'.
static void count_operand(Count *count, Str word)
{
    bool is_att = word.len > 1 && word.at[0] == '%';
    Str name = is_att ? str_from(word, 1) : word;
    if (is_among(name, x86_registers, COUNTOF(x86_registers))) {
        count->x86 += 2;
        count->x86_att += is_att ? 2 : 0;
        return;
    }
    if (name.len < 2 || is_att)
        return;
    char c = (char)(name.at[0] | 0x20);
    size_t digits = 1;
    while (digits < name.len && is_digit(name.at[digits]))
        digits++;
    if (digits == 1)
        return;
    if ((c == 'x' || c == 'w') && digits == name.len)
        count->a64 += 2;
    else if (c == 'v' && digits < name.len && name.at[digits] == '.')
        count->a64 += 2;
    else if (c == 'r' && digits == name.len)
        count->a32++;
    else if (name.at[0] == '$' && digits == name.len)
        count->other++;
}

// push {r4, lr}; mrc p15, #0, r1, c13, c0, #2
static bool takes_list(Str first, Str rest)
{
    Str arguments = str_trim(rest);
    if (str_eq_nocase(first, STR("push")) || str_eq_nocase(first, STR("pop")))
        return str_starts(arguments, STR("{"));
    return (str_eq_nocase(first, STR("mrc")) || str_eq_nocase(first, STR("mcr"))) &&
           str_starts(arguments, STR("p"));
}

static void count_words(Count *count, Str first, Str rest)
{
    for (size_t i = 0; i < COUNTOF(openers); i++)
        if (str_eq_nocase(first, openers[i].word))
            count->of[openers[i].dialect] += openers[i].weight;
    Str base = str_sub(first, 0, str_find_char(first, '.'));
    bool has_operand = str_trim(rest).len != 0;
    if (is_among(first, other_words, COUNTOF(other_words)))
        count->other += 2;
    else if (is_among(first, x86_words, COUNTOF(x86_words)))
        count->x86++;
    else if (is_among(base, a32_words, COUNTOF(a32_words)) || takes_list(first, rest))
        count->a32 += 2;
    else if (has_operand && is_among(base, a64_words, COUNTOF(a64_words)))
        count->a64 += 2;
    for (size_t n = 0; n < 8 && rest.len; n++) {
        while (rest.len && !is_word_char(rest.at[0]))
            rest = str_from(rest, 1);
        count_operand(count, take_word(&rest));
    }
}

// False: it is blank, or a comment.
static bool count_line(Count *count, Str line)
{
    bool is_indented = line.len && is_space(line.at[0]);
    Str text = str_trim(line);
    if (!text.len || text.at[0] == '#' || text.at[0] == ';' || text.at[0] == '@' ||
        str_starts(text, STR("//")) || str_starts(text, STR("/*")) || text.at[0] == '*')
        return false;
    if (str_starts(text, STR("TEXT ")) && str_has(text, STR("(SB)")))
        count->of[DIALECT_GO] += SURE;
    if (str_starts(text, STR("PROLOGUE(")) || str_starts(text, STR("include_mpn(")) ||
        str_starts(text, STR("define(")))
        count->of[DIALECT_M4] += SURE;
    Str comment = str_sub(text, 0, str_find(text, STR("//")));
    Str rest = str_sub(comment, 0, str_find(comment, STR(" ;")));
    Str first = take_word(&rest);
    if (rest.len && rest.at[0] == ':')
        first = (rest = str_from(rest, 1), take_word(&rest));
    Str ahead = rest, second = take_word(&ahead);
    if (!is_indented &&
        (str_eq_nocase(second, STR("proc")) || str_eq_nocase(second, STR("function"))))
        count->of[DIALECT_A64_ARMASM]++; // MASM's, too; the processor decides
    count_words(count, first, rest);
    return true;
}

static AsmDialect settle(const Count *count)
{
    if (count->of[DIALECT_GO] >= SURE)
        return DIALECT_GO;
    if (count->of[DIALECT_M4] >= SURE)
        return DIALECT_M4;
    bool is_armasm = count->of[DIALECT_A64_ARMASM] >= 2;
    if (count->x86 > count->a64 && count->x86 > count->a32) {
        if (count->of[DIALECT_X86_INTEL])
            return DIALECT_X86_INTEL;
        if (count->of[DIALECT_X86_NASM] >= 4 && !is_armasm)
            return DIALECT_X86_NASM;
        if (count->x86_att)
            return DIALECT_X86_ATT;
        return count->of[DIALECT_X86_NASM] > count->of[DIALECT_X86_MASM]
                   ? DIALECT_X86_NASM
                   : DIALECT_X86_MASM;
    }
    if (count->of[DIALECT_X86_NASM] >= SURE)
        return DIALECT_X86_NASM;
    if (count->of[DIALECT_X86_MASM] >= SURE)
        return DIALECT_X86_MASM;
    if (count->other > count->a64 && count->other > count->a32)
        return DIALECT_OTHER;
    if ((count->of[DIALECT_A32_GNU] >= 5 && count->a32 >= count->a64) ||
        count->a32 > 2 * count->a64)
        return is_armasm ? DIALECT_A32_ARMASM : DIALECT_A32_GNU;
    if (count->a64)
        return is_armasm ? DIALECT_A64_ARMASM : DIALECT_A64_GNU;
    return is_armasm ? DIALECT_A64_ARMASM : DIALECT_UNKNOWN;
}

AsmDialect asm_dialect(Str text)
{
    Count count = {0};
    Str rest = text, line;
    for (size_t n = 0; n < LINES_LOOKED_AT && str_take_line(&rest, &line);)
        n += count_line(&count, line);
    return settle(&count);
}

Str asm_dialect_name(AsmDialect dialect)
{
    static const Str names[DIALECT_COUNT] = {
        [DIALECT_UNKNOWN] = STR_INIT("assembly without a mark of any processor"),
        [DIALECT_A64_GNU] = STR_INIT("GNU assembly for AArch64"),
        [DIALECT_A64_ARMASM] = STR_INIT("armasm64 assembly"),
        [DIALECT_A32_GNU] = STR_INIT("GNU assembly for 32-bit Arm"),
        [DIALECT_A32_ARMASM] = STR_INIT("armasm assembly for 32-bit Arm"),
        [DIALECT_X86_ATT] = STR_INIT("x86 assembly (AT&T syntax)"),
        [DIALECT_X86_INTEL] = STR_INIT("x86 assembly (GNU, Intel syntax)"),
        [DIALECT_X86_MASM] = STR_INIT("x86 assembly (MASM)"),
        [DIALECT_X86_NASM] = STR_INIT("x86 assembly (NASM)"),
        [DIALECT_GO] = STR_INIT("Go's assembly"),
        [DIALECT_M4] = STR_INIT("assembly behind m4"),
        [DIALECT_OTHER] = STR_INIT("assembly for another processor"),
    };
    return names[dialect];
}
