// EC121 EC207 EC216-EC217 EC318: names and addresses of functions between modules.
//
// A function has two symbols on Arm64EC, `foo` and `#foo`, and two addresses: its own,
// and the x64 sequence that its module exports. What names one of them does not reach
// the other.
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/rules.h"
#include "codegen/rules/source_text.h"

// --- EC121
// -------------------------------------------------------------------------------

static bool is_comparison(const Unit *unit, const Call *use)
{
    for (uint32_t i = 0; i < unit->function_comparisons.len; i++) {
        const Place *at = &unit->function_comparisons.at[i].at;
        if (use->at.path == at->path && use->at.start.line == at->start.line &&
            use->at.start.byte == at->start.byte)
            return true;
    }
    return false;
}

// The file gives the pointer away, too: it may be its own that comes back.
static bool is_given_here(const Unit *unit, uint32_t function)
{
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *use = &unit->calls.at[i];
        if (use->callee == function && use->takes_address && !is_comparison(unit, use))
            return true;
    }
    return false;
}

// Of Windows' and the C library's own functions every module sees the same address.
static void check_comparisons(Unit *unit)
{
    for (uint32_t i = 0; i < unit->function_comparisons.len; i++) {
        const FunctionComparison *made = &unit->function_comparisons.at[i];
        const Function *function = &unit->functions.at[made->function];
        if (function->is_hybrid_patchable || !function->is_visible)
            continue;
        if (function->is_dllimport) {
            Finding *finding = REPORT(unit, EC121_imported, made->at, function->name);
            if (is_given_here(unit, made->function))
                finding->severity = SEVERITY_HINT;
        } else if (function->is_dllexport && function->is_defined)
            REPORT(unit, EC121_exported, made->at, function->name)->severity =
                SEVERITY_HINT;
    }
}

// --- EC216, EC217
// ------------------------------------------------------------------------

static bool has_floating_point(const AbiSignature *abi)
{
    for (uint32_t i = 0; abi && i < abi->n_parameters; i++)
        switch (abi->parameters[i].type->kind) {
        case ABI_FLOAT:
        case ABI_DOUBLE:
        case ABI_LONG_DOUBLE:
            return true;
        default:
            break;
        }
    return false;
}

// Microsoft's ABI points to a thunk of the class; the other one to a slot of the vtable.
static void check_member_pointers(Unit *unit)
{
    for (uint32_t i = 0; i < unit->member_pointers.len; i++) {
        const MemberPointer *made = &unit->member_pointers.at[i];
        const Function *function = &unit->functions.at[made->function];
        if (has_floating_point(function->abi))
            REPORT(unit, EC216_member, made->at, function->name);
    }
}

static void check_aliases(Unit *unit)
{
    bool *told = ARENA_ARRAY(unit->arena, bool, unit->functions.len + 1);
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        if (call->callee == CALLEE_UNKNOWN || call->takes_address ||
            !call->is_reachable || call->at.path != 0 || told[call->callee] ||
            !unit->functions.at[call->callee].is_alias)
            continue;
        told[call->callee] = true;
        REPORT(unit, EC217_call, call->at, unit->functions.at[call->callee].name);
    }
}

// --- EC318
// -------------------------------------------------------------------------------

typedef struct LinkerPragma {
    Str text;            // of the option string
    uint32_t begin, end; // between its quotes; of the first and the last literal
    bool is_written_out;
} LinkerPragma;

// comment ( linker , "..." "..." )
static bool read_pragma(const Unit *unit, uint32_t offset, LinkerPragma *ret_pragma)
{
    CLexer lexer;
    Buf text;
    LinkerPragma pragma = {.is_written_out = true};
    c_lexer_init(&lexer, unit->text);
    lexer.at = offset;
    lexer.in_directive = true;
    c_lexer_next_code(&lexer);
    if (!c_token_is(&lexer, c_lexer_next_code(&lexer), '(') ||
        !c_token_is_word(&lexer, c_lexer_next_code(&lexer), STR("linker")) ||
        !c_token_is(&lexer, c_lexer_next_code(&lexer), ','))
        return false;
    buf_init(&text, 4096);
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        CString string;
        if (token.kind != C_STRING ||
            !c_string_decode(unit->arena, c_token_text(&lexer, token), &string)) {
            pragma.is_written_out = c_token_is(&lexer, token, ')');
            break;
        }
        if (!pragma.begin)
            pragma.begin = token.begin + 1;
        pragma.end = token.end - 1;
        buf_put(&text, string.bytes);
    }
    pragma.text = arena_str(unit->arena, buf_str(&text));
    buf_done(&text);
    *ret_pragma = pragma;
    return pragma.is_written_out && pragma.begin;
}

