// flags: cl /arm64EC
// expect-nothing
#include "include/sse2neon.h"
#include <windows.h>
