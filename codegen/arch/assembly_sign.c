// Instructions by their mnemonic, registers and the form of their operands.
#include "codegen/arch/assembly_sign.h"

#include "codegen/frontend/asm_mnemonics.h"

static bool is_a64_mnemonic(Str word)
{
    return asm_mnemonic_writes(word) != ASM_NOT_A64;
}

// "vzip.8", "vld1.32", "vmov.f32", "vmull.p64": NEON as A32 writes it.
static bool is_neon32(Str mnemonic)
{
    size_t dot = str_find_char(mnemonic, '.');
    if (mnemonic.at[0] != 'v' || dot == mnemonic.len)
        return false;
    Str type = str_from(mnemonic, dot + 1);
    type = str_sub(type, 0, str_find_char(type, '.'));
    if (type.len && str_find_char(STR("iusfp"), type.at[0]) < 5)
        type = str_from(type, 1);
    return word_is_in(type, (Str[]){STR("8"), STR("16"), STR("32"), STR("64")}, 4);
}

// Registers of MIPS ("$t0", "$sp") and of SPARC ("%%g1", "%%o2"); "%r1", as Alpha and
// HPPA want an operand printed.
static bool is_other_register(Str name, char before, bool is_doubled)
{
    static const Str mips[] = {STR_INIT("at"), STR_INIT("gp"), STR_INIT("sp"),
                               STR_INIT("fp"), STR_INIT("ra"), STR_INIT("zero")};
    bool is_numbered = name.len == 2 && is_digit(name.at[1]);
    if (before == '$')
        return word_is_in(name, mips, COUNTOF(mips)) ||
               (is_numbered && str_find_char(STR("avtsk"), name.at[0]) < 5);
    if (before != '%' || !is_numbered)
        return false;
    return is_doubled ? str_find_char(STR("golif"), name.at[0]) < 5
                      : name.at[0] == 'r' && name.at[1] < '8';
}

// Whether the word at `begin` is the name of "%[name]" or "%w[name]", which is free.
static bool is_operand_name(Str operands, size_t begin)
{
    const char *c = operands.at + begin;
    return begin > 1 && c[-1] == '[' &&
           (c[-2] == '%' || (begin > 2 && c[-3] == '%' && is_alpha(c[-2])));
}

// What an operand's words tell; `ret_token` the word that does.
static Sign operand_sign(Instruction i, Str *ret_token)
{
    Str s = i.operands;
    for (size_t at = 0; at < s.len;) {
        size_t begin = at;
        while (at < s.len && (is_word(s.at[at]) || s.at[at] == '.'))
            at++;
        if (at == begin) {
            at++;
            continue;
        }
        if (is_operand_name(s, begin))
            continue;
        Str word = str_sub(s, begin, at);
        char before = begin ? s.at[begin - 1] : ' ';
        bool is_doubled = begin > 1 && s.at[begin - 2] == before;
        size_t shown = before == '%' ? begin - 1u - is_doubled : begin;
        *ret_token = str_sub(s, shown, at);
        bool is_register =
            register_is_x86(word) ||
            ((before == '%' || i.is_msvc) && register_is_short_x86(word)) ||
            (is_doubled && before == '%' && register_is_control_x86(word));
        if (is_register && before != '$')
            return SIGN_X86;
        if (is_other_register(word, before, is_doubled))
            return SIGN_OTHER;
        // "%0.16b", "%[x].4s"; "%w0" is an operand of a reference, not a register
        size_t dot = str_find_char(word, '.');
        bool is_reference = before == '%' || before == ']';
        Str name = is_reference && dot < word.len ? str_from(word, dot) : word;
        if ((before != '%' || dot < word.len) && before != '$' && register_is_a64(name))
            return SIGN_A64;
    }
    *ret_token = (Str){0};
    return SIGN_NONE;
}

// "%w0", "%x[name]": how A64 wants an operand printed; x86 has them, too, so the mnemonic
// must not be one of its own.
static bool has_a64_modifier(Str operands)
{
    for (size_t at = 0; at + 2 < operands.len; at++) {
        const char *c = operands.at + at;
        bool is_behind_percent = at && c[-1] == '%';
        if (c[0] == '%' && !is_behind_percent && (c[1] == 'w' || c[1] == 'x') &&
            (is_digit(c[2]) || c[2] == '['))
            return true;
    }
    return false;
}

// "#1", "#-4", "#%2"; a comment has a blank there.
static bool has_arm_immediate(Str operands)
{
    for (size_t at = 0; at + 1 < operands.len; at++) {
        char next = operands.at[at + 1];
        if (operands.at[at] == '#' && (is_word(next) || next == '-' || next == '%'))
            return true;
    }
    return false;
}

// "[%1]", "[sp, #8]"; not "%[name]", not "%w[name]".
static bool has_arm_memory(Str operands)
{
    for (size_t at = 0; at < operands.len; at++) {
        const char *c = operands.at + at;
        bool is_name = (at && c[-1] == '%') || (at > 1 && c[-2] == '%');
        if (*c == '[' && !is_name)
            return true;
    }
    return false;
}

