// EC215, EC506, EC509: names that an assembly file calls or loads.
#include "codegen/rules/assembly_file.h"
#include "codegen/rules/assembly_file_fix.h"

typedef struct Helper {
    Str classic, own, remark;
} Helper;

static const Helper helpers[] = {
    {STR_INIT("__chkstk"), STR_INIT("#__chkstk_arm64ec"), STR_INIT(" (x15 = size/16)")},
    {STR_INIT("__security_check_cookie"), STR_INIT("#__security_check_cookie_arm64ec"),
     STR_INIT("")},
    {STR_INIT("__C_specific_handler"), STR_INIT("#__C_specific_handler"), STR_INIT("")},
    {STR_INIT("__GSHandlerCheck"), STR_INIT("#__GSHandlerCheck"), STR_INIT("")},
    {STR_INIT("__CxxFrameHandler3"), STR_INIT("#__CxxFrameHandler3"), STR_INIT("")},
    {STR_INIT("__CxxFrameHandler4"), STR_INIT("#__CxxFrameHandler4"), STR_INIT("")},
};

static const Str guards[] = {STR_INIT("__guard_check_icall_fptr"),
                             STR_INIT("__guard_dispatch_icall_fptr"),
                             STR_INIT("__guard_check_icall")};

static const Str variadics[] = {
#define LIBRARY_VARIADIC(name) STR_INIT(name),
#include "codegen/rules/library_variadics.def"
#undef LIBRARY_VARIADIC
};

static void check_helper(const AssemblyFile *file, const AsmReference *reference,
                         const AsmSymbol *symbol)
{
    for (size_t i = 0; i < COUNTOF(helpers); i++) {
        if (!str_eq(symbol->name, helpers[i].classic))
            continue;
        Finding *finding =
            REPORT(file->unit, EC506_helper, assembly_file_place(file, reference->at),
                   symbol->name, helpers[i].own, helpers[i].remark);
        assembly_fix_reference(file, reference->at, helpers[i].own, finding);
    }
}

static void check_guard(const AssemblyFile *file, const AsmReference *reference,
                        const AsmSymbol *symbol)
{
    if (asm_symbol_named(file->model, STR("_load_config_used")))
        return; // the image's own table
    for (size_t i = 0; i < COUNTOF(guards); i++) {
        if (!str_eq(symbol->name, guards[i]))
            continue;
        Finding *finding = REPORT(file->unit, EC215_symbol,
                                  assembly_file_place(file, reference->at), symbol->name);
        if (i == 0)
            assembly_fix_reference(file, reference->at,
                                   STR("__os_arm64x_check_icall_cfg"), finding);
    }
}

static bool is_variadic(Str name)
{
    Str plain = str_starts(name, STR("#")) ? str_from(name, 1) : name;
    for (size_t i = 0; i < COUNTOF(variadics); i++)
        if (str_eq(plain, variadics[i]))
            return true;
    return false;
}

// The stack list and its size, since the call before or the function's start.
static bool sets_list(const AssemblyFile *file, uint32_t call)
{
    const AsmModel *model = file->model;
    uint32_t function = model->instructions.at[call].function;
    for (uint32_t i = call; i-- > 0;) {
        const AsmInstruction *instruction = &model->instructions.at[i];
        if (instruction->function != function || instruction->flow == FLOW_CALL ||
            instruction->flow == FLOW_CALL_REGISTER)
            return false;
        if (assembly_file_writes(file, instruction, 4) ||
            assembly_file_writes(file, instruction, 5) ||
            instruction->writes == ASM_NOT_A64)
            return true;
    }
    return false;
}

static void check_variadic(const AssemblyFile *file, uint32_t index)
{
    const AsmInstruction *call = &file->model->instructions.at[index];
    const AsmSymbol *symbol =
        call->symbol ? &file->model->symbols.at[call->symbol - 1] : NULL;
    if (call->flow != FLOW_CALL || !symbol || symbol->is_defined ||
        !is_variadic(symbol->name) || sets_list(file, index))
        return;
    REPORT(file->unit, EC509_call, assembly_file_place(file, call->all), symbol->name);
}

void assembly_file_names(const AssemblyFile *file)
{
    for (uint32_t i = 0; i < file->model->references.len; i++) {
        const AsmReference *reference = &file->model->references.at[i];
        const AsmSymbol *symbol = &file->model->symbols.at[reference->symbol];
        if (symbol->is_defined)
            continue;
        check_helper(file, reference, symbol);
        check_guard(file, reference, symbol);
    }
    for (uint32_t i = 0; i < file->model->instructions.len; i++)
        check_variadic(file, i);
}
