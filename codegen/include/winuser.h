// arm64ecd: message boxes, windows, messages.
#pragma once
#include <windef.h>
#include <winbase.h>

#define MB_OK 0x00
#define MB_OKCANCEL 0x01
#define MB_YESNOCANCEL 0x03
#define MB_YESNO 0x04
#define MB_ICONERROR 0x10
#define MB_ICONSTOP 0x10
#define MB_ICONQUESTION 0x20
#define MB_ICONWARNING 0x30
#define MB_ICONEXCLAMATION 0x30
#define MB_ICONINFORMATION 0x40
#define MB_TOPMOST 0x40000
#define IDOK 1
#define IDCANCEL 2
#define IDYES 6
#define IDNO 7
#define WM_NULL 0x0000
#define WM_CREATE 0x0001
#define WM_DESTROY 0x0002
#define WM_SIZE 0x0005
#define WM_PAINT 0x000F
#define WM_CLOSE 0x0010
#define WM_QUIT 0x0012
#define WM_KEYDOWN 0x0100
#define WM_KEYUP 0x0101
#define WM_CHAR 0x0102
#define WM_COMMAND 0x0111
#define WM_TIMER 0x0113
#define WM_MOUSEMOVE 0x0200
#define WM_LBUTTONDOWN 0x0201
#define WM_LBUTTONUP 0x0202
#define WM_USER 0x0400
#define WM_APP 0x8000
#define WS_OVERLAPPED 0x00000000L
#define WS_OVERLAPPEDWINDOW 0x00CF0000L
#define WS_VISIBLE 0x10000000L
#define WS_CHILD 0x40000000L
#define WS_POPUP 0x80000000L
#define CW_USEDEFAULT ((int)0x80000000)
#define SW_HIDE 0
#define SW_SHOWNORMAL 1
#define SW_SHOW 5
#define CS_VREDRAW 1
#define CS_HREDRAW 2
#define PM_REMOVE 1
#define GWLP_WNDPROC (-4)
#define GWLP_USERDATA (-21)
#define WH_KEYBOARD_LL 13
#define SM_CXSCREEN 0
#define SM_CYSCREEN 1
#define MAKEINTRESOURCEA(id) ((LPSTR)(ULONG_PTR)(WORD)(id))
#define MAKEINTRESOURCEW(id) ((LPWSTR)(ULONG_PTR)(WORD)(id))
#define IDC_ARROW MAKEINTRESOURCE(32512)
#define IDI_APPLICATION MAKEINTRESOURCE(32512)

