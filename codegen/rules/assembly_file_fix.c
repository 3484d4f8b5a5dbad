#include "codegen/rules/assembly_file_fix.h"

#include "codegen/abi/thunk.h"

#define GUARD "#if defined(__arm64ec__) || defined(_M_ARM64EC)\n"

static uint32_t document_offset(const AssemblyFile *file, uint32_t at)
{
    return asm_origin(&file->model->text, at);
}

static uint32_t line_start(const AssemblyFile *file, uint32_t offset)
{
    const Lines *lines = &file->unit->lines;
    return lines->start[lines_of(lines, offset)];
}

static uint32_t line_end(const AssemblyFile *file, uint32_t offset)
{
    Str text = file->unit->text;
    while (offset < text.len && text.at[offset] != '\n')
        offset++;
    return offset < text.len ? offset + 1 : offset;
}

static Str indent_of(const AssemblyFile *file, uint32_t offset)
{
    uint32_t begin = line_start(file, offset), end = begin;
    Str text = file->unit->text;
    while (end < text.len && (text.at[end] == ' ' || text.at[end] == '\t'))
        end++;
    return str_sub(text, begin, end);
}

static Place at_offset(const AssemblyFile *file, uint32_t begin, uint32_t end)
{
    return unit_place(file->unit, begin, end);
}

static Str quoted(const AssemblyFile *file, Str name)
{
    return arena_format(file->unit->arena, file->model->is_armasm ? "|%.*s|" : "\"%.*s\"",
                        STR_ARG(name));
}

// With the quotes or bars around it, if there are any.
static AsmSpan with_quotes(const AssemblyFile *file, AsmSpan at)
{
    Str text = file->model->text.text;
    if (at.begin > 0 && text.at[at.begin - 1] == '"' && at.end < text.len &&
        text.at[at.end] == '"')
        return (AsmSpan){at.begin - 1, at.end + 1};
    return at;
}

static Place written_place(const AssemblyFile *file, AsmSpan at)
{
    uint32_t begin = document_offset(file, at.begin);
    return at_offset(file, begin, begin + (at.end - at.begin));
}

// Its line is the document's, even if a macro of the preprocessor spells the name.
static bool is_in_document(const AssemblyFile *file, AsmSpan at)
{
    return at.begin < file->model->text.text.len &&
           document_offset(file, at.begin) < file->unit->text.len;
}

static bool is_on_one_line(const AssemblyFile *file, AsmSpan at)
{
    return assembly_file_is_written(file, at);
}

// --- Names
// ------------------------------------------------------------------------------

// What ".globl foo", "bl foo" and the label say, in this document.
static void rename_all(const AssemblyFile *file, const AsmFunction *function, Fix *fix,
                       Str name)
{
    const AsmModel *model = file->model;
    Str plain = model->symbols.at[function->symbol].name, new_name = quoted(file, name);
    for (uint32_t i = 0; i < model->directives.len; i++) {
        const AsmDirective *directive = &model->directives.at[i];
        Str word = asm_span(model, directive->word);
        bool names_it = str_starts(word, STR(".glob")) ||
                        str_starts(word, STR(".seh_proc")) ||
                        str_eq_nocase(word, STR(".def"));
        if (!names_it || !str_eq(asm_span(model, directive->arguments), plain) ||
            !is_on_one_line(file, directive->arguments))
            continue;
        unit_edit(file->unit, fix, written_place(file, directive->arguments), new_name);
    }
    for (uint32_t i = 0; i < model->references.len; i++) {
        const AsmReference *reference = &model->references.at[i];
        if (reference->symbol == function->symbol && is_on_one_line(file, reference->at))
            unit_edit(file->unit, fix, written_place(file, reference->at), new_name);
    }
}

static uint32_t first_mention(const AssemblyFile *file, const AsmFunction *function)
{
    const AsmModel *model = file->model;
    Str plain = model->symbols.at[function->symbol].name;
    uint32_t first = document_offset(file, model->labels.at[function->label].name.begin);
    for (uint32_t i = 0; i < model->directives.len; i++) {
        AsmSpan at = model->directives.at[i].arguments;
        Str argument = asm_span(model, at);
        bool is_quoted = argument.len > 2 && argument.at[0] == '"';
        if (is_quoted)
            argument = str_sub(argument, 1, argument.len - 1);
        if (str_eq(argument, plain) && is_in_document(file, at) &&
            document_offset(file, at.begin) < first)
            first = document_offset(file, at.begin);
    }
    return line_start(file, first);
}

