#include <intrin.h>

void relax(void)
{
#if defined(_M_ARM64) // expect-hint EC321 {{'__yield'}}
    __yield();
#endif
}

#if defined(__aarch64__) // expect-hint EC321 {{<arm_neon.h>}}
#include <arm_neon.h>
#endif

#if defined(_M_X64) && !defined(_M_ARM64EC)
#elif defined(_M_ARM64) // expect-error EC302 {{comes to this #error: "unknown processor"}}
#else
#error "unknown processor" // expect-note {{"unknown processor" is here}}
#endif
