// LLVM dereferences an empty optional and says "out of memory".
void already(void) __asm__("#already");
void run(void) { already(); } // expect-error EC203
