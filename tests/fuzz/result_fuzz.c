// Result blocks: arbitrary bytes never crash result_open(), and all that an accepted
// block refers to can be read.
//
// The first byte of the input chooses: the rest is a block as it is, or edits to a valid
// one. The checksum is made right again in both cases, or nothing would get past it.
#include "codegen/abi/thunk.h"
#include "codegen/result.h"
#include "protocol/base/hash.h"

#include <string.h>

enum { HEAD_BYTES = 64, CHECKSUM_AT = 48, SIZE_AT = 40 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static const RRange seed_range = {0, {1, 2, 2, 2}, {1, 5, 5, 5}};

static const RFinding seed_findings[] = {
    {{0, {1, 2, 2, 2}, {1, 5, 5, 5}},
     {4, 7},
     {0, 0},
     {0, 1},
     {0, 1},
     501,
     SEVERITY_ERROR,
     SOURCE_ARM64ECD,
     0,
     0,
     0,
     0},
    {{0, {1, 2, 2, 2}, {1, 5, 5, 5}},
     {4, 7},
     {4, 3},
     {0, 0},
     {0, 0},
     0,
     SEVERITY_HINT,
     SOURCE_CLANG,
     1,
     1,
     1,
     0},
};

static const RFunction seed_function = {.name = {0, 4},
                                        .symbol = {4, 3},
                                        .display = {0, 4},
                                        .at = {0, {1, 2, 2, 2}, {1, 5, 5, 5}},
                                        .thunks = {0, 1},
                                        .rows = {0, 1},
                                        .in_document = 1,
                                        .is_defined = 1,
                                        .entry_faults = 1,
                                        .exit_faults = 2,
                                        .line = 1,
                                        .n_calls = 1,
                                        .reach = REACH_EXPORTED,
                                        .convention = {4, 7}};

static void put_seed(Buf *out)
{
    static const char pool[] = "/a.cmessagetitle";
    const RInfo info = {.builder = {0, 4}};
    const RStr paths[] = {{0, 4}, {4, 7}};
    const RNote note = {seed_range, {4, 7}};
    const RFix fix = {{11, 5}, {0, 1}, 1};
    const REdit edit = {seed_range, {11, 5}};
    const RSymbol symbols[] = {
        {{0, 4}, {0, 0}, seed_range, seed_range, SYMBOL_STRUCT, 0},
        {{0, 4}, {0, 0}, seed_range, seed_range, SYMBOL_FIELD, 1},
    };
    const RRegister reg = {seed_range, {4, 3}};
    const RThunk thunk = {{4, 7}, {4, 7}, {4, 7}, {4, 7}, {0, 1}, THUNK_ENTRY, {0, 1}};
    const RRow row = {{0, 4}, {4, 3}, {4, 3}, {4, 3}, {4, 7},    {4, 7},
                      8,      1,      1,      1,      seed_range};
    const uint32_t include = 1;
    const RStr argument = {4, 7};
    const RSemantic semantic = {1, 2, 3, SEMANTIC_LABEL, SEMANTIC_READONLY};
    const RFold fold = {1, 2, FOLD_CODE};
    const RName name = {{0, 4}, {4, 3}, seed_range, NAME_DEFINITION, 1};
    const ResultParts parts = {
        .stage = STAGE_LIVE,
        .array = {{&info, 1},
                  {paths, 2},
                  {seed_findings, 2},
                  {&note, 1},
                  {&fix, 1},
                  {&edit, 1},
                  {symbols, 2},
                  {&reg, 1},
                  {&seed_function, 1},
                  {&thunk, 1},
                  {&seed_range, 1},
                  {&row, 1},
                  {&include, 1},
                  {&argument, 1},
                  {&semantic, 1},
                  {&fold, 1},
                  {&name, 1},
                  {pool, sizeof pool - 1}},
    };
    result_write(out, build_id(), &parts);
}

// Each edit is two bytes of offset and one of value.
static void mutate(Buf *block, const uint8_t *bytes, size_t n_bytes)
{
    for (size_t i = 0; i + 3 <= n_bytes; i += 3) {
        size_t at = (size_t)(bytes[i] << 8 | bytes[i + 1]) % block->len;
        block->at[at] = (char)bytes[i + 2];
    }
}

static void mend_checksum(Buf *block)
{
    if (block->len < HEAD_BYTES)
        return;
    uint64_t n_bytes = block->len;
    Hash hash = hash_of(str_from(buf_str(block), HEAD_BYTES));
    memcpy(block->at + SIZE_AT, &n_bytes, sizeof n_bytes);
    memcpy(block->at + CHECKSUM_AT, &hash, sizeof hash);
}

// Reads every byte of the string, so that a sanitizer sees one outside.
static void touch(const Result *result, RStr s)
{
    Str text = result_str(result, s);
    for (size_t i = 0; i < text.len; i++) {
        volatile char c = text.at[i];
        (void)c;
    }
}

static void touch_range(const Result *result, const RRange *range)
{
    CHECK_BUG(range->path < result->n_paths);
    CHECK_BUG(range->start.line <= range->end.line);
    touch(result, result->paths[range->path]);
}

static void touch_fix(const Result *r, const RFix *fix)
{
    touch(r, fix->title);
    for (uint32_t i = 0; i < fix->edits.len; i++) {
        const REdit *edit = &r->edits[fix->edits.at + i];
        touch_range(r, &edit->range);
        touch(r, edit->text);
    }
}

static void touch_finding(const Result *r, const RFinding *finding)
{
    touch_range(r, &finding->range);
    touch(r, finding->message);
    touch(r, finding->option);
    CHECK_BUG(severity_name((Severity)finding->severity).len > 0);
    CHECK_BUG(finding->source != SOURCE_ARM64ECD || diag_spec(finding->number) != NULL);
    for (uint32_t i = 0; i < finding->notes.len; i++) {
        const RNote *note = &r->notes[finding->notes.at + i];
        touch_range(r, &note->range);
        touch(r, note->message);
    }
    for (uint32_t i = 0; i < finding->fixes.len; i++)
        touch_fix(r, &r->fixes[finding->fixes.at + i]);
}

static void touch_function(const Result *r, const RFunction *function)
{
    touch(r, function->name);
    touch(r, function->symbol);
    touch(r, function->display);
    touch_range(r, &function->at);
    CHECK_BUG(!function->in_document || function->at.path == 0);
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &r->thunks[function->thunks.at + i];
        touch(r, thunk->name);
        touch(r, thunk->assembly);
        touch(r, thunk->probe);
        touch(r, thunk->probe_why);
        CHECK_BUG(thunk->kind <= THUNK_HYBRID_PATCH);
        for (uint32_t k = 0; k < thunk->rows.len; k++)
            touch(r, r->rows[thunk->rows.at + k].ec);
        for (uint32_t k = 0; k < thunk->sites.len; k++)
            touch_range(r, &r->sites[thunk->sites.at + k]);
    }
    for (uint32_t i = 0; i < function->rows.len; i++) {
        const RRow *row = &r->rows[function->rows.at + i];
        const RStr all[] = {row->name, row->type,       row->x64,
                            row->ec,   row->entry_does, row->exit_does};
        for (size_t k = 0; k < COUNTOF(all); k++)
            touch(r, all[k]);
        touch_range(r, &row->at);
        CHECK_BUG(row->is_placed <= 1 && row->at.path == 0);
    }
}

