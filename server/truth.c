#include "server/truth.h"

#include "codegen/abi/fault.h"
#include "codegen/diag.h"

uint32_t truth_offset(const Lines *lines, Pos pos)
{
    uint32_t line = pos.line < lines->len ? pos.line : lines->len - 1;
    return lines->start[line] + pos.byte;
}

bool truth_covers(const RRange *range, const Lines *lines, uint32_t offset)
{
    return range->path == 0 && truth_offset(lines, range->start) <= offset &&
           offset <= truth_offset(lines, range->end);
}

// The symbols of a document hold the extents of its functions; the innermost comes last.
static const RSymbol *symbol_around(const Result *result, const Lines *lines,
                                    uint32_t offset)
{
    const RSymbol *found = NULL;
    for (uint32_t i = 0; i < result->n_symbols; i++) {
        const RSymbol *symbol = &result->symbols[i];
        bool is_function =
            symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
        if (is_function && truth_covers(&symbol->full, lines, offset))
            found = symbol;
    }
    return found;
}

const RFunction *truth_enclosing(const Result *result, const Lines *lines,
                                 uint32_t offset)
{
    const RSymbol *symbol = symbol_around(result, lines, offset);
    if (!symbol)
        return NULL;
    uint32_t name = truth_offset(lines, symbol->selection.start);
    const RFunction *same_name = NULL;
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        if (!function->in_document)
            continue;
        if (truth_covers(&function->at, lines, name))
            return function;
        if (str_eq(result_str(result, function->name), result_str(result, symbol->name)))
            same_name = function; // another declaration of it
    }
    return same_name;
}

bool truth_has_places(const Result *result, const RFunction *function)
{
    return function->rows.len &&
           !str_eq(result_str(result, result->rows[function->rows.at].x64),
                   STR(RESULT_PLACE_UNKNOWN));
}

const RThunk *truth_thunk(const Result *result, const RFunction *function, ThunkKind kind)
{
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        if (thunk->kind == (uint32_t)kind)
            return thunk;
    }
    return NULL;
}

bool truth_has_entry(const Result *result, const RFunction *function)
{
    return truth_thunk(result, function, THUNK_ENTRY) != NULL;
}

bool truth_has_exit(const Result *result, const RFunction *function)
{
    return truth_thunk(result, function, THUNK_EXIT) != NULL;
}

uint32_t truth_faults(const Result *result, const RFunction *function, const RRow *row)
{
    return (truth_has_entry(result, function) ? row->entry_faults : 0) |
           (truth_has_exit(result, function) ? row->exit_faults : 0);
}

bool truth_names_are_exact(const Result *result)
{
    return !str_starts(result_str(result, result->info->builder), STR("msvc"));
}

Str truth_nameless(const Result *result)
{
    return truth_names_are_exact(result) ? STR("that LLVM cannot make")
                                         : STR("whose name is not known");
}

Str truth_codes(Arena *arena, uint32_t faults)
{
    Str codes = STR("");
    for (AbiFault fault; (fault = abi_fault_take(&faults));) {
        char code[DIAG_CODE_BYTES_MAX];
        diag_code(abi_fault_number(fault), code);
        codes =
            arena_format(arena, "%.*s%s%s", STR_ARG(codes), codes.len ? ", " : "", code);
    }
    return codes;
}

// "result, a and '...'" of the rows with one of these faults.
static Str rows_with(Arena *arena, const Result *result, const RFunction *function,
                     uint32_t faults)
{
    Str text = STR("");
    for (uint32_t i = 0; i < function->rows.len; i++) {
        const RRow *row = &result->rows[function->rows.at + i];
        if (!(truth_faults(result, function, row) & faults))
            continue;
        Str name = result_str(result, row->name);
        const char *quote = str_eq(name, STR("...")) ? "'" : "";
        text = arena_format(arena, "%.*s%s%s%.*s%s", STR_ARG(text), text.len ? ", " : "",
                            quote, STR_ARG(name), quote);
    }
    return text;
}

Str truth_wrong(Arena *arena, const Result *result, const RFunction *function)
{
    Str text = STR("");
    uint32_t faults = 0, told = 0;
    for (uint32_t i = 0; i < function->rows.len; i++)
        faults |= truth_faults(result, function, &result->rows[function->rows.at + i]);
    for (AbiFault fault; (fault = abi_fault_take(&faults));) {
        char code[DIAG_CODE_BYTES_MAX];
        diag_code(abi_fault_number(fault), code);
        Str rows = rows_with(arena, result, function, fault);
        text = arena_format(arena, "%.*s%s%.*s (%s: %.*s)", STR_ARG(text),
                            told++ ? "; " : "wrong on x64: ", STR_ARG(rows), code,
                            STR_ARG(abi_fault_words(fault)));
    }
    return text;
}
