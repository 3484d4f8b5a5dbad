// What the compiler passed over when it read the translation unit for Arm64EC: it has
// read Windows' headers too, so where the walk cannot tell a condition, or tells it
// otherwise, the compiler is right (walk.h).
#pragma once

#include "codegen/arch/world.h"
#include "protocol/base/arena.h"

typedef struct ArchRange {
    uint32_t begin, end; // from the '#' that begins it, to behind the word that ends it
} ArchRange;

typedef struct ArchSkippedFile {
    Str path;
    uint32_t n_times;       // it was read; of more than once nothing is asked
    LIST(ArchRange) ranges; // in order
} ArchSkippedFile;

typedef struct ArchSkipped {
    ArchFlavour flavour; // whose predefined macros it was read with
    LIST(ArchSkippedFile) files;
} ArchSkipped;

// Files that were read, once for each time; then settle, then ranges.
void arch_skipped_see(Arena *arena, ArchSkipped *skipped, Str path);
void arch_skipped_settle(ArchSkipped *skipped);
void arch_skipped_add(Arena *arena, ArchSkippedFile *file, ArchRange range);

// NULL: it was not read, or more than once.
ArchSkippedFile *arch_skipped_file(const ArchSkipped *skipped, Str path);

// Whether the branch was passed over whose directive has these bytes.
bool arch_skipped_has(const ArchSkippedFile *file, uint32_t begin, uint32_t text_begin);
