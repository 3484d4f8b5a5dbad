// arm64ecd: names and addresses of hosts.
#pragma once
#include <winsock2.h>

#define AI_PASSIVE 0x1
#define NI_MAXHOST 1025
#define NI_MAXSERV 32
#define NI_NUMERICHOST 0x2
#define IPV6_V6ONLY 27
#define IPPROTO_IPV6 41
#define INET_ADDRSTRLEN 22
#define INET6_ADDRSTRLEN 65

_CRT_BEGIN_C_HEADER
struct in6_addr {
    union {
        UCHAR Byte[16];
        USHORT Word[8];
    } u;
};
struct sockaddr_in6 {
    short sin6_family;
    u_short sin6_port;
    ULONG sin6_flowinfo;
    struct in6_addr sin6_addr;
    ULONG sin6_scope_id;
};
typedef struct addrinfo {
    int ai_flags, ai_family, ai_socktype, ai_protocol;
    size_t ai_addrlen;
    char *ai_canonname;
    struct sockaddr *ai_addr;
    struct addrinfo *ai_next;
} ADDRINFOA, *PADDRINFOA;
WINSOCK_API INT WSAAPI getaddrinfo(const char *node, const char *service, const ADDRINFOA *hints, PADDRINFOA *result);
WINSOCK_API void WSAAPI freeaddrinfo(PADDRINFOA info);
WINSOCK_API INT WSAAPI getnameinfo(const SOCKADDR *address, socklen_t size, char *node, DWORD node_size, char *service, DWORD service_size, INT flags);
WINSOCK_API INT WSAAPI inet_pton(INT family, const char *text, void *address);
WINSOCK_API const char *WSAAPI inet_ntop(INT family, const void *address, char *text, size_t size);
_CRT_END_C_HEADER

#define gai_strerror gai_strerrorA
#define gai_strerrorA(error) ((char *)"")
