#include "codegen/frontend/clang_unit.h"

enum {
    INCLUDES_ARENA_BYTES_MAX = 256 * 1024 * 1024,
    HEADER_BYTES_MAX = 32 * 1024 * 1024, // of one; of all: kept for the next edit
};

static void on_inclusion(CXFile file, CXSourceLocation *stack, unsigned n_stack,
                         CXClientData owner)
{
    ClangView *view = owner;
    if (n_stack == 0)
        return; // the document itself
    Arena *arena = &view->kept->arena;
    CXFile includer = NULL;
    unsigned offset = 0;
    clang_getFileLocation(stack[n_stack - 1], &includer, NULL, NULL, &offset);
    offset = clang_document_offset(view, includer, offset);
    CXFile direct = NULL;
    unsigned from = 0;
    clang_getFileLocation(stack[0], &direct, NULL, NULL, &from);
    *LIST_PUSH(arena, &view->kept->inclusions) =
        (ClangInclusion){clang_str(arena, clang_getFileName(file)), offset,
                         clang_str(arena, clang_getFileName(direct)),
                         clang_document_offset(view, direct, from)};
}

// The end of a line with those that a backslash joins to it.
static size_t end_of_line(Str text, size_t at)
{
    for (;;) {
        size_t end = at + str_find_char(str_from(text, at), '\n');
        size_t last = end > at && text.at[end - 1] == '\r' ? end - 1 : end;
        if (end >= text.len || last == at || text.at[last - 1] != '\\')
            return end;
        at = end + 1;
    }
}

// All lines that begin with '#', those that include with their place. While this hash and
// the headers stand, the document includes what it did. By memchr: on every edit.
static Hash directives_hash(Str text)
{
    Hasher hasher;
    hasher_init(&hasher);
    for (size_t at = 0; at < text.len;) {
        at += str_find_char(str_from(text, at), '#');
        size_t begin = at, end = at + 1;
        while (begin > 0 && (text.at[begin - 1] == ' ' || text.at[begin - 1] == '\t'))
            begin--;
        if (at < text.len && (begin == 0 || text.at[begin - 1] == '\n')) {
            end = end_of_line(text, at);
            Str line = str_sub(text, at, end);
            hasher_put_str(&hasher, line);
            if (str_has(line, STR("include")))
                hasher_put_u64(&hasher, at);
        }
        at = end;
    }
    return hasher_done(&hasher);
}

void clang_collect_includes(ClangView *view)
{
    Unit *unit = view->unit;
    ClangIncludes *kept = view->kept;
    Hash key = directives_hash(unit->text);
    if (!kept->known || !unit->job->is_edit || !hash_eq(kept->key, key) ||
        kept->header_bytes > HEADER_BYTES_MAX) {
        clang_includes_done(kept);
        clang_includes_init(kept);
        clang_getInclusions(view->tu, on_inclusion, view);
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

const ClangInclusion *clang_inclusion(const ClangView *view, Str path)
{
    for (uint32_t i = 0; i < view->kept->inclusions.len; i++)
        if (str_eq(view->kept->inclusions.at[i].path, path))
            return &view->kept->inclusions.at[i];
    return NULL;
}

// As libclang has it. While the directives of the document stand, so do the headers, or
// the next Job is no edit.
const ClangHeader *clang_header(ClangView *view, CXFile file, Str path)
{
    ClangIncludes *kept = view->kept;
    for (uint32_t i = 0; i < kept->headers.len; i++)
        if (str_eq(kept->headers.at[i]->path, path))
            return kept->headers.at[i];
    size_t n_bytes = 0;
    const char *at = clang_getFileContents(view->tu, file, &n_bytes);
    Str text = at ? (Str){at, n_bytes} : STR("");
    if (text.len > HEADER_BYTES_MAX)
        text = STR(""); // places in it are the file's
    kept->header_bytes += text.len;
    Arena *arena = &kept->arena;
    ClangHeader *header = ARENA_NEW(arena, ClangHeader);
    header->path = arena_str(arena, path);
    header->text = arena_str(arena, text);
    lines_init(&header->lines, header->text);
    *LIST_PUSH(arena, &kept->headers) = header;
    return header;
}

void clang_includes_init(ClangIncludes *kept)
{
    *kept = (ClangIncludes){0};
    arena_init(&kept->arena, INCLUDES_ARENA_BYTES_MAX);
}

void clang_includes_done(ClangIncludes *kept)
{
    for (uint32_t i = 0; i < kept->headers.len; i++)
        lines_done(&kept->headers.at[i]->lines);
    arena_done(&kept->arena);
    *kept = (ClangIncludes){0};
}
