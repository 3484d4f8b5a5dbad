// flags: clang --target=arm64ec-pc-windows-msvc
#include <windows.h>

HMODULE load(int which)
{
    const wchar_t *path = L"";
    const char *name = "";
#if defined(__arm64ec__) || defined(_M_ARM64)
    path = L"plugins\\arm64\\"; // expect-warning EC316 {{'plugins\\arm64\\': an Arm64EC process loads x64}}
//           ^^^^^^^^^^^^^^^^
    name = "decode-aarch64.dll"; // expect-warning EC316 {{'decode-aarch64.dll'}}
    /* "plugins\\arm64\\" */
#elif defined(_M_X64)
    path = L"plugins\\x64\\";
    name = "decode-x86_64.dll";
#endif
    return which ? LoadLibraryW(path) : LoadLibraryA(name);
}
