// EC212, EC213, EC214: calls and branches through registers, and the checker before them.
//
// Looks back from the branch through its basic block: where the register comes from, and
// what was called. What comes from before the block is not known, and for a call through
// it no checker has run.
#include "codegen/rules/assembly_file.h"
#include "codegen/rules/assembly_file_fix.h"

static const Str checker = STR_INIT("__os_arm64x_check_");
static const Str dispatcher = STR_INIT("__os_arm64x_dispatch_call_no_redirect");

// What is known of the register that a call goes through.
typedef enum Origin {
    ORIGIN_UNKNOWN,
    ORIGIN_CHECKED,  // x11 behind a call of the checker
    ORIGIN_OWN,      // a label of this file: Arm64EC code
    ORIGIN_RUNTIME,  // a cell of the runtime, __os_arm64x_...
    ORIGIN_COMPUTED, // a table of this function
} Origin;

typedef struct Look {
    const AssemblyFile *file;
    uint32_t at; // instruction
    uint32_t reg;
} Look;

static const AsmInstruction *instruction(const Look *look, uint32_t index)
{
    return &look->file->model->instructions.at[index];
}

static bool is_call(const AsmInstruction *i)
{
    return i->flow == FLOW_CALL || i->flow == FLOW_CALL_REGISTER;
}

static bool starts_block(const AsmInstruction *i)
{
    return i->is_target;
}

static bool ends_block(const AsmInstruction *i)
{
    return i->flow != FLOW_NONE && !is_call(i);
}

static const AsmSymbol *symbol_of(const Look *look, const AsmInstruction *i)
{
    return i->symbol ? &look->file->model->symbols.at[i->symbol - 1] : NULL;
}

static bool is_named(const Look *look, const AsmInstruction *i, Str mnemonic)
{
    return asm_mnemonic_is(look->file->model, i, mnemonic);
}

// The instruction in the block that last wrote the register; UINT32_MAX: none. A call
// writes whatever it likes.
static uint32_t writer(const Look *look, uint32_t from, uint32_t reg)
{
    uint32_t function = instruction(look, look->at)->function;
    for (uint32_t i = from; !starts_block(instruction(look, i)) && i-- > 0;) {
        const AsmInstruction *before = instruction(look, i);
        if (before->function != function || ends_block(before))
            return UINT32_MAX;
        if (is_call(before) || assembly_file_writes(look->file, before, reg))
            return i;
    }
    return UINT32_MAX;
}

// blr through a register that holds the checker.
static bool calls_checker(const Look *look, uint32_t index)
{
    const AsmInstruction *call = instruction(look, index);
    if (call->flow != FLOW_CALL_REGISTER)
        return false;
    AsmRegisterNumber reg =
        assembly_file_register(asm_operand(look->file->model, call, 0));
    Look back = {look->file, index, reg.number};
    uint32_t load = writer(&back, index, reg.number);
    return reg.is_general && load != UINT32_MAX &&
           assembly_file_loads(look->file, instruction(look, load), checker);
}

static bool has_own_table(const Look *look)
{
    const AsmInstruction *branch = instruction(look, look->at);
    for (uint32_t i = look->at; i-- > 0;) {
        const AsmInstruction *before = instruction(look, i);
        if (before->function != branch->function)
            return false;
        const AsmSymbol *symbol = symbol_of(look, before);
        bool is_address =
            is_named(look, before, STR("adr")) || is_named(look, before, STR("adrp"));
        bool is_macro = before->writes == ASM_NOT_A64; // movrel x9, table
        if ((is_address || is_macro) && (is_macro || (symbol && symbol->is_defined)))
            return true;
    }
    return false;
}

static Origin origin_of(const Look *look)
{
    const AsmInstruction *branch = instruction(look, look->at);
    uint32_t index = writer(look, look->at, look->reg);
    if (branch->flow == FLOW_BRANCH_REGISTER && has_own_table(look))
        return ORIGIN_COMPUTED;
    if (index == UINT32_MAX)
        return ORIGIN_UNKNOWN;
    const AsmInstruction *from = instruction(look, index);
    if (is_call(from))
        return look->reg == 11 && calls_checker(look, index) ? ORIGIN_CHECKED
                                                             : ORIGIN_UNKNOWN;
    if (assembly_file_loads(look->file, from, STR("__os_arm64x_")))
        return ORIGIN_RUNTIME;
    const AsmSymbol *symbol = symbol_of(look, from);
    if (!symbol && from->n_operands > 1) { // add x8, x8, :lo12:f names it, mov does not
        AsmRegisterNumber source =
            assembly_file_register(asm_operand(look->file->model, from, 1));
        uint32_t before =
            source.is_general ? writer(look, index, source.number) : UINT32_MAX;
        bool is_move =
            is_named(look, from, STR("mov")) || is_named(look, from, STR("add"));
        if (is_move && before != UINT32_MAX)
            symbol = symbol_of(look, instruction(look, before));
    }
    bool is_loaded = is_named(look, from, STR("ldr"));
    return symbol && symbol->is_defined && !symbol->is_data && !is_loaded
               ? ORIGIN_OWN
               : ORIGIN_UNKNOWN;
}

