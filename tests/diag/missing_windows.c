// A header of Windows that is missing: its types, and the variables that have them.
// flags: clang --target=arm64ec-pc-windows-msvc
#include <windows.h>
#include <commctrl.h> // expect-warning EC626 {{<commctrl.h>}}
int start(HWND window)
{
    INITCOMMONCONTROLSEX wanted = {sizeof(wanted), ICC_WIN95_CLASSES};
    wanted.dwSize = sizeof wanted;
    InitCommonControlsEx(&wanted);
    TVITEM item;
    item.mask = TVIF_TEXT;
    LVCOLUMN column = {0};
    TreeView_InsertItem(window, &item);
    return (int)SendMessageA(window, TVM_INSERTITEM, 0, (LPARAM)&item);
}
int other(HWND window)
{
    return IsWindow(window) ? undefined_name : 0; // expect-error {{undefined_name}}
}
