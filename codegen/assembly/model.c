#include "codegen/assembly/model.h"

#include "codegen/assembly/model_read.h"

enum { SLOTS_MIN = 256 };

Str asm_span(const AsmModel *model, AsmSpan span)
{
    return str_sub(model->text.text, span.begin, span.end);
}

Str asm_operand(const AsmModel *model, const AsmInstruction *instruction, uint32_t n)
{
    return n < instruction->n_operands ? asm_span(model, instruction->operands[n])
                                       : STR("");
}

bool asm_mnemonic_is(const AsmModel *model, const AsmInstruction *instruction, Str name)
{
    return str_eq_nocase(asm_span(model, instruction->mnemonic), name);
}

static uint32_t *slot_of(const AsmModel *model, Str name)
{
    uint32_t at = asm_hash(name) & (model->n_slots - 1);
    while (model->slots[at] &&
           !str_eq(model->symbols.at[model->slots[at] - 1].name, name))
        at = (at + 1) & (model->n_slots - 1);
    return &model->slots[at];
}

static void grow(AsmModel *model)
{
    model->n_slots = model->n_slots ? model->n_slots * 2 : SLOTS_MIN;
    model->slots = ARENA_ARRAY(model->arena, uint32_t, model->n_slots);
    for (uint32_t i = 0; i < model->symbols.len; i++)
        *slot_of(model, model->symbols.at[i].name) = i + 1;
}

uint32_t asm_model_symbol(AsmModel *model, Str name)
{
    if (model->symbols.len >= model->n_slots / 2)
        grow(model);
    uint32_t *slot = slot_of(model, name);
    if (!*slot) {
        AsmSymbol *symbol = LIST_PUSH(model->arena, &model->symbols);
        symbol->name = name;
        symbol->is_local =
            str_starts(name, STR(".L")) || (name.len && is_digit(name.at[0]));
        *slot = model->symbols.len;
    }
    return *slot - 1;
}

const AsmSymbol *asm_symbol_named(const AsmModel *model, Str name)
{
    uint32_t slot = model->n_slots ? *slot_of(model, name) : 0;
    return slot ? &model->symbols.at[slot - 1] : NULL;
}

const AsmInstruction *asm_instructions_of(const AsmModel *model,
                                          const AsmFunction *function)
{
    return model->instructions.at + function->first;
}

// --- Functions
// --------------------------------------------------------------------------

// "$ientry_thunk$cdecl$..." and its like; the compiler writes them, and people copy them.
static void name_thunk(const AsmModel *model, AsmFunction *function)
{
    Str name = model->symbols.at[function->symbol].name;
    function->is_entry_thunk |= str_starts(name, STR("$ientry_thunk$"));
    function->is_exit_thunk |=
        str_starts(name, STR("$iexit_thunk$")) || str_has(name, STR("$exit_thunk"));
    function->is_thunk = function->is_entry_thunk || function->is_exit_thunk ||
                         str_has(name, STR("$hybpatch_thunk"));
}

// Nothing runs into the label: it is reached by its name alone.
static bool is_behind_end(const AsmModel *model, const AsmLabel *label)
{
    if (label->instruction == 0)
        return true;
    const AsmInstruction *before = &model->instructions.at[label->instruction - 1];
    return before->section != label->section || before->flow == FLOW_RETURN ||
           before->flow == FLOW_BRANCH || before->flow == FLOW_BRANCH_REGISTER;
}

static bool begins_function(const AsmModel *model, const AsmLabel *label)
{
    const AsmSymbol *symbol = &model->symbols.at[label->symbol];
    const AsmSection *section = &model->sections.at[label->section];
    if (!section->is_code || label->is_data || symbol->is_local)
        return false;
    if (symbol->is_global || symbol->is_function || symbol->is_called ||
        symbol->has_record || str_starts(symbol->name, STR("#")) ||
        str_starts(symbol->name, STR("$i")))
        return true;
    return is_behind_end(model, label) && (symbol->is_address || label->alignment >= 4);
}

// A second label at the same instruction is another name of the function.
static void find_functions(AsmModel *model)
{
    AsmFunction *open = NULL;
    for (uint32_t i = 0; i < model->labels.len; i++) {
        AsmLabel *label = &model->labels.at[i];
        bool is_other_name = open && open->first == label->instruction &&
                             model->labels.at[open->label].section == label->section;
        if (is_other_name || !begins_function(model, label)) {
            label->function = open ? model->functions.len : 0;
            continue;
        }
        if (open)
            open->end = label->name.begin;
        open = LIST_PUSH(model->arena, &model->functions);
        *open = (AsmFunction){.label = i,
                              .symbol = label->symbol,
                              .first = label->instruction,
                              .end = (uint32_t)model->text.text.len};
        label->function = model->functions.len;
        model->symbols.at[label->symbol].begins_function = true;
        name_thunk(model, open);
    }
}

static void fill_functions(AsmModel *model)
{
    for (uint32_t f = 0; f < model->functions.len; f++) {
        AsmFunction *function = &model->functions.at[f];
        const AsmLabel *label = &model->labels.at[function->label];
        for (uint32_t i = function->first; i < model->instructions.len; i++) {
            AsmInstruction *instruction = &model->instructions.at[i];
            if (instruction->all.begin >= function->end ||
                instruction->section != label->section)
                break;
            instruction->function = f + 1;
            function->n++;
            function->calls |=
                instruction->flow == FLOW_CALL || instruction->flow == FLOW_CALL_REGISTER;
        }
    }
}

// Whose functions x64 code can call.
static void settle_records(AsmModel *model)
{
    for (uint32_t i = 0; i < model->records.len; i++) {
        const AsmRecord *record = &model->records.at[i];
        if (record->n_parts == 3 && record->kind == 1 && record->source)
            model->symbols.at[record->source - 1].has_record = true;
    }
}

// The targets of records are thunks, whatever their names.
static void mark_thunks(AsmModel *model)
{
    uint8_t *kinds = ARENA_ARRAY(model->arena, uint8_t, model->symbols.len + 1);
    for (uint32_t i = 0; i < model->records.len; i++) {
        const AsmRecord *record = &model->records.at[i];
        if (record->n_parts == 3)
            kinds[record->target] |= record->kind == 1 ? 3 : record->kind == 4 ? 5 : 1;
    }
    for (uint32_t f = 0; f < model->functions.len; f++) {
        AsmFunction *function = &model->functions.at[f];
        uint8_t kind = kinds[function->symbol + 1];
        function->is_thunk |= kind & 1;
        function->is_entry_thunk |= (kind & 2) != 0;
        function->is_exit_thunk |= (kind & 4) != 0;
    }
}

static void give_registers(AsmModel *model)
{
    asm_scan(model->arena, model->text.text, &model->registers);
    uint32_t r = 0;
    for (uint32_t i = 0; i < model->instructions.len; i++) {
        AsmInstruction *instruction = &model->instructions.at[i];
        while (r < model->registers.len &&
               model->registers.at[r].begin < instruction->all.begin)
            r++;
        instruction->first_register = r;
        while (r < model->registers.len &&
               model->registers.at[r].begin < instruction->all.end)
            r++;
        instruction->n_registers = r - instruction->first_register;
    }
}

void asm_model_read(AsmModel *model, Arena *arena, const AsmText *text, bool is_armasm)
{
    *model = (AsmModel){.arena = arena, .text = *text, .is_armasm = is_armasm};
    grow(model);
    asm_model_scan(model);
    settle_records(model);
    find_functions(model);
    fill_functions(model);
    mark_thunks(model);
    asm_model_frames(model);
    give_registers(model);
}
