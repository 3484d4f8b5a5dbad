// How long the stages of a job took: for --trace. Not in a Result, which knows no times.
#pragma once

#include "protocol/base/base.h"

typedef enum SpanKind {
    SPAN_NONE,
    SPAN_COMMAND, // flags and headers
    SPAN_PARSE,   // libclang
    SPAN_WALK,    // includes, diagnostics, symbols, functions
    SPAN_LOWER,   // boundary tables and thunks
    SPAN_RULES,   // findings, assembly
    SPAN_LEXICAL, // the text itself
    SPAN_FINISH,  // the Result
    SPAN_REST,    // behind it: what is kept warm
} SpanKind;

typedef struct Span {
    uint64_t kind;
    uint64_t begin_us, end_us; // of the monotonic clock, as all processes see it
} Span;

enum { SPANS_MAX = 16 };

typedef struct Spans {
    uint64_t len;
    Span at[SPANS_MAX];
} Spans;

// The stage before ends, this one begins. SPAN_NONE: none does.
void spans_next(Spans *spans, SpanKind kind);

Str span_name(SpanKind kind);
