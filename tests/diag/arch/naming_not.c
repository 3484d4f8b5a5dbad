// expect-nothing
#if defined(_M_ARM64EC) || defined(__arm64ec__)
#define TARGET_ARCH ARCH_ARM64EC
#elif defined(_M_X64) || defined(__x86_64__)
#define TARGET_ARCH ARCH_X64
#elif defined(_M_ARM64) || defined(__aarch64__)
#define TARGET_ARCH ARCH_ARM64
#endif

#ifdef _M_X64
#define FOLDER "x64"
#else
#define FOLDER "x86"
#endif
