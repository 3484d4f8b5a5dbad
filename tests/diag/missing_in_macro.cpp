// A macro of a header needs what is missing; and names of std without "std::" in front.
// flags: clang++ --target=arm64ec-pc-windows-msvc -std=c++17
#include "include/checked.h" // expect-warning EC626 {{<memory>}}
int use(int n)
{
    CHECK_THAT(n > 1);
    auto two = make_pair(n, 2);
    if (two.first)
        return 1;
    return n + mistyped; // expect-error {{mistyped}}
}
