// Code that looks into a jmp_buf expects ARM64's structure. In Arm64EC code
// setjmp() fills the x64 _JUMP_BUFFER, because x64 frames may lie between it and
// longjmp(): the stack pointer is in Rsp, the frame pointer in Rbp, the address
// to go on at in Rip, x19 to x22 in R12 to R15; X19, Lr and D[8] are not there.
//
// Read the x64 members, or leave the buffer to setjmp() and longjmp().
//
// The same of a structure by that name which a program declares itself as ARM64's
// headers do, and of an assertion on sizeof(jmp_buf).
//
// Not flagged: structures of other names, which go with setjmp()s of one's own.
//
// An error where clang has one; that is so with every header that declares the
// structure as it is.
//
// Source: mingw-w64, misc/arm64ec/setjmp.c; clang 22.1 calls _setjmpex for both.
#include <setjmp.h>

unsigned long long stack_of(jmp_buf buffer)
{
    return ((_JUMP_BUFFER *)buffer)->Sp; // expect-error EC128 {{no 'Sp'}}
}
