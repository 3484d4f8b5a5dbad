// arm64ecd: Windows does not tell WinDef.h from windef.h.
#include <windef.h>
