// EC127 EC129 EC131 EC202 EC213 EC215: what inline assembly defines, calls and saves.
//
// LLVM makes two symbols of each function that a file calls, as weak aliases in the same
// object: a label of the same name in assembly loses against them. And assembly that
// calls through a register goes past the check that every indirect call of a compiler
// makes.
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/rules.h"
#include "codegen/rules/source_text.h"

enum { SAVED_PAIRS_MIN = 3 };

// One statement of an assembly text, without blanks around it.
typedef struct AsmLine {
    Str text;
    uint32_t begin; // in the block's text
} AsmLine;

static bool next_line(Str text, uint32_t *at, AsmLine *ret_line)
{
    if (*at >= text.len)
        return false;
    uint32_t begin = *at, end = begin;
    while (end < text.len && text.at[end] != '\n' && text.at[end] != ';')
        end++;
    *at = end + 1;
    while (begin < end && (text.at[begin] == ' ' || text.at[begin] == '\t'))
        begin++;
    *ret_line = (AsmLine){str_trim(str_sub(text, begin, end)), begin};
    return true;
}

// Where a byte range of the block's text stands.
static Place place_in(const Unit *unit, const AsmBlock *block, uint32_t begin,
                      uint32_t end)
{
    if (!block->source || end <= begin || block->source[begin] == UINT32_MAX ||
        block->source[end - 1] == UINT32_MAX)
        return block->macro_at;
    return unit_place(unit, block->source[begin], block->source[end - 1] + 1);
}

// --- EC202
// -------------------------------------------------------------------------------

// foo:   "#foo":   .set foo, ...   The name without quotes; empty: no definition.
static Str defined_name(AsmLine line, uint32_t *ret_begin)
{
    Str text = line.text;
    uint32_t skip = 0;
    bool is_set = str_starts(text, STR(".set ")) || str_starts(text, STR(".equ "));
    if (is_set) {
        skip = 5;
        while (skip < text.len && text.at[skip] == ' ')
            skip++;
    }
    bool is_quoted = skip < text.len && text.at[skip] == '"';
    skip += is_quoted;
    Str rest = str_from(text, skip);
    size_t end = 0;
    if (is_quoted)
        end = str_find_char(rest, '"');
    else
        while (end < rest.len &&
               (is_word(rest.at[end]) || rest.at[end] == '$' || rest.at[end] == '#' ||
                rest.at[end] == '?' || rest.at[end] == '@'))
            end++;
    Str behind = str_trim(str_from(rest, end + is_quoted));
    if (!str_starts(behind, is_set ? STR(",") : STR(":")))
        return STR("");
    *ret_begin = line.begin + skip;
    return str_sub(rest, 0, end);
}

// A use of the function by which LLVM makes its aliases here; a call rather than another.
static const Call *use_of(const Unit *unit, uint32_t function)
{
    const Call *address = NULL;
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        bool lives = call->is_reachable && (call->caller == CALLER_FILE_SCOPE ||
                                            unit->functions.at[call->caller].is_emitted);
        if (call->callee != function || !lives)
            continue;
        if (!call->takes_address)
            return call;
        address = call;
    }
    return address;
}

static void check_definition(Unit *unit, const AsmBlock *block, AsmLine line)
{
    uint32_t begin = 0;
    Str name = defined_name(line, &begin);
    if (!name.len)
        return;
    Str plain = undecorate(unit->arena, name);
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (function->is_defined || function->is_dllimport ||
            !str_eq(function->symbol, plain))
            continue;
        const Call *use = use_of(unit, i);
        if (!use)
            return;
        Place at = place_in(unit, block, begin, begin + (uint32_t)name.len);
        Finding *finding = REPORT(unit, EC202_definition, at, name, plain);
        if (use->takes_address)
            finding->severity = SEVERITY_WARNING;
        unit_note(unit, finding, use->at,
                  use->takes_address ? STR("its address is taken here")
                                     : STR("it is called here"));
        return;
    }
}

// --- EC213
// -------------------------------------------------------------------------------

static bool has_checker(const Unit *unit)
{
    for (uint32_t i = 0; i < unit->asm_blocks.len; i++)
        if (str_has(unit->asm_blocks.at[i].text, STR("__os_arm64x_")))
            return true;
    return false;
}

// blr x8, blr %0; blr x16 is how the emulator is entered.
static void check_branch(Unit *unit, const AsmBlock *block, AsmLine line)
{
    if (!str_starts(line.text, STR("blr ")) && !str_starts(line.text, STR("blr\t")))
        return;
    Str target = str_trim(str_from(line.text, 4));
    if (str_eq(target, STR("x16")) || has_checker(unit))
        return;
    REPORT(unit, EC213_call,
           place_in(unit, block, line.begin, line.begin + (uint32_t)line.text.len),
           target);
}

// --- EC215
// -------------------------------------------------------------------------------

static const Str guards[] = {STR_INIT("__guard_check_icall_fptr"),
                             STR_INIT("__guard_dispatch_icall_fptr"),
                             STR_INIT("__guard_check_icall")};

static void report_guard(Unit *unit, Place at, Str name)
{
    Finding *finding = REPORT(unit, EC215_symbol, at, name);
    if (!str_eq(name, guards[0]) || !str_eq(source_at(unit, &at), name))
        return;
    Fix *fix = unit_fix(unit, finding, STR("use '__os_arm64x_check_icall_cfg'"));
    unit_edit(unit, fix, at, STR("__os_arm64x_check_icall_cfg"));
}

