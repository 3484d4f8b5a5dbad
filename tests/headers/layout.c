// The layout that Arm64EC shares with x64 Windows, by the built-in declarations.
#include <dbghelp.h>
#include <io.h>
#include <setjmp.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <windows.h>

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type)
#define AT(type, field, offset)                                                          \
    _Static_assert(__builtin_offsetof(type, field) == (offset), #type "." #field)

SIZE(long, 4);
SIZE(long long, 8);
SIZE(void *, 8);
SIZE(wchar_t, 2);
SIZE(wint_t, 2);
SIZE(long double, 8);
SIZE(size_t, 8);
SIZE(time_t, 8);
SIZE(clock_t, 4);
SIZE(va_list, 8);
SIZE(fpos_t, 8);
SIZE(FILE, 8);
SIZE(jmp_buf, 256);
SIZE(_JUMP_BUFFER, 256);
AT(_JUMP_BUFFER, Rip, 80);
AT(_JUMP_BUFFER, MxCsr, 88);
AT(_JUMP_BUFFER, Xmm6, 96);
_Static_assert(_Alignof(jmp_buf) == 16, "jmp_buf");
SIZE(struct tm, 36);
SIZE(struct timespec, 16);
SIZE(struct _stat64i32, 48);
SIZE(struct _stat64, 56);
SIZE(struct stat, 48);
SIZE(struct _finddata_t, 296);

SIZE(CONTEXT, 1232);
AT(CONTEXT, ContextFlags, 0x30);
AT(CONTEXT, EFlags, 0x44);
AT(CONTEXT, Rax, 0x78);
AT(CONTEXT, Rsp, 0x98);
AT(CONTEXT, Rip, 0xF8);
AT(CONTEXT, FltSave, 0x100);
AT(CONTEXT, Xmm0, 0x1A0);
AT(CONTEXT, VectorRegister, 0x300);
AT(CONTEXT, LastExceptionFromRip, 0x4C8);
SIZE(XSAVE_FORMAT, 512);
SIZE(ARM64_NT_CONTEXT, 912);
AT(ARM64_NT_CONTEXT, Fp, 0xF0);
AT(ARM64_NT_CONTEXT, Sp, 0x100);
AT(ARM64_NT_CONTEXT, Pc, 0x108);
AT(ARM64_NT_CONTEXT, V, 0x110);
AT(ARM64_NT_CONTEXT, Wvr, 0x380);

// The AArch64 registers lie where their x64 counterparts do.
#define SAME(ec, x64)                                                                    \
    _Static_assert(__builtin_offsetof(ARM64EC_NT_CONTEXT, ec) ==                         \
                       __builtin_offsetof(CONTEXT, x64),                                 \
                   #ec)
SIZE(ARM64EC_NT_CONTEXT, 1232);
SAME(X0, Rcx);
SAME(X1, Rdx);
SAME(X2, R8);
SAME(X3, R9);
SAME(X4, R10);
SAME(X5, R11);
SAME(X6, FltSave.FloatRegisters[1]);
SAME(X7, FltSave.FloatRegisters[2]);
SAME(X8, Rax);
SAME(X9, FltSave.FloatRegisters[3]);
SAME(X12, FltSave.FloatRegisters[6]);
SAME(X15, FltSave.FloatRegisters[7]);
SAME(X19, R12);
SAME(X22, R15);
SAME(X25, Rsi);
SAME(X26, Rdi);
SAME(X27, Rbx);
SAME(Fp, Rbp);
SAME(Lr, FltSave.FloatRegisters[0]);
SAME(Sp, Rsp);
SAME(Pc, Rip);
SAME(V, Xmm0);
SAME(AMD64_LastExceptionFromRip, LastExceptionFromRip);

SIZE(EXCEPTION_RECORD, 152);
SIZE(RUNTIME_FUNCTION, 12);
SIZE(ARM64_RUNTIME_FUNCTION, 8);
SIZE(DISPATCHER_CONTEXT, 80);
SIZE(UNWIND_HISTORY_TABLE, 216);
SIZE(KNONVOLATILE_CONTEXT_POINTERS, 256);
SIZE(CRITICAL_SECTION, 40);
SIZE(MEMORY_BASIC_INFORMATION, 48);
SIZE(MEM_EXTENDED_PARAMETER, 16);
SIZE(SYSTEM_INFO, 48);
SIZE(OVERLAPPED, 32);
SIZE(WIN32_FIND_DATAW, 592);
SIZE(WIN32_FIND_DATAA, 320);
SIZE(STARTUPINFOW, 104);
SIZE(PROCESS_INFORMATION, 24);
SIZE(IMAGE_DOS_HEADER, 64);
SIZE(IMAGE_FILE_HEADER, 20);
SIZE(IMAGE_NT_HEADERS, 264);
SIZE(IMAGE_SECTION_HEADER, 40);
SIZE(IMAGE_EXPORT_DIRECTORY, 40);
SIZE(STACKFRAME64, 264);
SIZE(MSG, 48);
SIZE(OSVERSIONINFOW, 276);
