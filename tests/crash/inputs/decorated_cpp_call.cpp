void already() __asm__("?already@@$$hYAXXZ");
void run() { already(); } // expect-error EC203
