// flags: cl /c /std:c++17
// builder: msvc-19.40
// expect-nothing
#include <windows.h>

static inline __m128 operator+(__m128 a, __m128 b)
{
    return _mm_add_ps(a, b);
}
struct Vector {
    __m128 of;
    Vector(float x) : of(_mm_set1_ps(x)) {}
    Vector operator*(const Vector &o) const
    {
        Vector out = *this;
        out.of = _mm_mul_ps(of, o.of) + _mm_setzero_ps();
        return out;
    }
    float operator[](int i) const { return of.m128_f32[i]; }
};
static_assert(alignof(Vector) == 16 && sizeof(Vector) == 16, "");
float first(const Vector &a, const Vector &b)
{
    return (a * b)[0];
}
