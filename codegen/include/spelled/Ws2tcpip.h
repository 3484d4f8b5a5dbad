// arm64ecd: Windows does not tell Ws2tcpip.h from ws2tcpip.h.
#include <ws2tcpip.h>
