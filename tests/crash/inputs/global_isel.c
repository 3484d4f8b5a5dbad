// flags: clang --target=arm64ec-pc-windows-msvc -mllvm -global-isel
// expect-error@1 EC609
int other(void);
int same(void) { return other(); }
