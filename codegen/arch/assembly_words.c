// Mnemonics and registers by table.
#include "codegen/arch/assembly_sign.h"

bool word_is_in(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(words[i], word))
            return true;
    return false;
}

#define X86_SIZED(stem, letters)
#define X86_V(stem)
#define X86_PLAIN(mnemonic)
#define ARM(mnemonic)
#define A64(mnemonic)
#define A32(mnemonic)

// Of SSE's instructions those that have a third operand: an immediate, or xmm0. Loongson
// has "paddw" with three registers.
static bool has_third_operand(Str word)
{
    static const Str stems[] = {
        STR_INIT("aesk"),    STR_INIT("blend"),  STR_INIT("cmpp"),    STR_INIT("dpp"),
        STR_INIT("extract"), STR_INIT("insert"), STR_INIT("mpsad"),   STR_INIT("palign"),
        STR_INIT("pblend"),  STR_INIT("pclmul"), STR_INIT("pcmpest"), STR_INIT("pcmpist"),
        STR_INIT("pext"),    STR_INIT("pins"),   STR_INIT("pshuf"),   STR_INIT("round"),
        STR_INIT("sha"),     STR_INIT("shuf")};
    for (size_t i = 0; i < COUNTOF(stems); i++)
        if (str_starts(word, stems[i]))
            return true;
    return false;
}

bool mnemonic_is_x86(Str word, size_t n_operands)
{
#define X86(mnemonic) STR_INIT(#mnemonic),
    static const Str exact[] = {
#include "codegen/arch/assembly.def"
    };
#undef X86
#define X86(mnemonic)
#undef X86_V
#define X86_V(stem) STR_INIT(#stem),
    static const Str vector[] = {
#include "codegen/arch/assembly.def"
    };
#undef X86_V
#define X86_V(stem)
#undef X86_SIZED
#define X86_SIZED(stem, letters) {STR_INIT(#stem), STR_INIT(letters)},
    static const Str sized[][2] = {
#include "codegen/arch/assembly.def"
    };
#undef X86_SIZED
#define X86_SIZED(stem, letters)
    if (word_is_in(word, exact, COUNTOF(exact)))
        return true;
    if (word_is_in(word, vector, COUNTOF(vector)))
        return n_operands < 3 || has_third_operand(word);
    if (word.len < 3)
        return false;
    if (word.at[0] == 'v' && word_is_in(str_from(word, 1), vector, COUNTOF(vector)))
        return true;
    // HPPA has a "subb" of three operands
    bool is_short =
        n_operands < 3 || str_starts(word, STR("imul")) || str_starts(word, STR("sh"));
    Str stem = str_sub(word, 0, word.len - 1);
    for (size_t i = 0; i < COUNTOF(sized); i++)
        if (str_eq(stem, sized[i][0]))
            return is_short &&
                   str_find_char(sized[i][1], word.at[word.len - 1]) < sized[i][1].len;
    return false;
}

bool mnemonic_is_plain_x86(Str word)
{
#undef X86_PLAIN
#define X86_PLAIN(mnemonic) STR_INIT(#mnemonic),
    static const Str plain[] = {
#include "codegen/arch/assembly.def"
    };
#undef X86_PLAIN
#define X86_PLAIN(mnemonic)
    return word_is_in(word, plain, COUNTOF(plain));
}

Sign mnemonic_of_arm(Str word)
{
#undef ARM
#define ARM(mnemonic) STR_INIT(#mnemonic),
    static const Str arm[] = {
#include "codegen/arch/assembly.def"
    };
#undef ARM
#define ARM(mnemonic)
#undef A64
#define A64(mnemonic) STR_INIT(#mnemonic),
    static const Str a64[] = {
#include "codegen/arch/assembly.def"
    };
#undef A64
#define A64(mnemonic)
#undef A32
#define A32(mnemonic) STR_INIT(#mnemonic),
    static const Str a32[] = {
#include "codegen/arch/assembly.def"
    };
    if (word_is_in(word, a64, COUNTOF(a64)))
        return SIGN_A64;
    if (word_is_in(word, a32, COUNTOF(a32)))
        return SIGN_A32;
    return word_is_in(word, arm, COUNTOF(arm)) ? SIGN_ARM : SIGN_NONE;
}

