// flags: clang-cl --target=x86_64-pc-windows-msvc /fsanitize=address
// expect-nothing
int first(const int *at) { return *at; }
