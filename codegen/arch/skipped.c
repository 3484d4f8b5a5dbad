#include "codegen/arch/skipped.h"

#include <stdlib.h>
#include <string.h>

static int compare_paths(Str a, Str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_path(const void *a, const void *b)
{
    return compare_paths(((const ArchSkippedFile *)a)->path,
                         ((const ArchSkippedFile *)b)->path);
}

void arch_skipped_see(Arena *arena, ArchSkipped *skipped, Str path)
{
    *LIST_PUSH(arena, &skipped->files) = (ArchSkippedFile){.path = path, .n_times = 1};
}

void arch_skipped_settle(ArchSkipped *skipped)
{
    ArchSkippedFile *files = skipped->files.at;
    uint32_t n = 0;
    if (skipped->files.len)
        qsort(files, skipped->files.len, sizeof *files, by_path);
    for (uint32_t i = 0; i < skipped->files.len; i++)
        if (n && str_eq(files[n - 1].path, files[i].path))
            files[n - 1].n_times++;
        else
            files[n++] = files[i];
    skipped->files.len = n;
}

ArchSkippedFile *arch_skipped_file(const ArchSkipped *skipped, Str path)
{
    ArchSkippedFile key = {.path = path};
    ArchSkippedFile *found = skipped->files.len
                                 ? bsearch(&key, skipped->files.at, skipped->files.len,
                                           sizeof *skipped->files.at, by_path)
                                 : NULL;
    return found && found->n_times == 1 ? found : NULL;
}

void arch_skipped_add(Arena *arena, ArchSkippedFile *file, ArchRange range)
{
    if (!file->ranges.len || file->ranges.at[file->ranges.len - 1].begin < range.begin)
        *LIST_PUSH(arena, &file->ranges) = range;
}

// The last range that begins no later: they do not meet.
bool arch_skipped_has(const ArchSkippedFile *file, uint32_t begin, uint32_t text_begin)
{
    uint32_t low = 0, high = file->ranges.len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->ranges.at[middle].begin <= begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low && text_begin < file->ranges.at[low - 1].end;
}
