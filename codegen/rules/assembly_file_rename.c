// Another register for a disallowed one, where the function's own text proves it free.
//
// A function that others call may use what is volatile, and keeps the rest. So a volatile
// register that the function names nowhere is free in it, as long as nothing else of the
// function is unknown: no macro that nobody could expand, no branch into or out of its
// middle, no call of a function of this file, which may have a convention of its own. A
// register that is saved first (x23) is renamed with its saves; unwind codes that name it
// stop that, for their pairs have an order.
#include "codegen/rules/assembly_file_rename.h"

#include <string.h>

enum { REGISTERS = 32 };

typedef struct Usage {
    const AssemblyFile *file;
    const AsmFunction *function;
    bool used[2][REGISTERS];                // general, vector: named, or given out
    bool is_odd[2][REGISTERS];              // not written out, or in an alias
    bool has_list, calls_register, is_open; // open: not all of it is known
    uint32_t unwind;                        // general registers in .seh_ directives, bits
} Usage;

static bool number_of(Str name, uint32_t *ret_number, bool *ret_is_vector)
{
    AsmRegisterNumber reg = assembly_file_register(name);
    *ret_number = reg.number;
    *ret_is_vector = reg.is_vector;
    return (reg.is_general || reg.is_vector) && reg.number < REGISTERS;
}

static void see_register(Usage *usage, const AsmRegister *reg)
{
    uint32_t number;
    bool is_vector;
    if (reg->verdict == ASM_DISALLOWED_LIST || reg->verdict == ASM_SVE) {
        usage->has_list = true;
        return;
    }
    if (!number_of(reg->name, &number, &is_vector))
        return;
    Str written = str_sub(usage->file->model->text.text, reg->begin, reg->end);
    AsmSpan span = {reg->begin, reg->end};
    usage->used[is_vector][number] = true;
    if (!str_starts(written, reg->name) || !assembly_file_is_written(usage->file, span))
        usage->is_odd[is_vector][number] = true;
}

static bool is_label_of(const Usage *usage, const AsmSymbol *symbol)
{
    AsmSpan own = usage->file->model->labels.at[usage->function->label].name;
    return symbol->label.end && symbol->label.begin >= own.begin &&
           symbol->label.begin < usage->function->end;
}

static void see_flow(Usage *usage, const AsmInstruction *i)
{
    const AsmSymbol *symbol =
        i->symbol ? &usage->file->model->symbols.at[i->symbol - 1] : NULL;
    usage->is_open |= i->writes == ASM_NOT_A64;
    usage->calls_register |= i->flow == FLOW_CALL_REGISTER;
    if (i->flow == FLOW_CALL)
        usage->is_open |= !symbol || symbol->is_defined;
    else if (i->flow == FLOW_BRANCH || i->flow == FLOW_CONDITION)
        usage->is_open |= !symbol || (!symbol->is_local && !is_label_of(usage, symbol)) ||
                          (symbol->label.end && !is_label_of(usage, symbol));
    else if (i->flow == FLOW_BRANCH_REGISTER)
        usage->is_open |= !asm_mnemonic_is(usage->file->model, i, STR("ret")); // ret x15
}

// Somebody else jumps into the middle.
static bool is_entered(const Usage *usage)
{
    const AsmModel *model = usage->file->model;
    for (uint32_t i = 0; i < model->references.len; i++) {
        const AsmReference *reference = &model->references.at[i];
        const AsmSymbol *symbol = &model->symbols.at[reference->symbol];
        AsmSpan own = model->labels.at[usage->function->label].name;
        bool is_inside = reference->at.begin >= own.begin &&
                         reference->at.begin < usage->function->end;
        if (!is_inside && reference->symbol != usage->function->symbol &&
            is_label_of(usage, symbol))
            return true;
    }
    return false;
}

static void see_unwind(Usage *usage)
{
    const AsmModel *model = usage->file->model;
    AsmSpan own = model->labels.at[usage->function->label].name;
    for (uint32_t i = 0; i < model->directives.len; i++) {
        const AsmDirective *directive = &model->directives.at[i];
        uint32_t number;
        bool is_vector;
        if (directive->word.begin < own.begin ||
            directive->word.begin >= usage->function->end ||
            !str_starts(asm_span(model, directive->word), STR(".seh_save")))
            continue;
        Str arguments = asm_span(model, directive->arguments);
        Str first = str_trim(str_sub(arguments, 0, str_find_char(arguments, ',')));
        if (number_of(first, &number, &is_vector) && !is_vector)
            usage->unwind |= 3u << number; // a pair names its first
    }
}

static void see(Usage *usage)
{
    const AsmModel *model = usage->file->model;
    usage->is_open = usage->file->has_unseen;
    for (uint32_t k = 0; k < usage->function->n; k++) {
        const AsmInstruction *i = asm_instructions_of(model, usage->function) + k;
        see_flow(usage, i);
        for (uint32_t r = 0; r < i->n_registers; r++)
            see_register(usage, &model->registers.at[i->first_register + r]);
    }
    see_unwind(usage);
    usage->is_open = usage->is_open || is_entered(usage);
}

static bool is_on_stack(const Usage *usage, const AsmInstruction *i)
{
    for (uint32_t k = 1; k < i->n_operands; k++)
        if (str_starts(asm_operand(usage->file->model, i, k), STR("[sp")))
            return true;
    return false;
}

