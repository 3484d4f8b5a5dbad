// arm64ecd: see string.h.
#pragma once
#include <string.h>

#define bzero(memory, size) ((void)memset((memory), 0, (size)))
#define bcopy(from, to, size) ((void)memmove((to), (from), (size)))
