#include "codegen/spans.h"

#include <time.h>

static uint64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 * 1000 + (uint64_t)now.tv_nsec / 1000;
}

void spans_next(Spans *spans, SpanKind kind)
{
    uint64_t now = now_us();
    if (spans->len && !spans->at[spans->len - 1].end_us)
        spans->at[spans->len - 1].end_us = now;
    if (kind != SPAN_NONE && spans->len < SPANS_MAX)
        spans->at[spans->len++] = (Span){.kind = kind, .begin_us = now};
}

Str span_name(SpanKind kind)
{
    static const Str names[] = {
        [SPAN_NONE] = STR_INIT(""),           [SPAN_COMMAND] = STR_INIT("command"),
        [SPAN_PARSE] = STR_INIT("parse"),     [SPAN_WALK] = STR_INIT("walk"),
        [SPAN_LOWER] = STR_INIT("lower"),     [SPAN_RULES] = STR_INIT("rules"),
        [SPAN_LEXICAL] = STR_INIT("lexical"), [SPAN_FINISH] = STR_INIT("finish"),
        [SPAN_REST] = STR_INIT("rest"),
    };
    return (uint64_t)kind < COUNTOF(names) ? names[kind] : STR("");
}
