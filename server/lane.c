#include "server/lane.h"

#include "codegen/job.h"
#include "protocol/base/text.h"
#include "server/worker.h"

#include <string.h>

typedef struct Sending {
    uv_write_t request;
    WorkerHeader header;
    char *block; // NULL: it is in the shared memory
} Sending;

void lane_open(Lane *lane, uv_stream_t *pipe)
{
    *lane = (Lane){.pipe = pipe};
    os_shared_open(&lane->shared);
}

void lane_close(Lane *lane)
{
    os_shared_close(&lane->shared);
}

void lane_clear(Lane *lane)
{
    os_shared_release(&lane->shared);
}

static void on_sent(uv_write_t *request, int status)
{
    (void)status; // a closed pipe shows as the end of the process
    Sending *sending = CONTAINER_OF(request, Sending, request);
    mem_free(sending->block);
    mem_free(sending);
}

static bool share(Lane *lane, Str block)
{
    if (block.len <= LANE_PIPE_BYTES_MAX || !os_shared_fit(&lane->shared, block.len))
        return false;
    memcpy(lane->shared.at, block.at, block.len);
    return true;
}

bool lane_send(Lane *lane, Str block)
{
    bool is_shared = share(lane, block);
    Sending *sending = mem_new(sizeof *sending);
    *sending = (Sending){
        .header = {WORKER_MAGIC, is_shared ? WORKER_SHARED_JOB : WORKER_JOB, block.len},
        .block = is_shared ? NULL : mem_copy(block)};
    uv_buf_t bufs[] = {
        uv_buf_init((char *)&sending->header, sizeof sending->header),
        uv_buf_init(sending->block, (unsigned)block.len),
    };
    if (uv_write(&sending->request, lane->pipe, bufs, is_shared ? 1 : 2, on_sent) == 0)
        return true;
    mem_free(sending->block);
    mem_free(sending);
    return false;
}

Err lane_take(int pipe, int shared, LaneBlock *ret_block)
{
    WorkerHeader header;
    *ret_block = (LaneBlock){0};
    Err err = os_read_all(pipe, &header, sizeof header);
    if (err)
        return err;
    if (header.magic != WORKER_MAGIC || header.n_bytes > JOB_BYTES_MAX)
        return ERR_FORMAT;
    ret_block->n_bytes = header.n_bytes;
    ret_block->is_shared = header.kind == WORKER_SHARED_JOB;
    if (ret_block->is_shared) {
        ret_block->at = os_shared_map(shared, header.n_bytes);
        return ret_block->at ? ERR_NONE : ERR_IO;
    }
    if (header.kind != WORKER_JOB)
        return ERR_FORMAT;
    ret_block->at = mem_new(header.n_bytes + 1);
    return os_read_all(pipe, ret_block->at, header.n_bytes);
}

void lane_drop(LaneBlock *block)
{
    if (block->is_shared)
        os_shared_unmap(block->at, block->n_bytes);
    else
        mem_free(block->at);
    *block = (LaneBlock){0};
}
