// A module of an LLVM that is too old: it says so, and can nothing else.
#include "codegen/pipeline.h"
#include "codegen/result.h"

static Str own_build(void)
{
    return STR(OWN_BUILD);
}

static const char *old_llvm(const Pipeline *pipeline)
{
    (void)pipeline;
    return OLD_LLVM;
}

static Pipeline *open_it(Str folder, PipelineReads *reads, char *ret_why,
                         size_t why_bytes)
{
    static char pipeline;
    (void)folder, (void)reads, (void)ret_why, (void)why_bytes;
    return (Pipeline *)&pipeline;
}

static void close_it(Pipeline *pipeline)
{
    (void)pipeline;
}

const PipelineApi *arm64ecd_pipeline(void);
const PipelineApi *arm64ecd_pipeline(void)
{
    static const PipelineApi api = {
        .abi = PIPELINE_ABI,
        .build_id = own_build,
        .llvm = old_llvm,
        .open = open_it,
        .close = close_it,
    };
    return &api;
}
