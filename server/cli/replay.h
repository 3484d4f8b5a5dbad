// arm64ecd --replay FILE: plays the client of a recorded session (server/recorder.h), and
// compares what this server says with what was said then.
//
// The client's messages go out in their order, each when what the server had said before
// it has been said again, or has been waited for in vain. Compared are the answer to each
// request and the last diagnostics of each version of a document; not compared what
// depends on the moment: log messages, progress, arm64ecd/status, cancelled requests.
#pragma once

#include "server/options.h"

#include <uv.h>

// Exit status 0: the same; 1: not; 2: no recording; 3: it did not come to its end.
int cli_replay(uv_loop_t *loop, const Options *options, Str program);
