// arm64ecd: Windows does not tell Dbghelp.h from dbghelp.h.
#include <dbghelp.h>
