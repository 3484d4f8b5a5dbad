// Assembly in a header is told where it is included, if its function is emitted.
// flags: clang --target=arm64ec-pc-windows-msvc
#include "include/vendor_asm.h" // expect-error EC501 {{x13}} expect-error[ASM_CURSORS] EC501 {{x23}} expect-warning EC517 {{x24}}

long use(void)
{
    vendor_zero();
    vendor_barrier();
    return vendor_bound();
}
