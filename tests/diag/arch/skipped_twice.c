// A header that is read twice is skipped in part once, and taken once.
#include "include/twice.h"
#define ROUND 2
#define TWICE_NAME relax
#include "include/twice.h" // expect-error EC301 {{'_M_X64'}}
void use(void)
{
    relax();
}
