// arm64ecd abi: the boundary tables of files.
#pragma once

#include "server/options.h"

#include <uv.h>

int cli_abi(uv_loop_t *loop, const Options *options, Str program);
