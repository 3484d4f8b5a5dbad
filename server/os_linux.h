// What os_confine_linux.c needs of os_filter_linux.c.
#pragma once

#include "protocol/base/base.h"

// From now on, for this process and those that it makes; PR_SET_NO_NEW_PRIVS first. 0, or
// -errno: ENOSYS and EINVAL where the kernel or the machine has no such filter.
MUST_USE int os_filter_worker_calls(void);
MUST_USE int os_filter_clang_calls(void);