static bool names(const Usage *usage, const AsmInstruction *i, uint32_t number)
{
    for (uint32_t r = 0; r < i->n_registers; r++) {
        uint32_t n;
        bool is_vector;
        Str name = usage->file->model->registers.at[i->first_register + r].name;
        if (number_of(name, &n, &is_vector) && !is_vector && n == number)
            return true;
    }
    return false;
}

// Saved before anything else is done with it, and used for more than that.
static bool is_saved_and_used(const Usage *usage, uint32_t number)
{
    bool is_saved = false, is_used = false;
    for (uint32_t k = 0; k < usage->function->n; k++) {
        const AsmInstruction *i =
            asm_instructions_of(usage->file->model, usage->function) + k;
        if (!names(usage, i, number))
            continue;
        bool is_stack = is_on_stack(usage, i);
        if (!is_saved && (!is_stack || i->writes != ASM_WRITES_NONE))
            return false;
        is_saved = true;
        is_used |= !is_stack;
    }
    return is_used;
}

static bool find_free(const Usage *usage, uint32_t number, bool is_vector,
                      uint32_t *ret_other)
{
    static const uint8_t vectors[] = {0, 1, 2, 3, 4, 5, 6, 7};
    static const uint8_t volatiles[] = {9, 10, 11, 12, 15, 16, 17};
    static const uint8_t kept[] = {19, 20, 21, 22, 25, 26, 27};
    bool is_kept = !is_vector && number >= 19;
    const uint8_t *candidates = is_vector ? vectors : is_kept ? kept : volatiles;
    size_t n = is_vector ? COUNTOF(vectors) : COUNTOF(volatiles);
    if (is_kept && (!is_saved_and_used(usage, number) || (usage->unwind >> number & 1)))
        return false;
    for (size_t i = 0; i < n; i++) {
        uint32_t candidate = candidates[i];
        bool is_checkers = candidate >= 9 && candidate <= 11 && !is_vector;
        // __chkstk keeps the others, and x15 is its argument.
        bool is_linkers = candidate >= 15 && candidate <= 17 && !is_vector;
        if (usage->used[is_vector][candidate] || (is_checkers && usage->calls_register) ||
            (is_linkers && usage->function->calls))
            continue;
        *ret_other = candidate;
        return true;
    }
    return false;
}

static void edit(const Usage *usage, uint32_t number, bool is_vector, uint32_t other,
                 Fix *fix)
{
    const AssemblyFile *file = usage->file;
    for (uint32_t k = 0; k < usage->function->n; k++) {
        const AsmInstruction *i = asm_instructions_of(file->model, usage->function) + k;
        for (uint32_t r = 0; r < i->n_registers; r++) {
            const AsmRegister *reg = &file->model->registers.at[i->first_register + r];
            uint32_t n;
            bool vector;
            if (!number_of(reg->name, &n, &vector) || n != number || vector != is_vector)
                continue;
            AsmSpan name = {reg->begin, reg->begin + (uint32_t)reg->name.len};
            unit_edit(file->unit, fix, assembly_file_place(file, name),
                      arena_format(file->unit->arena, "%c%u", reg->name.at[0], other));
        }
    }
}

// Of findings about one register in one function the first one has the fix.
static void offer(Usage *usage, uint32_t number, bool is_vector, Finding *finding)
{
    const AssemblyFile *file = usage->file;
    uint32_t other = 0;
    if (usage->is_open || usage->is_odd[is_vector][number] ||
        (is_vector && usage->has_list) || !find_free(usage, number, is_vector, &other))
        return;
    usage->used[is_vector][other] = true;
    char kind = is_vector ? 'v' : 'x';
    Fix *fix = unit_fix(
        file->unit, finding,
        arena_format(file->unit->arena, "use %c%u, which is free in '%.*s'", kind, other,
                     STR_ARG(assembly_file_function_name(file, usage->function))));
    fix->preferred = true;
    edit(usage, number, is_vector, other, fix);
}

static const AsmInstruction *instruction_at(const AsmModel *model, uint32_t offset)
{
    uint32_t low = 0, high = model->instructions.len;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (model->instructions.at[middle].all.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < model->instructions.len ? &model->instructions.at[low] : NULL;
}

void assembly_file_rename(const AssemblyFile *file, const AsmToldRegister *told,
                          uint32_t n_told)
{
    const AsmModel *model = file->model;
    Usage *usage = NULL;
    bool offered[2][REGISTERS];
    for (uint32_t i = 0; i < n_told; i++) {
        const AsmRegister *reg = &model->registers.at[told[i].entry];
        const AsmInstruction *at = instruction_at(model, reg->begin);
        uint32_t number;
        bool is_vector;
        if (!at || !at->function || reg->verdict == ASM_DISALLOWED_LIST ||
            reg->verdict == ASM_SVE || !number_of(reg->name, &number, &is_vector))
            continue;
        const AsmFunction *function = &model->functions.at[at->function - 1];
        if (!assembly_file_is_boundary(file, function))
            continue; // its callers may have a convention of their own
        if (!usage || usage->function != function) {
            usage = ARENA_NEW(file->unit->arena, Usage);
            usage->file = file;
            usage->function = function;
            memset(offered, 0, sizeof offered);
            see(usage);
        }
        if (!offered[is_vector][number])
            offer(usage, number, is_vector, &file->unit->findings.at[told[i].finding]);
        offered[is_vector][number] = true;
    }
}