// --- Registers
static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.at[i]))
            return false;
    return s.len != 0;
}

// A name of x86's registers that nobody takes for anything else, whatever stands before.
bool register_is_x86(Str name)
{
    static const Str names[] = {STR_INIT("eax"), STR_INIT("ebx"), STR_INIT("ecx"),
                                STR_INIT("edx"), STR_INIT("esi"), STR_INIT("edi"),
                                STR_INIT("ebp"), STR_INIT("esp"), STR_INIT("rax"),
                                STR_INIT("rbx"), STR_INIT("rcx"), STR_INIT("rdx"),
                                STR_INIT("rsi"), STR_INIT("rdi"), STR_INIT("rbp"),
                                STR_INIT("rsp"), STR_INIT("rip"), STR_INIT("eip")};
    if (word_is_in(name, names, COUNTOF(names)))
        return true;
    if (name.len >= 4 && (name.at[0] == 'x' || name.at[0] == 'y' || name.at[0] == 'z') &&
        name.at[1] == 'm' && name.at[2] == 'm')
        return all_digits(str_from(name, 3));
    return name.len >= 3 && name.len <= 4 && name.at[0] == 'r' &&
           all_digits(str_sub(name, 1, name.len - 1)) &&
           str_find_char(STR("bwd"), name.at[name.len - 1]) < 3;
}

// Behind a '%' these are x86's, too.
bool register_is_short_x86(Str name)
{
    static const Str names[] = {
        STR_INIT("al"),  STR_INIT("ah"),  STR_INIT("ax"),  STR_INIT("bl"),
        STR_INIT("bh"),  STR_INIT("bx"),  STR_INIT("cl"),  STR_INIT("ch"),
        STR_INIT("cx"),  STR_INIT("dl"),  STR_INIT("dh"),  STR_INIT("dx"),
        STR_INIT("si"),  STR_INIT("di"),  STR_INIT("sil"), STR_INIT("dil"),
        STR_INIT("bpl"), STR_INIT("spl"), STR_INIT("cs"),  STR_INIT("ds"),
        STR_INIT("es"),  STR_INIT("fs"),  STR_INIT("gs"),  STR_INIT("ss"),
        STR_INIT("mm0"), STR_INIT("mm1"), STR_INIT("mm2"), STR_INIT("mm3"),
        STR_INIT("mm4"), STR_INIT("mm5"), STR_INIT("mm6"), STR_INIT("mm7")};
    return word_is_in(name, names, COUNTOF(names));
}

// Behind "%%": cr0, db7, dr7.
bool register_is_control_x86(Str name)
{
    Str bank = str_sub(name, 0, 2);
    return name.len == 3 && is_digit(name.at[2]) &&
           word_is_in(bank, (Str[]){STR("cr"), STR("db"), STR("dr")}, 3);
}

// "w12", "wzr", "v3.16b", "cntvct_el0".
bool register_is_a64(Str name)
{
    static const Str names[] = {STR_INIT("wzr"), STR_INIT("xzr"), STR_INIT("nzcv"),
                                STR_INIT("wsp")};
    static const Str shapes[] = {STR_INIT("8b"), STR_INIT("16b"), STR_INIT("4h"),
                                 STR_INIT("8h"), STR_INIT("2s"),  STR_INIT("4s"),
                                 STR_INIT("1d"), STR_INIT("2d"),  STR_INIT("1q")};
    if (word_is_in(name, names, COUNTOF(names)))
        return true;
    if (name.len > 4 && name.at[name.len - 4] == '_' && name.at[name.len - 3] == 'e' &&
        name.at[name.len - 2] == 'l' && is_digit(name.at[name.len - 1]))
        return true;
    size_t dot = str_find_char(name, '.');
    if (dot < name.len)
        return (dot == 0 || (name.at[0] == 'v' && all_digits(str_sub(name, 1, dot)))) &&
               word_is_in(str_from(name, dot + 1), shapes, COUNTOF(shapes));
    return name.len <= 3 && name.at[0] == 'w' && all_digits(str_from(name, 1));
}
