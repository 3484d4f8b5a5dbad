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

// Names that are no pair, and a branch of Arm64EC's own.
#if defined(_M_X64)
#define WIDTH_X64 8
#endif
#if defined(_M_ARM64)
#define ALIGN_ARM64 8
#endif
#if defined(_M_X64) && !defined(_M_ARM64EC)
#define ENGINE_X64_MSVC
#endif
#if defined(_M_ARM64) || defined(_M_ARM64EC)
#define ENGINE_ARM64
#endif
