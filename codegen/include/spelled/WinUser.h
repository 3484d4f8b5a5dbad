// arm64ecd: Windows does not tell WinUser.h from winuser.h.
#include <winuser.h>
