#include <windows.h>
#pragma comment(linker, "/alternatename:hook=hook_default")

void hook(void);
void hook_default(void)
{
}
void run(void)
{
    hook();
}
