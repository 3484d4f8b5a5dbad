// EC127, EC501-EC503, EC517, EC518 of inline assembly, and the assembler's own verdict.
//
// Two eyes on every asm text. Our scanner judges the registers of the text as it is
// written, lists, z and p registers and writes to x18 included. LLVM's assembler, in
// process, says whether the text assembles at all once operands are filled in; what it
// says of disallowed registers is left to us, and what it says of a line that holds a
// guessed operand is not believed.
#include "codegen/arch/verdict.h"
#include "codegen/frontend/asm_template.h"
#include "codegen/frontend/asm_text.h"
#include "codegen/rules/assembly_fix.h"
#include "codegen/rules/assembly_registers.h"
#include "codegen/rules/rules.h"

// --- Clobbers and outputs
// -------------------------------------------------------------------------

static Str digits_of(Str name)
{
    size_t at = 0;
    while (at < name.len && !is_digit(name.at[at]))
        at++;
    return str_from(name, at);
}

// Does the text itself use the register (x13 for w13), or a list with such a one?
static bool is_used_in_text(Arena *arena, const AsmBlock *block, Str name, bool is_gpr)
{
    AsmRegisters registers = {0};
    asm_scan(arena, block->text, &registers);
    for (uint32_t i = 0; i < registers.len; i++) {
        const AsmRegister *used = &registers.at[i];
        if (used->verdict == ASM_FINE || (used->verdict == ASM_DISALLOWED_GPR) != is_gpr)
            continue;
        if (used->verdict == ASM_DISALLOWED_LIST ||
            str_eq(digits_of(used->name), digits_of(name)))
            return true;
    }
    return false;
}

// A register that the text uses, too, is told there as an error; here it is a warning:
// what a clobber alone says is that something below may use it.
static void report_clobber(Unit *unit, const AsmBlock *block, const AsmClobber *clobber)
{
    DiagText text = EC502_clobber;
    if (str_eq_nocase(clobber->name, STR("ffr")))
        return; // clang knows no such clobber, and says so
    switch (asm_register_verdict(clobber->name)) {
    case ASM_FINE:
        return;
    case ASM_X18_WRITTEN:
        REPORT0(unit, EC127_clobber, clobber->at);
        return;
    case ASM_DISALLOWED_GPR:
        text = EC501_clobber;
        break;
    case ASM_DISALLOWED_VECTOR:
    case ASM_DISALLOWED_LIST:
    case ASM_SVE:
        break;
    }
    if (!unit_clang_refuses(unit, &clobber->at, clobber->name) &&
        !is_used_in_text(unit->arena, block, clobber->name, text == EC501_clobber))
        REPORT(unit, text, clobber->at, clobber->name)->severity = SEVERITY_WARNING;
}

static bool has_clobber(const AsmBlock *block, Str wide, Str narrow)
{
    for (uint32_t i = 0; i < block->clobbers.len; i++)
        if (str_eq_nocase(block->clobbers.at[i].name, wide) ||
            str_eq_nocase(block->clobbers.at[i].name, narrow))
            return true;
    for (uint32_t i = 0; i < block->operands.len; i++)
        if (block->operands.at[i].is_output &&
            str_eq_nocase(block->operands.at[i].bound, wide))
            return true;
    return false;
}

// A hand-written call of __os_arm64x_check_icall: it changes x9 to x12 (domain.md 1.3).
static void check_checker_call(Unit *unit, const AsmBlock *block)
{
    static const Str wide[] = {STR_INIT("x9"), STR_INIT("x10"), STR_INIT("x11"),
                               STR_INIT("x12")};
    static const Str narrow[] = {STR_INIT("w9"), STR_INIT("w10"), STR_INIT("w11"),
                                 STR_INIT("w12")};
    size_t at = str_find(block->text, STR("__os_arm64x_check_"));
    if (at == block->text.len || !str_has(block->text, STR("blr")))
        return;
    Str missing = STR("");
    for (size_t i = 0; i < COUNTOF(wide); i++)
        if (!has_clobber(block, wide[i], narrow[i]))
            missing = arena_format(unit->arena, "%.*s%s%.*s", STR_ARG(missing),
                                   missing.len ? ", " : "", STR_ARG(wide[i]));
    if (missing.len)
        REPORT(unit, EC518_checker,
               assembly_place(unit, block, (uint32_t)at, (uint32_t)at + 18), missing);
}

static void check_lists(Unit *unit, const AsmBlock *block)
{
    for (uint32_t i = 0; i < block->clobbers.len; i++)
        report_clobber(unit, block, &block->clobbers.at[i]);
    if (block->clobbers.len == 1 &&
        (str_eq_nocase(block->clobbers.at[0].name, STR("x19")) ||
         str_eq_nocase(block->clobbers.at[0].name, STR("w19"))))
        REPORT0(unit, EC518_x19, block->clobbers.at[0].at);
    check_checker_call(unit, block);
}

// --- Register variables
// -----------------------------------------------------------------------------

static void check_variable(Unit *unit, const RegisterVariable *variable)
{
    switch (asm_register_verdict(variable->reg)) {
    case ASM_FINE:
    case ASM_DISALLOWED_LIST:
        return;
    case ASM_X18_WRITTEN: // reading the TEB through an input is what it is for
        if (variable->has_initialiser || variable->is_written)
            REPORT(unit, EC517_teb, variable->at, variable->name)->severity =
                SEVERITY_ERROR;
        return;
    case ASM_DISALLOWED_GPR:
    case ASM_DISALLOWED_VECTOR:
    case ASM_SVE:
        if (!unit_clang_refuses(unit, &variable->at, variable->reg))
            REPORT(unit, EC517_disallowed, variable->at, variable->name, variable->reg);
        return;
    }
}

