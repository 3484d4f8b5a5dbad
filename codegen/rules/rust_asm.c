// EC408, EC410, EC129: assembly in Rust.
//
// rustc judges operands and never the text: a register that Arm64EC has not goes through
// as a warning of LLVM's at code generation, and x86's text as an error without a place.
// Here the scanner of assembly text reads it as it is written; whether it assembles at
// all is rust_assembler.c's to say.
#include "codegen/frontend/asm_text.h"
#include "codegen/frontend/asm_token.h"
#include "codegen/rules/rust.h"

typedef struct Checker {
    RustUnit *rust;
    const RustItems *items;
} Checker;

Place rust_asm_place(const RustUnit *rust, const RustAsm *block, uint32_t begin,
                     uint32_t end)
{
    uint32_t from = begin < block->text.len ? block->source[begin] : UINT32_MAX;
    uint32_t last = end > begin ? block->source[end - 1] : from;
    if (from == UINT32_MAX || last == UINT32_MAX || last < from)
        return rust_place(rust, block->begin, block->begin + 2);
    return unit_place(rust->unit, from, last + 1);
}

// --- Operands
// ---------------------------------------------------------------------------

static void check_operand(const Checker *c, const RustOperand *operand)
{
    Unit *unit = c->rust->unit;
    Place at = rust_token_place(c->rust, operand->place);
    if (!operand->is_explicit)
        return;
    switch (asm_register_verdict(operand->place_text)) {
    case ASM_FINE:
    case ASM_DISALLOWED_LIST:
        return;
    case ASM_X18_WRITTEN:
        REPORT(unit, EC408_reserved, at, operand->place_text);
        return;
    case ASM_DISALLOWED_GPR:
    case ASM_DISALLOWED_VECTOR:
    case ASM_SVE:
        REPORT(unit, EC408_operand, at, operand->place_text);
        return;
    }
}

static void check_options(const Checker *c, const RustAsm *block)
{
    Unit *unit = c->rust->unit;
    if (block->att_syntax != RUST_NONE)
        REPORT0(unit, EC408_syntax, rust_token_place(c->rust, block->att_syntax));
    uint32_t at = block->clobber_abi;
    if (at == RUST_NONE || !rust_is_string(&c->rust->tokens, at))
        return;
    Str abi = rust_string_text(&c->rust->tokens, at);
    if (!str_eq(abi, STR("C")) && !str_eq(abi, STR("system")))
        REPORT(unit, EC408_clobber, rust_token_place(c->rust, at), abi);
}

// --- The text
// ---------------------------------------------------------------------------

static void check_registers(const Checker *c, const RustAsm *block)
{
    Unit *unit = c->rust->unit;
    AsmRegisters registers = {0};
    asm_scan(unit->arena, block->text, &registers);
    for (uint32_t i = 0; i < registers.len; i++) {
        const AsmRegister *reg = &registers.at[i];
        Place at = rust_asm_place(c->rust, block, reg->begin, reg->end);
        switch (reg->verdict) {
        case ASM_FINE:
            break;
        case ASM_X18_WRITTEN:
            REPORT(unit, EC408_teb, at, reg->name)->severity = SEVERITY_WARNING;
            break;
        case ASM_DISALLOWED_LIST:
            REPORT(unit, EC408_text, at, reg->list)->severity = SEVERITY_WARNING;
            break;
        case ASM_DISALLOWED_GPR:
        case ASM_DISALLOWED_VECTOR:
        case ASM_SVE:
            REPORT(unit, EC408_text, at, reg->name)->severity = SEVERITY_WARNING;
            break;
        }
        if (at.start.line != 0 || at.end.byte)
            *LIST_PUSH(unit->arena, &unit->registers) = (RegisterUse){at, reg->name};
    }
}

static void check_fpcr(const Checker *c, const RustAsm *block)
{
    AsmLexer lexer;
    asm_lexer_init(&lexer, block->text);
    for (;;) {
        AsmToken token = asm_lexer_next(&lexer);
        if (token.kind == ASM_TOKEN_END)
            return;
        if (token.kind == ASM_TOKEN_WORD &&
            str_eq_nocase(asm_token_text(&lexer, token), STR("fpcr")))
            REPORT0(c->rust->unit, EC129_register,
                    rust_asm_place(c->rust, block, token.begin, token.end));
    }
}

// --- Labels
// -----------------------------------------------------------------------------

// The name of a label that stands at a statement's begin, "foo:"; not local ones.
static bool is_label(const AsmLexer *lexer, AsmToken word)
{
    Str name = asm_token_text(lexer, word);
    return asm_token_is(lexer, asm_lexer_peek(lexer), ':') && name.len &&
           (is_alpha(name.at[0]) || name.at[0] == '_') && !str_starts(name, STR(".L"));
}

static bool is_global(Str text, Str name)
{
    static const Str words[] = {STR_INIT(".globl"), STR_INIT(".global")};
    for (size_t i = 0; i < COUNTOF(words); i++)
        for (size_t at = 0; at < text.len; at += words[i].len) {
            at += str_find(str_from(text, at), words[i]);
            Str rest = str_trim(str_from(text, at + words[i].len));
            if (at < text.len && str_starts(rest, name) &&
                (rest.len == name.len || !is_word(rest.at[name.len])))
                return true;
        }
    return false;
}

static void check_labels(const Checker *c, const RustAsm *block)
{
    AsmLexer lexer;
    bool starts = true;
    asm_lexer_init(&lexer, block->text);
    for (;;) {
        AsmToken token = asm_lexer_next(&lexer);
        if (token.kind == ASM_TOKEN_END)
            return;
        if (starts && token.kind == ASM_TOKEN_WORD && is_label(&lexer, token)) {
            Str name = asm_token_text(&lexer, token);
            const RustFunction *function = rust_function_of(c->items, name);
            Place at = rust_asm_place(c->rust, block, token.begin, token.end);
            if (function && (function->is & RUST_FN_EXTERN))
                REPORT(c->rust->unit, EC410_declared, at, name);
            else if (is_global(block->text, name))
                REPORT(c->rust->unit, EC410_global, at, name);
        }
        starts = token.kind == ASM_TOKEN_BREAK || asm_token_is(&lexer, token, ':');
    }
}

// --- All of them
// ------------------------------------------------------------------------

static void check(const Checker *c, const RustAsmUse *use)
{
    RustUnit *rust = c->rust;
    const RustAsm *block = &use->block;
    if (use->is_x86) {
        REPORT(rust->unit, EC408_x86, rust_place(rust, block->begin, block->begin + 2),
               use->word);
        return;
    }
    for (uint32_t i = 0; i < block->operands.len; i++)
        check_operand(c, &block->operands.at[i]);
    check_options(c, block);
    check_registers(c, block);
    check_fpcr(c, block);
    if (block->kind == RUST_ASM_GLOBAL)
        check_labels(c, block);
}

bool rust_asm_is_live(const RustUnit *rust, const RustAsmUse *use)
{
    Truth live =
        use->gate == RUST_NO_GATE ? rust->around : rust->gates.all.at[use->gate].live;
    return rust_is_arm64ec(rust, live) && !use->in_macro &&
           !rust_is_told_by_side(rust, use->gate);
}

void rules_rust_asm(RustUnit *rust, const RustItems *items)
{
    Checker c = {.rust = rust, .items = items};
    for (uint32_t i = 0; i < rust->sinks.asms.len; i++)
        if (rust_asm_is_live(rust, &rust->sinks.asms.at[i]))
            check(&c, &rust->sinks.asms.at[i]);
}
