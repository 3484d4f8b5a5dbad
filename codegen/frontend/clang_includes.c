#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_unit.h"

enum { INCLUDES_ARENA_BYTES_MAX = 64 * 1024 * 1024 };

typedef struct Collecting {
    ClangView *view;
    ClangIncludes *kept;
} Collecting;

static void on_inclusion(CXFile file, CXSourceLocation *stack, unsigned n_stack,
                         CXClientData owner)
{
    Collecting *collecting = owner;
    if (n_stack == 0)
        return; // the document itself
    Arena *arena = &collecting->kept->arena;
    unsigned offset = 0;
    clang_getFileLocation(stack[n_stack - 1], NULL, NULL, NULL, &offset);
    *LIST_PUSH(arena, &collecting->kept->inclusions) =
        (ClangInclusion){clang_str(arena, clang_getFileName(file)), offset};
}

// All directives by their text, those that include by their place, too. While this hash
// and the headers stand, the document includes what it did.
static Hash directives_hash(Str text)
{
    Hasher hasher;
    CLexer lexer;
    hasher_init(&hasher);
    c_lexer_init(&lexer, text);
    bool after_hash = false, is_include = false;
    for (CToken token; (token = c_lexer_next(&lexer)).kind != C_END;) {
        if (!token.in_directive || token.kind == C_COMMENT)
            continue;
        if (after_hash)
            is_include =
                str_starts(str_sub(text, token.begin, token.end), STR("include"));
        after_hash = token.kind == C_HASH;
        hasher_put_str(&hasher, str_sub(text, token.begin, token.end));
        if (is_include)
            hasher_put_u64(&hasher, token.begin);
    }
    return hasher_done(&hasher);
}

void clang_collect_includes(ClangView *view, ClangIncludes *kept)
{
    Unit *unit = view->unit;
    Hash key = directives_hash(unit->text);
    if (!kept->known || !unit->job->is_edit || !hash_eq(kept->key, key)) {
        clang_includes_done(kept);
        arena_init(&kept->arena, INCLUDES_ARENA_BYTES_MAX);
        Collecting collecting = {view, kept};
        clang_getInclusions(view->tu, on_inclusion, &collecting);
        kept->key = key;
        kept->known = true;
    }
    for (uint32_t i = 0; i < kept->inclusions.len; i++) {
        uint32_t begin = kept->inclusions.at[i].offset, end = begin;
        while (end < unit->text.len && unit->text.at[end] != '\n' &&
               unit->text.at[end] != '\r')
            end++;
        *LIST_PUSH(unit->arena, &unit->includes) =
            unit_path(unit, arena_str(unit->arena, kept->inclusions.at[i].path));
        *LIST_PUSH(unit->arena, &unit->include_places) = unit_place(unit, begin, end);
    }
}

void clang_includes_done(ClangIncludes *kept)
{
    arena_done(&kept->arena);
    *kept = (ClangIncludes){0};
}
