#if defined(_M_X64) || defined(__x86_64__) // expect-hint EC322 {{'TARGET_ARCH' calls Arm64EC x64 here}}
#define TARGET_ARCH ARCH_X64
#elif defined(_M_ARM64) || defined(__aarch64__)
#define TARGET_ARCH ARCH_ARM64
#endif

// In chains of their own (AngelScript 2.35, cpu_features 0.9).
#if defined(_M_X64) // expect-hint EC322 {{'ENGINE_X64_MSVC'}}
#define ENGINE_X64_MSVC
#endif
#if defined(_M_ARM64)
#define ENGINE_ARM64
#endif
