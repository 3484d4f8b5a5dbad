// Assembly files, all dialects: whatever the text, what is found becomes a Result that
// its reader takes, so every place lies in the text.
#include "codegen/assembly/armasm.h"
#include "codegen/assembly/colour.h"
#include "codegen/assembly/expand.h"
#include "codegen/assembly/outline.h"
#include "codegen/assembly/preprocess.h"
#include "codegen/frontend/document.h"
#include "codegen/rules/assembly_file.h"

enum { ARENA_BYTES_MAX = 1024 * 1024 * 1024, TEXT_BYTES_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void read(Unit *unit, ArchCache *cache, bool is_armasm, bool is_preprocessed)
{
    AsmFiles files;
    AsmText flat = {unit->text, NULL};
    AsmExpanded expanded;
    AsmModel model;
    AsmPreprocessed preprocessed = {0};
    Flags flags = {0};
    Headers headers = {0};
    asm_files_init(&files, unit);
    if (is_preprocessed) {
        asm_preprocess(&files, cache, &flags, &headers, &preprocessed);
        flat = preprocessed.text;
    }
    if (is_armasm) {
        bool has_unseen = false;
        AsmText gnu;
        asm_from_armasm(&files, &flat, &has_unseen, &gnu);
        flat = gnu;
    }
    asm_expand(&files, &flat, &expanded);
    asm_model_read(&model, unit->arena, &expanded.text, is_armasm);
    AssemblyFile file = {.unit = unit,
                         .files = &files,
                         .model = &model,
                         .is_preprocessed = is_preprocessed};
    rules_assembly_file(&file);
    asm_outline(unit, &files, &model);
    asm_colour(unit, &model, is_armasm);
    asm_files_done(&files);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const Str paths[] = {STR_INIT("/nowhere/a.s"), STR_INIT("/nowhere/a.S"),
                                STR_INIT("/nowhere/a.asm"), STR_INIT("/nowhere/b.asm")};
    if (n < 1 || n > TEXT_BYTES_MAX)
        return -1;
    uint32_t kind = bytes[0] % COUNTOF(paths);
    Arena arena;
    ArchCache cache;
    Unit unit;
    Buf block;
    Result result;
    Job job = {.path = paths[kind],
               .directory = STR("/nowhere"),
               .text = {(const char *)bytes + 1, n - 1}};
    arena_init(&arena, ARENA_BYTES_MAX);
    arch_cache_init(&cache);
    buf_init(&block, RESULT_BYTES_MAX);
    unit_init(&unit, &arena, &job);
    (void)document_of(&job);
    read(&unit, &cache, kind >= 2, kind == 1 || kind == 3);
    unit_finish(&unit, STAGE_LIVE, &block);
    unit_done(&unit);
    CHECK_BUG(result_open(buf_str(&block), build_id(), &result) == ERR_NONE);
    buf_done(&block);
    arch_cache_done(&cache);
    arena_done(&arena);
    return 0;
}
