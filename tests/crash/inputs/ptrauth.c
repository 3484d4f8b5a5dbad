// flags: clang --target=arm64ec-pc-windows-msvc -fptrauth-calls
// expect-error@1 EC609
int (*other)(void);
int same(void) { return other(); }
