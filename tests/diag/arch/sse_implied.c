#if defined(_M_X64) && !defined(__SSE2__) // expect-error EC320 {{Arm64EC defines '_M_X64' but not '__SSE2__', and so meets the #error "SSE2" (line 2)}}
#error "SSE2"
#endif
#ifndef _M_ARM64
#ifndef __SSE2__
#define NO_SSE2
#endif
#endif
