// Hooks and peeks.
#include <windows.h>

typedef int (*Function)(int);
extern "C" LONG DetourAttach(PVOID *pointer, PVOID detour);
extern "C" __declspec(dllexport) int exported(int x) { return x; }

static int (*original)(int) = exported;
static int detour(int x) { return original(x) + 1; }

void attach()
{
    DetourAttach(reinterpret_cast<PVOID *>(&original), reinterpret_cast<PVOID>(detour)); // expect-hint EC122 {{DetourAttach}}
    DetourAttach(reinterpret_cast<PVOID *>(&original), reinterpret_cast<PVOID>(detour));
}
bool is_jump(HMODULE module)
{
    return *reinterpret_cast<BYTE *>(GetProcAddress(module, "f")) == 0xE9; // expect-warning EC122 {{this address}}
}
bool is_jump(Function f) { return *(const unsigned char *)f == 0xE9; } // expect-warning EC122 {{'f'}}
bool is_default(Function f) { return f == &exported; } // expect-hint EC121 {{'exported'}}
const unsigned char code[] = {0xB8, 1, 0, 0, 0, 0xC3};
int run() { return reinterpret_cast<int (*)()>(reinterpret_cast<ULONG_PTR>(code))(); } // expect-warning EC324 {{'code'}}
extern "C" __declspec(dllimport) int imported(int);
void give(void (*to)(Function)) { to(imported); }
bool is_own(Function f) { return f == imported; } // expect-hint EC121 {{'imported'}}