_CRT_BEGIN_C_HEADER
typedef LRESULT(CALLBACK *WNDPROC)(HWND window, UINT message, WPARAM w, LPARAM l);
typedef LRESULT(CALLBACK *HOOKPROC)(int code, WPARAM w, LPARAM l);
typedef BOOL(CALLBACK *WNDENUMPROC)(HWND window, LPARAM l);
typedef VOID(CALLBACK *TIMERPROC)(HWND window, UINT message, UINT_PTR id, DWORD time);
typedef struct tagMSG {
    HWND hwnd;
    UINT message;
    WPARAM wParam;
    LPARAM lParam;
    DWORD time;
    POINT pt;
} MSG, *PMSG, *LPMSG;
typedef struct tagWNDCLASSA {
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra, cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCSTR lpszMenuName, lpszClassName;
} WNDCLASSA;
typedef struct tagWNDCLASSW {
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra, cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCWSTR lpszMenuName, lpszClassName;
} WNDCLASSW;
typedef struct tagWNDCLASSEXA {
    UINT cbSize, style;
    WNDPROC lpfnWndProc;
    int cbClsExtra, cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCSTR lpszMenuName, lpszClassName;
    HICON hIconSm;
} WNDCLASSEXA;
typedef struct tagWNDCLASSEXW {
    UINT cbSize, style;
    WNDPROC lpfnWndProc;
    int cbClsExtra, cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCWSTR lpszMenuName, lpszClassName;
    HICON hIconSm;
} WNDCLASSEXW;
typedef struct tagPAINTSTRUCT {
    HDC hdc;
    BOOL fErase;
    RECT rcPaint;
    BOOL fRestore, fIncUpdate;
    BYTE rgbReserved[32];
} PAINTSTRUCT, *LPPAINTSTRUCT;
WINUSERAPI int WINAPI MessageBoxA(HWND window, LPCSTR text, LPCSTR caption, UINT type);
WINUSERAPI int WINAPI MessageBoxW(HWND window, LPCWSTR text, LPCWSTR caption, UINT type);
WINUSERAPI BOOL WINAPI MessageBeep(UINT type);
WINUSERAPI ATOM WINAPI RegisterClassA(const WNDCLASSA *window_class);
WINUSERAPI ATOM WINAPI RegisterClassW(const WNDCLASSW *window_class);
WINUSERAPI ATOM WINAPI RegisterClassExA(const WNDCLASSEXA *window_class);
WINUSERAPI ATOM WINAPI RegisterClassExW(const WNDCLASSEXW *window_class);
WINUSERAPI HWND WINAPI CreateWindowExA(DWORD extended, LPCSTR class_name, LPCSTR name, DWORD style, int x, int y, int width, int height, HWND parent, HMENU menu, HINSTANCE instance, LPVOID parameter);
WINUSERAPI HWND WINAPI CreateWindowExW(DWORD extended, LPCWSTR class_name, LPCWSTR name, DWORD style, int x, int y, int width, int height, HWND parent, HMENU menu, HINSTANCE instance, LPVOID parameter);
WINUSERAPI BOOL WINAPI DestroyWindow(HWND window);
WINUSERAPI BOOL WINAPI ShowWindow(HWND window, int show);
WINUSERAPI BOOL WINAPI UpdateWindow(HWND window);
WINUSERAPI BOOL WINAPI IsWindow(HWND window);
WINUSERAPI LRESULT WINAPI DefWindowProcA(HWND window, UINT message, WPARAM w, LPARAM l);
WINUSERAPI LRESULT WINAPI DefWindowProcW(HWND window, UINT message, WPARAM w, LPARAM l);
WINUSERAPI LRESULT WINAPI CallWindowProcA(WNDPROC procedure, HWND window, UINT message, WPARAM w, LPARAM l);
WINUSERAPI LRESULT WINAPI CallWindowProcW(WNDPROC procedure, HWND window, UINT message, WPARAM w, LPARAM l);
WINUSERAPI LRESULT WINAPI SendMessageA(HWND window, UINT message, WPARAM w, LPARAM l);
WINUSERAPI LRESULT WINAPI SendMessageW(HWND window, UINT message, WPARAM w, LPARAM l);
WINUSERAPI BOOL WINAPI PostMessageA(HWND window, UINT message, WPARAM w, LPARAM l);
WINUSERAPI BOOL WINAPI PostMessageW(HWND window, UINT message, WPARAM w, LPARAM l);
WINUSERAPI BOOL WINAPI PostThreadMessageA(DWORD thread, UINT message, WPARAM w, LPARAM l);
WINUSERAPI BOOL WINAPI PostThreadMessageW(DWORD thread, UINT message, WPARAM w, LPARAM l);
WINUSERAPI VOID WINAPI PostQuitMessage(int code);
WINUSERAPI BOOL WINAPI GetMessageA(LPMSG message, HWND window, UINT low, UINT high);
WINUSERAPI BOOL WINAPI GetMessageW(LPMSG message, HWND window, UINT low, UINT high);
WINUSERAPI BOOL WINAPI PeekMessageA(LPMSG message, HWND window, UINT low, UINT high, UINT remove);
WINUSERAPI BOOL WINAPI PeekMessageW(LPMSG message, HWND window, UINT low, UINT high, UINT remove);
WINUSERAPI BOOL WINAPI TranslateMessage(const MSG *message);
WINUSERAPI LRESULT WINAPI DispatchMessageA(const MSG *message);
WINUSERAPI LRESULT WINAPI DispatchMessageW(const MSG *message);
WINUSERAPI LONG_PTR WINAPI GetWindowLongPtrA(HWND window, int index);
WINUSERAPI LONG_PTR WINAPI GetWindowLongPtrW(HWND window, int index);
WINUSERAPI LONG_PTR WINAPI SetWindowLongPtrA(HWND window, int index, LONG_PTR value);
WINUSERAPI LONG_PTR WINAPI SetWindowLongPtrW(HWND window, int index, LONG_PTR value);
WINUSERAPI int WINAPI GetWindowTextA(HWND window, LPSTR text, int size);
WINUSERAPI int WINAPI GetWindowTextW(HWND window, LPWSTR text, int size);
WINUSERAPI BOOL WINAPI SetWindowTextA(HWND window, LPCSTR text);
WINUSERAPI BOOL WINAPI SetWindowTextW(HWND window, LPCWSTR text);
WINUSERAPI HWND WINAPI FindWindowA(LPCSTR class_name, LPCSTR name);
WINUSERAPI HWND WINAPI FindWindowW(LPCWSTR class_name, LPCWSTR name);
WINUSERAPI HWND WINAPI GetForegroundWindow(void);
WINUSERAPI HWND WINAPI GetDesktopWindow(void);
WINUSERAPI BOOL WINAPI SetForegroundWindow(HWND window);
WINUSERAPI BOOL WINAPI EnumWindows(WNDENUMPROC callback, LPARAM l);
WINUSERAPI DWORD WINAPI GetWindowThreadProcessId(HWND window, LPDWORD process);
WINUSERAPI BOOL WINAPI GetClientRect(HWND window, LPRECT rectangle);
WINUSERAPI BOOL WINAPI GetWindowRect(HWND window, LPRECT rectangle);
WINUSERAPI BOOL WINAPI MoveWindow(HWND window, int x, int y, int width, int height, BOOL repaint);
WINUSERAPI BOOL WINAPI InvalidateRect(HWND window, const RECT *rectangle, BOOL erase);
WINUSERAPI HDC WINAPI BeginPaint(HWND window, LPPAINTSTRUCT paint);
WINUSERAPI BOOL WINAPI EndPaint(HWND window, const PAINTSTRUCT *paint);
WINUSERAPI HDC WINAPI GetDC(HWND window);
WINUSERAPI int WINAPI ReleaseDC(HWND window, HDC dc);
WINUSERAPI HICON WINAPI LoadIconA(HINSTANCE instance, LPCSTR name);
WINUSERAPI HICON WINAPI LoadIconW(HINSTANCE instance, LPCWSTR name);
WINUSERAPI HCURSOR WINAPI LoadCursorA(HINSTANCE instance, LPCSTR name);
WINUSERAPI HCURSOR WINAPI LoadCursorW(HINSTANCE instance, LPCWSTR name);
WINUSERAPI BOOL WINAPI GetCursorPos(LPPOINT point);
WINUSERAPI BOOL WINAPI SetCursorPos(int x, int y);
WINUSERAPI int WINAPI ShowCursor(BOOL show);
WINUSERAPI SHORT WINAPI GetAsyncKeyState(int key);
WINUSERAPI SHORT WINAPI GetKeyState(int key);
WINUSERAPI int WINAPI GetSystemMetrics(int index);
WINUSERAPI UINT_PTR WINAPI SetTimer(HWND window, UINT_PTR id, UINT milliseconds, TIMERPROC callback);
WINUSERAPI BOOL WINAPI KillTimer(HWND window, UINT_PTR id);
WINUSERAPI HHOOK WINAPI SetWindowsHookExA(int id, HOOKPROC procedure, HINSTANCE module, DWORD thread);
WINUSERAPI HHOOK WINAPI SetWindowsHookExW(int id, HOOKPROC procedure, HINSTANCE module, DWORD thread);
WINUSERAPI BOOL WINAPI UnhookWindowsHookEx(HHOOK hook);
WINUSERAPI LRESULT WINAPI CallNextHookEx(HHOOK hook, int code, WPARAM w, LPARAM l);
WINUSERAPI BOOL WINAPI OpenClipboard(HWND owner);
WINUSERAPI BOOL WINAPI CloseClipboard(void);
WINUSERAPI BOOL WINAPI EmptyClipboard(void);
WINUSERAPI HANDLE WINAPI GetClipboardData(UINT format);
WINUSERAPI HANDLE WINAPI SetClipboardData(UINT format, HANDLE data);
int WINAPIV wsprintfA(LPSTR buffer, LPCSTR format, ...);
int WINAPIV wsprintfW(LPWSTR buffer, LPCWSTR format, ...);
_CRT_END_C_HEADER

