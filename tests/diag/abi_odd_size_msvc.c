// flags: cl /arm64EC /c
// builder: msvc-19.40
// expect-nothing
// MSVC passes all of them right.
struct rgb {
    unsigned char r, g, b;
};
struct size {
    int width, height, depth;
};
struct range {
    long long low, high;
};
struct point {
    double x, y;
};

void set(struct rgb colour);
void trace(double scale, const char *format, ...);

struct rgb get(struct rgb colour)
{
    set(colour);
    trace(1.0, "%d %d %d", 1, 2, 3);
    return colour;
}
struct size cube(int edge)
{
    struct size size = {edge, edge, edge};
    return size;
}
struct point middle(int of)
{
    struct point point = {of, of};
    return point;
}
struct range around(int of)
{
    struct range range = {of, of};
    return range;
}
struct range bounds(int n, ...)
{
    struct range range = {n, n};
    return range;
}
