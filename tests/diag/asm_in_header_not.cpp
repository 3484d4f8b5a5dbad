// What a header offers and nobody calls is never assembled.
// flags: clang --target=arm64ec-pc-windows-msvc
// expect-nothing
#include "include/vendor_asm.h"

long use(void)
{
    return 1;
}
