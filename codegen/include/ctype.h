// arm64ecd: C11 7.4.
#pragma once
#include <corecrt.h>

_CRT_BEGIN_C_HEADER
int isalnum(int c);
int isalpha(int c);
int isblank(int c);
int iscntrl(int c);
int isdigit(int c);
int isgraph(int c);
int islower(int c);
int isprint(int c);
int ispunct(int c);
int isspace(int c);
int isupper(int c);
int isxdigit(int c);
int tolower(int c);
int toupper(int c);
int _tolower(int c);
int _toupper(int c);
int __isascii(int c);
int __toascii(int c);
int __iscsym(int c);
int __iscsymf(int c);
int _isctype(int c, int type);
int isascii(int c);
int toascii(int c);
_CRT_END_C_HEADER

#define _UPPER 0x01
#define _LOWER 0x02
#define _DIGIT 0x04
#define _SPACE 0x08
#define _PUNCT 0x10
#define _CONTROL 0x20
#define _BLANK 0x40
#define _HEX 0x80
#define _ALPHA (0x0100 | _UPPER | _LOWER)

#include <wctype.h>
