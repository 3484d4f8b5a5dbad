#include <windows.h>

#if defined(_M_ARM64) || defined(_M_ARM64EC) // expect-hint EC314 {{'ARM64_NT_CONTEXT'}}
typedef ARM64_NT_CONTEXT registers; // expect-note {{'ARM64_NT_CONTEXT' is here}}
#endif
#ifdef _M_ARM64
typedef ARM64_NT_CONTEXT registers;
#endif
