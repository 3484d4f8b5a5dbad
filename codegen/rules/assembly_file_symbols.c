// EC201, EC504, EC505, EC507: what a function of an assembly file is called, and where it
// lies.
#include "codegen/abi/thunk.h"
#include "codegen/rules/assembly_file.h"
#include "codegen/rules/assembly_file_fix.h"

// Helpers of the runtime, which x64 code has its own of, and what the linker asks for by
// its plain name.
static bool is_runtime_helper(Str name)
{
    static const Str starts[] = {
        STR_INIT("__icall_helper"), STR_INIT("__os_arm64x_"),
        STR_INIT("__chkstk"),       STR_INIT("__security_check_cookie"),
        STR_INIT("__aarch64_"),     STR_INIT("__arm64x_")};
    Str plain = str_starts(name, STR("#")) ? str_from(name, 1) : name;
    for (size_t i = 0; i < COUNTOF(starts); i++)
        if (str_starts(plain, starts[i]))
            return true;
    return false;
}

// `foo = "#foo"`: the plain name is an alias of a decorated one, or the other way round.
static bool has_decorated_alias(const AssemblyFile *file, Str name)
{
    const AsmSymbol *other =
        asm_symbol_named(file->model, decorate(file->unit->arena, name));
    return other && other->is_defined;
}

static bool is_plain_function(const AssemblyFile *file, const AsmFunction *function)
{
    const AsmSymbol *symbol = &file->model->symbols.at[function->symbol];
    return assembly_file_is_boundary(file, function) && !is_decorated(symbol->name) &&
           !symbol->is_anti_dependency && !str_starts(symbol->name, STR("$")) &&
           !str_starts(symbol->name, STR("EXP+")) && !is_runtime_helper(symbol->name) &&
           !has_decorated_alias(file, symbol->name);
}

static AsmSpan name_of(const AssemblyFile *file, const AsmFunction *function)
{
    return file->model->labels.at[function->label].name;
}

static bool is_at_comdat_start(const AssemblyFile *file, const AsmFunction *function)
{
    const AsmLabel *label = &file->model->labels.at[function->label];
    return label->is_at_start && file->model->sections.at[label->section].comdat.len;
}

static void check_name(const AssemblyFile *file, const AsmFunction *function)
{
    Str name = assembly_file_function_name(file, function);
    Finding *finding = REPORT(file->unit, EC504_function,
                              assembly_file_name_place(file, name_of(file, function)),
                              name, decorate(file->unit->arena, name));
    assembly_fix_name(file, function, finding);
}

// What x64 code may get hold of: functions in tables of pointers, and exported ones.
typedef struct Reach {
    bool *in_table; // by symbol
    Str *exports;   // arguments of directives that speak of exports
    uint32_t n_exports;
} Reach;

static bool is_pointer_data(Str word)
{
    return str_eq_nocase(word, STR(".quad")) || str_eq_nocase(word, STR(".xword"));
}

// References stand in the order of the text, and so do directives.
static Reach reach_of(const AssemblyFile *file)
{
    const AsmModel *model = file->model;
    Arena *arena = file->unit->arena;
    Reach reach = {.in_table = ARENA_ARRAY(arena, bool, model->symbols.len + 1)};
    uint32_t r = 0;
    LIST(Str) exports = {0};
    for (uint32_t i = 0; i < model->directives.len; i++) {
        const AsmDirective *directive = &model->directives.at[i];
        Str word = asm_span(model, directive->word);
        if (str_eq_nocase(word, STR(".ascii")) || str_eq_nocase(word, STR(".asciz"))) {
            Str arguments = asm_span(model, directive->arguments);
            if (str_has(arguments, STR("/EXPORT:")) ||
                str_has(arguments, STR("-export:")))
                *LIST_PUSH(arena, &exports) = arguments;
        }
        if (!is_pointer_data(word))
            continue;
        while (r < model->references.len &&
               model->references.at[r].at.begin < directive->arguments.begin)
            r++;
        for (; r < model->references.len &&
               model->references.at[r].at.end <= directive->arguments.end;
             r++)
            reach.in_table[model->references.at[r].symbol] = true;
    }
    reach.exports = exports.at;
    reach.n_exports = exports.len;
    return reach;
}

static bool is_reached(const AssemblyFile *file, const Reach *reach,
                       const AsmFunction *function)
{
    if (reach->in_table[function->symbol])
        return true;
    Str plain =
        undecorate(file->unit->arena, assembly_file_function_name(file, function));
    for (uint32_t i = 0; i < reach->n_exports; i++)
        if (str_has(reach->exports[i], plain))
            return true;
    return false;
}

static void check_thunk(const AssemblyFile *file, const Reach *reach,
                        const AsmFunction *function, bool *is_placed_told)
{
    const AsmSymbol *symbol = &file->model->symbols.at[function->symbol];
    if (!symbol->is_global || !is_decorated(symbol->name) || symbol->has_record ||
        function->is_thunk || function->n == 0 || is_runtime_helper(symbol->name))
        return;
    Place at = assembly_file_name_place(file, name_of(file, function));
    Finding *finding = REPORT(file->unit, EC201_function, at, symbol->name);
    if (is_reached(file, reach, function))
        finding->severity = SEVERITY_ERROR;
    assembly_fix_thunk(file, function, finding);
    if (is_at_comdat_start(file, function) || *is_placed_told)
        return;
    *is_placed_told = true; // once a file: the others follow
    finding = REPORT(file->unit, EC505_function, at, symbol->name);
    assembly_fix_section(file, function, finding);
}

static void check_place(const AssemblyFile *file, const AsmFunction *function)
{
    const AsmLabel *label = &file->model->labels.at[function->label];
    bool is_odd = label->alignment && label->alignment < 4;
    if (!is_odd && !label->is_behind_data)
        return;
    Str why = is_odd ? arena_format(file->unit->arena, "is aligned to %u byte%s",
                                    label->alignment, label->alignment == 1 ? "" : "s")
                     : STR("stands right behind data");
    REPORT(file->unit, EC507_function,
           assembly_file_name_place(file, name_of(file, function)),
           assembly_file_function_name(file, function), why);
}

void assembly_file_symbols(const AssemblyFile *file)
{
    bool is_placed_told = false;
    Reach reach = reach_of(file);
    for (uint32_t i = 0; i < file->model->functions.len; i++) {
        const AsmFunction *function = &file->model->functions.at[i];
        if (is_plain_function(file, function))
            check_name(file, function);
        else
            check_thunk(file, &reach, function, &is_placed_told);
        if (assembly_file_is_boundary(file, function))
            check_place(file, function);
    }
}
