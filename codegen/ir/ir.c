#include "codegen/ir/ir.h"

#include "codegen/ir/ir_child.h"
#include "codegen/ir/ir_words.h"
#include "codegen/lower/probe_fork.h"

#include <string.h>

enum {
    IR_CPU_S = 13, // for reading and for making code; below the time of the fork
    BITCODE_MARK_BYTES = 2,
};

struct IrRun {
    Unit *unit;
    IrText ir;
    IrWork work;
    ForkRun *fork;
    bool is_bitcode, has_code; // code is being made
};

// "BC", or a wrapper's mark.
static bool is_bitcode(Str text)
{
    return str_starts(text, STR("BC\xC0\xDE")) ||
           str_starts(text, STR("\xDE\xC0\x17\x0B"));
}

// Tests of LLVM's name no target in the text, but in the command of a comment.
static bool is_run_for_others(Str text)
{
    bool has_other = false;
    for (size_t at = 0; at < text.len;) {
        size_t found = at + str_find(str_from(text, at), STR("RUN:"));
        if (found >= text.len)
            return has_other;
        Str rest = str_from(text, found), line;
        (void)str_take_line(&rest, &line);
        if (str_has(line, STR("arm64ec")))
            return false;
        has_other |= str_has(line, STR("-mtriple")) || str_has(line, STR("-march")) ||
                     str_has(line, STR("--target="));
        at = found + line.len + 1;
    }
    return has_other;
}

static bool is_ec(Str triple)
{
    return str_starts(triple, STR("arm64ec"));
}

IrRun *ir_begin(Unit *unit, const char *triple, bool is_forced)
{
    static ForkWork *const works[] = {ir_child_read, ir_child_emit};
    IrRun *run = ARENA_NEW(unit->arena, IrRun);
    run->unit = unit;
    run->is_bitcode = is_bitcode(unit->text);
    bool is_left = !is_forced && !run->is_bitcode && is_run_for_others(unit->text);
    run->work = (IrWork){.text = unit->text,
                         .triple = triple,
                         .is_retargeted = is_forced,
                         .is_left_alone = is_left};
    run->fork = fork_begin(works, COUNTOF(works), &run->work, IR_CPU_S);
    ir_scan(&run->ir.scan, unit->arena, run->is_bitcode ? STR("") : unit->text);
    if (!run->is_bitcode)
        ir_unit_show(unit, &run->ir.scan);
    return run;
}

// The child's memory was copied from ours, so what it says is as good as ours, unless the
// text has taken it over: then it may say what it likes, but in this form.
IrKind ir_read(IrRun *run, AbiEnvironment environment, uint32_t llvm, Str llvm_name)
{
    Str bytes, words;
    Unit *unit = run->unit;
    IrFacts *facts = &run->ir.facts;
    ForkEnd end = fork_next(run->fork, unit->arena, &bytes, &words);
    if (end == FORK_DIED)
        REPORT(unit, EC901_crash, unit_first_line(unit), llvm_name, words);
    if (end == FORK_UNKNOWN)
        REPORT(unit, EC902_deadline, unit_first_line(unit),
               arena_format(unit->arena, "%d", FORK_WALL_MS / 1000));
    if (end != FORK_DONE || !ir_facts_read(facts, unit->arena, bytes))
        return IR_BROKEN;
    ir_words_report(unit, &run->ir.scan, facts->messages, facts->n_messages);
    if (!facts->is_read || !facts->is_valid)
        return IR_BROKEN;
    if (run->work.is_left_alone || !is_ec(facts->triple))
        return IR_FOREIGN;
    run->has_code = true;
    ir_unit_fill(unit, &run->ir, environment, llvm);
    return IR_EC;
}

const IrText *ir_of(const IrRun *run)
{
    return &run->ir;
}

static bool has_error(const Unit *unit)
{
    for (uint32_t i = 0; i < unit->findings.len; i++)
        if (unit->findings.at[i].severity == SEVERITY_ERROR)
            return true;
    return false;
}

static void report_code(IrRun *run, Str llvm)
{
    Str bytes, words;
    IrFacts said;
    Unit *unit = run->unit;
    ForkEnd end = fork_next(run->fork, unit->arena, &bytes, &words);
    if (end == FORK_DONE) {
        if (ir_facts_read(&said, unit->arena, bytes))
            ir_words_report(unit, &run->ir.scan, said.messages, said.n_messages);
    } else if (end == FORK_UNKNOWN || str_has(words, STR("processor time"))) {
        REPORT(unit, EC905_code, unit_first_line(unit),
               arena_format(unit->arena, "%d", IR_CPU_S));
    } else if (!has_error(unit)) {
        REPORT(unit, EC901_crash, unit_first_line(unit), llvm, words);
    }
}

void ir_finish(IrRun *owned_run, Str llvm)
{
    if (owned_run->has_code)
        report_code(owned_run, llvm);
    fork_end(owned_run->fork);
}
