// expect-nothing
// What programs for Windows pass by value all day.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

typedef struct SDL_Color {
    unsigned char r, g, b, a;
} SDL_Color;
typedef struct SDL_FRect {
    float x, y, w, h;
} SDL_FRect;
typedef struct vec2 {
    float x, y;
} vec2;
typedef struct mat3 {
    float m[3][3];
} mat3;

COLORREF blend(COLORREF a, COLORREF b) { return a ^ b; }
BOOL same(const GUID *a, const GUID *b) { return a->Data1 == b->Data1; }
LONGLONG ticks(LARGE_INTEGER now) { return now.QuadPart; }
LARGE_INTEGER now(void)
{
    LARGE_INTEGER now = {0};
    QueryPerformanceCounter(&now);
    return now;
}
SDL_Color mix(SDL_Color a, SDL_Color b) { return a.r ? a : b; }
float area(SDL_FRect rect) { return rect.w * rect.h; }
vec2 add(vec2 a, vec2 b)
{
    vec2 sum = {a.x + b.x, a.y + b.y};
    return sum;
}
float trace(mat3 m) { return m.m[0][0] + m.m[1][1] + m.m[2][2]; }

DWORD WINAPI worker(LPVOID argument) { return argument != NULL; }
void start(void) { CreateThread(NULL, 0, worker, NULL, 0, NULL); }

static int by_value(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}
void sort(int *values, size_t n) { qsort(values, n, sizeof *values, by_value); }

void log_line(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
}
void use(int a) { log_line("%d %d %d %d %d", a, a, a, a, a); }

typedef int(WINAPI *MessageBoxType)(HWND, const char *, const char *, unsigned);
int ask(HMODULE library)
{
    MessageBoxType box = (MessageBoxType)(void *)GetProcAddress(library, "MessageBoxA");
    return box ? box(NULL, "really?", "question", 4) : 0;
}
