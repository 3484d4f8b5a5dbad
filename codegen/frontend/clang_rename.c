// #pragma redefine_extname old new: the symbol that a C function of external linkage has
// instead of its name.
//
// clang makes an implicit attribute of it, which libclang does not show, but which the
// mangled name has. A pragma in the preamble is lost there for what is declared behind
// it, so the document's own are read from its text.
#include "codegen/cut/cut.h"
#include "codegen/frontend/clang_walk.h"

static Str take_word(Str *rest)
{
    size_t begin = 0, end;
    while (begin < rest->len && (rest->at[begin] == ' ' || rest->at[begin] == '\t'))
        begin++;
    for (end = begin; end < rest->len && is_word(rest->at[end]);)
        end++;
    Str word = str_sub(*rest, begin, end);
    *rest = str_from(*rest, end);
    return word;
}

static bool is_pragma(Str text, size_t at)
{
    Str before = str_sub(text, 0, at);
    size_t end = str_find_char_last(before, '\n');
    Str line = str_trim(end < at ? str_from(before, end + 1) : before);
    if (!str_starts(line, STR("#")))
        return false;
    line = str_from(line, 1);
    return str_eq(take_word(&line), STR("pragma")) && line.len == 0;
}

void renames_read(Walk *walk)
{
    const Str word = STR("redefine_extname"), text = walk->view->unit->text;
    const Cut *cut = walk->view->unit->cut;
    if (cut && !cut->has_renames)
        return;
    size_t at = 0;
    for (;;) {
        at += str_find(str_from(text, at), word);
        if (at >= text.len)
            return;
        Str rest = str_from(text, at + word.len);
        Rename rename = {.from = take_word(&rest)};
        rename.to = take_word(&rest);
        if (rename.to.len && is_pragma(text, at))
            *LIST_PUSH(walk->arena, &walk->renames) = rename;
        at += word.len;
    }
}

// Empty: it keeps its name.
Str renamed(Walk *walk, const Entity *entity)
{
    const Function *function = &walk->view->unit->functions.at[entity->function - 1];
    if (walk->is_cpp || function->is_internal)
        return STR("");
    for (uint32_t i = walk->renames.len; i-- > 0;)
        if (str_eq(walk->renames.at[i].from, function->name))
            return walk->renames.at[i].to;
    if (!clang_Cursor_hasAttrs(entity->latest))
        return STR("");
    Str mangled = clang_str(walk->arena, clang_Cursor_getMangling(entity->latest));
    if (str_starts(mangled, STR("\01")))
        mangled = str_from(mangled, 1);
    return str_eq(mangled, function->name) ? STR("") : mangled;
}
