// Whose assembly an asm statement holds.
//
// A processor is told by a mnemonic that no other has, by a register's name, or by an
// operand's form; what several share ("mov", "add", "ret", "nop") tells nothing. The
// first sign decides. When nobody can tell, nothing is said: a wrong word about MIPS or
// s390 code costs more than a missed one.
#include "codegen/arch/assembly_sign.h"
#include "codegen/arch/token.h"

// --- The text
// -------------------------------------------------------------------------------------

// The text of one instruction, without comments and labels; empty at the end.
static bool next_instruction(Str *rest, bool is_msvc, Str *ret_text)
{
    while (rest->len) {
        size_t end = 0;
        while (end < rest->len && rest->at[end] != '\n' &&
               (is_msvc || rest->at[end] != ';'))
            end++;
        Str line = str_sub(*rest, 0, end);
        *rest = str_from(*rest, end + 1);
        if (is_msvc)
            line = str_sub(line, 0, str_find_char(line, ';'));
        line = str_sub(line, 0, str_find(line, STR("//")));
        size_t open = str_find(line, STR("/*"));
        size_t close = str_find(line, STR("*/"));
        if (open < line.len)
            line = str_trim(str_sub(line, 0, open)).len ? str_sub(line, 0, open)
                                                        : str_from(line, close + 2);
        line = str_trim(line);
        for (size_t colon = str_find_char(line, ':'); colon < line.len;
             colon = str_find_char(line, ':')) {
            bool is_label = colon != 0;
            for (size_t i = 0; i < colon && is_label; i++)
                is_label = is_word(line.at[i]) || line.at[i] == '.' ||
                           line.at[i] == '%' || line.at[i] == '=' || line.at[i] == '$';
            if (!is_label || str_find(line, STR("%%")) < colon)
                break;
            line = str_trim(str_from(line, colon + 1));
        }
        if (!line.len || line.at[0] == '#' || line.at[0] == '@' || line.at[0] == '!')
            continue;
        *ret_text = line;
        return true;
    }
    return false;
}

static size_t count_operands(Str operands)
{
    if (!operands.len)
        return 0;
    size_t n = 1, depth = 0;
    for (size_t i = 0; i < operands.len; i++) {
        char c = operands.at[i];
        depth += c == '(' || c == '[' || c == '{';
        depth -= depth && (c == ')' || c == ']' || c == '}');
        n += c == ',' && !depth;
    }
    return n;
}

// Lower case, without prefixes that leave an instruction behind them ("lock cmpxchg" is
// told by its first word). "mov{l}\t{%1, %0|%0, %1}" counts as AT&T's.
static Instruction read_instruction(Str text, bool is_msvc, char *lower, size_t n)
{
    size_t len = 0;
    bool is_choice = str_find_char(text, '|') < text.len;
    bool is_skipped = false;
    for (size_t i = 0; i < text.len && len < n; i++) {
        char c = text.at[i];
        bool is_glued = c == '{' && i && is_alpha(text.at[i - 1]);
        is_choice |= is_glued;
        if (is_choice && (c == '{' || c == '}' || c == '|')) {
            is_skipped = c == '|';
            continue;
        }
        bool is_modifier = i && text.at[i - 1] == '%' && i + 1 < text.len &&
                           (is_digit(text.at[i + 1]) || text.at[i + 1] == '[');
        bool is_upper = c >= 'A' && c <= 'Z' && !is_modifier; // "%R0" is not "%r0"
        if (!is_skipped)
            lower[len++] = is_upper ? (char)(c + ('a' - 'A')) : c;
    }
    Str s = {lower, len};
    size_t end = 0;
    while (end < len && (is_word(lower[end]) || lower[end] == '.'))
        end++;
    Instruction i = {.mnemonic = str_sub(s, 0, end), .is_msvc = is_msvc};
    i.operands = str_trim(str_from(s, end));
    if (end < len && !is_space(lower[end])) // "move%.l", "fild%z1", "b"SUFFIX
        i.mnemonic = (Str){0};
    i.n_operands = count_operands(i.operands);
    return i;
}

// Where the token stands in the text, in any case. "movl" is not to be found in "mov{l}":
// then the first word.
static Str token_in(Str text, Str lower)
{
    for (size_t i = 0; lower.len && i + lower.len <= text.len; i++)
        if (str_eq_nocase(str_sub(text, i, i + lower.len), lower))
            return str_sub(text, i, i + lower.len);
    size_t end = 0;
    while (end < text.len && is_word(text.at[end]))
        end++;
    return str_sub(text, 0, end);
}

// --- Constraints
// ----------------------------------------------------------------------------------

static bool has_clobber(const ArchAsm *statement, Str name)
{
    return word_is_in(name, statement->clobbers.at, statement->clobbers.len);
}

