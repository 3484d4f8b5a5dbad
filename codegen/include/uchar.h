// arm64ecd: C11 7.28.
#pragma once
#include <corecrt.h>
#include <wchar.h>

#ifndef __cplusplus
typedef unsigned short char16_t;
typedef unsigned char32_t;
#endif

_CRT_BEGIN_C_HEADER
size_t mbrtoc16(char16_t *wide, const char *text, size_t size, mbstate_t *state);
size_t c16rtomb(char *text, char16_t wide, mbstate_t *state);
size_t mbrtoc32(char32_t *wide, const char *text, size_t size, mbstate_t *state);
size_t c32rtomb(char *text, char32_t wide, mbstate_t *state);
_CRT_END_C_HEADER
