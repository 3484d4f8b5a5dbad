// Whatever follows from the condition is folded: in a header, in a macro, in a call.
#include "include/simd_user.h" // expect-error EC301 {{'__x86_64__'}}

static vector zero(void)
{
    return VECTOR_ZERO();
}

void use(void) { (void)zero(); }

int own(void)
{
    return undeclared; // expect-error clang {{undeclared}}
}
