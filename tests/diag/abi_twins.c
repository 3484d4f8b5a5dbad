// builder: clang-22
// EC225: one thunk name, two conventions.
struct point {
    double x, y;
};
struct range {
    long long low, high;
};
struct rectangle {
    float x, y, w, h;
};
struct complex_like {
    double re, im;
};

struct point middle(int of)
{
    struct point point = {of, of};
    return point;
}
// The same registers: no twin.
struct complex_like root(int of)
{
    struct complex_like value = {of, of};
    return value;
}
struct range around(int of) // expect-warning EC225 {{$ientry_thunk$cdecl$m16$i8}}
//           ^^^^^^
{
    struct range range = {of, of};
    return range;
}
struct rectangle frame(int of) // expect-warning EC225 {{'middle' and 'frame'}}
{
    struct rectangle frame = {of, of, of, of};
    return frame;
}
// Another name.
struct range between(int a, int b)
{
    struct range range = {a, b};
    return range;
}
// Nothing outside reaches it.
static struct point local(int of, int and)
{
    struct point point = {of, and};
    return point;
}
double use_local(void) { return local(1, 2).x; }

struct point imported_point(char of);
struct range imported_range(char of);
double use(void)
{
    double x = imported_point(1).x;
    return x + (double)imported_range(1).low; // expect-warning EC225 {{$iexit_thunk$cdecl$m16$i8}}
}
// A definition without a prototype takes its float as a double: no twin.
int weigh(int of, double by) { return of + (int)by; }
int weigh_as_of_old(of, by) int of; float by; // expect-warning -Wdeprecated-non-prototype
{
    return of + (int)by;
}
