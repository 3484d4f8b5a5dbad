// A document made of sources compiles all their functions.
// flags: clang --target=arm64ec-pc-windows-msvc
#include "include/part.c" // expect-error EC501 {{x13}}
