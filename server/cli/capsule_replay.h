// arm64ecd --replay-capsule FILE: does what killed a worker there kill one here?
#pragma once

#include "server/options.h"

#include <uv.h>

// Exit status 1 if it does, 0 if not, 2 if the file is no capsule.
int cli_replay_capsule(uv_loop_t *loop, const Options *options, Str program);
