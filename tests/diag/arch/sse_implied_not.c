// flags: cl /c
// builder: msvc-19.40
// cl does not define it for x64 either.
#if defined(_M_X64) && !defined(__SSE2__)
#error "SSE2" // expect-error clang {{SSE2}}
#endif
