// flags: -std=c2y
// needs: NAMED_LOOPS
// Loops that have names: which one `break` leaves. Each callee is called once.
int f1(int), f2(int), f3(int), f4(int), f5(int), f6(int), f7(int), f8(int), f9(int), f10(int), f11(int), f12(int),
    f13(int), f14(int), f15(int), f16(int), f17(int), f18(int), f19(int), f20(int);
void c1(int *), c2(int *);
int both(int x)
{
outer:
    for (int i = 0; i < x; i++) {
        for (;;) {
            if (f1(i))
                break outer;
            if (f2(i))
                continue outer;
        }
        f3(i); // nothing gets here
    }
    return f4(x);
}
int endless(int x)
{
again:
    while (1) {
        while (1) {
            break again;
            f5(1);
        }
        f6(1);
    }
    return f7(x);
}
int two_names(int x)
{
one:
two:
    do {
    inner:
        for (;;) {
            switch (x) {
            case 1:
                f8(x);
                continue two;
            case 2:
                break inner;
            default:
                break two;
            }
            f9(x);
        }
        f10(x);
    } while (f11(x));
    return f12(x);
}
int through(int x)
{
scopes:
    for (;;) {
        int __attribute__((cleanup(c1))) a = x;
        for (;;) {
            int __attribute__((cleanup(c2))) b = x;
            if (f13(x))
                break scopes;
        }
        f14(x);
    }
    return f15(x);
}
int of_switch(int x)
{
cases:
    switch (x) {
    case 1:
        for (;;) {
            if (f16(x))
                break cases;
        }
        f17(x);
    default:
        f18(x);
    }
#define LEAVE(name) break name
#define CASES cases
label:
    while (1) {
        while (1)
            LEAVE(label);
        f19(x);
    }
    return f20(x);
}
