// LLVM IR text through the fork: LLVM may die of it, this process may not, and each text
// ends in a Result that can be opened. Bytes of the input choose lines of real modules,
// which are cut, joined and spoilt: random bytes do not get past LLVM's reader.
#include "codegen/ir/ir.h"
#include "codegen/lower/probe.h"
#include "codegen/lower/unit_lower.h"
#include "codegen/rules/abi.h"
#include "codegen/rules/ir.h"
#include "codegen/rules/rules.h"
#include "codegen/rules/thunks_needed.h"
#include "codegen/unit_write.h"

enum { ARENA_BYTES_MAX = 1024 * 1024 * 1024, TEXT_BYTES_MAX = 16384 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static Probe *probe;
    if (n > TEXT_BYTES_MAX)
        return -1;
    if (!probe)
        probe = probe_open(STR("arm64ec-pc-windows-msvc"));
    Arena arena;
    Unit unit;
    Buf block;
    Result result;
    Flags flags = {0};
    Job job = {.path = STR("/a.ll"), .text = {(const char *)bytes, n}};
    arena_init(&arena, ARENA_BYTES_MAX);
    buf_init(&block, RESULT_BYTES_MAX);
    unit_init(&unit, &arena, &job);
    unit.target = STR("arm64ec-pc-windows-msvc");
    IrRun *run = ir_begin(&unit, "arm64ec-pc-windows-msvc", true);
    if (ir_read(run, ABI_ENVIRONMENT_MSVC, 22, STR("22")) == IR_EC) {
        unit_bound(&unit, ABI_ENVIRONMENT_MSVC, 22);
        thunks_needed(&unit);
        unit_lower(&unit, ABI_ENVIRONMENT_MSVC, 22, probe, STR("22"));
        rules_abi(&unit);
        rules_linkage(&unit);
        rules_ir(&unit, ir_of(run), &flags);
    }
    ir_finish(run, STR("22"));
    unit_write(&unit, STAGE_LIVE, &block);
    CHECK_BUG(result_open(buf_str(&block), build_id(), &result) == ERR_NONE);
    buf_done(&block);
    unit_done(&unit);
    arena_done(&arena);
    return 0;
}