static Str next_option(Str *rest)
{
    *rest = str_trim(*rest);
    size_t end = 0;
    while (end < rest->len && rest->at[end] != ' ' && rest->at[end] != '\t')
        end++;
    Str option = str_sub(*rest, 0, end);
    *rest = str_from(*rest, end);
    return option;
}

// "/alternatename:A=B". False: another option.
static bool alternate_names(Str option, Str *ret_from, Str *ret_to)
{
    Str prefix = STR("alternatename:");
    if (option.len < prefix.len + 2 || (option.at[0] != '/' && option.at[0] != '-') ||
        !str_eq_nocase(str_sub(option, 1, prefix.len + 1), prefix))
        return false;
    Str pair = str_from(option, prefix.len + 1);
    size_t equals = str_find_char(pair, '=');
    *ret_from = str_sub(pair, 0, equals);
    *ret_to = str_from(pair, equals + 1);
    return ret_from->len && ret_to->len;
}

// WORD ( stands in the text.
static bool is_called_in_text(const Unit *unit, Str word)
{
    if (!word.len || !str_has(unit->text, word))
        return false;
    CLexer lexer;
    c_lexer_init(&lexer, unit->text);
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return false;
        if (!c_token_is_word(&lexer, token, word))
            continue;
        CLexer ahead = lexer;
        if (c_token_is(&ahead, c_lexer_next_code(&ahead), '('))
            return true;
    }
}

// ?f@@YAXXZ is a function, ?v@@3HA is none.
static bool is_mangled_function(Str name)
{
    size_t at = str_find(name, STR("@@"));
    return str_starts(name, STR("?")) && at + 2 < name.len && !is_digit(name.at[at + 2]);
}

static bool is_function(const Unit *unit, Str name)
{
    if (str_starts(name, STR("__imp_")))
        return false;
    for (uint32_t i = 0; i < unit->functions.len; i++)
        if (str_eq(unit->functions.at[i].symbol, name))
            return true;
    return is_mangled_function(name) || is_called_in_text(unit, name);
}

static void fix_pragma(Unit *unit, Finding *finding, const LinkerPragma *pragma, Str both)
{
    uint32_t end = pragma->end; // behind the line
    while (end < unit->text.len && unit->text.at[end] != '\n')
        end++;
    bool is_last = end == unit->text.len;
    if (end > 0 && unit->text.at[end - 1] == '\\')
        return;
    end += !is_last;
    Fix *fix = unit_fix(unit, finding, STR("add the Arm64EC form"));
    fix->preferred = true;
    unit_edit(unit, fix, unit_place(unit, end, end),
              arena_format(unit->arena,
                           "%s#if defined(_M_ARM64EC) || defined(__arm64ec__)\n"
                           "#pragma comment(linker, \"/alternatename:%.*s\")\n#endif\n",
                           is_last ? "\n" : "", STR_ARG(both)));
}

static void check_option(Unit *unit, const LinkerPragma *pragma, Str option)
{
    Str from, to;
    if (!alternate_names(option, &from, &to) || is_decorated(from) ||
        (!is_function(unit, from) && !is_function(unit, to)) ||
        str_starts(from, STR("__imp_")))
        return;
    Str decorated = decorate(unit->arena, from);
    if (str_has(unit->text,
                arena_format(unit->arena, "lternatename:%.*s", STR_ARG(decorated))))
        return;
    Finding *finding =
        REPORT(unit, EC318_alternate, unit_place(unit, pragma->begin, pragma->end), from,
               decorated);
    fix_pragma(unit, finding, pragma,
               arena_format(unit->arena, "%.*s=%.*s", STR_ARG(decorated),
                            STR_ARG(decorate(unit->arena, to))));
}

static void check_pragmas(Unit *unit)
{
    for (uint32_t i = 0; i < unit->linker_pragmas.len; i++) {
        LinkerPragma pragma;
        if (!read_pragma(unit, unit->linker_pragmas.at[i], &pragma))
            continue;
        for (Str rest = pragma.text; str_trim(rest).len;)
            check_option(unit, &pragma, next_option(&rest));
    }
}

void rules_linkage(Unit *unit)
{
    check_pragmas(unit);
    check_comparisons(unit);
    if (!builder_is_llvm(unit->builder))
        return;
    check_aliases(unit);
    if (str_ends(unit->target, STR("msvc")))
        check_member_pointers(unit);
}
