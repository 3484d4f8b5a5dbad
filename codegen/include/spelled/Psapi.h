// arm64ecd: Windows does not tell Psapi.h from psapi.h.
#include <psapi.h>
