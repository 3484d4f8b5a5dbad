// The only writer of command output: results on stdout, everything else on stderr.
#pragma once

#include "protocol/base/base.h"
#include "server/options.h"

// Exit statuses of all commands; the larger one wins.
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_FAILED = 3 };

void out_write(Str text);      // to stdout, flushed by out_flush
MUST_USE bool out_flush(void); // false: something could not be written; said on stderr
void out_error(Str text);      // to stderr
void out_error_format(const char *format, ...)
    PRINTF_LIKE(1, 2); // with "arm64ecd: " and LF

// A line on a terminal's stderr that the next one overwrites; empty clears it. Nothing
// where stderr is no terminal.
void out_progress(const char *format, ...) PRINTF_LIKE(1, 2);
void out_progress_clear(void);

bool out_is_coloured(Colour colour);
