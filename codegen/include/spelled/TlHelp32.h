// arm64ecd: Windows does not tell TlHelp32.h from tlhelp32.h.
#include <tlhelp32.h>
