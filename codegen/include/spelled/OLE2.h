// arm64ecd: Windows does not tell OLE2.h from ole2.h.
#include <ole2.h>
