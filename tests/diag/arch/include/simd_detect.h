#pragma once
#if defined(_M_X64) || defined(__x86_64__)
#define DETECT_SSE2 1
#endif
