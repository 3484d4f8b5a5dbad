// arm64ecd: C11 7.21 and what the universal C runtime adds.
#pragma once
#include <corecrt.h>

#define BUFSIZ 512
#define EOF (-1)
#define FILENAME_MAX 260
#define FOPEN_MAX 20
#define L_tmpnam 260
#define L_tmpnam_s 260
#define TMP_MAX 0x7FFFFFFF
#define TMP_MAX_S TMP_MAX
#define SEEK_CUR 1
#define SEEK_END 2
#define SEEK_SET 0
#define _IOFBF 0x0000
#define _IOLBF 0x0040
#define _IONBF 0x0004
#define _NFILE 512

_CRT_BEGIN_C_HEADER
typedef struct _iobuf {
    void *_Placeholder;
} FILE;
typedef long long fpos_t;

FILE *__acrt_iob_func(unsigned index);
#define stdin (__acrt_iob_func(0))
#define stdout (__acrt_iob_func(1))
#define stderr (__acrt_iob_func(2))

FILE *fopen(const char *path, const char *mode);
FILE *freopen(const char *path, const char *mode, FILE *file);
FILE *tmpfile(void);
char *tmpnam(char *buffer);
int fclose(FILE *file);
int fflush(FILE *file);
void setbuf(FILE *file, char *buffer);
int setvbuf(FILE *file, char *buffer, int mode, size_t size);
int remove(const char *path);
int rename(const char *from, const char *to);
void perror(const char *message);
void clearerr(FILE *file);
int feof(FILE *file);
int ferror(FILE *file);

int printf(const char *format, ...);
int fprintf(FILE *file, const char *format, ...);
int sprintf(char *buffer, const char *format, ...);
int snprintf(char *buffer, size_t size, const char *format, ...);
int vprintf(const char *format, va_list args);
int vfprintf(FILE *file, const char *format, va_list args);
int vsprintf(char *buffer, const char *format, va_list args);
int vsnprintf(char *buffer, size_t size, const char *format, va_list args);
int scanf(const char *format, ...);
int fscanf(FILE *file, const char *format, ...);
int sscanf(const char *text, const char *format, ...);
int vscanf(const char *format, va_list args);
int vfscanf(FILE *file, const char *format, va_list args);
int vsscanf(const char *text, const char *format, va_list args);

int fgetc(FILE *file);
int getc(FILE *file);
int getchar(void);
int fputc(int c, FILE *file);
int putc(int c, FILE *file);
int putchar(int c);
int ungetc(int c, FILE *file);
char *fgets(char *buffer, int size, FILE *file);
int fputs(const char *text, FILE *file);
int puts(const char *text);
size_t fread(void *buffer, size_t size, size_t count, FILE *file);
size_t fwrite(const void *buffer, size_t size, size_t count, FILE *file);
int fgetpos(FILE *file, fpos_t *position);
int fsetpos(FILE *file, const fpos_t *position);
int fseek(FILE *file, long offset, int origin);
long ftell(FILE *file);
void rewind(FILE *file);

int _fseeki64(FILE *file, long long offset, int origin);
long long _ftelli64(FILE *file);
int _fileno(FILE *file);
FILE *_fdopen(int descriptor, const char *mode);
FILE *_fsopen(const char *path, const char *mode, int share);
FILE *_popen(const char *command, const char *mode);
int _pclose(FILE *file);
int _fcloseall(void);
int _flushall(void);
int _unlink(const char *path);
char *_tempnam(const char *dir, const char *prefix);
int _getw(FILE *file);
int _putw(int word, FILE *file);
int _setmaxstdio(int most);
int _getmaxstdio(void);
void _lock_file(FILE *file);
void _unlock_file(FILE *file);
int _fgetc_nolock(FILE *file);
int _fputc_nolock(int c, FILE *file);
size_t _fread_nolock(void *buffer, size_t size, size_t count, FILE *file);
size_t _fwrite_nolock(const void *buffer, size_t size, size_t count, FILE *file);
int _snprintf(char *buffer, size_t size, const char *format, ...);
int _vsnprintf(char *buffer, size_t size, const char *format, va_list args);
int _scprintf(const char *format, ...);
int _vscprintf(const char *format, va_list args);
int _printf_l(const char *format, _locale_t locale, ...);
int _snprintf_l(char *buffer, size_t size, const char *format, _locale_t locale, ...);

errno_t fopen_s(FILE **file, const char *path, const char *mode);
errno_t freopen_s(FILE **file, const char *path, const char *mode, FILE *old);
errno_t tmpfile_s(FILE **file);
errno_t tmpnam_s(char *buffer, rsize_t size);
int printf_s(const char *format, ...);
int fprintf_s(FILE *file, const char *format, ...);
int sprintf_s(char *buffer, size_t size, const char *format, ...);
int vsprintf_s(char *buffer, size_t size, const char *format, va_list args);
int _snprintf_s(char *buffer, size_t size, size_t most, const char *format, ...);
int _vsnprintf_s(char *buffer, size_t size, size_t most, const char *format, va_list args);
int vprintf_s(const char *format, va_list args);
int vfprintf_s(FILE *file, const char *format, va_list args);
int scanf_s(const char *format, ...);
int fscanf_s(FILE *file, const char *format, ...);
int sscanf_s(const char *text, const char *format, ...);
char *gets_s(char *buffer, rsize_t size);
size_t fread_s(void *buffer, size_t buffer_size, size_t size, size_t count, FILE *file);

int fileno(FILE *file);
FILE *fdopen(int descriptor, const char *mode);
int unlink(const char *path);
char *tempnam(const char *dir, const char *prefix);
#ifndef _MSC_VER
FILE *popen(const char *command, const char *mode);
int pclose(FILE *file);
int fseeko(FILE *file, long offset, int origin);
long ftello(FILE *file);
int fseeko64(FILE *file, long long offset, int origin);
long long ftello64(FILE *file);
int asprintf(char **text, const char *format, ...);
int vasprintf(char **text, const char *format, va_list args);
#endif
_CRT_END_C_HEADER

#if defined(__cplusplus)
extern "C++" {
template <size_t n> inline int sprintf_s(char (&buffer)[n], const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsprintf_s(buffer, n, format, args);
    va_end(args);
    return length;
}
template <size_t n>
inline int _snprintf_s(char (&buffer)[n], size_t most, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = _vsnprintf_s(buffer, n, most, format, args);
    va_end(args);
    return length;
}
}
#endif

#include <wchar.h>
