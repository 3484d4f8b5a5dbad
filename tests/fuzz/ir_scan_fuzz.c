// LLVM IR text: words lie in order inside the text and hold all but blanks; functions,
// parameters and calls lie where they should; what is shown of it makes a Result that can
// be opened.
#include "codegen/ir/ir_unit.h"
#include "codegen/unit_write.h"

enum { ARENA_BYTES_MAX = 256 * 1024 * 1024, TEXT_BYTES_MAX = 8192 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_words(Str text)
{
    IrLexer lexer = {text, 0};
    uint32_t before = 0;
    for (IrToken token = ir_next(&lexer); token.kind != IR_END; token = ir_next(&lexer)) {
        CHECK_BUG(token.begin >= before && token.begin < token.end);
        CHECK_BUG(token.end <= text.len);
        for (uint32_t i = before; i < token.begin; i++)
            CHECK_BUG(is_space(text.at[i]) || text.at[i] == '\0');
        before = token.end;
    }
}

static void check_span(const IrScan *scan, IrSpan inner, IrSpan outer)
{
    CHECK_BUG(outer.begin <= inner.begin && inner.begin <= inner.end);
    CHECK_BUG(inner.end <= outer.end && outer.end <= scan->text.len);
}

static void check_scan(const IrScan *scan)
{
    uint32_t before = 0, site = 0;
    for (uint32_t i = 0; i < scan->routines.len; i++) {
        const IrRoutine *routine = &scan->routines.at[i];
        CHECK_BUG(routine->whole.begin >= before);
        check_span(scan, routine->prototype, routine->whole);
        check_span(scan, routine->name, routine->prototype);
        for (uint32_t k = 0; k < routine->n_parameters; k++)
            check_span(scan, routine->parameters[k], routine->prototype);
        CHECK_BUG(routine->first_site == site || !routine->n_sites);
        for (uint32_t k = 0; k < routine->n_sites; k++)
            check_span(scan, scan->sites.at[routine->first_site + k].callee,
                       routine->whole);
        site += routine->n_sites;
        CHECK_BUG(ir_routine(scan, routine->symbol));
        before = routine->whole.end;
    }
    CHECK_BUG(site == scan->sites.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n > TEXT_BYTES_MAX)
        return -1;
    Arena arena;
    IrScan scan;
    Unit unit;
    Buf block;
    Result result;
    Job job = {.path = STR("/a.ll"), .text = {(const char *)bytes, n}};
    arena_init(&arena, ARENA_BYTES_MAX);
    buf_init(&block, RESULT_BYTES_MAX);
    unit_init(&unit, &arena, &job);
    check_words(job.text);
    ir_scan(&scan, &arena, job.text);
    check_scan(&scan);
    ir_unit_show(&unit, &scan);
    unit_write(&unit, STAGE_LIVE, &block);
    CHECK_BUG(result_open(buf_str(&block), build_id(), &result) == ERR_NONE);
    buf_done(&block);
    unit_done(&unit);
    arena_done(&arena);
    return 0;
}
