// What clang says of code that needs a missing header is held back, statement by statement; what
// has nothing to do with it shows.
// flags: clang++ --target=arm64ec-pc-windows-msvc
#include <string> // expect-warning EC626 {{<string>}}
#include <vector>
#include <memory>
#include <atomic>
namespace app
{
class Store
{
  public:
    void add(const std::string &name, int v);
    int find(const std::string &name) const;

  private:
    std::vector<std::string> names_;
    std::vector<int> values_;
    std::unique_ptr<Store> next_ = std::make_unique<Store>();
    std::atomic<int> n_{0};
};
void Store::add(const std::string &name, int v)
{
    names_.push_back(name);
    values_.emplace_back(v);
    n_.fetch_add(1, std::memory_order_relaxed);
}
int Store::find(const std::string &name) const
{
    for (unsigned i = 0; i < names_.size(); ++i)
        if (names_[i] == name)
            return values_[i];
    return next_ ? next_->find(name) : -1;
}
struct Point {
    int x, y;
};
int dist(Point a, Point b)
{
    return a.x - b.z; // expect-error {{no member named 'z'}}
}
int typo()
{
    return misspelt; // expect-error {{misspelt}}
}
int semicolon()
{
    int q = 4 return q; // expect-error {{expected ';'}}
}
template <typename T> T twice(T t)
{
    return t + t;
}
int use()
{
    Store s;
    s.add("x", 3);
    __asm__("mov x13, x0"); // expect-error EC501 {{x13}}
    return twice(s.find("x")) + nothing_here(); // expect-error {{nothing_here}}
}
} // namespace app
