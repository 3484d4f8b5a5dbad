// flags: clang --target=arm64ec-pc-windows-msvc -flto
__attribute__((hybrid_patchable)) int patch(void) { return 1; } // expect-error EC206
