// Intrinsics become instructions: no call, no thunk (EC117 is for functions).
// flags: clang --target=arm64ec-pc-windows-msvc
// expect-nothing
#include <arm_sve.h>

__attribute__((target("sve"))) int store(int *p)
{
    svint32_t x = svdup_s32(1);
    svst1_s32(svptrue_b32(), p, svadd_s32_x(svptrue_b32(), x, x));
    return 0;
}
