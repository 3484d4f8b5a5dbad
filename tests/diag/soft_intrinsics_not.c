// flags: cl /arm64EC
// expect-nothing
#define _DISABLE_SOFTINTRIN_ 1
#include <windows.h>
#include "include/sse2neon.h"
