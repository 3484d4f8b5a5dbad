#include "codegen/assembly/complaints.h"

#include "codegen/diag.h"

// "-march=armv8.4-a" and its like: which instructions there are, LLVM is not told.
static bool names_processor(const Flags *flags)
{
    for (uint32_t i = 0; i < flags->compile_args.len; i++)
        if (str_starts(flags->compile_args.at[i], STR("-m")))
            return true;
    for (uint32_t i = 0; i < flags->args.len; i++)
        if (str_starts(flags->args.at[i], STR("-march")) ||
            str_starts(flags->args.at[i], STR("-mcpu")))
            return true;
    return false;
}

// The module that carries the text defines it, too: compilers' own output has it.
static bool is_of_carrier(Str message)
{
    return str_has(message, STR("'@feat.00'"));
}

static bool is_end_of_token(char c)
{
    return is_space(c) || c == ',' || c == ';';
}

static void report(Unit *unit, AsmFiles *files, const AsmText *flat, const Lines *lines,
                   const AsmComplaint *complaint)
{
    if (complaint->line >= lines->len)
        return;
    Str line = lines_line(lines, flat->text, complaint->line);
    uint32_t column =
        complaint->column < line.len ? complaint->column : (uint32_t)line.len;
    uint32_t begin = lines->start[complaint->line] + column, end = begin;
    uint32_t line_end = lines->start[complaint->line] + (uint32_t)line.len;
    while (end < line_end && !is_end_of_token(flat->text.at[end]))
        end++;
    if (end == begin && column > 0 && begin == line_end)
        begin--;
    Finding *finding =
        unit_report_clang(unit, complaint->is_error ? SEVERITY_ERROR : SEVERITY_WARNING,
                          asm_place(files, flat, begin, end), complaint->message);
    finding->target = complaint->is_error;
}

void asm_complaints(Unit *unit, AsmFiles *files, const AsmText *flat,
                    Assembler *assembler, const Flags *flags)
{
    AsmComplaints complaints = {0};
    Str words = STR("");
    Lines lines;
    bool knows_processor = !names_processor(flags);
    if (!assembler_run_file(assembler, unit->arena, flat->text, &complaints, &words)) {
        REPORT(unit, EC901_crash, unit_first_line(unit), str_from(unit->compiler, 5),
               words);
        return;
    }
    lines_init(&lines, flat->text);
    for (uint32_t i = 0; i < complaints.len; i++) {
        const AsmComplaint *complaint = &complaints.at[i];
        bool is_about_processor = str_has(complaint->message, STR("requires:"));
        if (!complaint->is_register && !is_of_carrier(complaint->message) &&
            (knows_processor || !is_about_processor))
            report(unit, files, flat, &lines, complaint);
    }
    lines_done(&lines);
}
