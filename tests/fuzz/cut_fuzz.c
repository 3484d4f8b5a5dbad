// Cutting any text anywhere: what comes out has the lines of what went in, and places are
// found again.
#include "codegen/cut/cut.h"
#include "codegen/cut/cut_edit.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition)
{
    if (!condition)
        abort();
}

static uint32_t count_lines(Str text)
{
    Lines lines;
    lines_init(&lines, text);
    uint32_t n = lines.len;
    lines_done(&lines);
    return n;
}

static void check_cut(Cuts *cuts, Job *job, bool is_cpp)
{
    Cut *cut = cuts_take(cuts, job, is_cpp);
    if (!cut)
        return;
    Str main = buf_str(&cut->main);
    must(cut->function_at + (cut->end - cut->begin) <= main.len);
    must(count_lines(buf_str(&cut->middle)) ==
         count_lines(str_sub(job->text, cut->prefix_end, cut->begin)));
    for (uint32_t i = 0; i <= main.len; i++)
        must(cut_offset_in_main(cut, i) <= cut->end + 1);
    for (uint32_t i = 0; i <= cut->prefix.text.len; i++)
        must(cut_offset_in_prefix(cut, i) <= cut->begin);
    cut_replace(cut, STR("int f(void)\n{}"));
    must(str_eq(str_sub(buf_str(&cut->main), cut->function_at, cut->function_at + 14),
                STR("int f(void)\n{}")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t numbers[6] = {0};
    if (size < sizeof numbers)
        return 0;
    memcpy(numbers, data, sizeof numbers);
    Str text = {(const char *)data + sizeof numbers, size - sizeof numbers};
    for (size_t i = 0; i < COUNTOF(numbers); i++)
        numbers[i] %= (uint32_t)text.len + 1;
    uint32_t a = numbers[0] < numbers[1] ? numbers[0] : numbers[1];
    uint32_t b = numbers[0] + numbers[1] - a, middle = a + (b - a) / 2;
    Job job = {.kind = JOB_CUT,
               .path = STR("/a.c"),
               .text = text,
               .cut = {.key = 1,
                       .prefix_key = 1,
                       .begin = a,
                       .end = b,
                       .functions = {(const char *)(numbers + 2), 4 * sizeof *numbers}}};
    Cuts *cuts = cuts_new();
    check_cut(cuts, &job, numbers[2] % 2);
    job.cut.key = 2;
    job.cut.begin = middle;
    check_cut(cuts, &job, numbers[2] % 2);
    cuts_free(cuts);
    Arena arena;
    arena_init(&arena, 64 << 20);
    (void)cut_stays(&arena, text, text, a, b, b);
    arena_done(&arena);
    return 0;
}
