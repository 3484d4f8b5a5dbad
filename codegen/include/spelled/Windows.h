// arm64ecd: Windows does not tell Windows.h from windows.h.
#include <windows.h>
