// flags: clang --target=arm64ec-pc-windows-msvc -mlong-double-80
// expect-error@1 EC609
long double same(long double value) { return value; }
