// arm64ecd: C11 7.13. Arm64EC keeps x64's buffer: sixteen times 16 bytes.
#pragma once
#include <corecrt.h>

#define _JBLEN 16
#define _JBTYPE SETJMP_FLOAT128

_CRT_BEGIN_C_HEADER
typedef struct __attribute__((__aligned__(16))) _SETJMP_FLOAT128 {
    unsigned long long Part[2];
} SETJMP_FLOAT128;

typedef struct _JUMP_BUFFER {
    unsigned long long Frame, Rbx, Rsp, Rbp, Rsi, Rdi, R12, R13, R14, R15, Rip;
    unsigned long MxCsr;
    unsigned short FpCsr, Spare;
    SETJMP_FLOAT128 Xmm6, Xmm7, Xmm8, Xmm9, Xmm10, Xmm11, Xmm12, Xmm13, Xmm14, Xmm15;
} _JUMP_BUFFER;

typedef _JBTYPE jmp_buf[_JBLEN];

int _setjmp(jmp_buf buffer) __attribute__((__returns_twice__));
_CRT_NORETURN void longjmp(jmp_buf buffer, int value);
_CRT_END_C_HEADER

#define setjmp(buffer) _setjmp(buffer)
