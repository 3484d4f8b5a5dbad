// Assembly in templates that nobody instantiates here, in functions whose types this host
// does not have, and in an instance of a header's template.
#include <vector> // expect-warning EC626 {{<vector>}}
#include "include/vendor_template.hpp" // expect-error EC501 {{x13}}

template <class T> struct Never {
    T get() const
    {
        __asm__("mov x14, x0"); // expect-error EC501 {{x14}}
        return T();
    }
};

void fill(std::vector<int> &all)
{
    __asm__("mov x23, x0"); // expect-error EC501 {{x23}}
}

#ifdef OTHER_TARGET
template <class T> void hidden(T)
{
    __asm__("mov x24, x0");
}
#endif

int use()
{
    return Used<int>().get();
}
