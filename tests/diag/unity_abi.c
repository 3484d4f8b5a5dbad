// What an included source defines is told at its #include, and what an inline function of a
// header makes clang emit.
#include "include/vendor.h"
#include "include/part_abi.c" // expect-warning EC101 {{passing 'struct vendor_rgb'}}
#include "include/vendor_inline.h" // expect-warning EC101 {{passing 'struct vendor_rgb'}}

void use(void)
{
    vendor_black();
}
