// arm64ecd check: diagnostics of files, folders and compile databases, through the pool.
#pragma once

#include "server/options.h"

#include <uv.h>

int cli_check(uv_loop_t *loop, const Options *options, Str program);
