// expect-nothing
#include <windows.h>

#if defined(_M_ARM64)
#define PLUGINS "plugins/arm64" // ARM64's alone
#elif defined(__arm64ec__) || defined(_M_ARM64EC)
#define PLUGINS "plugins/arm64ec"
#define SHARED "plugins/arm64x/one.dll"
#define PICTURES "pictures/arm64" // nothing of x64's is like it
#define NAME "arm64"              // no path
#define ALARM "plugins/alarm64/x"
#elif defined(_M_X64)
#define PLUGINS "plugins/x64"
#define SHARED "plugins/x64/one.dll"
#define NAME "x64"
#define ALARM "plugins/x64/x"
#endif

#if defined(__arm64ec__)
#if defined(NOBODY_DEFINES_IT)
#define DEBUG_PLUGINS "debug/arm64/"
#endif
#else
#define DEBUG_PLUGINS "debug/x64/"
#endif

HMODULE load(void)
{
    return LoadLibraryA(PLUGINS "/" SHARED NAME);
}
