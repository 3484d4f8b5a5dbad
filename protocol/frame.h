// Content-Length framing (LSP 3.18, "Base Protocol"): bytes in, message bodies out.
//
// Resumable at any byte. A frame that cannot be right (no length, a length over the
// limit, a header line without end, a body that runs into the next frame) is reported
// once and skipped, and reading goes on at the next "Content-Length: N" that ends its
// line; a client's mistake costs it one message, never the session. That mark is looked
// for anywhere, also behind the "}" of a body, because bodies have no line end of their
// own; JSON cannot hold it, for no string of JSON may hold a bare line end.
//
// Two different lengths in one header are reported and the last one counts, as in clangd.
#pragma once

#include "protocol/base/base.h"
#include "protocol/base/buf.h"

enum {
    FRAME_BYTES_MAX = 256 * 1024 * 1024, // one message body
    FRAME_HEADER_BYTES_MAX = 4096,       // all header lines of one frame
};

typedef enum FrameEvent {
    FRAME_MORE, // feed more bytes
    FRAME_BODY, // ret_body holds one message body
    FRAME_BAD,  // ret_body holds one English sentence that says what was wrong
} FrameEvent;

typedef struct Frame {
    Buf in;          // bytes not yet handed out
    size_t taken;    // bytes of `in` that earlier events covered; dropped by frame_feed
    size_t body_max; // FRAME_BYTES_MAX, or smaller in tests
    bool resyncing;  // looking for the next "Content-Length: N"
    char why[160];   // the sentence of the last FRAME_BAD
} Frame;

void frame_init(Frame *frame, size_t body_bytes_max);
void frame_done(Frame *frame);

void frame_feed(Frame *frame, Str bytes);

// Call until it says FRAME_MORE. ret_body is borrowed until the next call on this Frame.
// The same bytes give the same events, however they were cut.
FrameEvent frame_next(Frame *frame, Str *ret_body);

void frame_write(Buf *out, Str body); // header and body
