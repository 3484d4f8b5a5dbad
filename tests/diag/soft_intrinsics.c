// flags: cl /arm64EC
#include <windows.h>
#include "include/sse2neon.h" // expect-warning EC317 {{_DISABLE_SOFTINTRIN_}}
