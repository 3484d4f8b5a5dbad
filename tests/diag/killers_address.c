// LLVM dies of a declared __vectorcall function wherever clang writes its name, also in a
// block that it drops later; what clang folds away is no such place. Tried with clang -c.
int __vectorcall far_one(double);

void mention(void)
{
    (void)far_one; // expect-error EC114 {{the address of 'far_one'}}
    //    ^^^^^^^
}

int compare(void)
{
    return far_one == 0; // expect-error EC114 {{the address of 'far_one'}} // expect-warning -Wtautological-pointer-compare
}

int behind(void)
{
    do {
        return 1;
    } while (far_one(1.0)); // expect-error EC114 {{this call of 'far_one'}}
}

static void unused(void)
{
    far_one(1.0);
}

int folded(void)
{
    if (0)
        unused();
    return (int)sizeof(far_one(1.0));
}
