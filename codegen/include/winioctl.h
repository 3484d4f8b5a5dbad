// arm64ecd: control codes of devices and file systems.
#pragma once
#include <winbase.h>

#define FILE_DEVICE_DISK 0x07
#define FILE_DEVICE_FILE_SYSTEM 0x09
#define METHOD_BUFFERED 0
#define FILE_ANY_ACCESS 0
#define FILE_SPECIAL_ACCESS FILE_ANY_ACCESS
#define CTL_CODE(device, function, method, access)                                        \
    (((device) << 16) | ((access) << 14) | ((function) << 2) | (method))
#define FSCTL_GET_REPARSE_POINT CTL_CODE(FILE_DEVICE_FILE_SYSTEM, 42, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define FSCTL_SET_SPARSE CTL_CODE(FILE_DEVICE_FILE_SYSTEM, 49, METHOD_BUFFERED, FILE_SPECIAL_ACCESS)
