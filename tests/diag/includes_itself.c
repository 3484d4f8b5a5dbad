// A source that includes itself has no preamble; that is no error of the user's.
// flags: clang --target=arm64ec-pc-windows-msvc
// expect-nothing
#ifndef SECOND_PASS
#define SECOND_PASS
#include "includes_itself.c"
int first;
#else
int second;
#endif