// The checker was called in this block: what is wrong behind it EC214 tells.
static bool is_behind_checker(const Look *look)
{
    uint32_t function = instruction(look, look->at)->function;
    for (uint32_t i = look->at; !starts_block(instruction(look, i)) && i-- > 0;) {
        const AsmInstruction *before = instruction(look, i);
        if (before->function != function || ends_block(before))
            return false;
        if (is_call(before))
            return calls_checker(look, i);
    }
    return false;
}

static void check_target(const Look *look)
{
    const AssemblyFile *file = look->file;
    const AsmInstruction *branch = instruction(look, look->at);
    const AsmFunction *function = &file->model->functions.at[branch->function - 1];
    if (function->is_thunk || origin_of(look) != ORIGIN_UNKNOWN ||
        is_behind_checker(look) || assembly_file_is_own_code(file, look->at, look->reg))
        return;
    bool is_call_of = branch->flow == FLOW_CALL_REGISTER;
    Place at = assembly_file_place(file, branch->all);
    Str reg = asm_operand(file->model, branch, 0);
    Finding *finding = is_call_of ? REPORT(file->unit, EC213_call, at, reg)
                                  : REPORT(file->unit, EC213_branch, at, reg);
    assembly_fix_checker(file, branch, finding);
}

// --- EC212
// -------------------------------------------------------------------------------

static bool check_dispatch(const Look *look)
{
    uint32_t index = writer(look, look->at, look->reg);
    if (index == UINT32_MAX ||
        !assembly_file_loads(look->file, instruction(look, index), dispatcher))
        return false;
    if (look->reg == 16 || instruction(look, look->at)->flow != FLOW_CALL_REGISTER)
        return true;
    const AsmInstruction *call = instruction(look, look->at);
    Finding *finding =
        REPORT(look->file->unit, EC212_call, assembly_file_place(look->file, call->all),
               asm_operand(look->file->model, call, 0));
    assembly_fix_dispatch(look->file, instruction(look, index), call, finding);
    return true;
}

// --- EC214
// -------------------------------------------------------------------------------

// Somewhere before in the function; parameters of it do not reach x10 and x11.
static bool is_set_before(const Look *look, uint32_t reg)
{
    uint32_t function = instruction(look, look->at)->function;
    for (uint32_t i = look->at; i-- > 0;) {
        const AsmInstruction *before = instruction(look, i);
        if (before->function != function)
            return false;
        if (is_call(before) && before->flow == FLOW_CALL)
            return false;
        if (assembly_file_writes(look->file, before, reg) ||
            before->writes == ASM_NOT_A64)
            return true;
    }
    return false;
}

static void check_next(const Look *look)
{
    const AsmModel *model = look->file->model;
    uint32_t function = instruction(look, look->at)->function;
    for (uint32_t i = look->at + 1; i < model->instructions.len; i++) {
        const AsmInstruction *next = instruction(look, i);
        if (next->function != function || next->is_target || next->flow == FLOW_CONDITION)
            return;
        if (next->flow != FLOW_CALL_REGISTER && next->flow != FLOW_BRANCH_REGISTER &&
            next->flow != FLOW_CALL)
            continue;
        if (assembly_file_operand_is(look->file, next, 0, 11))
            return;
        REPORT(look->file->unit, EC214_call, assembly_file_place(look->file, next->all),
               asm_operand(model, next, 0));
        return;
    }
}

static void check_convention(const Look *look)
{
    const AsmInstruction *call = instruction(look, look->at);
    const AsmFunction *function = &look->file->model->functions.at[call->function - 1];
    Place at = assembly_file_place(look->file, call->all);
    // Where neither is set both come from the caller: __icall_helper_arm64ec.
    bool has_target = is_set_before(look, 11), has_thunk = is_set_before(look, 10);
    if (!function->is_thunk && !has_target && has_thunk)
        REPORT0(look->file->unit, EC214_target, at);
    if (!function->is_thunk && !has_thunk && has_target)
        REPORT0(look->file->unit, EC214_thunk, at);
    check_next(look);
}

static bool is_return(const Look *look, const AsmInstruction *branch)
{
    return look->reg == 30 || is_named(look, branch, STR("ret"));
}

void assembly_file_calls(const AssemblyFile *file)
{
    for (uint32_t i = 0; i < file->model->instructions.len; i++) {
        const AsmInstruction *branch = &file->model->instructions.at[i];
        if ((branch->flow != FLOW_CALL_REGISTER &&
             branch->flow != FLOW_BRANCH_REGISTER) ||
            !branch->function)
            continue;
        AsmRegisterNumber reg =
            assembly_file_register(asm_operand(file->model, branch, 0));
        Look look = {file, i, reg.number};
        if (!reg.is_general || is_return(&look, branch) || check_dispatch(&look))
            continue;
        if (calls_checker(&look, i))
            check_convention(&look);
        else
            check_target(&look);
    }
}
