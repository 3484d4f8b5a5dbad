// arm64ecd: Windows does not tell ObjBase.h from objbase.h.
#include <objbase.h>
