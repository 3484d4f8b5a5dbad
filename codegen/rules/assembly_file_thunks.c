// EC211, EC511, EC513, EC514: entry thunks that a person wrote.
#include "codegen/rules/assembly_file.h"

enum { FIRST_KEPT = 6, LAST_KEPT = 15, FRAME_POINTER = 29, LINK = 30, RESULT = 8 };

typedef struct Seen {
    uint32_t vectors; // q registers that are stored, by bit
    bool keeps_fp, keeps_lr;
    bool names_return, names_jump, calls, has_macro;
    bool sets_result; // x8 behind the last call
    const AsmInstruction *ret, *last;
} Seen;

static bool is_store(Str mnemonic)
{
    return str_eq_nocase(mnemonic, STR("stp")) || str_eq_nocase(mnemonic, STR("str")) ||
           str_eq_nocase(mnemonic, STR("stur")) || str_eq_nocase(mnemonic, STR("st1"));
}

static void see_store(const AssemblyFile *file, const AsmInstruction *i, Seen *seen)
{
    for (uint32_t k = 0; k + 1 < i->n_operands; k++) {
        Str operand = asm_operand(file->model, i, k);
        AsmRegisterNumber reg = assembly_file_register(operand);
        bool is_whole = operand.len && (operand.at[0] | 0x20) == 'q';
        if (reg.is_vector && is_whole && reg.number < 32)
            seen->vectors |= 1u << reg.number;
        seen->keeps_fp |= reg.is_general && reg.number == FRAME_POINTER;
        seen->keeps_lr |= reg.is_general && reg.number == LINK;
    }
}

static void see(const AssemblyFile *file, const AsmInstruction *i, Seen *seen)
{
    Str name = i->symbol ? file->model->symbols.at[i->symbol - 1].name : STR("");
    if (is_store(asm_span(file->model, i->mnemonic)))
        see_store(file, i, seen);
    seen->names_return |= str_starts(name, STR("__os_arm64x_dispatch_ret"));
    seen->names_jump |= str_starts(name, STR("__os_arm64x_x64_jump"));
    seen->has_macro |= i->writes == ASM_NOT_A64;
    if (i->flow == FLOW_CALL || i->flow == FLOW_CALL_REGISTER) {
        seen->calls = true;
        seen->sets_result = false;
    } else if (assembly_file_writes(file, i, RESULT)) {
        seen->sets_result = true;
    }
    if (i->flow == FLOW_RETURN)
        seen->ret = i;
    seen->last = i;
}

static Str missing_of(const AssemblyFile *file, const Seen *seen)
{
    Arena *arena = file->unit->arena;
    Str missing = STR("");
    for (uint32_t q = FIRST_KEPT; q <= LAST_KEPT; q++) {
        uint32_t last = q;
        if (seen->vectors >> q & 1)
            continue;
        while (last < LAST_KEPT && !(seen->vectors >> (last + 1) & 1))
            last++;
        missing = arena_format(arena, "%.*s%sq%u", STR_ARG(missing),
                               missing.len ? ", " : "", q);
        if (last > q)
            missing = arena_format(arena, "%.*s-q%u", STR_ARG(missing), last);
        q = last;
    }
    if (!seen->keeps_fp || !seen->keeps_lr)
        missing =
            arena_format(arena, "%.*s%s%s", STR_ARG(missing), missing.len ? ", " : "",
                         seen->keeps_fp   ? "lr"
                         : seen->keeps_lr ? "fp"
                                          : "fp and lr");
    return missing;
}

// "m16" in front of the arguments: how many bytes come back through a pointer; 0: none.
static uint32_t returned_bytes(Str name)
{
    static const Str start = STR_INIT("$ientry_thunk$cdecl$m");
    uint64_t n = 0;
    if (!str_starts(name, start))
        return 0;
    Str rest = str_from(name, start.len);
    Str digits = str_sub(rest, 0, str_find_char(rest, '$'));
    return str_to_u64(digits, &n) && n > 8 && n < UINT32_MAX ? (uint32_t)n : 0;
}

static void check_frame(const AssemblyFile *file, const Seen *seen, Place at, Str name)
{
    Str missing = missing_of(file, seen);
    if (missing.len)
        REPORT(file->unit, EC511_saves, at, name, missing);
    if (seen->ret)
        REPORT(file->unit, EC513_ret, assembly_file_place(file, seen->ret->all),
               asm_span(file->model, seen->ret->mnemonic), name);
    else if (!seen->names_return)
        REPORT(file->unit, EC511_dispatch, at, name);
    uint32_t n_bytes = returned_bytes(name);
    if (n_bytes && !seen->sets_result)
        REPORT(file->unit, EC514_thunk, at, name,
               arena_format(file->unit->arena, "%u", n_bytes));
}

static void check(const AssemblyFile *file, const AsmFunction *function)
{
    Seen seen = {0};
    for (uint32_t i = 0; i < function->n; i++)
        see(file, asm_instructions_of(file->model, function) + i, &seen);
    if (seen.has_macro || !seen.last)
        return;
    Str name = assembly_file_function_name(file, function);
    Place at =
        assembly_file_name_place(file, file->model->labels.at[function->label].name);
    bool is_tail = !seen.calls && !seen.ret && !seen.names_return;
    if (function->is_custom || is_tail) {
        bool branches =
            seen.last->flow == FLOW_BRANCH || seen.last->flow == FLOW_BRANCH_REGISTER;
        if (branches && !seen.names_jump)
            REPORT(file->unit, EC211_branch, assembly_file_place(file, seen.last->all),
                   name);
        return;
    }
    check_frame(file, &seen, at, name);
}

void assembly_file_thunks(const AssemblyFile *file)
{
    for (uint32_t i = 0; i < file->model->functions.len; i++)
        if (file->model->functions.at[i].is_entry_thunk)
            check(file, &file->model->functions.at[i]);
}
