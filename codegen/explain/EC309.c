// An intrinsic of Microsoft's that <intrin.h> declares for Arm64EC, but that
// clang does not have. It is compiled as a call of an ordinary function, and the
// link fails, if not before then:
//
//     unresolved external symbol #__ud2
//
// Guard it, or use what Arm64EC has:
//
//     __ud2()             __builtin_trap(), __fastfail(7)
//     __movsb, __stosb    memcpy, memset
//     __emul(a, b)        (long long)a * b
//
// Not flagged: a function of that name that this file defines; builds with
// MSVC, which has its own list.
//
// Source: objects of clang 22.1.
#include <intrin.h>

void stop(void)
{
    __ud2(); // expect-warning EC309 {{'#__ud2'}}
}
