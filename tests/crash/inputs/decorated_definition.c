// Compiles, though no alias is made.
// expect-nothing
void already(void) __asm__("#already");
void already(void) {}
