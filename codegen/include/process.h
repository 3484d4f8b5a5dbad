// arm64ecd: processes and threads of the C runtime.
#pragma once
#include <corecrt.h>

#define _P_WAIT 0
#define _P_NOWAIT 1
#define _P_OVERLAY 2
#define _P_NOWAITO 3
#define _P_DETACH 4
#define P_WAIT _P_WAIT
#define P_NOWAIT _P_NOWAIT

_CRT_BEGIN_C_HEADER
typedef void(__cdecl *_beginthread_proc_type)(void *);
typedef unsigned(__stdcall *_beginthreadex_proc_type)(void *);

uintptr_t _beginthread(_beginthread_proc_type start, unsigned stack, void *argument);
uintptr_t _beginthreadex(void *security, unsigned stack, _beginthreadex_proc_type start,
                         void *argument, unsigned flags, unsigned *id);
void _endthread(void);
void _endthreadex(unsigned code);
_CRT_NORETURN void exit(int status);
_CRT_NORETURN void _exit(int status);
_CRT_NORETURN void abort(void);
void _cexit(void);
void _c_exit(void);
int _getpid(void);
int getpid(void);
int system(const char *command);
intptr_t _cwait(int *status, intptr_t process, int action);
intptr_t _execl(const char *path, const char *first, ...);
intptr_t _execv(const char *path, const char *const *arguments);
intptr_t _execvp(const char *file, const char *const *arguments);
intptr_t _spawnl(int mode, const char *path, const char *first, ...);
intptr_t _spawnv(int mode, const char *path, const char *const *arguments);
intptr_t _spawnvp(int mode, const char *file, const char *const *arguments);
intptr_t _spawnvpe(int mode, const char *file, const char *const *arguments,
                   const char *const *environment);
intptr_t _wspawnvp(int mode, const wchar_t *file, const wchar_t *const *arguments);
intptr_t execv(const char *path, const char *const *arguments);
intptr_t execvp(const char *file, const char *const *arguments);
intptr_t spawnvp(int mode, const char *file, const char *const *arguments);
_CRT_END_C_HEADER