// Registers that x86's compilers alone call so.
static bool has_x86_clobber(const ArchAsm *statement, Str *ret_token)
{
    for (size_t i = 0; i < statement->clobbers.len; i++) {
        Str name = statement->clobbers.at[i];
        *ret_token = name;
        if (str_starts(name, STR("%")))
            name = str_from(name, 1);
        if (register_is_x86(name) || str_eq(name, STR("dirflag")))
            return true;
    }
    return false;
}

// "=a" and one more of x86's single registers; s390 has "a" and "d", but no "=a" of use.
static bool has_x86_constraints(const ArchAsm *statement, Str *ret_token)
{
    bool has_output = false, has_another = false;
    for (size_t i = 0; i < statement->constraints.len; i++) {
        Str c = statement->constraints.at[i];
        bool is_output = str_starts(c, STR("="));
        is_output |= str_starts(c, STR("+")) && !str_starts(c, STR("+A")); // RISC-V's
        while (c.len && str_find_char(STR("=+&%"), c.at[0]) < 4)
            c = str_from(c, 1);
        if (c.len != 1)
            continue;
        if (is_output && !has_output && (c.at[0] == 'a' || c.at[0] == 'A')) {
            has_output = true;
            *ret_token = statement->constraints.at[i];
            has_another |= c.at[0] == 'A'; // edx:eax
        } else {
            has_another |= str_find_char(STR("bcdSD"), c.at[0]) < 5;
        }
    }
    return has_output && has_another;
}

// --- The verdict
// ----------------------------------------------------------------------------------

typedef struct Verdict {
    Sign sign;
    Str token;
    size_t n_instructions, n_barriers;
    size_t n_plain;   // that x86 has, among others
    bool has_unknown; // an instruction of nobody's
    Sign shared;      // instruction_shared_sign() of the first that has one
    Str shared_token;
} Verdict;

enum {
    INSTRUCTION_BYTES_MAX = 256, // of one that is looked at; the rest of it tells no more
    INSTRUCTIONS_MAX = 4096,
};

static void look(Verdict *v, Str text, bool is_msvc)
{
    char lower[INSTRUCTION_BYTES_MAX];
    Instruction i = read_instruction(text, is_msvc, lower, sizeof lower);
    v->n_instructions++;
    if (!i.mnemonic.len)
        return;
    v->n_barriers += str_eq(i.mnemonic, STR("dmb")) || str_eq(i.mnemonic, STR("dsb"));
    v->n_plain += instruction_is_plain_x86(i);
    v->has_unknown |= !instruction_is_known(i);
    Str token = STR(""); // some signs have none
    Sign sign = instruction_sign(i, &token);
    if (sign == SIGN_NONE && v->shared == SIGN_NONE) {
        v->shared = instruction_shared_sign(i, &token);
        v->shared_token = token_in(text, token);
    }
    // What A32 and A64 share gives way to what only one of them has.
    bool is_better = v->sign == SIGN_NONE || sign == SIGN_OTHER ||
                     (v->sign == SIGN_ARM && (sign == SIGN_A64 || sign == SIGN_A32));
    if (sign == SIGN_NONE || v->sign == SIGN_OTHER || !is_better)
        return;
    v->sign = sign;
    v->token = token_in(text, token);
}

ArchKind arch_asm(const ArchAsm *statement, Str *ret_token)
{
    Verdict v = {0};
    Str rest = statement->text, text;
    *ret_token = (Str){0};
    while (v.n_instructions < INSTRUCTIONS_MAX &&
           next_instruction(&rest, statement->is_msvc, &text))
        look(&v, text, statement->is_msvc);
    if (v.sign == SIGN_NONE && !v.has_unknown) {
        v.sign = v.shared;
        v.token = v.shared_token;
    }
    switch (v.sign) {
    case SIGN_OTHER:
        return ARCH_NONE;
    case SIGN_X86:
        *ret_token = v.token;
        return ARCH_X86_ASM;
    case SIGN_A32:
        *ret_token = v.token;
        return ARCH_A32_ASM;
    case SIGN_ARM:
    case SIGN_A64:
        *ret_token = v.token;
        return v.n_barriers == v.n_instructions ? ARCH_ARM_BARRIER : ARCH_A64_ASM;
    case SIGN_NONE:
        break;
    }
    if (!v.n_instructions && !statement->has_macros &&
        has_clobber(statement, STR("memory"))) {
        return ARCH_COMPILER_BARRIER;
    }
    bool may_be_x86 =
        v.n_plain == v.n_instructions && (v.n_instructions || statement->has_macros);
    if (may_be_x86 && (has_x86_clobber(statement, ret_token) ||
                       has_x86_constraints(statement, ret_token)))
        return ARCH_X86_ASM;
    *ret_token = (Str){0};
    return ARCH_NONE;
}
