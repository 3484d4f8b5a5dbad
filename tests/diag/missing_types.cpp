// What follows from C++ headers that this host does not have: EC626 once, and nothing else;
// what is wrong all the same still shows.
// flags: clang++ --target=arm64ec-pc-windows-msvc -std=c++20 -fcxx-exceptions -fexceptions
#include <array> // expect-warning EC626 {{<array>}}
#include <exception>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <typeinfo>
#include <vector>

const char *name() { return typeid(int).name(); }
auto numbers = {1, 2, 3};
int sum(std::initializer_list<int> list);
int six() { return sum({1, 2, 3}); }
class E : public std::exception {};
const char *text(E e) { return e.what(); }
class T : public std::thread {};
void join(T &t) { t.join(); }
class R : public std::runtime_error {
    using std::runtime_error::runtime_error;
};
void fail() { throw R("x"); }
struct D {
    D(const std::string &s);
    D() : D("y") {}
};
D d() { return D("z"); }
auto pair() { return std::make_tuple(1, 2); }
int first()
{
    auto [a, b] = pair();
    return a + b;
}
extern "C" void call(void *p)
{
    auto *f = static_cast<std::function<void()> *>(p);
    (*f)();
}
struct Q : std::vector<int> {};
int front(Q &q)
{
    q.push_back(1);
    for (int x : q)
        return x;
    return q[0];
}

int mistyped(int count)
{
    return cuont; // expect-error clang {{'cuont'}}
}
