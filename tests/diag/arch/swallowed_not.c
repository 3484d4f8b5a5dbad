// expect-nothing
#if defined(_M_X64) && !defined(_M_ARM64EC)
#define BITS 64
#elif defined(_M_ARM64EC)
#define BITS 65
#endif

#if defined(_M_ARM64EC)
#define ORDER 2
#elif defined(_M_X64)
#define ORDER 1
#endif

#if defined(_M_X64)
#define TICKS 1
#elif defined(_WIN32) || defined(_M_ARM64EC) // everybody's
#define TICKS 2
#endif
