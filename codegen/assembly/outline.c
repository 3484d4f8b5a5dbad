#include "codegen/assembly/outline.h"

#include "codegen/abi/symbol_key.h"

enum { OUTLINE_MAX = 20000, REGISTERS_MAX = 200000 };

static uint32_t add(Unit *unit, Str name, Str detail, SymbolKind kind, uint32_t parent,
                    Place full, Place selection)
{
    if (unit->symbols.len >= OUTLINE_MAX || selection.path != 0 || full.path != 0)
        return 0;
    *LIST_PUSH(unit->arena, &unit->symbols) = (Symbol){.name = name,
                                                       .detail = detail,
                                                       .kind = kind,
                                                       .parent = parent,
                                                       .full = full,
                                                       .selection = selection};
    return unit->symbols.len;
}

// A function reaches to the next one; blank lines and comments before that are not its.
static Place full_place(AsmFiles *files, const AsmModel *model,
                        const AsmFunction *function, Place selection)
{
    uint32_t end = model->labels.at[function->label].name.end;
    if (function->n)
        end = model->instructions.at[function->first + function->n - 1].all.end;
    Place last = asm_place(files, &model->text, end - 1, end);
    Place full = selection;
    bool is_behind = last.path == 0 &&
                     (last.end.line > full.end.line ||
                      (last.end.line == full.end.line && last.end.byte > full.end.byte));
    if (is_behind)
        full.end = last.end;
    return full;
}

static Str detail_of(const AsmModel *model, const AsmLabel *label,
                     const AsmFunction *function)
{
    const AsmSymbol *symbol = &model->symbols.at[label->symbol];
    if (function && function->is_entry_thunk)
        return STR("entry thunk");
    if (function && function->is_exit_thunk)
        return STR("exit thunk");
    if (symbol->has_record)
        return STR("function, x64 code can call it");
    if (function)
        return symbol->is_global ? STR("function") : STR("local function");
    return label->is_data ? STR("data") : STR("label");
}

static void add_functions_and_data(Unit *unit, AsmFiles *files, const AsmModel *model)
{
    uint32_t parent = 0;
    for (uint32_t i = 0; i < model->labels.len; i++) {
        const AsmLabel *label = &model->labels.at[i];
        const AsmSymbol *symbol = &model->symbols.at[label->symbol];
        const AsmFunction *function =
            label->function && model->functions.at[label->function - 1].label == i
                ? &model->functions.at[label->function - 1]
                : NULL;
        if (symbol->is_local)
            continue;
        Place selection =
            asm_place(files, &model->text, label->name.begin, label->name.end);
        Place full = function ? full_place(files, model, function, selection) : selection;
        SymbolKind kind = function         ? SYMBOL_FUNCTION
                          : label->is_data ? SYMBOL_VARIABLE
                                           : SYMBOL_FIELD;
        if (function)
            parent = add(unit, symbol->name, detail_of(model, label, function), kind, 0,
                         full, selection);
        else
            (void)add(unit, symbol->name, detail_of(model, label, NULL), kind,
                      label->is_data ? 0 : parent, full, selection);
    }
}

// --- Names
// ------------------------------------------------------------------------------

// A label of the file alone (.Lloop) is a name in it; numbers stand for several places.
static void name(Unit *unit, AsmFiles *files, const AsmModel *model, uint32_t index,
                 AsmSpan at, NameRole role)
{
    const AsmSymbol *symbol = &model->symbols.at[index];
    Place place = asm_place(files, &model->text, at.begin, at.end);
    if (place.path != 0 || !symbol->name.len || is_digit(symbol->name.at[0]))
        return;
    bool is_local =
        symbol->is_local || (symbol->is_defined && !symbol->is_global &&
                             !symbol->is_anti_dependency && symbol->name.at[0] != '#');
    unit_name(unit, place, symbol->name,
              is_local ? symbol->name : symbol_key(unit->arena, symbol->name), role,
              is_local);
}

static Str unquoted(Str text)
{
    bool is_quoted = text.len >= 2 && text.at[0] == '"' && text.at[text.len - 1] == '"';
    return is_quoted ? str_sub(text, 1, text.len - 1) : text;
}

static void name_declarations(Unit *unit, AsmFiles *files, const AsmModel *model)
{
    for (uint32_t i = 0; i < model->directives.len; i++) {
        const AsmDirective *directive = &model->directives.at[i];
        Str word = asm_span(model, directive->word);
        bool declares = str_starts(word, STR(".glob")) || str_eq(word, STR(".weak")) ||
                        str_eq(word, STR(".weak_anti_dep"));
        Str argument = unquoted(asm_span(model, directive->arguments));
        const AsmSymbol *symbol = declares ? asm_symbol_named(model, argument) : NULL;
        if (symbol)
            name(unit, files, model, (uint32_t)(symbol - model->symbols.at),
                 directive->arguments, NAME_DECLARATION);
    }
}

static void name_all(Unit *unit, AsmFiles *files, const AsmModel *model)
{
    for (uint32_t i = 0; i < model->labels.len; i++)
        name(unit, files, model, model->labels.at[i].symbol, model->labels.at[i].name,
             NAME_DEFINITION);
    for (uint32_t i = 0; i < model->references.len; i++)
        name(unit, files, model, model->references.at[i].symbol,
             model->references.at[i].at, NAME_REFERENCE);
    name_declarations(unit, files, model);
}

void asm_outline(Unit *unit, AsmFiles *files, const AsmModel *model)
{
    add_functions_and_data(unit, files, model);
    name_all(unit, files, model);
    for (uint32_t i = 0; i < model->registers.len && i < REGISTERS_MAX; i++) {
        const AsmRegister *reg = &model->registers.at[i];
        Place at = asm_place(files, &model->text, reg->begin, reg->end);
        if (at.path == 0)
            *LIST_PUSH(unit->arena, &unit->registers) = (RegisterUse){at, reg->name};
    }
}
