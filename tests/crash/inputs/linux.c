// flags: clang --target=arm64ec-linux-gnu
// Clang crashes, or makes ELF AArch64 of it.
// expect-warning@1 EC601
int same(int value) { return value; }
