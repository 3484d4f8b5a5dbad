// arm64ecd: starting and ending COM in a thread.
#pragma once
#include <combaseapi.h>

typedef enum tagCOINIT {
    COINIT_MULTITHREADED = 0,
    COINIT_APARTMENTTHREADED = 2,
    COINIT_DISABLE_OLE1DDE = 4,
    COINIT_SPEED_OVER_MEMORY = 8,
} COINIT;

_CRT_BEGIN_C_HEADER
WINOLEAPI CoInitialize(LPVOID reserved);
_CRT_END_C_HEADER
