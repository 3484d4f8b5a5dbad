// fmt and abseil: in a template that nobody instantiates, and in constexpr code.
#include <intrin.h>

template <typename T> struct Wide {
    T high(T a, T b)
    {
#if defined(_MSC_VER) && defined(_M_X64) // expect-warning EC301 {{'_umul128'}}
        T result;
        _umul128(a, b, &result);
        return result;
#else
        return a * b;
#endif
    }
};

inline int count(unsigned long long v)
{
#if defined(_M_X64)
    return (int)__popcnt64(v);
#else
    return __builtin_popcountll(v);
#endif
}

#if defined(_M_X64) && !(defined(_M_ARM64EC) || defined(__arm64ec__))
template <typename T> T sum(__m128 *);
#endif
