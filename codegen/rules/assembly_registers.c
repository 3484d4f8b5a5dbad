#include "codegen/rules/assembly_registers.h"

enum { ESCAPE_BYTES_MAX = 10 }; // "\U0001F600"

Place assembly_place(const Unit *unit, const AsmBlock *block, uint32_t begin,
                     uint32_t end)
{
    if (!block->in_document || begin >= block->text.len)
        return block->macro_at;
    uint32_t from = block->source[begin];
    uint32_t last = end > begin ? block->source[end - 1] : from;
    if (from == NO_SOURCE || last == NO_SOURCE || last < from)
        return block->macro_at;
    uint32_t to = last + 1;
    uint32_t next = end < block->text.len ? block->source[end] : NO_SOURCE;
    if (unit->text.at[last] == '\\' && next != NO_SOURCE && next > last &&
        next - last <= ESCAPE_BYTES_MAX)
        to = next; // the last byte is an escape of several
    return unit_place(unit, from, to);
}

void assembly_report_register(Unit *unit, const AsmRegister *reg, Place at)
{
    switch (reg->verdict) {
    case ASM_FINE:
        return;
    case ASM_DISALLOWED_GPR:
        REPORT(unit, EC501_operand, at, reg->name);
        return;
    case ASM_DISALLOWED_VECTOR:
        REPORT(unit, EC502_operand, at, reg->name);
        return;
    case ASM_DISALLOWED_LIST:
        REPORT(unit, EC502_list, at, reg->list, reg->name);
        return;
    case ASM_SVE:
        REPORT(unit, EC502_sve, at, reg->name);
        return;
    case ASM_X18_WRITTEN:
        REPORT(unit, EC503_destination, at, reg->name);
        return;
    }
}

static uint32_t count_words(Str text, Str word)
{
    uint32_t n = 0;
    for (size_t at = 0; at < text.len; at += word.len) {
        size_t found = str_find(str_from(text, at), word);
        at += found;
        if (at >= text.len)
            break;
        bool starts = at == 0 || !is_word(text.at[at - 1]);
        size_t end = at + word.len;
        n += starts && (end >= text.len || !is_word(text.at[end]));
    }
    return n;
}

// The body of a .macro whose name the document has nowhere else is never assembled.
static bool is_in_unused_macro(const Unit *unit, const AsmBlock *block, uint32_t at)
{
    static const Str macro = STR_INIT(".macro"), end = STR_INIT(".endm");
    Str before = str_sub(block->text, 0, at), name = {0};
    for (size_t i = 0; i < before.len; i++) {
        Str rest = str_from(before, i);
        if (str_starts(rest, end)) {
            name = (Str){0};
        } else if (str_starts(rest, macro) && name.len == 0) {
            size_t from = i + macro.len, to;
            while (from < before.len &&
                   (before.at[from] == ' ' || before.at[from] == '\t'))
                from++;
            for (to = from; to < before.len && is_word(before.at[to]);)
                to++;
            if (block->source[i] != NO_SOURCE && to < before.len)
                name = str_sub(before, from, to);
            i = to > i ? to - 1 : i;
        }
    }
    return name.len && count_words(unit->text, name) == 1;
}

void assembly_registers(Unit *unit, const AsmBlock *block)
{
    AsmRegisters registers = {0};
    asm_scan(unit->arena, block->text, &registers);
    bool has_macro = block->in_document && str_has(block->text, STR(".macro"));
    for (uint32_t i = 0; i < registers.len; i++) {
        const AsmRegister *reg = &registers.at[i];
        if (reg->verdict != ASM_FINE && has_macro &&
            is_in_unused_macro(unit, block, reg->begin))
            continue;
        Place at = assembly_place(unit, block, reg->begin, reg->end);
        assembly_report_register(unit, reg, at);
        if (block->in_document && block->source[reg->begin] != NO_SOURCE)
            *LIST_PUSH(unit->arena, &unit->registers) = (RegisterUse){at, reg->name};
    }
}
