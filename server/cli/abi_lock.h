// `abi --lock FILE` and `abi --check-lock FILE`.
#pragma once

#include "server/options.h"

#include <uv.h>

int cli_abi_lock(uv_loop_t *loop, const Options *options, Str program);
