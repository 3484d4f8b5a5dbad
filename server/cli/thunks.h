// arm64ecd thunks: functions and call sites of files with their thunks.
#pragma once

#include "server/options.h"

#include <uv.h>

int cli_thunks(uv_loop_t *loop, const Options *options, Str program);
