// arm64ecd: Windows does not tell Objbase.h from objbase.h.
#include <objbase.h>
