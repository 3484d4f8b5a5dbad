// What libclang passed over, for the walk of codegen/arch.
#include "codegen/frontend/clang_skipped.h"

#include "codegen/frontend/clang_older.h"

static void add_range(ClangView *view, ArchSkippedFile *file, CXFile of, unsigned begin,
                      unsigned end)
{
    if (clang_is_same_file(of, view->document)) {
        begin = clang_document_offset(view, of, begin);
        end = clang_document_offset(view, of, end);
    }
    arch_skipped_add(&view->kept->arena, file, (ArchRange){begin, end});
}

static void add_ranges(ClangView *view, ArchSkipped *skipped, CXSourceRangeList *list)
{
    Arena *arena = &view->kept->arena;
    CXFile last = NULL;
    ArchSkippedFile *file = NULL;
    for (unsigned i = 0; list && i < list->count; i++) {
        CXFile of = NULL;
        unsigned begin = 0, end = 0;
        clang_getFileLocation(clang_getRangeEnd(list->ranges[i]), NULL, NULL, NULL, &end);
        clang_getFileLocation(clang_getRangeStart(list->ranges[i]), &of, NULL, NULL,
                              &begin);
        if (of && of != last) {
            bool is_document = clang_is_same_file(of, view->document);
            Str path = is_document ? view->unit->job->path
                                   : clang_str(arena, clang_getFileName(of));
            file = arch_skipped_file(skipped, path);
            last = of;
        }
        if (of && file)
            add_range(view, file, of, begin, end);
    }
    if (list)
        clang_disposeSourceRangeList(list);
}

static ArchSkipped *skipped_of_all(ClangView *view)
{
    Arena *arena = &view->kept->arena;
    ArchSkipped *skipped = ARENA_NEW(arena, ArchSkipped);
    bool is_gnu = view->headers->environment == ENVIRONMENT_GNU;
    skipped->flavour = is_gnu ? FLAVOUR_MINGW : FLAVOUR_CLANG;
    arch_skipped_see(arena, skipped, arena_str(arena, view->unit->job->path));
    for (uint32_t i = 0; i < view->kept->inclusions.len; i++)
        arch_skipped_see(arena, skipped, view->kept->inclusions.at[i].path);
    arch_skipped_settle(skipped);
    add_ranges(view, skipped, clang_getAllSkippedRanges(view->tu));
    return skipped;
}

// While the document's directives stand, so does what was skipped of its headers: asked
// again it would cost more than the whole edit (libclang opens each header for it).
const ArchSkipped *clang_skipped(ClangView *view)
{
    ClangIncludes *kept = view->kept;
    if (!kept->skipped) {
        kept->skipped = skipped_of_all(view);
        return kept->skipped;
    }
    ArchSkippedFile *file = arch_skipped_file(kept->skipped, view->unit->job->path);
    if (file) {
        file->ranges.len = 0;
        add_ranges(view, kept->skipped, clang_getSkippedRanges(view->tu, view->document));
    }
    return kept->skipped;
}
