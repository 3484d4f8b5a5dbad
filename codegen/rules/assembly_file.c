#include "codegen/rules/assembly_file.h"

#include "codegen/abi/registers.h"

Place assembly_file_place(const AssemblyFile *file, AsmSpan span)
{
    return asm_place(file->files, &file->model->text, span.begin, span.end);
}

Place assembly_file_name_place(const AssemblyFile *file, AsmSpan span)
{
    const AsmText *text = &file->model->text;
    AsmSpan longest = {span.begin, span.begin};
    for (uint32_t at = span.begin; at < span.end && at < text->text.len;) {
        uint32_t end = at + 1;
        while (end < span.end && asm_origin(text, end) == asm_origin(text, end - 1) + 1)
            end++;
        if (end - at > longest.end - longest.begin)
            longest = (AsmSpan){at, end};
        at = end;
    }
    return assembly_file_place(file, longest);
}

bool assembly_file_is_written(const AssemblyFile *file, AsmSpan span)
{
    return asm_is_written(file->files, &file->model->text, span.begin, span.end);
}

Str assembly_file_function_name(const AssemblyFile *file, const AsmFunction *function)
{
    return file->model->symbols.at[function->symbol].name;
}

bool assembly_file_is_boundary(const AssemblyFile *file, const AsmFunction *function)
{
    const AsmSymbol *symbol = &file->model->symbols.at[function->symbol];
    return !function->is_thunk && function->n > 0 &&
           (symbol->is_global || symbol->has_record);
}

AsmRegisterNumber assembly_file_register(Str name)
{
    RegisterName reg;
    if (!register_parse(name, &reg))
        return (AsmRegisterNumber){0};
    return (AsmRegisterNumber){reg.number, reg.bank == BANK_VECTOR,
                               reg.bank == BANK_GENERAL};
}

bool assembly_file_operand_is(const AssemblyFile *file, const AsmInstruction *instruction,
                              uint32_t operand, uint32_t number)
{
    AsmRegisterNumber reg =
        assembly_file_register(asm_operand(file->model, instruction, operand));
    return reg.is_general && reg.number == number;
}

static bool is_load_of_pair(const AssemblyFile *file, const AsmInstruction *instruction)
{
    return instruction->writes == ASM_WRITES_PAIR && instruction->n_operands > 2 && file;
}

bool assembly_file_writes(const AssemblyFile *file, const AsmInstruction *instruction,
                          uint32_t number)
{
    switch ((AsmWrites)instruction->writes) {
    case ASM_WRITES_FIRST:
    case ASM_WRITES_FIRST_LABEL:
        return assembly_file_operand_is(file, instruction, 0, number);
    case ASM_WRITES_SECOND:
        return assembly_file_operand_is(file, instruction, 1, number);
    case ASM_WRITES_PAIR:
        return assembly_file_operand_is(file, instruction, 0, number) ||
               (is_load_of_pair(file, instruction) &&
                assembly_file_operand_is(file, instruction, 1, number));
    case ASM_NOT_A64: // a macro may do anything with what it is given
        for (uint32_t i = 0; i < instruction->n_operands; i++)
            if (assembly_file_operand_is(file, instruction, i, number))
                return true;
        return false;
    case ASM_WRITES_NONE:
    case ASM_WRITES_LABEL:
        break;
    }
    return false;
}

bool assembly_file_loads(const AssemblyFile *file, const AsmInstruction *instruction,
                         Str prefix)
{
    Str mnemonic = asm_span(file->model, instruction->mnemonic);
    if (!instruction->symbol || !str_eq_nocase(mnemonic, STR("ldr")))
        return false;
    return str_starts(file->model->symbols.at[instruction->symbol - 1].name, prefix);
}

// --- Many of a kind
// ---------------------------------------------------------------------

enum { SPOKEN_MAX = 20 }; // of one code in a file; more become one with a count

static bool is_spoken(const Finding *finding, uint16_t number)
{
    return finding->number == number && !finding->quiet;
}

static bool is_before(const Place *a, const Place *b)
{
    if (a->path != b->path)
        return a->path < b->path;
    return a->start.line < b->start.line ||
           (a->start.line == b->start.line && a->start.byte < b->start.byte);
}

// The first one stays and counts the others, which are in JSON alone.
static void fold(Unit *unit, uint32_t first, uint16_t number)
{
    uint32_t n = 0;
    Finding *kept = NULL;
    for (uint32_t i = first; i < unit->findings.len; i++) {
        Finding *finding = &unit->findings.at[i];
        if (!is_spoken(finding, number))
            continue;
        n++;
        if (!kept || is_before(&finding->at, &kept->at))
            kept = finding;
    }
    if (n <= SPOKEN_MAX)
        return;
    for (uint32_t i = first; i < unit->findings.len; i++) {
        Finding *finding = &unit->findings.at[i];
        if (is_spoken(finding, number) && finding != kept)
            finding->quiet = QUIET_FOLDED;
    }
    kept->message = arena_format(unit->arena, "%.*s; so at %u more places in this file",
                                 STR_ARG(kept->message), n - 1);
}

static void fold_all(Unit *unit, uint32_t first)
{
    static const uint16_t numbers[] = {118, 201, 208, 209, 212, 213, 214, 215, 501,
                                       502, 503, 504, 505, 506, 507, 509, 510, 516};
    for (size_t i = 0; i < COUNTOF(numbers); i++)
        fold(unit, first, numbers[i]);
}

// Who looks for 'blr x16' before a return address is the emulator itself: what is said of
// Arm64EC code does not hold for it.
static bool is_emulator(const AssemblyFile *file)
{
    const AsmModel *model = file->model;
    for (uint32_t i = 0; i < model->instructions.len; i++) {
        const AsmInstruction *at = &model->instructions.at[i];
        Str value = asm_operand(model, at, 1);
        bool is_move = asm_mnemonic_is(model, at, STR("movk")) ||
                       asm_mnemonic_is(model, at, STR("movz"));
        if (is_move && str_eq_nocase(value, STR("#0xd63f")))
            return true;
    }
    return false;
}

void rules_assembly_file(const AssemblyFile *file)
{
    uint32_t first = file->unit->findings.len;
    if (is_emulator(file))
        return;
    assembly_file_registers(file);
    assembly_file_symbols(file);
    assembly_file_map(file);
    assembly_file_names(file);
    assembly_file_calls(file);
    assembly_file_frames(file);
    assembly_file_thunks(file);
    fold_all(file->unit, first);
}
