// flags: clang --target=arm64ec-pc-windows-msvc -mcmodel=tiny
// expect-error@1 EC609
int same(int value) { return value; }
