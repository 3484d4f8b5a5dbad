// On this target clang resolves it at load time without complaint, since version 22; before,
// expect-nothing but that it is no attribute.
static void *resolve(void) { return 0; }
void chosen(void) __attribute__((ifunc("resolve"))); // expect-warning[!IFUNC] clang {{ifunc}}
void run(void) { chosen(); }
