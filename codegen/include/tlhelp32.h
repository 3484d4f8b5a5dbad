// arm64ecd: snapshots of processes, threads and modules.
#pragma once
#include <winbase.h>

#define TH32CS_SNAPPROCESS 0x02
#define TH32CS_SNAPTHREAD 0x04
#define TH32CS_SNAPMODULE 0x08
#define MAX_MODULE_NAME32 255

_CRT_BEGIN_C_HEADER
typedef struct tagTHREADENTRY32 {
    DWORD dwSize, cntUsage, th32ThreadID, th32OwnerProcessID;
    LONG tpBasePri, tpDeltaPri;
    DWORD dwFlags;
} THREADENTRY32, *LPTHREADENTRY32;
typedef struct tagPROCESSENTRY32W {
    DWORD dwSize, cntUsage, th32ProcessID;
    ULONG_PTR th32DefaultHeapID;
    DWORD th32ModuleID, cntThreads, th32ParentProcessID;
    LONG pcPriClassBase;
    DWORD dwFlags;
    WCHAR szExeFile[MAX_PATH];
} PROCESSENTRY32W, *LPPROCESSENTRY32W;
typedef struct tagMODULEENTRY32W {
    DWORD dwSize, th32ModuleID, th32ProcessID, GlblcntUsage, ProccntUsage;
    BYTE *modBaseAddr;
    DWORD modBaseSize;
    HMODULE hModule;
    WCHAR szModule[MAX_MODULE_NAME32 + 1], szExePath[MAX_PATH];
} MODULEENTRY32W, *LPMODULEENTRY32W;
WINBASEAPI HANDLE WINAPI CreateToolhelp32Snapshot(DWORD flags, DWORD process);
WINBASEAPI BOOL WINAPI Thread32First(HANDLE snapshot, LPTHREADENTRY32 entry);
WINBASEAPI BOOL WINAPI Thread32Next(HANDLE snapshot, LPTHREADENTRY32 entry);
WINBASEAPI BOOL WINAPI Process32FirstW(HANDLE snapshot, LPPROCESSENTRY32W entry);
WINBASEAPI BOOL WINAPI Process32NextW(HANDLE snapshot, LPPROCESSENTRY32W entry);
WINBASEAPI BOOL WINAPI Module32FirstW(HANDLE snapshot, LPMODULEENTRY32W entry);
WINBASEAPI BOOL WINAPI Module32NextW(HANDLE snapshot, LPMODULEENTRY32W entry);
_CRT_END_C_HEADER
