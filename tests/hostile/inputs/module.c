// A pipeline module that is not ours: what it says when it is opened is what it could do.
#include "attempts.h"
#include "codegen/pipeline.h"

static Str its_build_id(void)
{
    return (Str){BUILD, sizeof BUILD - 1};
}

static Pipeline *its_open(Str folder, PipelineReads *reads, char *ret_why, size_t why_bytes)
{
    (void)folder, (void)reads;
    const char *where = getenv("HOSTILE_FOLDER"), *port = getenv("HOSTILE_PORT");
    attempt_all(ret_why, why_bytes, where, port ? atoi(port) : 0);
    return 0;
}

const PipelineApi *arm64ecd_pipeline(void)
{
    static const PipelineApi api = {
        .abi = PIPELINE_ABI, .build_id = its_build_id, .open = its_open};
    return &api;
}