#define CreateWindowA(class_name, ...) CreateWindowExA(0, class_name, __VA_ARGS__)
#define CreateWindowW(class_name, ...) CreateWindowExW(0, class_name, __VA_ARGS__)

#ifdef UNICODE
#define MessageBox MessageBoxW
#define RegisterClass RegisterClassW
#define RegisterClassEx RegisterClassExW
#define CreateWindowEx CreateWindowExW
#define DefWindowProc DefWindowProcW
#define CallWindowProc CallWindowProcW
#define SendMessage SendMessageW
#define PostMessage PostMessageW
#define PostThreadMessage PostThreadMessageW
#define GetMessage GetMessageW
#define PeekMessage PeekMessageW
#define DispatchMessage DispatchMessageW
#define GetWindowLongPtr GetWindowLongPtrW
#define SetWindowLongPtr SetWindowLongPtrW
#define GetWindowText GetWindowTextW
#define SetWindowText SetWindowTextW
#define FindWindow FindWindowW
#define LoadIcon LoadIconW
#define LoadCursor LoadCursorW
#define SetWindowsHookEx SetWindowsHookExW
#define WNDCLASS WNDCLASSW
#define WNDCLASSEX WNDCLASSEXW
#define MAKEINTRESOURCE MAKEINTRESOURCEW
#define wsprintf wsprintfW
#define CreateWindow CreateWindowW
#else
#define MessageBox MessageBoxA
#define RegisterClass RegisterClassA
#define RegisterClassEx RegisterClassExA
#define CreateWindowEx CreateWindowExA
#define DefWindowProc DefWindowProcA
#define CallWindowProc CallWindowProcA
#define SendMessage SendMessageA
#define PostMessage PostMessageA
#define PostThreadMessage PostThreadMessageA
#define GetMessage GetMessageA
#define PeekMessage PeekMessageA
#define DispatchMessage DispatchMessageA
#define GetWindowLongPtr GetWindowLongPtrA
#define SetWindowLongPtr SetWindowLongPtrA
#define GetWindowText GetWindowTextA
#define SetWindowText SetWindowTextA
#define FindWindow FindWindowA
#define LoadIcon LoadIconA
#define LoadCursor LoadCursorA
#define SetWindowsHookEx SetWindowsHookExA
#define WNDCLASS WNDCLASSA
#define WNDCLASSEX WNDCLASSEXA
#define MAKEINTRESOURCE MAKEINTRESOURCEA
#define wsprintf wsprintfA
#define CreateWindow CreateWindowA
#endif
