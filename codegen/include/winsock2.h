// arm64ecd: sockets, the small part.
#pragma once
#include <windows.h>

#define INVALID_SOCKET ((SOCKET)(~(SOCKET)0))
#define SOCKET_ERROR (-1)
#define FD_SETSIZE 64
#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 23
#define PF_INET AF_INET
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define SOL_SOCKET 0xFFFF
#define SO_REUSEADDR 0x0004
#define SO_KEEPALIVE 0x0008
#define SO_BROADCAST 0x0020
#define SO_SNDBUF 0x1001
#define SO_RCVBUF 0x1002
#define SO_SNDTIMEO 0x1005
#define SO_RCVTIMEO 0x1006
#define SO_ERROR 0x1007
#define TCP_NODELAY 0x0001
#define SOMAXCONN 0x7FFFFFFF
#define MSG_PEEK 2
#define SD_RECEIVE 0
#define SD_SEND 1
#define SD_BOTH 2
#define FIONREAD 0x4004667FL
#define FIONBIO 0x8004667EL
#define INADDR_ANY ((ULONG)0)
#define INADDR_LOOPBACK 0x7F000001
#define INADDR_NONE 0xFFFFFFFF
#define WSAEINTR 10004
#define WSAEINVAL 10022
#define WSAEWOULDBLOCK 10035
#define WSAEINPROGRESS 10036
#define WSAEADDRINUSE 10048
#define WSAECONNABORTED 10053
#define WSAECONNRESET 10054
#define WSAENOTCONN 10057
#define WSAETIMEDOUT 10060
#define WSAECONNREFUSED 10061

_CRT_BEGIN_C_HEADER
typedef UINT_PTR SOCKET;
typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef int socklen_t;
struct in_addr {
    union {
        struct {
            UCHAR s_b1, s_b2, s_b3, s_b4;
        } S_un_b;
        ULONG S_addr;
    } S_un;
};
#define s_addr S_un.S_addr
struct sockaddr {
    u_short sa_family;
    CHAR sa_data[14];
};
struct sockaddr_in {
    short sin_family;
    u_short sin_port;
    struct in_addr sin_addr;
    CHAR sin_zero[8];
};
struct sockaddr_storage {
    short ss_family;
    CHAR pad1[6];
    __int64 align;
    CHAR pad2[112];
};
typedef struct sockaddr SOCKADDR, *PSOCKADDR, *LPSOCKADDR;
typedef struct sockaddr_in SOCKADDR_IN;
typedef struct in_addr IN_ADDR;
#ifndef _TIMEVAL_DEFINED
#define _TIMEVAL_DEFINED
struct timeval {
    long tv_sec, tv_usec;
};
#endif
typedef struct fd_set {
    u_int fd_count;
    SOCKET fd_array[FD_SETSIZE];
} fd_set;
struct hostent {
    char *h_name, **h_aliases;
    short h_addrtype, h_length;
    char **h_addr_list;
};
typedef struct WSAData {
    WORD wVersion, wHighVersion;
    unsigned short iMaxSockets, iMaxUdpDg;
    char *lpVendorInfo;
    char szDescription[257], szSystemStatus[129];
} WSADATA, *LPWSADATA;
typedef struct pollfd {
    SOCKET fd;
    SHORT events, revents;
} WSAPOLLFD;
#define POLLIN 0x0300
#define POLLOUT 0x0010
#define POLLERR 0x0001
#define POLLHUP 0x0002

#define WSAAPI WINAPI
#define WINSOCK_API DECLSPEC_IMPORT
WINSOCK_API int WSAAPI WSAStartup(WORD version, LPWSADATA data);
WINSOCK_API int WSAAPI WSACleanup(void);
WINSOCK_API int WSAAPI WSAGetLastError(void);
WINSOCK_API void WSAAPI WSASetLastError(int error);
WINSOCK_API int WSAAPI WSAPoll(WSAPOLLFD *sockets, ULONG count, INT milliseconds);
WINSOCK_API SOCKET WSAAPI socket(int family, int type, int protocol);
WINSOCK_API SOCKET WSAAPI accept(SOCKET socket, struct sockaddr *address, int *size);
WINSOCK_API int WSAAPI bind(SOCKET socket, const struct sockaddr *address, int size);
WINSOCK_API int WSAAPI connect(SOCKET socket, const struct sockaddr *address, int size);
WINSOCK_API int WSAAPI listen(SOCKET socket, int backlog);
WINSOCK_API int WSAAPI shutdown(SOCKET socket, int how);
WINSOCK_API int WSAAPI closesocket(SOCKET socket);
WINSOCK_API int WSAAPI ioctlsocket(SOCKET socket, long command, u_long *argument);
WINSOCK_API int WSAAPI send(SOCKET socket, const char *data, int size, int flags);
WINSOCK_API int WSAAPI recv(SOCKET socket, char *buffer, int size, int flags);
WINSOCK_API int WSAAPI sendto(SOCKET socket, const char *data, int size, int flags, const struct sockaddr *address, int address_size);
WINSOCK_API int WSAAPI recvfrom(SOCKET socket, char *buffer, int size, int flags, struct sockaddr *address, int *address_size);
WINSOCK_API int WSAAPI select(int count, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout);
WINSOCK_API int WSAAPI getsockname(SOCKET socket, struct sockaddr *address, int *size);
WINSOCK_API int WSAAPI getpeername(SOCKET socket, struct sockaddr *address, int *size);
WINSOCK_API int WSAAPI getsockopt(SOCKET socket, int level, int option, char *value, int *size);
WINSOCK_API int WSAAPI setsockopt(SOCKET socket, int level, int option, const char *value, int size);
WINSOCK_API int WSAAPI gethostname(char *name, int size);
WINSOCK_API struct hostent *WSAAPI gethostbyname(const char *name);
WINSOCK_API unsigned long WSAAPI inet_addr(const char *text);
WINSOCK_API char *WSAAPI inet_ntoa(struct in_addr address);
WINSOCK_API u_short WSAAPI htons(u_short value);
WINSOCK_API u_short WSAAPI ntohs(u_short value);
WINSOCK_API u_long WSAAPI htonl(u_long value);
WINSOCK_API u_long WSAAPI ntohl(u_long value);
WINSOCK_API int WSAAPI __WSAFDIsSet(SOCKET socket, fd_set *set);
_CRT_END_C_HEADER

#define FD_ZERO(set) ((set)->fd_count = 0)
#define FD_ISSET(socket, set) __WSAFDIsSet((socket), (set))
#define FD_SET(socket, set)                                                               \
    do {                                                                                  \
        if ((set)->fd_count < FD_SETSIZE)                                                 \
            (set)->fd_array[(set)->fd_count++] = (socket);                                \
    } while (0)