// Memory and immediates as Arm has them; SuperH has immediates first.
static bool has_arm_form(Instruction i)
{
    Str rest = str_from(i.operands, str_find_char(i.operands, ','));
    return has_arm_immediate(rest) || has_arm_memory(rest);
}

static bool has_word_x(Instruction i) // a bare x0 to x30, which RISC-V has, too
{
    Str s = i.operands;
    for (size_t at = 0; at < s.len; at++) {
        if (s.at[at] != 'x' || (at && (is_word(s.at[at - 1]) || s.at[at - 1] == '%')))
            continue;
        if (at + 1 < s.len && is_digit(s.at[at + 1]))
            return true;
    }
    return false;
}

static Sign mnemonic_sign(Instruction i)
{
    Str m = i.mnemonic;
    if (is_neon32(m))
        return SIGN_A32;
    if (str_starts(m, STR("b.")) && m.len == 4)
        return SIGN_A64;
    bool is_list = str_find_char(i.operands, '{') < i.operands.len;
    if (is_list &&
        word_is_in(m, (Str[]){STR("push"), STR("pop"), STR("ldm"), STR("stm")}, 4))
        return SIGN_A32;
    if (is_list && m.len == 3 && (str_starts(m, STR("ld")) || str_starts(m, STR("st"))) &&
        is_digit(m.at[2]))
        return SIGN_A64;
    if (str_eq(m, STR("lea")) && str_has(i.operands, STR("(%")))
        return SIGN_X86;
    if (str_eq(m, STR("int")) && i.n_operands == 1)
        return SIGN_X86;
    if (str_eq(m, STR("std")) && i.n_operands == 0)
        return SIGN_X86;
    if (i.is_msvc && word_is_in(m, (Str[]){STR("_emit"), STR("__emit")}, 2))
        return SIGN_X86;
    bool is_crc = word_is_in(
        m, (Str[]){STR("crc32b"), STR("crc32w"), STR("crc32h"), STR("crc32")}, 4);
    if (is_crc)
        return i.n_operands == 3 ? SIGN_ARM : i.n_operands == 2 ? SIGN_X86 : SIGN_NONE;
    if (word_is_in(m, (Str[]){STR("dc"), STR("ic")}, 2))
        return (i.n_operands == 2 && is_alpha(i.operands.at[0])) ||
                       str_starts(i.operands, STR("iallu"))
                   ? SIGN_A64
                   : SIGN_NONE;
    if (word_is_in(m, (Str[]){STR("umull"), STR("smull"), STR("umlal"), STR("smlal")},
                   4) &&
        i.n_operands == 4)
        return SIGN_A32;
    if (word_is_in(
            m, (Str[]){STR("hint"), STR("svc"), STR("brk"), STR("hlt"), STR("smc")}, 5) &&
        str_starts(i.operands, STR("#")))
        return str_eq(m, STR("brk")) || str_eq(m, STR("hlt")) ? SIGN_A64 : SIGN_ARM;
    if (word_is_in(m, (Str[]){STR("hlt"), STR("pause")}, 2) && i.n_operands)
        return SIGN_NONE;
    if (mnemonic_is_x86(m, i.n_operands)) // m68k has "addl #1,%0"
        return has_arm_immediate(i.operands) ? SIGN_NONE : SIGN_X86;
    bool is_load = str_starts(m, STR("ldr")) || str_starts(m, STR("str"));
    bool is_swap = str_starts(m, STR("cas")) || str_starts(m, STR("swp"));
    // MIPS has "ldr %0, 7(%1)"
    bool is_other_load = is_load && str_find_char(i.operands, '(') < i.operands.len;
    if (is_other_load || (is_load && i.n_operands < 2) ||
        (is_swap && !has_arm_memory(i.operands)))
        return SIGN_NONE;
    if (str_eq(m, STR("eor")) && i.n_operands == 3)
        return SIGN_ARM;
    return mnemonic_of_arm(m);
}

// "0x0f, 0x01, 0xd0": a prefix or the first byte of one of x86's longer opcodes.
static bool is_x86_opcode(Str bytes)
{
    static const uint8_t first[] = {0x0F, 0x48, 0x62, 0x66, 0x67, 0xC4,
                                    0xC5, 0xC7, 0xCC, 0xF0, 0xF2, 0xF3};
    if (!str_starts(bytes, STR("0x")))
        return false;
    unsigned value = 0;
    for (size_t at = 2; at < bytes.len && at < 5 && is_hex(bytes.at[at]); at++)
        value = value * 16 + (unsigned)hex_value(bytes.at[at]);
    for (size_t k = 0; k < sizeof first; k++)
        if (value == first[k])
            return true;
    return false;
}

