// Names of Windows' in a header of the project.
// flags: clang++ --target=arm64ec-pc-windows-msvc
#include "include/painted.h" // expect-warning EC626 {{lack 'LOGFONTX'}}
int use(Painted p)
{
    int height = p.font.lfHeight;
    if (height)
        return p.id;
    return p.wrong; // expect-error {{no member named 'wrong'}}
}
