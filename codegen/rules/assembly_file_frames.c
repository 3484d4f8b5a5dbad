// EC131, EC510, EC516: frames of assembly functions.
#include "codegen/rules/assembly_file.h"

enum {
    LINK = 30,
    SAVED_MIN = 6, // of the registers that a callee keeps
    OLDEST_LLVM_WITH_ANY_REG = 18,
};

static bool moves_stack(const AssemblyFile *file, const AsmInstruction *i)
{
    Str first = asm_operand(file->model, i, 0);
    Str mnemonic = asm_span(file->model, i->mnemonic);
    if (str_eq_nocase(first, STR("sp")) &&
        (str_eq_nocase(mnemonic, STR("sub")) || str_eq_nocase(mnemonic, STR("mov"))))
        return true;
    for (uint32_t k = 1; k < i->n_operands; k++) {
        Str operand = asm_operand(file->model, i, k);
        if (str_starts(operand, STR("[sp")) && str_ends(operand, STR("]!")))
            return true;
    }
    return false;
}

// "blr x30" is somebody's return.
static bool calls_through(const AssemblyFile *file, const AsmInstruction *i)
{
    return i->flow == FLOW_CALL ||
           (i->flow == FLOW_CALL_REGISTER && !assembly_file_operand_is(file, i, 0, LINK));
}

// The first instruction for which the function needs a frame; NULL: it is a leaf.
static const AsmInstruction *needs_frame(const AssemblyFile *file,
                                         const AsmFunction *function, bool *ret_calls)
{
    const AsmInstruction *first = NULL;
    for (uint32_t i = 0; i < function->n; i++) {
        const AsmInstruction *at = asm_instructions_of(file->model, function) + i;
        if (calls_through(file, at)) {
            *ret_calls = true;
            return first ? first : at;
        }
        if (!first && moves_stack(file, at))
            first = at;
    }
    return first;
}

static void check_unwind(const AssemblyFile *file, const AsmFunction *function)
{
    bool calls = false;
    if (function->has_unwind || function->is_thunk ||
        !needs_frame(file, function, &calls))
        return;
    REPORT(file->unit, EC510_frame,
           assembly_file_name_place(file, file->model->labels.at[function->label].name),
           assembly_file_function_name(file, function),
           calls ? STR("calls other functions") : STR("moves the stack pointer"));
}

// --- EC131
// -------------------------------------------------------------------------------

static uint32_t count_saved(const AssemblyFile *file, const AsmInstruction *i)
{
    uint32_t n = 0;
    Str mnemonic = asm_span(file->model, i->mnemonic);
    if (!str_eq_nocase(mnemonic, STR("stp")) && !str_eq_nocase(mnemonic, STR("str")))
        return 0;
    for (uint32_t k = 0; k + 1 < i->n_operands; k++) {
        AsmRegisterNumber reg = assembly_file_register(asm_operand(file->model, i, k));
        n += reg.is_general && reg.number >= 19 && reg.number <= 28;
    }
    return n;
}

// Pushes what a caller keeps in registers, and hands the stack to somebody who looks at
// it.
static void check_scan(const AssemblyFile *file, const AsmFunction *function)
{
    uint32_t n_saved = 0;
    bool passes_stack = false;
    for (uint32_t i = 0; i < function->n; i++) {
        const AsmInstruction *at = asm_instructions_of(file->model, function) + i;
        n_saved += count_saved(file, at);
        AsmRegisterNumber first = assembly_file_register(asm_operand(file->model, at, 0));
        bool is_argument = first.is_general && first.number < 8;
        passes_stack |= is_argument && n_saved >= SAVED_MIN &&
                        asm_mnemonic_is(file->model, at, STR("mov")) &&
                        str_eq_nocase(asm_operand(file->model, at, 1), STR("sp"));
        if (!calls_through(file, at))
            continue;
        if (passes_stack && n_saved >= SAVED_MIN)
            REPORT0(file->unit, EC131_push, assembly_file_place(file, at->all));
        return;
    }
}

// --- EC516
// -------------------------------------------------------------------------------

static void check_directives(const AssemblyFile *file)
{
    uint32_t llvm = builder_llvm(file->unit->builder, UINT32_MAX);
    if (llvm >= OLDEST_LLVM_WITH_ANY_REG)
        return;
    for (uint32_t i = 0; i < file->model->directives.len; i++) {
        AsmSpan word = file->model->directives.at[i].word;
        if (str_starts(asm_span(file->model, word), STR(".seh_save_any_reg")))
            REPORT(file->unit, EC516_directive, assembly_file_place(file, word),
                   asm_span(file->model, word));
    }
}

void assembly_file_frames(const AssemblyFile *file)
{
    for (uint32_t i = 0; i < file->model->functions.len; i++) {
        check_unwind(file, &file->model->functions.at[i]);
        check_scan(file, &file->model->functions.at[i]);
    }
    check_directives(file);
}
