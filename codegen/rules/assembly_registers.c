#include "codegen/rules/assembly_registers.h"

#include "codegen/frontend/asm_text.h"

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

static void report(Unit *unit, const AsmRegister *reg, Place at)
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

void assembly_registers(Unit *unit, const AsmBlock *block)
{
    AsmRegisters registers = {0};
    asm_scan(unit->arena, block->text, &registers);
    for (uint32_t i = 0; i < registers.len; i++) {
        const AsmRegister *reg = &registers.at[i];
        Place at = assembly_place(unit, block, reg->begin, reg->end);
        report(unit, reg, at);
        if (block->in_document && block->source[reg->begin] != NO_SOURCE)
            *LIST_PUSH(unit->arena, &unit->registers) = (RegisterUse){at, reg->name};
    }
}
