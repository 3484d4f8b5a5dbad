// arm64ecd: Windows does not tell WinBase.h from winbase.h.
#include <winbase.h>
