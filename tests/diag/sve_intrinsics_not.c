// Intrinsics become instructions: no call, no thunk (EC117 is for functions).
// flags: clang --target=arm64ec-pc-windows-msvc
#include <arm_sve.h> // expect-warning EC118

__attribute__((target("sve"))) int store(int *p)
{
    svint32_t x = svdup_s32(1);
    svst1_s32(svptrue_b32(), p, svadd_s32_x(svptrue_b32(), x, x));
    return 0;
}
