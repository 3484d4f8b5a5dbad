// arm64ecd: Windows does not tell WinSock2.h from winsock2.h.
#include <winsock2.h>
