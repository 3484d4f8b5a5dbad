// arm64ecd: Windows does not tell WinNT.h from winnt.h.
#include <winnt.h>
