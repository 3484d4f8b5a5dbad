// A branch for Arm64EC stands behind one for x64 and is never taken: whenever
// _M_ARM64EC is defined, so is _M_X64, and whenever __arm64ec__ is, so is
// __x86_64__. Somebody thought of Arm64EC, and the program runs as if nobody
// had.
//
// Ask for Arm64EC first,
//
//     #if defined(_M_ARM64EC) || defined(__arm64ec__)
//     #elif defined(_M_X64) || defined(__x86_64__)
//
// or exclude it from the branch for x64:
//
//     #if (defined(_M_X64) || defined(__x86_64__)) && \
//         !defined(_M_ARM64EC) && !defined(__arm64ec__)
//
// Not flagged: a branch that x64 takes as well when it gets there, as in
// '#elif defined(__GNUC__) || defined(_M_ARM64EC)'; branches of an x64 test that
// already excludes Arm64EC.
//
// Source: macros of clang 22; zlib-ng detect-arch.c and zbuild.h.
#if defined(_M_X64) || defined(__x86_64__)
int line_bytes(void) { return 64; }
// expect-warning@+1 EC304 {{never taken}}
#elif defined(_M_ARM64EC) || defined(__arm64ec__)
int line_bytes(void) { return 128; }
#endif
