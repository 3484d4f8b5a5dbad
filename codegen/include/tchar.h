// arm64ecd: names that are narrow or wide by _UNICODE.
#pragma once
#include <corecrt.h>
#include <wchar.h>

#ifdef _UNICODE
#define _ARM64ECD_T(narrow, wide) wide
typedef wchar_t _TCHAR;
#define __T(text) L##text
#else
#define _ARM64ECD_T(narrow, wide) narrow
typedef char _TCHAR;
#define __T(text) text
#endif
#define _T(text) __T(text)
#define _TEXT(text) __T(text)
#ifndef _TCHAR_DEFINED
#define _TCHAR_DEFINED
typedef _TCHAR TCHAR;
#endif
typedef _TCHAR _TUCHAR;

#define _tmain _ARM64ECD_T(main, wmain)
#define _tWinMain _ARM64ECD_T(WinMain, wWinMain)
#define _tprintf _ARM64ECD_T(printf, wprintf)
#define _ftprintf _ARM64ECD_T(fprintf, fwprintf)
#define _stprintf_s _ARM64ECD_T(sprintf_s, swprintf_s)
#define _sntprintf _ARM64ECD_T(_snprintf, _snwprintf)
#define _vsntprintf _ARM64ECD_T(_vsnprintf, _vsnwprintf)
#define _vftprintf _ARM64ECD_T(vfprintf, vfwprintf)
#define _tcslen _ARM64ECD_T(strlen, wcslen)
#define _tcscpy _ARM64ECD_T(strcpy, wcscpy)
#define _tcsncpy _ARM64ECD_T(strncpy, wcsncpy)
#define _tcscat _ARM64ECD_T(strcat, wcscat)
#define _tcscmp _ARM64ECD_T(strcmp, wcscmp)
#define _tcsncmp _ARM64ECD_T(strncmp, wcsncmp)
#define _tcsicmp _ARM64ECD_T(_stricmp, _wcsicmp)
#define _tcsnicmp _ARM64ECD_T(_strnicmp, _wcsnicmp)
#define _tcschr _ARM64ECD_T(strchr, wcschr)
#define _tcsrchr _ARM64ECD_T(strrchr, wcsrchr)
#define _tcsstr _ARM64ECD_T(strstr, wcsstr)
#define _tcsdup _ARM64ECD_T(_strdup, _wcsdup)
#define _tcstok_s _ARM64ECD_T(strtok_s, wcstok_s)
#define _tcscpy_s _ARM64ECD_T(strcpy_s, wcscpy_s)
#define _tcscat_s _ARM64ECD_T(strcat_s, wcscat_s)
#define _tcstol _ARM64ECD_T(strtol, wcstol)
#define _tcstoul _ARM64ECD_T(strtoul, wcstoul)
#define _ttoi _ARM64ECD_T(atoi, _wtoi)
#define _tfopen _ARM64ECD_T(fopen, _wfopen)
#define _tfopen_s _ARM64ECD_T(fopen_s, _wfopen_s)
#define _tgetenv _ARM64ECD_T(getenv, _wgetenv)
#define _puttc _ARM64ECD_T(putc, putwc)
#define _fputts _ARM64ECD_T(fputs, fputws)
#define _fgetts _ARM64ECD_T(fgets, fgetws)
#define _totlower _ARM64ECD_T(tolower, towlower)
#define _totupper _ARM64ECD_T(toupper, towupper)
#define _istspace _ARM64ECD_T(isspace, iswspace)
#define _istdigit _ARM64ECD_T(isdigit, iswdigit)
#define _istalpha _ARM64ECD_T(isalpha, iswalpha)
