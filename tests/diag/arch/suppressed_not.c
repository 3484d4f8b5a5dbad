// expect-nothing
#if defined(_M_X64) // arm64ecd: allow(EC301) emulated elsewhere
#define relax() _mm_pause()
#endif
