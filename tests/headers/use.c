// Ordinary use of the built-in declarations: what any of the four compilations must accept.
#include <windows.h>

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <process.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tchar.h>
#include <time.h>
#include <wchar.h>

typedef int(WINAPI *Add)(int, int);
typedef struct Queue {
    CRITICAL_SECTION lock;
    CONDITION_VARIABLE filled;
    volatile LONG n;
} Queue;

static jmp_buf back;
static SRWLOCK once = SRWLOCK_INIT;

static DWORD WINAPI work(LPVOID parameter)
{
    Queue *queue = (Queue *)parameter;
    EnterCriticalSection(&queue->lock);
    InterlockedIncrement(&queue->n);
    WakeConditionVariable(&queue->filled);
    LeaveCriticalSection(&queue->lock);
    return (DWORD)InterlockedCompareExchange(&queue->n, 2, 1);
}

static LONG CALLBACK on_fault(PEXCEPTION_POINTERS fault)
{
    CONTEXT *context = fault->ContextRecord;
    ARM64EC_NT_CONTEXT *native = (ARM64EC_NT_CONTEXT *)context;
    printf("%llx %llx\n", context->Rip, native->Pc);
    return fault->ExceptionRecord->ExceptionCode == EXCEPTION_ACCESS_VIOLATION
               ? EXCEPTION_EXECUTE_HANDLER
               : EXCEPTION_CONTINUE_SEARCH;
}

static void *code(SIZE_T size)
{
    MEM_EXTENDED_PARAMETER parameter;
    memset(&parameter, 0, sizeof parameter);
    parameter.Type = MemExtendedParameterAttributeFlags;
    parameter.ULong64 = MEM_EXTENDED_PARAMETER_EC_CODE;
    return VirtualAlloc2(GetCurrentProcess(), NULL, size, MEM_RESERVE | MEM_COMMIT,
                         PAGE_EXECUTE_READWRITE, &parameter, 1);
}

static int load(LPCTSTR name)
{
    HMODULE module = LoadLibrary(name);
    if (!module)
        return (int)GetLastError();
    Add add = (Add)(void (*)(void))GetProcAddress(module, "add");
    int sum = add ? add(1, 2) : 0;
    FreeLibrary(module);
    return sum;
}

static void text(const char *name)
{
    char buffer[64];
    wchar_t wide[64];
    double whole;
    errno = 0;
    snprintf(buffer, sizeof buffer, "%s %" PRIu64 " %zu", name, (uint64_t)1, strlen(name));
    MultiByteToWideChar(CP_UTF8, 0, buffer, -1, wide, 64);
    if (toupper(buffer[0]) == 'A' && !isnan(modf(sqrt(2.0), &whole)))
        fwprintf(stderr, L"%ls %d\n", wide, errno);
    strcpy_s(buffer, sizeof buffer, "copied");
    time_t now = time(NULL);
    strftime(buffer, sizeof buffer, "%Y", localtime(&now));
    free(_strdup(buffer));
    _tprintf(_T("%d\n"), (int)_tcslen(_T("four")));
    setlocale(LC_ALL, "");
}

BOOL APIENTRY DllMain(HMODULE module, DWORD reason, LPVOID reserved)
{
    UNREFERENCED_PARAMETER(reserved);
    if (reason == DLL_PROCESS_ATTACH)
        DisableThreadLibraryCalls(module);
    return TRUE;
}

int main(void)
{
    Queue queue;
    SYSTEM_INFO system;
    LARGE_INTEGER count;
    CONTEXT context;
    MSG message;
    InitializeCriticalSection(&queue.lock);
    InitializeConditionVariable(&queue.filled);
    queue.n = 0;
    HANDLE thread = CreateThread(NULL, 0, work, &queue, CREATE_SUSPENDED, NULL);
    context.ContextFlags = CONTEXT_FULL;
    GetThreadContext(thread, &context);
    ResumeThread(thread);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    RtlCaptureContext(&context);
    GetNativeSystemInfo(&system);
    QueryPerformanceCounter(&count);
    AddVectoredExceptionHandler(1, on_fault);
    signal(SIGABRT, SIG_DFL);
    AcquireSRWLockExclusive(&once);
    if (setjmp(back) == 0 && code(4096) != NULL)
        longjmp(back, 1);
    ReleaseSRWLockExclusive(&once);
    text("arm64ec");
    while (GetMessage(&message, NULL, 0, 0))
        DispatchMessage(&message);
    MessageBox(NULL, TEXT("text"), TEXT("caption"), MB_OK);
    MemoryBarrier();
    YieldProcessor();
    return load(TEXT("add.dll")) + (NtCurrentTeb() == NULL) + (int)count.QuadPart;
}
