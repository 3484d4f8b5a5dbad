int run(void **buffer) { return __builtin_setjmp(buffer); } // expect-error clang {{__builtin_setjmp}}