static Sign directive_sign(Instruction i)
{
    static const Str x86[] = {STR_INIT(".intel_syntax"), STR_INIT(".att_syntax"),
                              STR_INIT(".code64"), STR_INIT(".code32"),
                              STR_INIT(".code16")};
    static const Str a32[] = {STR_INIT(".thumb"), STR_INIT(".arm"), STR_INIT(".syntax"),
                              STR_INIT(".fpu"), STR_INIT(".thumb_func")};
    static const Str other[] = {STR_INIT(".option"), STR_INIT(".insn"),
                                STR_INIT(".machine"), STR_INIT(".machinemode"),
                                STR_INIT(".noreorder")};
    static const Str mips[] = {
        STR_INIT("push"), STR_INIT("pop"), STR_INIT("noreorder"), STR_INIT("reorder"),
        STR_INIT("noat"), STR_INIT("at"),  STR_INIT("volatile"),  STR_INIT("nomacro")};
    if (word_is_in(i.mnemonic, x86, COUNTOF(x86)))
        return SIGN_X86;
    if (word_is_in(i.mnemonic, a32, COUNTOF(a32)))
        return SIGN_A32;
    if (word_is_in(i.mnemonic, (Str[]){STR(".inst"), STR(".arch_extension")}, 2))
        return SIGN_ARM;
    if (word_is_in(i.mnemonic, other, COUNTOF(other)))
        return SIGN_OTHER;
    if (str_eq(i.mnemonic, STR(".set")))
        return word_is_in(i.operands, mips, COUNTOF(mips)) ||
                       str_starts(i.operands, STR("mips"))
                   ? SIGN_OTHER
                   : SIGN_NONE;
    bool is_code = str_eq(i.mnemonic, STR(".byte")) && is_x86_opcode(i.operands);
    return is_code ? SIGN_X86 : SIGN_NONE;
}

// The status register of A32, and how it prints halves of 64 bits: "%Q0", "%H[name]".
static bool has_a32_operand(Str operands)
{
    for (size_t at = 0; at + 2 < operands.len; at++) {
        const char *c = operands.at + at;
        if (*c == '%' && (c[1] == 'Q' || c[1] == 'R' || c[1] == 'H') &&
            (is_digit(c[2]) || c[2] == '['))
            return true;
    }
    return str_has(operands, STR("cpsr")) || str_has(operands, STR("apsr"));
}

// "popcnt %0 = %1" of IA-64, "movel %2@,%0" of m68k.
static bool is_other_operand(Str operands)
{
    for (size_t at = 1; at < operands.len; at++) {
        const char *c = operands.at + at;
        if (*c == '=' && c[-1] != '%')
            return true;
        if (*c == '@' && at > 1 && is_digit(c[-1]) && c[-2] == '%')
            return true;
    }
    return false;
}

Sign instruction_sign(Instruction i, Str *ret_token)
{
    if (i.mnemonic.at[0] == '.') {
        *ret_token = i.mnemonic;
        return directive_sign(i);
    }
    size_t equals = str_find_char(i.operands, '=');
    if (equals < i.operands.len && equals && i.operands.at[equals - 1] != '%')
        return SIGN_OTHER; // of IA-64: "popcnt %0 = %1"
    if (is_other_operand(i.operands))
        return SIGN_OTHER;
    Str operand_token;
    Sign by_operand = operand_sign(i, &operand_token);
    Sign sign = mnemonic_sign(i);
    *ret_token = i.mnemonic;
    if (by_operand == SIGN_OTHER)
        return by_operand;
    if (sign == SIGN_ARM && has_a32_operand(i.operands))
        return SIGN_A32;
    if (sign == SIGN_ARM && by_operand == SIGN_A64)
        return SIGN_A64;
    // "str %%ax": x86 has a mnemonic of Arm's; the register knows better
    if (sign != SIGN_NONE && !(sign == SIGN_ARM && by_operand == SIGN_X86))
        return sign;
    if (by_operand != SIGN_NONE) {
        *ret_token = operand_token;
        return by_operand;
    }
    return SIGN_NONE;
}

// What operands make of a mnemonic that several processors have. Right only if the text
// has no word of a processor that we do not know.
Sign instruction_shared_sign(Instruction i, Str *ret_token)
{
    *ret_token = i.mnemonic;
    bool is_plain = mnemonic_is_plain_x86(i.mnemonic) && i.n_operands < 3;
    if (is_plain && i.n_operands == 2 && str_starts(i.operands, STR("$")))
        return SIGN_X86;
    if (!is_a64_mnemonic(i.mnemonic))
        return SIGN_NONE;
    if (has_a64_modifier(i.operands) && !is_plain && i.n_operands > 1)
        return SIGN_A64;
    if (has_arm_form(i))
        return has_word_x(i) || has_a64_modifier(i.operands) ? SIGN_A64 : SIGN_ARM;
    return SIGN_NONE;
}

bool instruction_is_known(Instruction i)
{
    return i.mnemonic.at[0] == '.' || mnemonic_is_plain_x86(i.mnemonic) ||
           is_a64_mnemonic(i.mnemonic) || mnemonic_is_x86(i.mnemonic, i.n_operands) ||
           mnemonic_of_arm(i.mnemonic) != SIGN_NONE;
}

bool instruction_is_plain_x86(Instruction i)
{
    return mnemonic_is_plain_x86(i.mnemonic);
}
