// Framing: the same events whatever the cuts, and a frame that is appended is always
// found again, whatever came before it.
#include "protocol/frame.h"

enum { BODY_BYTES_MAX = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

// Appends one line an event. Cuts are `step` bytes long; 0: as `cuts` says.
static void record(Str input, size_t step, Str cuts, Buf *ret_events)
{
    Frame frame;
    Str body;
    size_t n_cuts = 0;
    frame_init(&frame, BODY_BYTES_MAX);
    for (size_t i = 0; i < input.len;) {
        size_t n = step;
        if (step == 0)
            n = cuts.len ? (unsigned char)cuts.at[n_cuts++ % cuts.len] % 32u + 1 : 1;
        frame_feed(&frame, str_sub(input, i, i + n));
        i += n;
        for (FrameEvent event; (event = frame_next(&frame, &body)) != FRAME_MORE;) {
            CHECK_BUG(event != FRAME_BODY || (body.len && body.len <= BODY_BYTES_MAX));
            buf_put(ret_events, event == FRAME_BODY ? STR("body:") : STR("bad:"));
            buf_put(ret_events, body);
            buf_put(ret_events, STR("\n"));
        }
    }
    CHECK_BUG(frame.in.len - frame.taken <= FRAME_HEADER_BYTES_MAX + BODY_BYTES_MAX);
    frame_done(&frame);
}

static void check_cuts(Str input)
{
    Buf whole, cut;
    buf_init(&whole, SIZE_MAX / 2);
    buf_init(&cut, SIZE_MAX / 2);
    record(input, input.len ? input.len : 1, STR(""), &whole);
    for (size_t step = 0; step < 8; step += step ? 6 : 1) {
        buf_clear(&cut);
        record(input, step, input, &cut);
        CHECK_BUG(str_eq(buf_str(&whole), buf_str(&cut)));
    }
    buf_done(&whole);
    buf_done(&cut);
}

// Filler that ends any body or header that the input left open, then a frame.
static void check_recovery(Str input)
{
    Buf stream, events;
    buf_init(&stream, SIZE_MAX / 2);
    buf_init(&events, SIZE_MAX / 2);
    buf_put(&stream, input);
    for (int i = 0; i < FRAME_HEADER_BYTES_MAX + BODY_BYTES_MAX + 1; i++)
        buf_put_char(&stream, 'x');
    frame_write(&stream, STR("\"found again\""));
    record(buf_str(&stream), stream.len, STR(""), &events);
    CHECK_BUG(str_ends(buf_str(&events), STR("body:\"found again\"\n")));
    buf_done(&stream);
    buf_done(&events);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    Str input = {(const char *)bytes, n};
    if (n > 1 << 16)
        return -1;
    check_cuts(input);
    check_recovery(input);
    return 0;
}
