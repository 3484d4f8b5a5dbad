// arm64ecd: Windows does not tell DbgHelp.h from dbghelp.h.
#include <dbghelp.h>
