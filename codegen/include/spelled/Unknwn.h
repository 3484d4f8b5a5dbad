// arm64ecd: Windows does not tell Unknwn.h from unknwn.h.
#include <unknwn.h>
