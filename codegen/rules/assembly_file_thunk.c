// "make 'f' callable from x64": its entry thunk as LLVM makes it, and the record.
#include "codegen/abi/thunk.h"
#include "codegen/assembly/prototype.h"
#include "codegen/rules/assembly_file_fix.h"

enum {
    OFFERS_MAX = 8, // functions of a file that get signatures to choose from
    ARGUMENTS_OFFERED = 4,
    COMMENT_LINES = 24, // above a function that may hold its prototype
};

// What stands above the function, where people write its prototype.
static Str text_above(const AssemblyFile *file, const AsmFunction *function)
{
    const AsmText *text = &file->model->text;
    uint32_t at = asm_origin(text, file->model->labels.at[function->label].name.begin);
    const Lines *lines = &file->unit->lines;
    if (at > file->unit->text.len)
        return STR(""); // in another file
    uint32_t line = lines_of(lines, at);
    uint32_t first = line > COMMENT_LINES ? line - COMMENT_LINES : 0;
    return str_sub(file->unit->text, lines->start[first], lines->start[line]);
}

static bool find_prototype(const AssemblyFile *file, const AsmFunction *function,
                           AbiSignature *ret_signature, Str *ret_declaration)
{
    Arena *arena = file->unit->arena;
    Str name = undecorate(arena, assembly_file_function_name(file, function));
    if (asm_prototype_find(arena, text_above(file, function), name, ret_signature,
                           ret_declaration))
        return true;
    for (uint32_t i = 0; i < file->n_declarations; i++)
        if (asm_prototype_find(arena, file->declarations[i], name, ret_signature,
                               ret_declaration))
            return true;
    return false;
}

static Str record_of(Arena *arena, Str name, Str thunk)
{
    return arena_format(arena,
                        "\n    .section .hybmp$x,\"yi\"\n    .symidx \"%.*s\"\n"
                        "    .symidx %.*s\n    .word 1\n",
                        STR_ARG(name), STR_ARG(thunk));
}

static Str thunk_text(Arena *arena, Str thunk, Str assembly)
{
    return arena_format(arena,
                        "\n    .section .wowthk$aa,\"xr\",discard,%.*s\n    .globl %.*s\n"
                        "    .p2align 2\n%.*s\n",
                        STR_ARG(thunk), STR_ARG(thunk), STR_ARG(str_trim(assembly)));
}

static void offer(const AssemblyFile *file, const AsmFunction *function,
                  const AbiSignature *signature, Str title, bool is_preferred,
                  Finding *finding)
{
    Arena *arena = file->unit->arena;
    Unit *unit = file->unit;
    Str name = assembly_file_function_name(file, function), thunk, assembly;
    if (!file->make_thunk(file->thunk_owner, signature, &thunk, &assembly))
        return;
    const AsmSymbol *known = asm_symbol_named(file->model, thunk);
    Fix *fix = unit_fix(unit, finding, title);
    fix->preferred = is_preferred;
    assembly_fix_section_edit(file, function, fix);
    Str text = arena_format(arena, "%.*s%.*s",
                            STR_ARG(known && known->is_defined
                                        ? STR("")
                                        : thunk_text(arena, thunk, assembly)),
                            STR_ARG(record_of(arena, name, thunk)));
    if (file->is_preprocessed)
        text = arena_format(
            arena, "\n#if defined(__arm64ec__) || defined(_M_ARM64EC)%.*s#endif\n",
            STR_ARG(text));
    uint32_t end = (uint32_t)unit->text.len;
    bool has_newline = end && unit->text.at[end - 1] == '\n';
    if (!has_newline)
        text = arena_format(arena, "\n%.*s", STR_ARG(text));
    unit_edit(unit, fix, unit_place(unit, end, end), text);
}

static void offer_shapes(const AssemblyFile *file, const AsmFunction *function,
                         Finding *finding)
{
    Arena *arena = file->unit->arena;
    Str plain = undecorate(arena, assembly_file_function_name(file, function));
    AbiSignature none = asm_prototype_of(arena, 0, false);
    offer(file, function, &none,
          arena_format(arena, "make it callable from x64 code as void %.*s(void)",
                       STR_ARG(plain)),
          false, finding);
    for (uint32_t n = 0; n <= ARGUMENTS_OFFERED; n++) {
        AbiSignature signature = asm_prototype_of(arena, n, true);
        Str title = arena_format(arena,
                                 "make it callable from x64 code with %u argument%s, "
                                 "integers or pointers, and such a result",
                                 n, n == 1 ? "" : "s");
        offer(file, function, &signature, title, false, finding);
    }
}

void assembly_fix_thunk(const AssemblyFile *file, const AsmFunction *function,
                        Finding *finding)
{
    AbiSignature signature;
    Str declaration;
    AsmSpan label = file->model->labels.at[function->label].name;
    if (file->model->is_armasm || !file->make_thunk ||
        asm_origin(&file->model->text, label.begin) >= file->unit->text.len)
        return; // in another file
    if (find_prototype(file, function, &signature, &declaration)) {
        offer(file, function, &signature,
              arena_format(file->unit->arena, "make it callable from x64 code as %.*s",
                           STR_ARG(declaration)),
              true, finding);
        return;
    }
    uint32_t n_before = 0;
    for (uint32_t i = 0; i < file->unit->findings.len; i++)
        n_before += file->unit->findings.at[i].number == EC201;
    if (n_before <= OFFERS_MAX)
        offer_shapes(file, function, finding);
}
