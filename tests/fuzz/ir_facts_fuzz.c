// What a child says of a module, when something else speaks for it: any bytes are read or
// refused, and what is read can be walked, lowered and made a Unit of.
#include "codegen/ir/ir_unit.h"
#include "codegen/unit_write.h"

enum { ARENA_BYTES_MAX = 1024 * 1024 * 1024, BYTES_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n > BYTES_MAX)
        return -1;
    Arena arena;
    IrText ir;
    Unit unit;
    Buf block;
    Result result;
    Job job = {.path = STR("/a.ll"),
               .text = STR("define i32 @f(i32 %n) {\n call void @g()\n ret i32 %n\n}\n")};
    arena_init(&arena, ARENA_BYTES_MAX);
    buf_init(&block, RESULT_BYTES_MAX);
    unit_init(&unit, &arena, &job);
    ir_scan(&ir.scan, &arena, job.text);
    if (ir_facts_read(&ir.facts, &arena, (Str){(const char *)bytes, n})) {
        for (uint32_t i = 0; i < ir.facts.n_functions; i++)
            CHECK_BUG(ir.facts.functions[i].signature.result.type);
        ir_unit_fill(&unit, &ir, ABI_ENVIRONMENT_MSVC, 22);
        CHECK_BUG(unit.functions.len == ir.facts.n_functions);
        CHECK_BUG(unit.calls.len == ir.facts.n_calls);
    }
    unit_write(&unit, STAGE_LIVE, &block);
    CHECK_BUG(result_open(buf_str(&block), build_id(), &result) == ERR_NONE);
    buf_done(&block);
    unit_done(&unit);
    arena_done(&arena);
    return 0;
}