static void touch_seen(const Result *r)
{
    for (uint32_t i = 0; i < r->n_semantics; i++)
        CHECK_BUG(r->semantics[i].n_bytes > 0 && r->semantics[i].type < SEMANTIC_TYPES);
    for (uint32_t i = 0; i < r->n_folds; i++)
        CHECK_BUG(r->folds[i].first < r->folds[i].last && r->folds[i].kind < FOLD_KINDS);
    for (uint32_t i = 0; i < r->n_names; i++) {
        touch(r, r->names[i].name);
        touch(r, r->names[i].key);
        touch_range(r, &r->names[i].at);
        CHECK_BUG(r->names[i].role < NAME_ROLES);
    }
}

static void touch_all(const Result *r)
{
    CHECK_BUG(r->stage < STAGE_COUNT && r->n_paths >= 1);
    touch(r, r->info->builder);
    touch(r, r->info->target);
    touch(r, r->info->headers);
    touch(r, r->info->command);
    touch(r, r->info->compiler);
    for (uint32_t i = 0; i < r->n_paths; i++)
        touch(r, r->paths[i]);
    for (uint32_t i = 0; i < r->n_findings; i++)
        touch_finding(r, &r->findings[i]);
    for (uint32_t i = 0; i < r->n_symbols; i++) {
        touch(r, r->symbols[i].name);
        touch(r, r->symbols[i].detail);
        touch_range(r, &r->symbols[i].full);
        touch_range(r, &r->symbols[i].selection);
        CHECK_BUG(r->symbols[i].parent <= i);
    }
    for (uint32_t i = 0; i < r->n_registers; i++) {
        touch_range(r, &r->registers[i].range);
        touch(r, r->registers[i].name);
    }
    for (uint32_t i = 0; i < r->n_functions; i++)
        touch_function(r, &r->functions[i]);
    for (uint32_t i = 0; i < r->n_includes; i++)
        touch(r, r->paths[r->includes[i]]);
    for (uint32_t i = 0; i < r->n_arguments; i++)
        touch(r, r->arguments[i]);
    touch_seen(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    if (n_bytes == 0)
        return 0;
    Buf block;
    Result result;
    buf_init(&block, 1 << 20);
    if (bytes[0] & 1) {
        put_seed(&block);
        mutate(&block, bytes + 1, n_bytes - 1);
    } else {
        buf_put_bytes(&block, bytes + 1, n_bytes - 1);
    }
    if (bytes[0] & 2)
        mend_checksum(&block);
    // Exactly as many bytes as the block has, so that reading past it is seen.
    char *exact = mem_new(block.len);
    memcpy(exact, buf_str(&block).at, block.len);
    if (result_open((Str){exact, block.len}, build_id(), &result) == ERR_NONE)
        touch_all(&result);
    mem_free(exact);
    buf_done(&block);
    return 0;
}
