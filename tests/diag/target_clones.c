// x86's versions are left out; a pragma that gives many functions one is told once.
__attribute__((target_clones("avx2", "default"))) int sum(const int *at) // expect-hint EC313 {{'sum' for x86's 'avx2'}}
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
{
    return at[0] + at[1];
}
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function) // expect-warning EC313 {{'avx2' of 'one'}}
int one(int x)
{
    return x;
}
int two(int x)
{
    return x;
}
#pragma clang attribute pop