static void check_guard(Unit *unit, const AsmBlock *block, AsmLine line)
{
    for (size_t i = 0; i < COUNTOF(guards); i++) {
        size_t at = str_find(line.text, guards[i]);
        if (at == line.text.len)
            continue;
        uint32_t begin = line.begin + (uint32_t)at;
        report_guard(unit, place_in(unit, block, begin, begin + (uint32_t)guards[i].len),
                     guards[i]);
        return;
    }
}

// A variable of C: where it is named first.
static void check_guard_variable(Unit *unit, Str name)
{
    CLexer lexer;
    if (str_has(unit->text, STR("_load_config_used"))) // the image's own table
        return;
    c_lexer_init(&lexer, unit->text);
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return;
        if (token.in_directive || !c_token_is_word(&lexer, token, name))
            continue;
        report_guard(unit, unit_place(unit, token.begin, token.end), name);
        return;
    }
}

static void check_guard_variables(Unit *unit)
{
    for (uint32_t i = 0; i < unit->variables.len; i++)
        for (size_t k = 0; k < COUNTOF(guards); k++)
            if (str_eq(unit->variables.at[i].name, guards[k]))
                check_guard_variable(unit, guards[k]);
}

// --- EC131
// -------------------------------------------------------------------------------

// stp x19, x20, [sp, #-16]!
static bool saves_a_pair(Str line)
{
    static const Str pairs[] = {STR_INIT("x19, x20"), STR_INIT("x21, x22"),
                                STR_INIT("x23, x24"), STR_INIT("x25, x26"),
                                STR_INIT("x27, x28"), STR_INIT("x19,x20"),
                                STR_INIT("x21,x22"),  STR_INIT("x23,x24"),
                                STR_INIT("x25,x26"),  STR_INIT("x27,x28")};
    for (size_t i = 0; i < COUNTOF(pairs); i++)
        if (str_starts(line, STR("stp")) && str_has(line, pairs[i]))
            return true;
    return false;
}

// Pushes what a caller keeps in registers and calls: whoever that is looks at the stack.
static void check_scan(Unit *unit, const AsmBlock *block)
{
    AsmLine line;
    uint32_t at = 0, n_saved = 0;
    bool calls = false, passes_stack = false;
    while (next_line(block->text, &at, &line)) {
        n_saved += saves_a_pair(line.text);
        calls |= str_starts(line.text, STR("blr")) || str_starts(line.text, STR("bl "));
        passes_stack |=
            str_starts(line.text, STR("mov x")) && str_ends(line.text, STR(", sp"));
    }
    if (n_saved >= SAVED_PAIRS_MIN && calls && passes_stack)
        REPORT0(unit, EC131_push, block->at);
}

// --- EC129
// -------------------------------------------------------------------------------

static bool speaks_of_mxcsr(Unit *unit)
{
    static const Str words[] = {STR_INIT("_mm_getcsr"), STR_INIT("_mm_setcsr"),
                                STR_INIT("MxCsr"), STR_INIT("mxcsr"), STR_INIT("MXCSR")};
    return source_names_any(unit, words, COUNTOF(words));
}

static void check_control_register(Unit *unit, const AsmBlock *block, AsmLine line)
{
    bool moves = str_starts(line.text, STR("mrs")) || str_starts(line.text, STR("msr"));
    if (moves && (str_has(line.text, STR("fpcr")) || str_has(line.text, STR("FPCR"))) &&
        speaks_of_mxcsr(unit))
        REPORT0(unit, EC129_register,
                place_in(unit, block, line.begin, line.begin + (uint32_t)line.text.len));
}

// --- EC127
// -------------------------------------------------------------------------------

// register void *teb __asm__("x18"); at file scope, and `teb = p;` somewhere: clang makes
// "mov x18, x0" of it.
static void check_x18(Unit *unit, const RegisterVariable *variable)
{
    if (!str_eq_nocase(variable->reg, STR("x18")) || variable->declared.path != 0 ||
        variable->caller != CALLER_FILE_SCOPE)
        return;
    CLexer lexer;
    c_lexer_init(&lexer, unit->text);
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return;
        if (token.in_directive || !c_token_is_word(&lexer, token, variable->name))
            continue;
        CLexer ahead = lexer;
        if (c_token_is(&ahead, c_lexer_next_code(&ahead), '=') &&
            !c_token_is(&ahead, c_lexer_next_code(&ahead), '='))
            REPORT(unit, EC127_variable, unit_place(unit, token.begin, token.end),
                   variable->name);
    }
}

// -------------------------------------------------------------------------------

void rules_assembly_symbols(Unit *unit)
{
    for (uint32_t i = 0; i < unit->register_variables.len; i++)
        check_x18(unit, &unit->register_variables.at[i]);
    bool is_llvm = builder_is_llvm(unit->builder);
    check_guard_variables(unit);
    for (uint32_t i = 0; i < unit->asm_blocks.len; i++) {
        const AsmBlock *block = &unit->asm_blocks.at[i];
        AsmLine line;
        uint32_t at = 0;
        if (!block->in_document)
            continue;
        while (next_line(block->text, &at, &line)) {
            if (block->is_file_scope && is_llvm)
                check_definition(unit, block, line);
            check_branch(unit, block, line);
            check_guard(unit, block, line);
            check_control_register(unit, block, line);
        }
        check_scan(unit, block);
    }
}
