void already(void) __asm__("?x");
void run(void) { already(); } // expect-error EC203
