void run(void) { __asm__("bogus x0"); } // expect-error clang
