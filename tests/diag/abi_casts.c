// EC119, EC120: calls by another type than the function's own.
double scale(double factor, int value);
int count(int n);
void notify(void *object);
long long total(long long a, void *b);

typedef int (*IntOfInt)(int);
typedef float (*FloatOf)(float);
typedef void (*Action)(void *, void *);

int laundered(void)
{
    return ((IntOfInt)(void *)scale)(3); // expect-warning EC119 {{'int (*)(int)' ($i8$i8), but the function is 'double (*)(double, int)' ($d$di8)}}
}
float other_kind(void)
{
    return ((FloatOf)(void *)count)(1.0f); // expect-warning EC119 {{int (*)(int)}}
}
int too_few(void)
{
    return ((int (*)(void))(void *)count)(); // expect-warning EC119 {{int (*)(void)}}
}

typedef long long (*Proc)();
long long with_float(Proc proc, float x)
{
    return proc(1, x); // expect-warning EC120 {{promoted arguments ($i8$i8d), floats}}
}
long long with_words(Proc proc, const char *name)
{
    return proc(1, name); // expect-hint EC120; expect-warning -Wdeprecated-non-prototype
}
int old_style();
int call_old_style(double x)
{
    return old_style(x); // expect-warning EC120 {{'old_style' without a prototype: the exit thunk is guessed from promoted arguments ($i8$d)}}
}

// --- None of these ---

long long without_arguments(Proc proc) { return proc(); }
int cast_to_its_own(void) { return ((int (*)(int))(void *)count)(1); }
void *same_thunk(void *p)
{
    return ((void *(*)(void *, long long))(void *)total)(p, 1);
}
void more_arguments(void *a, void *b) { ((Action)(void *)notify)(a, b); }
void result_unused(void) { ((void (*)(int))(void *)count)(1); }
typedef void (*Stored)(void);
static Stored table[] = {(Stored)(void *)scale, (Stored)(void *)count};
int from_table(int i) { return ((IntOfInt)(void *)table[i])(1); }
double right_cast(int i) { return ((double (*)(double, int))(void *)scale)(1.0, i); }
// expect-warning@+1 -Wdeprecated-non-prototype
int defined_here(a, b) int a, b; { return a + b; }
int call_defined(void) { return defined_here(1, 2); }
