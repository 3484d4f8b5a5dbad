// Whether a register can hold nothing but addresses of this file's code.
//
// What was written last before, with no label between, decides. Else flow does not
// matter: every instruction of the function that writes the register has to put such an
// address there. A local function that writes it nowhere has it from those who branch to
// it, and all of them have to agree.
#include "codegen/rules/assembly_file.h"

enum { DEPTH_MAX = 6, CALLERS_MAX = 200 };

typedef struct Question {
    const AssemblyFile *file;
    uint32_t function, number, depth;
    uint32_t at; // the instruction before which it is asked
} Question;

static bool is_own(const Question *question);

static bool is_named(const Question *q, const AsmInstruction *i, Str mnemonic)
{
    return asm_mnemonic_is(q->file->model, i, mnemonic);
}

static bool is_own_symbol(const Question *q, const AsmInstruction *i)
{
    if (!i->symbol)
        return false;
    const AsmSymbol *symbol = &q->file->model->symbols.at[i->symbol - 1];
    return symbol->is_defined && !symbol->is_data;
}

static bool is_own_operand(const Question *q, const AsmInstruction *i, uint32_t operand)
{
    AsmRegisterNumber reg =
        assembly_file_register(asm_operand(q->file->model, i, operand));
    uint32_t at = (uint32_t)(i - q->file->model->instructions.at);
    Question next = {q->file, q->function, reg.number, q->depth + 1, at};
    return reg.is_general && (reg.number == q->number || is_own(&next));
}

// adr x4, f; adrp x4, f; add x4, x4, :lo12:f; mov x4, x5; csel x4, x5, x6, eq
static bool gives_own(const Question *q, const AsmInstruction *i)
{
    if (is_named(q, i, STR("adr")) || is_named(q, i, STR("adrp")))
        return is_own_symbol(q, i);
    if (is_named(q, i, STR("add")) && i->symbol)
        return is_own_symbol(q, i);
    if (is_named(q, i, STR("ldr")) && i->n_operands == 2) {
        Str from = asm_operand(q->file->model, i, 1); // ldr x4, =f
        return from.len && from.at[0] == '=' && is_own_symbol(q, i);
    }
    if (is_named(q, i, STR("mov")) && i->n_operands == 2)
        return is_own_operand(q, i, 1);
    if (is_named(q, i, STR("csel")) && i->n_operands == 4)
        return is_own_operand(q, i, 1) && is_own_operand(q, i, 2);
    return false;
}

// What the caller had in it, from the stack.
static bool is_restored(const Question *q, const AsmInstruction *i)
{
    for (uint32_t k = 1; k < i->n_operands; k++)
        if (str_starts(asm_operand(q->file->model, i, k), STR("[sp")))
            return true;
    return false;
}

static bool callers_give_own(const Question *q)
{
    const AsmModel *model = q->file->model;
    const AsmFunction *callee = &model->functions.at[q->function];
    uint32_t n = 0;
    if (model->symbols.at[callee->symbol].is_global)
        return false;
    for (uint32_t i = 0; i < model->instructions.len; i++) {
        const AsmInstruction *at = &model->instructions.at[i];
        bool goes = at->flow == FLOW_CALL || at->flow == FLOW_BRANCH ||
                    at->flow == FLOW_CONDITION;
        if (!goes || at->symbol != callee->symbol + 1 || !at->function ||
            at->function == q->function + 1)
            continue;
        Question next = {q->file, at->function - 1, q->number, q->depth + 1, i};
        if (++n > CALLERS_MAX || !is_own(&next))
            return false;
    }
    return n > 0;
}

// The last write in the same block; NULL: none.
static const AsmInstruction *last_writer(const Question *q)
{
    const AsmModel *model = q->file->model;
    for (uint32_t i = q->at; !model->instructions.at[i].is_target && i-- > 0;) {
        const AsmInstruction *at = &model->instructions.at[i];
        bool is_end = at->flow != FLOW_NONE && at->flow != FLOW_CONDITION;
        if (at->function != q->function + 1 || is_end)
            return NULL;
        if (assembly_file_writes(q->file, at, q->number))
            return at;
    }
    return NULL;
}

static bool is_own(const Question *q)
{
    const AsmFunction *function = &q->file->model->functions.at[q->function];
    bool is_written = false;
    if (q->depth > DEPTH_MAX)
        return false;
    const AsmInstruction *last = last_writer(q);
    if (last)
        return gives_own(q, last);
    for (uint32_t i = 0; i < function->n; i++) {
        const AsmInstruction *at = asm_instructions_of(q->file->model, function) + i;
        if (!assembly_file_writes(q->file, at, q->number))
            continue;
        if (is_restored(q, at))
            continue;
        if (!gives_own(q, at))
            return false;
        is_written = true;
    }
    return is_written || callers_give_own(q);
}

bool assembly_file_is_own_code(const AssemblyFile *file, uint32_t at, uint32_t number)
{
    uint32_t function = file->model->instructions.at[at].function;
    Question question = {file, function - 1, number, 0, at};
    return is_own(&question);
}
