// hybrid_patchable: the entry is of "#f$hp_target", and a call goes out as to another module.
#define PATCH __declspec(hybrid_patchable)
struct odd { char c[3]; };
PATCH int called(int a) { return a; }
PATCH int never_called(double a) { return (int)a; }
PATCH struct odd of_struct(struct odd a, float b) { return a; }
PATCH __declspec(dllexport) int exported(float a) { return (int)a; }
PATCH int declared(double a, int b);
static PATCH int local(int a) { return a; }
PATCH int only_addressed(float a, float b) { return 0; }
PATCH int recursive(int a, double b) { return a ? recursive(a - 1, b) : 0; }
PATCH int variadic(int a, ...) { return a; }
int (*table[])(float, float) = { only_addressed };
int dead(void) { return 0 ? never_called(1) : 0; }
int use(struct odd o)
{
    variadic(1, 2.0);
    return called(1) + of_struct(o, 1).c[0] + exported(1) + declared(1, 2) + local(1);
}
