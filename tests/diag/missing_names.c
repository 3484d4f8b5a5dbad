// Names of Windows' that the built-in declarations lack, without any missing header.
// flags: clang --target=arm64ec-pc-windows-msvc
#include <windows.h>
int paint(HWND window, HDC context)
{
    LOGFONTX font = {0}; // expect-warning EC626 {{lack 'LOGFONTX', 'CreateFontIndirectX', 'WM_X1', 'WM_X2', 'WM_X3' and 2 more}}
    HANDLE made = CreateFontIndirectX(&font);
    font.lfHeight = WM_X1 + WM_X2 + WM_X3 + WM_X4;
    return made != 0;
}
struct s {
    int a;
};
int typo(struct s *p)
{
    return p->b; // expect-error {{no member named 'b'}}
}
int *wrong(void)
{
    return 5.0; // expect-error {{incompatible result type}}
}
int semicolon(void)
{
    int x = 3 return x; // expect-error {{expected ';'}}
}
void asm_still(void)
{
    DWROD d = GetTickCount(); __asm__("mov x13, x0"); // expect-error EC501 {{x13}}
}
