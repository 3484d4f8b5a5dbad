// hybrid_patchable is a word of Arm64EC. A compiler for x64 or ARM64 does not
// know it: clang warns that the attribute is not supported, which stops a build
// with -Werror.
//
// Define a macro for it, empty elsewhere.
//
// A hint: a file that is built for Arm64EC alone is right as it is. Not flagged
// where a condition around it names _M_ARM64EC or __arm64ec__, and where a macro
// is used.
//
// Seen with clang 22.1: "__declspec attribute 'hybrid_patchable' is not
// supported" for x64.
#if defined(_M_ARM64EC) || defined(__arm64ec__)
#define PATCHABLE __declspec(hybrid_patchable)
#else
#define PATCHABLE
#endif

PATCHABLE int open_session(int id)
{
    return id + 1;
}

__declspec(hybrid_patchable) int close_session(int id) // expect-hint EC207 {{'close_session'}}
{
    return id - 1;
}