// --- The assembler
// ----------------------------------------------------------------------------------

// The text that is assembled, with a way back to the block's own text.
typedef struct Plain {
    Str text;
    const uint32_t *source; // offset in AsmBlock.text of each byte; NULL: the same text
    const bool *is_certain; // of each line; NULL: all are
    Lines lines;
} Plain;

static uint32_t origin(const Plain *plain, uint32_t at)
{
    return plain->source ? plain->source[at] : at;
}

static void report_complaint(Unit *unit, const AsmBlock *block, const Plain *plain,
                             const AsmComplaint *complaint)
{
    if (complaint->is_register || complaint->line >= plain->lines.len)
        return;
    bool certain = !plain->is_certain || plain->is_certain[complaint->line];
    if (!certain && !str_has(complaint->message, STR("mnemonic")))
        return;
    Str line = lines_line(&plain->lines, plain->text, complaint->line);
    uint32_t column =
        complaint->column < line.len ? complaint->column : (uint32_t)line.len;
    uint32_t begin = plain->lines.start[complaint->line] + column, end = begin;
    uint32_t line_end = plain->lines.start[complaint->line] + (uint32_t)line.len;
    while (end < line_end && !is_space(plain->text.at[end]) &&
           plain->text.at[end] != ',' && plain->text.at[end] != ';')
        end++;
    Place at =
        assembly_place(unit, block, origin(plain, begin),
                       end > begin ? origin(plain, end - 1) + 1 : origin(plain, begin));
    Finding *finding =
        unit_report_clang(unit, complaint->is_error ? SEVERITY_ERROR : SEVERITY_WARNING,
                          at, complaint->message);
    finding->target = complaint->is_error;
    if (!complaint->is_error)
        finding->option = STR("inline-asm");
}

// Macros of file-scope asm, which later statements of the file may use.
static Str macros_of(const Unit *unit)
{
    Str macros = STR("");
    for (uint32_t i = 0; i < unit->asm_blocks.len; i++) {
        const AsmBlock *block = &unit->asm_blocks.at[i];
        if (block->is_file_scope && str_has(block->text, STR(".macro")))
            macros = arena_format(unit->arena, "%.*s%.*s\n", STR_ARG(macros),
                                  STR_ARG(block->text));
    }
    return macros;
}

static uint32_t count_lines(Str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '\n';
    return n;
}

// x64's assembly, in a branch that Arm64EC should not have taken: told there, and one
// error for all of the block.
static bool follows_from_target(Unit *unit, const AsmBlock *block,
                                const AsmComplaints *complaints)
{
    bool is_error = false;
    for (uint32_t i = 0; i < complaints->len; i++)
        is_error |= complaints->at[i].is_error;
    if (!is_error || !unit->arch)
        return false;
    Str path = block->at.path ? unit->paths.at[block->at.path] : unit->job->path;
    ArchSpot spot =
        arch_spot(unit->arch, path, block->at.start.line, block->at.start.byte);
    ArchVerdict *verdict = arch_explains(unit->arch, &spot, 1, STR(""));
    verdict = verdict ? verdict : arch_explains_macro(unit->arch, &spot);
    if (!verdict)
        return false;
    verdict->n_errors++;
    unit_report_clang(unit, SEVERITY_ERROR, block->at, complaints->at[0].message)->quiet =
        QUIET_FOLDED;
    return true;
}

static void assemble(Unit *unit, Assembler *assembler, Str macros, const AsmBlock *block)
{
    Plain plain = {.text = block->text};
    AsmComplaints complaints = {0};
    if (block->is_template) {
        AsmExpansion expansion;
        asm_template_expand(unit->arena, block->text, block->operands.at,
                            block->operands.len, &expansion);
        plain.text = expansion.text;
        plain.source = expansion.source;
        plain.is_certain = expansion.is_certain;
    }
    if (str_trim(plain.text).len == 0)
        return;
    Str text = plain.text;
    uint32_t n_before = 0;
    if (macros.len && !block->is_file_scope) {
        text = arena_format(unit->arena, "%.*s%.*s", STR_ARG(macros), STR_ARG(text));
        n_before = count_lines(macros);
    }
    lines_init(&plain.lines, plain.text);
    assembler_run(assembler, unit->arena, text, block->features, &complaints);
    bool is_folded = follows_from_target(unit, block, &complaints);
    for (uint32_t i = 0; i < complaints.len && !is_folded; i++) {
        AsmComplaint complaint = complaints.at[i];
        if (complaint.line < n_before)
            continue; // told where the macro is written
        complaint.line -= n_before;
        report_complaint(unit, block, &plain, &complaint);
    }
    lines_done(&plain.lines);
}

// A header's is an error of this document only if its function is emitted here.
static bool is_of_document(const Unit *unit, const Place *at, uint32_t caller)
{
    return at->path == 0 ||
           (caller != CALLER_FILE_SCOPE && unit->functions.at[caller].is_emitted);
}

void rules_assembly(Unit *unit, Assembler *assembler)
{
    Str macros = macros_of(unit);
    for (uint32_t i = 0; i < unit->asm_blocks.len; i++) {
        const AsmBlock *block = &unit->asm_blocks.at[i];
        uint32_t first_finding = unit->findings.len;
        if (!is_of_document(unit, &block->at, block->caller))
            continue;
        assembly_registers(unit, block);
        assembly_fix(unit, block, first_finding);
        check_lists(unit, block);
        if (assembler)
            assemble(unit, assembler, macros, block);
    }
    for (uint32_t i = 0; i < unit->register_variables.len; i++) {
        const RegisterVariable *variable = &unit->register_variables.at[i];
        if (is_of_document(unit, &variable->at, variable->caller))
            check_variable(unit, variable);
    }
}
