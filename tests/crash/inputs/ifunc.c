// On this target clang resolves it at load time without complaint.
// expect-nothing
static void *resolve(void) { return 0; }
void chosen(void) __attribute__((ifunc("resolve")));
void run(void) { chosen(); }
