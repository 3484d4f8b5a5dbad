#if defined(_M_IX86)
#define BITS 32
#elif defined(_M_X64) // expect-note {{another branch of the same condition}}
#define BITS 64
#elif defined(_M_ARM64EC) // expect-warning EC304 {{Arm64EC takes the branch of line 3 for x64}}
#define BITS 65
#endif

#ifdef __x86_64__
int order(void) { return 1; }
#elif defined(__arm64ec__) && defined(__clang__) // expect-warning EC304 {{of line 9}}
int order(void) { return 2; }
#endif