static void fix_guarded_name(const AssemblyFile *file, const AsmFunction *function,
                             Finding *finding, Str plain, Str name)
{
    Arena *arena = file->unit->arena;
    Fix *fix = unit_fix(file->unit, finding,
                        arena_format(arena, "name it '%.*s' for Arm64EC", STR_ARG(name)));
    uint32_t at = first_mention(file, function);
    unit_edit(file->unit, fix, at_offset(file, at, at),
              arena_format(arena,
                           GUARD "    .weak_anti_dep %.*s\n%.*s = \"%.*s\"\n"
                                 "#define %.*s \"%.*s\"\n#endif\n",
                           STR_ARG(plain), STR_ARG(plain), STR_ARG(name), STR_ARG(plain),
                           STR_ARG(name)));
    fix->preferred = true;
}

void assembly_fix_name(const AssemblyFile *file, const AsmFunction *function,
                       Finding *finding)
{
    const AsmModel *model = file->model;
    AsmSpan label = model->labels.at[function->label].name;
    Str plain = model->symbols.at[function->symbol].name;
    Arena *arena = file->unit->arena;
    if (!is_on_one_line(file, label) || plain.at[0] == '?')
        return;
    Str name = decorate(arena, plain);
    if (file->is_preprocessed && !model->is_armasm) {
        fix_guarded_name(file, function, finding, plain, name);
        return;
    }
    Fix *fix = unit_fix(file->unit, finding,
                        arena_format(arena, "name it '%.*s'", STR_ARG(name)));
    AsmSpan whole = with_quotes(file, label);
    uint32_t begin = document_offset(file, whole.begin);
    rename_all(file, function, fix, name);
    unit_edit(file->unit, fix, at_offset(file, begin, begin + whole.end - whole.begin),
              quoted(file, name));
    if (!model->is_armasm) {
        uint32_t end = line_end(file, begin);
        unit_edit(file->unit, fix, at_offset(file, end, end),
                  arena_format(arena, "    .weak_anti_dep %.*s\n%.*s = \"%.*s\"\n",
                               STR_ARG(plain), STR_ARG(plain), STR_ARG(name)));
    }
    fix->preferred = true;
}

// --- Sections
// ---------------------------------------------------------------------------

// What follows in the old section goes on in it.
static void leave_section(const AssemblyFile *file, const AsmFunction *function, Fix *fix)
{
    const AsmModel *model = file->model;
    const AsmFunction *next = function + 1;
    if (next == model->functions.at + model->functions.len)
        return;
    const AsmLabel *label = &model->labels.at[next->label];
    const AsmSection *section = &model->sections.at[label->section];
    if (label->section != model->labels.at[function->label].section ||
        !is_in_document(file, label->name))
        return;
    uint32_t at = first_mention(file, next);
    Str back = section->end ? asm_span(model, (AsmSpan){section->begin, section->end})
                            : STR(".text");
    unit_edit(file->unit, fix, at_offset(file, at, at),
              arena_format(file->unit->arena, "    %.*s\n", STR_ARG(back)));
}

void assembly_fix_section(const AssemblyFile *file, const AsmFunction *function,
                          Finding *finding)
{
    const AsmModel *model = file->model;
    const AsmLabel *label = &model->labels.at[function->label];
    Str name = model->symbols.at[function->symbol].name;
    if (model->is_armasm || !is_on_one_line(file, label->name))
        return;
    Fix *fix =
        unit_fix(file->unit, finding,
                 arena_format(file->unit->arena,
                              "give '%.*s' a COMDAT section of its own", STR_ARG(name)));
    assembly_fix_section_edit(file, function, fix);
}

void assembly_fix_section_edit(const AssemblyFile *file, const AsmFunction *function,
                               Fix *fix)
{
    const AsmLabel *label = &file->model->labels.at[function->label];
    if (label->is_at_start && file->model->sections.at[label->section].comdat.len)
        return;
    Arena *arena = file->unit->arena;
    uint32_t at = first_mention(file, function);
    Str name = assembly_file_function_name(file, function);
    Str section = arena_format(arena, "    .section .text,\"xr\",discard,\"%.*s\"\n",
                               STR_ARG(name));
    if (file->is_preprocessed)
        section = arena_format(arena, GUARD "%.*s#endif\n", STR_ARG(section));
    unit_edit(file->unit, fix, at_offset(file, at, at), section);
    leave_section(file, function, fix);
}

// --- References
// -------------------------------------------------------------------------

