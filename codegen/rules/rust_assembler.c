// EC408: LLVM's own verdict on the text of asm!, global_asm! and naked_asm!.
//
// Operands get registers as of a template of C (asm_template.h). What LLVM says of
// registers is left to rust_asm.c, and what it says of a line with a guess is not
// believed.
#include "codegen/frontend/asm_template.h"
#include "codegen/rules/rust.h"

typedef struct Checker {
    RustUnit *rust;
    Assembler *assembler;
} Checker;

static Str constraint_of(const RustOperand *operand)
{
    static const struct {
        Str class;
        const char *constraint;
    } classes[] = {{STR_INIT("vreg"), "w"},
                   {STR_INIT("vreg_low16"), "x"},
                   {STR_INIT("preg"), "Upa"}};
    if (operand->kind == RUST_OPERAND_CONST)
        return STR("i");
    if (operand->kind == RUST_OPERAND_SYM || operand->kind == RUST_OPERAND_LABEL)
        return STR("S");
    for (size_t i = 0; i < COUNTOF(classes); i++)
        if (str_eq(operand->place_text, classes[i].class))
            return str_of(classes[i].constraint);
    return STR("r");
}

typedef LIST(AsmOperandUse) OperandUses;

static void operand_uses(const Checker *c, const RustAsm *block, OperandUses *uses)
{
    Arena *arena = c->rust->unit->arena;
    for (uint32_t i = 0; i < block->operands.len; i++) {
        const RustOperand *operand = &block->operands.at[i];
        const char *mark = operand->kind == RUST_OPERAND_OUT     ? "="
                           : operand->kind == RUST_OPERAND_INOUT ? "+"
                                                                 : "";
        Str constraint = constraint_of(operand);
        *LIST_PUSH(arena, uses) = (AsmOperandUse){
            .constraint = arena_format(arena, "%s%.*s", mark, STR_ARG(constraint)),
            .name = operand->name,
            .bound = operand->is_explicit ? operand->place_text : STR(""),
            .is_output = *mark != '\0',
            .bits = 64,
            .at = rust_token_place(c->rust, operand->begin)};
    }
}

static void say_complaint(const Checker *c, const RustAsm *block, const RustGccText *gcc,
                          const AsmExpansion *expansion, const AsmComplaint *complaint)
{
    Unit *unit = c->rust->unit;
    Lines lines;
    if (complaint->is_register || !complaint->is_error)
        return;
    lines_init(&lines, expansion->text);
    if (complaint->line < lines.len && (expansion->is_certain[complaint->line] ||
                                        str_has(complaint->message, STR("mnemonic")))) {
        Str line = lines_line(&lines, expansion->text, complaint->line);
        uint32_t column =
            complaint->column < line.len ? complaint->column : (uint32_t)line.len;
        uint32_t begin = lines.start[complaint->line] + column, end = begin;
        while (end < lines.start[complaint->line] + line.len &&
               !is_space(expansion->text.at[end]) && expansion->text.at[end] != ',')
            end++;
        uint32_t from = gcc->source[expansion->source[begin]];
        uint32_t last = end > begin ? gcc->source[expansion->source[end - 1]] : from;
        Place at = from != UINT32_MAX && last != UINT32_MAX && last >= from
                       ? unit_place(unit, from, last + 1)
                       : rust_place(c->rust, block->begin, block->begin + 2);
        REPORT(unit, EC408_assembler, at, complaint->message);
    }
    lines_done(&lines);
}

static void assemble(const Checker *c, const RustAsm *block)
{
    Arena *arena = c->rust->unit->arena;
    RustGccText gcc;
    OperandUses uses = {0};
    AsmExpansion expansion;
    AsmComplaints complaints = {0};
    if (!block->is_whole || !str_trim(block->text).len)
        return;
    rust_asm_gcc(arena, block, &gcc);
    operand_uses(c, block, &uses);
    asm_template_expand(arena, gcc.text, uses.at, uses.len, &expansion);
    assembler_run(c->assembler, arena, expansion.text, STR(""), &complaints);
    for (uint32_t i = 0; i < complaints.len; i++)
        say_complaint(c, block, &gcc, &expansion, &complaints.at[i]);
}

// A text of the file that defines an assembler's macro: others may use it.
static bool has_macros(const RustUnit *rust)
{
    for (uint32_t i = 0; i < rust->sinks.asms.len; i++)
        if (str_has(rust->sinks.asms.at[i].block.text, STR(".macro")))
            return true;
    return false;
}

// Of one file: each costs some 0.4 ms.
enum { ASSEMBLED_MAX = 500 };

void rules_rust_assembler(RustUnit *rust, Assembler *assembler)
{
    Checker c = {.rust = rust, .assembler = assembler};
    const RustSinks *sinks = &rust->sinks;
    if (!assembler || has_macros(rust))
        return;
    uint32_t n = 0;
    for (uint32_t i = 0; i < sinks->asms.len && n < ASSEMBLED_MAX; i++) {
        if (sinks->asms.at[i].is_x86 || !rust_asm_is_live(rust, &sinks->asms.at[i]))
            continue;
        assemble(&c, &sinks->asms.at[i].block);
        n++;
    }
}
