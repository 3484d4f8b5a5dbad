#include "codegen/assembly/operands.h"

static bool is_among(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(word, words[i]))
            return true;
    return false;
}

AsmFlow asm_flow_of(Str word, uint32_t n_operands, AsmWrites writes)
{
    static const Str returns[] = {STR_INIT("ret"), STR_INIT("retaa"), STR_INIT("retab"),
                                  STR_INIT("eret")};
    static const Str calls[] = {STR_INIT("blr"), STR_INIT("blraa"), STR_INIT("blraaz"),
                                STR_INIT("blrab"), STR_INIT("blrabz")};
    static const Str branches[] = {STR_INIT("br"), STR_INIT("braa"), STR_INIT("braaz"),
                                   STR_INIT("brab"), STR_INIT("brabz")};
    char first = word.len ? (char)(word.at[0] | 0x20) : '\0';
    if (first != 'b' && first != 'r' && first != 'e')
        return writes == ASM_WRITES_LABEL ? FLOW_CONDITION : FLOW_NONE;
    if (str_eq_nocase(word, STR("bl")))
        return FLOW_CALL;
    if (str_eq_nocase(word, STR("b")))
        return FLOW_BRANCH;
    if (is_among(word, calls, COUNTOF(calls)))
        return FLOW_CALL_REGISTER;
    if (is_among(word, branches, COUNTOF(branches)))
        return FLOW_BRANCH_REGISTER;
    if (is_among(word, returns, COUNTOF(returns)))
        return n_operands ? FLOW_BRANCH_REGISTER : FLOW_RETURN;
    return writes == ASM_WRITES_LABEL ? FLOW_CONDITION : FLOW_NONE;
}

void asm_split_operands(Str text, AsmSpan arguments, AsmInstruction *out)
{
    uint32_t depth = 0, begin = arguments.begin;
    for (uint32_t at = arguments.begin; at <= arguments.end; at++) {
        char c = at < arguments.end ? text.at[at] : ',';
        if (c == '"' && at < arguments.end)
            while (at + 1 < arguments.end && text.at[++at] != '"')
                continue;
        if (c == '[' || c == '{' || c == '(')
            depth++;
        else if ((c == ']' || c == '}' || c == ')') && depth)
            depth--;
        if (c != ',' || (depth && at < arguments.end))
            continue;
        uint32_t end = at < arguments.end ? at : arguments.end;
        while (begin < end && is_space(text.at[begin]))
            begin++;
        while (end > begin && is_space(text.at[end - 1]))
            end--;
        if (out->n_operands < ASM_OPERANDS_MAX && end > begin)
            out->operands[out->n_operands++] = (AsmSpan){begin, end};
        begin = at + 1;
    }
}

// ":lo12:foo", "=foo", "#:lo12:foo" and the label of a branch.
Str asm_symbol_in(Str operand)
{
    size_t begin = 0;
    if (str_starts(operand, STR("[")))
        begin = str_find_char(operand, ':');
    else if (str_starts(operand, STR("=")) || str_starts(operand, STR("#:")))
        begin = 1;
    if (begin >= operand.len && begin)
        return STR("");
    Str rest = str_from(operand, begin);
    if (str_starts(rest, STR(":"))) {
        rest = str_from(rest, 1);
        rest = str_from(rest, str_find_char(rest, ':') + 1);
    }
    if (str_starts(rest, STR("\""))) {
        size_t end = str_find_char(str_from(rest, 1), '"');
        return str_sub(rest, 0, end + 2);
    }
    size_t end = 0;
    while (end < rest.len &&
           (is_word(rest.at[end]) || rest.at[end] == '.' || rest.at[end] == '$' ||
            rest.at[end] == '?' || rest.at[end] == '@' || rest.at[end] == '#'))
        end++;
    return str_sub(rest, 0, end);
}

bool asm_may_be_symbol(Str name, bool is_label)
{
    if (!name.len || name.at[0] == '#')
        return false;
    if (name.at[0] == '"')
        return true;
    if (is_digit(name.at[0]))
        return is_label;
    return !asm_is_register(name);
}