// The statement's line in the document, if it stands there alone.
static bool line_of(const AssemblyFile *file, AsmSpan all, uint32_t *ret_begin,
                    uint32_t *ret_end)
{
    if (!is_on_one_line(file, all))
        return false;
    *ret_begin = line_start(file, document_offset(file, all.begin));
    *ret_end = line_end(file, document_offset(file, all.begin));
    return str_find_char(str_sub(file->unit->text, *ret_begin, *ret_end), ';') ==
               *ret_end - *ret_begin ||
           file->model->is_armasm;
}

// Arm64EC's lines in place of one; others keep theirs.
static void replace_line(const AssemblyFile *file, Fix *fix, uint32_t begin, uint32_t end,
                         Str lines)
{
    Str old = str_sub(file->unit->text, begin, end);
    bool has_end = old.len && old.at[old.len - 1] == '\n';
    if (file->is_preprocessed)
        lines = arena_format(file->unit->arena, GUARD "%.*s#else\n%.*s%s#endif\n",
                             STR_ARG(lines), STR_ARG(old), has_end ? "" : "\n");
    unit_edit(file->unit, fix, at_offset(file, begin, end), lines);
}

void assembly_fix_reference(const AssemblyFile *file, AsmSpan at, Str name,
                            Finding *finding)
{
    if (!is_on_one_line(file, at))
        return;
    Arena *arena = file->unit->arena;
    AsmSpan whole = with_quotes(file, at);
    bool needs_quotes = name.at[0] == '#';
    Str text = needs_quotes ? quoted(file, name) : name;
    Fix *fix =
        unit_fix(file->unit, finding, arena_format(arena, "use '%.*s'", STR_ARG(name)));
    uint32_t begin = document_offset(file, whole.begin),
             end = begin + (whole.end - whole.begin);
    fix->preferred = true;
    if (!file->is_preprocessed) {
        unit_edit(file->unit, fix, at_offset(file, begin, end), text);
        return;
    }
    uint32_t line = line_start(file, begin), behind = line_end(file, begin);
    Str document = file->unit->text, before = str_sub(document, line, begin),
        after = str_sub(document, end, behind);
    bool has_end = after.len && after.at[after.len - 1] == '\n';
    replace_line(file, fix, line, behind,
                 arena_format(arena, "%.*s%.*s%.*s%s", STR_ARG(before), STR_ARG(text),
                              STR_ARG(after), has_end ? "" : "\n"));
}

// --- Calls
// ------------------------------------------------------------------------------

// armasm64 writes a page's offset by another instruction; its macros are not at hand.
void assembly_fix_checker(const AssemblyFile *file, const AsmInstruction *branch,
                          Finding *finding)
{
    uint32_t begin, end;
    if (file->model->is_armasm || !line_of(file, branch->all, &begin, &end))
        return;
    Arena *arena = file->unit->arena;
    Str in = indent_of(file, begin), reg = asm_operand(file->model, branch, 0);
    bool is_call = branch->flow == FLOW_CALL_REGISTER;
    Fix *fix =
        unit_fix(file->unit, finding, STR("run the target through the call checker"));
    Str move = str_eq_nocase(reg, STR("x11")) ? STR("")
                                              : arena_format(arena, "%.*smov x11, %.*s\n",
                                                             STR_ARG(in), STR_ARG(reg));
    Str lines = arena_format(
        arena,
        "%.*s"
        "%.*sadrp x10, $iexit_thunk$cdecl$v$v // the exit thunk of the target's type\n"
        "%.*sadd x10, x10, :lo12:$iexit_thunk$cdecl$v$v\n"
        "%.*sadrp x9, __os_arm64x_check_icall\n"
        "%.*sldr x9, [x9, :lo12:__os_arm64x_check_icall]\n"
        "%.*sblr x9\n"
        "%.*s%s x11\n",
        STR_ARG(move), STR_ARG(in), STR_ARG(in), STR_ARG(in), STR_ARG(in), STR_ARG(in),
        STR_ARG(in), is_call ? "blr" : "br");
    replace_line(file, fix, begin, end, lines);
}

void assembly_fix_dispatch(const AssemblyFile *file, const AsmInstruction *load,
                           const AsmInstruction *call, Finding *finding)
{
    Str reg = asm_operand(file->model, call, 0);
    AsmSpan target = load->operands[0], use = call->operands[0];
    if (!is_on_one_line(file, target) || !is_on_one_line(file, use) ||
        !str_eq_nocase(asm_span(file->model, target), reg))
        return;
    Fix *fix = unit_fix(file->unit, finding, STR("use x16"));
    unit_edit(file->unit, fix, written_place(file, target), STR("x16"));
    unit_edit(file->unit, fix, written_place(file, use), STR("x16"));
    fix->preferred = true;
}
