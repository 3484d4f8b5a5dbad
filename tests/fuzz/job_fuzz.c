// Job blocks: arbitrary bytes never crash the reader, and what it accepts can be read to
// the last byte and gives the same block when it is written again.
//
// The first byte of the input chooses: the rest is a block as it is, or edits to a valid
// one, so that the fuzzer gets past the header from the start.
#include "codegen/job.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static void put_seed(Buf *out)
{
    static const Str words[] = {STR_INIT("clang"), STR_INIT("-c"), STR_INIT("")};
    static const Source dirty[] = {{STR_INIT("/a.h"), STR_INIT("int a;")}};
    const Job job = {
        .path = STR("/a.c"),
        .text = STR("int x;\n"),
        .argv = {words, COUNTOF(words)},
        .origin = COMMAND_DATABASE,
        .header_paths = {words, 1},
        .dirty = dirty,
        .n_dirty = 1,
    };
    job_write(out, &job);
}

// Each edit is two bytes of offset and one of value.
static void mutate(Buf *block, const uint8_t *bytes, size_t n_bytes)
{
    for (size_t i = 0; i + 3 <= n_bytes; i += 3) {
        size_t at = (size_t)(bytes[i] << 8 | bytes[i + 1]) % block->len;
        block->at[at] = (char)bytes[i + 2];
    }
}

static uint32_t sum_of(Str s)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < s.len; i++)
        sum += (unsigned char)s.at[i];
    return sum;
}

static uint32_t sum_of_span(StrSpan span)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < span.len; i++)
        sum += sum_of(span.at[i]);
    return sum;
}

static uint32_t read_all(const Job *job)
{
    uint32_t sum = sum_of(job->path) + sum_of(job->text) + sum_of(job->language_id) +
                   sum_of(job->directory) + sum_of_span(job->argv) +
                   sum_of(job->origin_path) + sum_of(job->origin_file) +
                   sum_of(job->origin_problem) + sum_of(job->builder) +
                   sum_of_span(job->header_paths) + sum_of_span(job->roots) +
                   sum_of_span(job->consumers) + sum_of_span(job->settings_problems);
    for (uint32_t i = 0; i < job->n_dirty; i++)
        sum += sum_of(job->dirty[i].path) + sum_of(job->dirty[i].text);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    if (n_bytes == 0)
        return 0;
    Buf block, again;
    Arena arena;
    Job job, twice;
    buf_init(&block, 1 << 20);
    buf_init(&again, 1 << 20);
    arena_init(&arena, 64 << 20);
    if (bytes[0] & 1) {
        put_seed(&block);
        mutate(&block, bytes + 1, n_bytes - 1);
    } else {
        buf_put_bytes(&block, bytes + 1, n_bytes - 1);
    }
    if (job_read(&arena, buf_str(&block), &job) == ERR_NONE) {
        job_write(&again, &job);
        CHECK_BUG(str_eq(buf_str(&again), buf_str(&block)));
        CHECK_BUG(job_read(&arena, buf_str(&again), &twice) == ERR_NONE);
        CHECK_BUG(read_all(&job) == read_all(&twice));
    }
    arena_done(&arena);
    buf_done(&again);
    buf_done(&block);
    return 0;
}
