// arm64ecd: walking the stack. Of Arm64EC code too with IMAGE_FILE_MACHINE_AMD64.
#pragma once
#include <winbase.h>

_CRT_BEGIN_C_HEADER
typedef enum { AddrMode1616, AddrMode1632, AddrModeReal, AddrModeFlat } ADDRESS_MODE;
typedef struct _tagADDRESS64 {
    DWORD64 Offset;
    WORD Segment;
    ADDRESS_MODE Mode;
} ADDRESS64, *LPADDRESS64;
typedef struct _KDHELP64 {
    DWORD64 Thread;
    DWORD ThCallbackStack, ThCallbackBStore, NextCallback, FramePointer;
    DWORD64 KiCallUserMode, KeUserCallbackDispatcher, SystemRangeStart;
    DWORD64 KiUserExceptionDispatcher, StackBase, StackLimit;
    DWORD BuildVersion, RetpolineStubFunctionTableSize;
    DWORD64 RetpolineStubFunctionTable;
    DWORD RetpolineStubOffset, RetpolineStubSize;
    DWORD64 Reserved0[2];
} KDHELP64;
typedef struct _tagSTACKFRAME64 {
    ADDRESS64 AddrPC, AddrReturn, AddrFrame, AddrStack, AddrBStore;
    PVOID FuncTableEntry;
    DWORD64 Params[4];
    BOOL Far, Virtual;
    DWORD64 Reserved[3];
    KDHELP64 KdHelp;
} STACKFRAME64, *LPSTACKFRAME64;
typedef struct _SYMBOL_INFO {
    ULONG SizeOfStruct, TypeIndex;
    ULONG64 Reserved[2];
    ULONG Index, Size;
    ULONG64 ModBase;
    ULONG Flags;
    ULONG64 Value, Address;
    ULONG Register, Scope, Tag, NameLen, MaxNameLen;
    CHAR Name[1];
} SYMBOL_INFO, *PSYMBOL_INFO;
typedef struct _IMAGEHLP_LINE64 {
    DWORD SizeOfStruct;
    PVOID Key;
    DWORD LineNumber;
    PCHAR FileName;
    DWORD64 Address;
} IMAGEHLP_LINE64, *PIMAGEHLP_LINE64;
typedef BOOL(CALLBACK *PREAD_PROCESS_MEMORY_ROUTINE64)(HANDLE process, DWORD64 address, PVOID buffer, DWORD size, LPDWORD read);
typedef PVOID(CALLBACK *PFUNCTION_TABLE_ACCESS_ROUTINE64)(HANDLE process, DWORD64 address);
typedef DWORD64(CALLBACK *PGET_MODULE_BASE_ROUTINE64)(HANDLE process, DWORD64 address);
typedef DWORD64(CALLBACK *PTRANSLATE_ADDRESS_ROUTINE64)(HANDLE process, HANDLE thread, LPADDRESS64 address);

BOOL WINAPI StackWalk64(DWORD machine, HANDLE process, HANDLE thread, LPSTACKFRAME64 frame, PVOID context, PREAD_PROCESS_MEMORY_ROUTINE64 read, PFUNCTION_TABLE_ACCESS_ROUTINE64 table, PGET_MODULE_BASE_ROUTINE64 module, PTRANSLATE_ADDRESS_ROUTINE64 translate);
PVOID WINAPI SymFunctionTableAccess64(HANDLE process, DWORD64 address);
DWORD64 WINAPI SymGetModuleBase64(HANDLE process, DWORD64 address);
BOOL WINAPI SymInitialize(HANDLE process, PCSTR path, BOOL invade);
BOOL WINAPI SymCleanup(HANDLE process);
DWORD WINAPI SymSetOptions(DWORD options);
BOOL WINAPI SymFromAddr(HANDLE process, DWORD64 address, PDWORD64 displacement, PSYMBOL_INFO symbol);
BOOL WINAPI SymGetLineFromAddr64(HANDLE process, DWORD64 address, PDWORD displacement, PIMAGEHLP_LINE64 line);
_CRT_END_C_HEADER

#define SYMOPT_UNDNAME 0x02
#define SYMOPT_DEFERRED_LOADS 0x04
#define SYMOPT_LOAD_LINES 0x10
#define MAX_SYM_NAME 2000
