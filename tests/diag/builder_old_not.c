// flags: clang-14 --target=x86_64-linux-gnu
// expect-nothing
// A command for another target: who compiles for Arm64EC will be newer.
int answer(void) { return 42; }
