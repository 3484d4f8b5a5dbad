// The only file that reads and writes an LSP client's bytes.
//
// Works on pipes, terminals and plain files. What waits to be written is bounded: a
// client that stops reading ends the session instead of filling our memory.
#pragma once

#include "protocol/base/base.h"

#include <uv.h>

enum { STDOUT_QUEUED_BYTES_MAX = 512 * 1024 * 1024 };

typedef struct Stdio Stdio;

typedef struct StdioHandler {
    void (*on_bytes)(void *owner, Str bytes);
    void (*on_end)(void *owner, Err why); // ERR_NONE: end of file; ERR_LIMIT, ERR_IO
} StdioHandler;

Stdio *stdio_open(uv_loop_t *loop, const StdioHandler *handler, void *owner);
void stdio_write(Stdio *stdio, Str bytes);
// Writes what waits, for a second at most, then closes; run the loop until it is empty.
void stdio_close(Stdio *owned_stdio);
