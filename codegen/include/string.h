// arm64ecd: C11 7.24 and what the universal C runtime adds.
#pragma once
#include <corecrt.h>
#include <errno.h>

_CRT_BEGIN_C_HEADER
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *memory, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *memory, int byte, size_t size);
void *_memccpy(void *to, const void *from, int byte, size_t size);
void *memccpy(void *to, const void *from, int byte, size_t size);
int _memicmp(const void *a, const void *b, size_t size);
int memicmp(const void *a, const void *b, size_t size);
errno_t memcpy_s(void *to, rsize_t to_size, const void *from, rsize_t size);
errno_t memmove_s(void *to, rsize_t to_size, const void *from, rsize_t size);

size_t strlen(const char *text);
size_t strnlen(const char *text, size_t most);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t size);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t size);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t size);
int strcoll(const char *a, const char *b);
size_t strxfrm(char *to, const char *from, size_t size);
char *strchr(const char *text, int c);
char *strrchr(const char *text, int c);
char *strstr(const char *text, const char *part);
char *strpbrk(const char *text, const char *set);
size_t strspn(const char *text, const char *set);
size_t strcspn(const char *text, const char *set);
char *strtok(char *text, const char *separators);
char *strtok_s(char *text, const char *separators, char **state);
char *strerror(int number);
char *_strerror(const char *message);
errno_t strerror_s(char *buffer, size_t size, int number);

char *_strdup(const char *text);
char *strdup(const char *text);
int _stricmp(const char *a, const char *b);
int _strnicmp(const char *a, const char *b, size_t size);
int _strcmpi(const char *a, const char *b);
int _stricmp_l(const char *a, const char *b, _locale_t locale);
int _stricoll(const char *a, const char *b);
int stricmp(const char *a, const char *b);
int strnicmp(const char *a, const char *b, size_t size);
int strcmpi(const char *a, const char *b);
char *_strlwr(char *text);
char *_strupr(char *text);
char *_strrev(char *text);
char *_strset(char *text, int c);
char *_strnset(char *text, int c, size_t size);
char *strlwr(char *text);
char *strupr(char *text);
char *strrev(char *text);
errno_t _strlwr_s(char *text, size_t size);
errno_t _strupr_s(char *text, size_t size);
errno_t strcpy_s(char *to, rsize_t to_size, const char *from);
errno_t strncpy_s(char *to, rsize_t to_size, const char *from, rsize_t size);
errno_t strcat_s(char *to, rsize_t to_size, const char *from);
errno_t strncat_s(char *to, rsize_t to_size, const char *from, rsize_t size);
size_t strnlen_s(const char *text, size_t most);
#ifndef _MSC_VER
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t size);
char *strtok_r(char *text, const char *separators, char **state);
#endif
_CRT_END_C_HEADER

#if defined(__cplusplus)
extern "C++" {
template <size_t n> inline errno_t strcpy_s(char (&to)[n], const char *from)
{
    return strcpy_s(to, n, from);
}
template <size_t n> inline errno_t strncpy_s(char (&to)[n], const char *from, size_t size)
{
    return strncpy_s(to, n, from, size);
}
template <size_t n> inline errno_t strcat_s(char (&to)[n], const char *from)
{
    return strcat_s(to, n, from);
}
template <size_t n> inline errno_t strncat_s(char (&to)[n], const char *from, size_t size)
{
    return strncat_s(to, n, from, size);
}
}
#endif

#include <wchar.h>
