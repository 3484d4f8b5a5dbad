// Without Windows' headers an undeclared name is the document's own.
// flags: clang --target=arm64ec-pc-windows-msvc
#include <stdio.h>
int paint(void)
{
    LOGFONTX font = {0}; // expect-error {{LOGFONTX}}
    return printf("%d", MAX_SIZE); // expect-error {{MAX_SIZE}}
}
