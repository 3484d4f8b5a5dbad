// `arm64ecd explain [CODE] [--format=text|json|md]`: the catalogue, told.
#pragma once

#include "protocol/base/base.h"
#include "protocol/base/buf.h"

// Explains the code ("EC501", "ec501" or "disallowed-gpr"), or lists all if it is empty.
// An empty format is text. Fills `out`, or `err` with one line. Returns the exit status:
// 0, or 2 for a code or a format that does not exist. The caller writes both.
int cli_explain(Str code, Str format, Buf *out, Buf *err);
