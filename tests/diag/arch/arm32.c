// flags: clang --target=arm64ec-w64-windows-gnu
// xxHash to 0.8.1: __ARM_NEON without __aarch64__ was 32-bit Arm.
#if defined(__ARM_NEON) && !defined(__aarch64__) // expect-error EC302 {{taken for 32-bit Arm}}
void zip(void)
{
    __asm__("vzip.32 d0, d1");
}
#endif
