#include "server/lane.h"
#include "server/worker.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/harness.h"

// Both ends of one worker's lane, in one process.
typedef struct Ends {
    uv_loop_t loop;
    uv_pipe_t in;
    Lane lane;
    int out;
} Ends;

static void open_ends(Ends *ends)
{
    int fds[2];
    REQUIRE(uv_pipe(fds, 0, UV_NONBLOCK_PIPE) == 0);
    uv_loop_init(&ends->loop);
    uv_pipe_init(&ends->loop, &ends->in, 0);
    uv_pipe_open(&ends->in, fds[1]);
    ends->out = fds[0];
    lane_open(&ends->lane, (uv_stream_t *)&ends->in);
}

static void close_ends(Ends *ends)
{
    uv_close((uv_handle_t *)&ends->in, NULL);
    uv_run(&ends->loop, UV_RUN_DEFAULT);
    uv_loop_close(&ends->loop);
    lane_close(&ends->lane);
    close(ends->out);
}

static char *new_bytes(size_t n, char seed)
{
    char *bytes = mem_new(n);
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(seed + (char)(i % 61));
    return bytes;
}

static void check_passes(Ends *ends, size_t n, char seed, bool is_shared)
{
    char *bytes = new_bytes(n, seed);
    LaneBlock block;
    CHECK(lane_send(&ends->lane, (Str){bytes, n}));
    uv_run(&ends->loop, UV_RUN_NOWAIT);
    REQUIRE(lane_take(ends->out, ends->lane.shared.fd, &block) == ERR_NONE);
    CHECK_EQ(block.is_shared, is_shared);
    CHECK_EQ(block.n_bytes, n);
    CHECK(memcmp(block.at, bytes, n) == 0);
    lane_drop(&block);
    lane_clear(&ends->lane);
    mem_free(bytes);
}

TEST(lane_takes_small_blocks_by_the_pipe_and_large_ones_by_memory)
{
    Ends ends;
    open_ends(&ends);
    bool has_memory = ends.lane.shared.fd >= 0;
    check_passes(&ends, 10, 'a', false);
    check_passes(&ends, 1 << 20, 'b', has_memory);
    check_passes(&ends, LANE_PIPE_BYTES_MAX / 2, 'c', false);
    check_passes(&ends, 5 << 20, 'd', has_memory); // it grows
    check_passes(&ends, 1 << 17, 'e', has_memory);
    close_ends(&ends);
}

TEST(lane_memory_cannot_be_taken_from_under_the_server)
{
    Ends ends;
    open_ends(&ends);
    if (ends.lane.shared.fd < 0)
        SKIP("no shared memory here");
    check_passes(&ends, 1 << 20, 'a', true);
    CHECK(ftruncate(ends.lane.shared.fd, 0) != 0); // a worker gone mad
    check_passes(&ends, 1 << 20, 'b', true);
    close_ends(&ends);
}

TEST(lane_goes_by_the_pipe_where_memory_is_refused)
{
    OsShared shared = {.fd = -1};
    CHECK(!os_shared_fit(&shared, 1));
    os_shared_open(&shared);
    CHECK(!os_shared_fit(&shared, (size_t)OS_SHARED_BYTES_MAX + 1));
    CHECK(shared.at == NULL);
    os_shared_close(&shared);
}

TEST(lane_refuses_what_is_no_job)
{
    Ends ends;
    open_ends(&ends);
    WorkerHeader headers[] = {
        {WORKER_MAGIC + 1, WORKER_JOB, 0},
        {WORKER_MAGIC, WORKER_RESULT, 0},
        {WORKER_MAGIC, WORKER_JOB, (uint64_t)1 << 60},
    };
    int fds[2];
    REQUIRE(uv_pipe(fds, 0, 0) == 0);
    for (size_t i = 0; i < COUNTOF(headers); i++) {
        LaneBlock block;
        REQUIRE(os_write_all(fds[1], &headers[i], sizeof headers[i]) == ERR_NONE);
        CHECK_EQ(lane_take(fds[0], -1, &block), ERR_FORMAT);
        lane_drop(&block);
    }
    LaneBlock block;
    close(fds[1]);
    CHECK_EQ(lane_take(fds[0], -1, &block), ERR_ABSENT);
    close(fds[0]);
    close_ends(&ends);
}
