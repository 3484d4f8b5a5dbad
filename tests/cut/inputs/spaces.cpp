// Functions in namespaces; what must not be cut stands among them.
struct big {
    int a[3];
    big();
    int sum(int by) const;
    int inside(int x) { return x + a[0]; }
};

namespace outer {
int plain(big b);
inline namespace v1 {
namespace {
int hidden(int x)
{
    int y = x * 2;
    return y;
}
} // namespace

int plain(big b)
{
    big copy = b;
    auto twice = [&](int n) { return n * 2 + copy.a[0]; };
    return twice(hidden(b.a[1]));
}
} // namespace v1

template <class T> T same(T t)
{
    T copy = t;
    return copy;
}
} // namespace outer

extern "C" {
int exported(int n, double d)
{
    int r = outer::same(n);
    if (d > 1.0) {
        r += outer::plain(big());
    }
    return r;
}
}

big::big()
{
    a[0] = a[1] = a[2] = 0;
}

int big::sum(int by) const
{
    int all = by;
    for (int i = 0; i < 3; i++)
        all += a[i];
    return all;
}

namespace outer::deep {
constexpr int square(int n)
{
    return n * n;
}
static_assert(square(3) == 9, "");

int uses()
{
    big b;
    int sixteen[square(4)];
    return b.sum(square(2)) + (int)sizeof sixteen + exported(1, 2.0);
}
} // namespace outer::deep
