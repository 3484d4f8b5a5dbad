// arm64ecd: the console.
#pragma once
#include <corecrt.h>

_CRT_BEGIN_C_HEADER
int _getch(void);
int _getche(void);
int _kbhit(void);
int _putch(int c);
int _ungetch(int c);
int _cputs(const char *text);
int _cprintf(const char *format, ...);
wint_t _getwch(void);
wint_t _putwch(wchar_t c);
int getch(void);
int kbhit(void);
int putch(int c);
_CRT_END_C_HEADER
