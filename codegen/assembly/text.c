#include "codegen/assembly/text.h"

#include <string.h>

void asm_files_init(AsmFiles *files, Unit *unit)
{
    *files = (AsmFiles){.unit = unit};
    asm_files_add(files, unit->job->path, unit->text);
}

void asm_files_done(AsmFiles *files)
{
    for (uint32_t i = 0; i < files->files.len; i++)
        if (files->files.at[i].has_lines)
            lines_done(&files->files.at[i].lines);
    *files = (AsmFiles){0};
}

uint32_t asm_files_add(AsmFiles *files, Str path, Str text)
{
    for (uint32_t i = 0; i < files->files.len; i++)
        if (str_eq(files->files.at[i].path, path))
            return i;
    if (files->files.len >= ASM_FILES_MAX || text.len > UINT32_MAX / 2 - files->next_base)
        return UINT32_MAX;
    *LIST_PUSH(files->unit->arena, &files->files) =
        (AsmFile){.path = path,
                  .text = text,
                  .base = files->next_base,
                  .path_index = files->files.len ? unit_path(files->unit, path) : 0};
    files->next_base += (uint32_t)text.len + 1;
    return files->files.len - 1;
}

static AsmFile *file_of(const AsmFiles *files, uint32_t origin)
{
    uint32_t low = 0, high = files->files.len;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (files->files.at[middle].base <= origin)
            low = middle;
        else
            high = middle;
    }
    return &files->files.at[low];
}

static Pos pos_of(AsmFiles *files, AsmFile *file, uint32_t origin)
{
    if (file->path_index == 0)
        return lines_pos(&files->unit->lines, files->unit->text, origin);
    if (!file->has_lines) {
        lines_init(&file->lines, file->text);
        file->has_lines = true;
    }
    return lines_pos(&file->lines, file->text, origin - file->base);
}

uint32_t asm_origin(const AsmText *text, uint32_t at)
{
    return text->origin ? text->origin[at] : at;
}

static bool is_name_char(char c)
{
    return is_word(c) || c == '.' || c == '$';
}

// What a preprocessor's macro makes of a name has the name's place: all of it.
static uint32_t end_of_name(const AsmFile *file, uint32_t origin)
{
    uint32_t at = origin - file->base;
    while (at < file->text.len && is_name_char(file->text.at[at]))
        at++;
    return file->base + at;
}

Place asm_place(AsmFiles *files, const AsmText *text, uint32_t begin, uint32_t end)
{
    uint32_t n = (uint32_t)text->text.len;
    if (!n)
        return unit_place(files->unit, 0, 0);
    begin = begin < n ? begin : n - 1;
    end = end > begin ? end : begin + 1;
    uint32_t first = asm_origin(text, begin), last = asm_origin(text, end - 1);
    AsmFile *file = file_of(files, first);
    if (end - begin > 1 && last == first)
        last = end_of_name(file, first);
    else
        last++;
    if (last < first || file_of(files, last - (last > first)) != file)
        last = first + 1;
    if (last - file->base > file->text.len)
        last = file->base + (uint32_t)file->text.len;
    return (Place){file->path_index, pos_of(files, file, first),
                   pos_of(files, file, last)};
}

bool asm_is_written(const AsmFiles *files, const AsmText *text, uint32_t begin,
                    uint32_t end)
{
    if (end > text->text.len || end <= begin)
        return false;
    uint32_t first = asm_origin(text, begin), n = end - begin;
    Str document = files->unit->text;
    if (first > document.len || n > document.len - first ||
        memcmp(document.at + first, text->text.at + begin, n) != 0)
        return false;
    for (uint32_t i = 1; i < n; i++)
        if (asm_origin(text, begin + i) != first + i)
            return false;
    return true;
}

static bool make_room(AsmGrowing *out, uint32_t n)
{
    if (n <= out->cap - out->len)
        return true;
    if (n > ASM_TEXT_BYTES_MAX - out->len) {
        out->is_full = true;
        return false;
    }
    uint32_t cap = out->cap ? out->cap * 2 : 64;
    while (cap < out->len + n)
        cap *= 2;
    char *at = arena_alloc(out->arena, cap);
    uint32_t *origin = ARENA_ARRAY(out->arena, uint32_t, cap);
    if (out->len) {
        memcpy(at, out->at, out->len);
        memcpy(origin, out->origin, out->len * sizeof *origin);
    }
    out->at = at;
    out->origin = origin;
    out->cap = cap;
    return true;
}

void asm_grow_reserve(AsmGrowing *out, size_t n_bytes)
{
    if (n_bytes < ASM_TEXT_BYTES_MAX / 2)
        (void)make_room(out, (uint32_t)n_bytes);
}

void asm_grow_put(AsmGrowing *out, char c, uint32_t origin)
{
    if (!make_room(out, 1))
        return;
    out->at[out->len] = c;
    out->origin[out->len++] = origin;
}

void asm_grow_text(AsmGrowing *out, Str text, const uint32_t *origin, uint32_t first)
{
    if (text.len > ASM_TEXT_BYTES_MAX || !make_room(out, (uint32_t)text.len)) {
        out->is_full = true;
        return;
    }
    if (text.len)
        memcpy(out->at + out->len, text.at, text.len);
    for (uint32_t i = 0; i < text.len; i++)
        out->origin[out->len + i] = origin ? origin[i] : first + i;
    out->len += (uint32_t)text.len;
}
