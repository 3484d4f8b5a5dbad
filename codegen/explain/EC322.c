// Conditions that only say what the processor is called say x64 here, because
// Arm64EC defines x64's macros, and ARM64's name stands in a branch that it does
// not take. That is right where the name chooses interfaces, data or files for
// an x64 process, such as a plug-in's folder. It is wrong where it chooses
// machine code: an assembly file, a JIT, a list of sources.
//
// Where it is wrong, give Arm64EC a branch of its own, before x64's:
//
//     #if defined(_M_ARM64EC) || defined(__arm64ec__)
//     #define ARCH_NAME "arm64ec"
//     #elif defined(_M_X64) || defined(__x86_64__)
//
// A hint, as the name's users are not seen. Where they are, and there is
// hardware code, it is EC301.
//
// Not flagged: chains that name Arm64EC, and those with x64's name alone.
//
// Source: LuaJIT lj_arch.h, abseil platform.h, ring target.h.
#if defined(_M_X64) || defined(__x86_64__) // expect-hint EC322 {{'ARCH_NAME'}}
#define ARCH_NAME "x86_64"
#elif defined(_M_ARM64) || defined(__aarch64__)
#define ARCH_NAME "aarch64"
#endif
