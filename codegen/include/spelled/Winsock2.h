// arm64ecd: Windows does not tell Winsock2.h from winsock2.h.
#include <winsock2.h>
