// Locations of libclang -> bytes of a file -> places with all columns.
#include "codegen/cut/cut.h"
#include "codegen/frontend/clang_missing.h"
#include "codegen/frontend/clang_older.h"
#include "codegen/frontend/clang_unit.h"

#include <string.h>

Str clang_str(Arena *arena, CXString owned_string)
{
    Str copy = arena_str(arena, str_of(clang_getCString(owned_string)));
    clang_disposeString(owned_string);
    return copy;
}

static Str folder_of(Str path)
{
    size_t slash = str_find_char_last(path, '/');
    return slash < path.len ? str_sub(path, 0, slash + 1) : STR("");
}

// -isystem is also how CMake names the headers of other libraries. The system's lie in,
// or below, a folder with headers that everybody knows.
static bool is_third_party(const Unit *unit, Str path)
{
    Str folder = folder_of(path);
    for (uint32_t i = 0; i < unit->includes.len; i++) {
        Str other = unit->paths.at[unit->includes.at[i]], above = folder_of(other);
        if (str_starts(folder, above) &&
            library_header_is_known(unit->arena, str_from(other, above.len)))
            return false;
    }
    return true;
}

// `at`: a place in it.
static uint32_t add_file(ClangView *view, CXFile file, CXSourceLocation at)
{
    for (uint32_t i = 0; i < view->files.len; i++)
        if (clang_is_same_file(view->files.at[i].file, file))
            return i;
    Unit *unit = view->unit;
    ClangFile *added = LIST_PUSH(unit->arena, &view->files);
    added->file = file;
    added->is_document = (view->document && clang_is_same_file(file, view->document)) ||
                         (view->prefix && clang_is_same_file(file, view->prefix));
    if (added->is_document) {
        added->text = unit->text;
    } else {
        added->path = unit_path(unit, clang_str(unit->arena, clang_getFileName(file)));
        added->is_system = clang_Location_isInSystemHeader(at) != 0;
        added->is_third_party =
            added->is_system && is_third_party(unit, unit->paths.at[added->path]);
    }
    return view->files.len - 1;
}

const ClangFile *clang_file(ClangView *view, uint32_t file)
{
    return &view->files.at[file];
}

static const Lines *lines_of_header(ClangView *view, ClangFile *in)
{
    if (!in->lines) {
        const ClangHeader *header =
            clang_header(view, in->file, view->unit->paths.at[in->path]);
        in->text = header->text;
        in->lines = &header->lines;
    }
    return in->lines;
}

Str clang_file_text(ClangView *view, uint32_t file)
{
    ClangFile *in = &view->files.at[file];
    if (!in->is_document)
        lines_of_header(view, in);
    return in->text;
}

Place clang_file_place(ClangView *view, uint32_t file, uint32_t begin, uint32_t end)
{
    ClangFile *in = &view->files.at[file];
    if (in->is_document)
        return unit_place(view->unit, begin, end < begin ? begin : end);
    const Lines *lines = lines_of_header(view, in);
    return (Place){in->path, lines_pos(lines, in->text, begin),
                   lines_pos(lines, in->text, end < begin ? begin : end)};
}

uint32_t clang_document_offset(const ClangView *view, CXFile file, uint32_t offset)
{
    const Cut *cut = view->unit->cut;
    if (!cut)
        return offset < view->unit->n_head
                   ? 0
                   : offset - view->unit->n_head + view->unit->n_head_old;
    bool is_prefix = view->prefix && clang_is_same_file(file, view->prefix);
    return is_prefix ? cut_offset_in_prefix(cut, offset)
                     : cut_offset_in_main(cut, offset);
}

bool clang_point(ClangView *view, CXSourceLocation at, uint32_t *ret_file,
                 uint32_t *ret_offset)
{
    CXFile file = NULL;
    unsigned offset = 0;
    clang_getFileLocation(at, &file, NULL, NULL, &offset);
    if (!file)
        return false;
    if (offset < view->unit->n_head && clang_is_same_file(file, view->document))
        return false;
    *ret_file = add_file(view, file, at);
    *ret_offset = view->files.at[*ret_file].is_document
                      ? clang_document_offset(view, file, offset)
                      : offset;
    return true;
}

bool clang_place(ClangView *view, CXSourceRange range, Place *ret_place)
{
    uint32_t file, end_file, begin, end;
    if (!clang_point(view, clang_getRangeStart(range), &file, &begin))
        return false;
    if (!clang_point(view, clang_getRangeEnd(range), &end_file, &end) || end_file != file)
        end = begin;
    *ret_place = clang_file_place(view, file, begin, end);
    return true;
}

bool clang_place_in_document(const Place *place)
{
    return place->path == 0;
}
