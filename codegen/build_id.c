// The identity of the sources this program was built from: 32 hex digits from the
// Makefile. Alone in its file, so that a change elsewhere compiles no more than this
// again.
#include "codegen/result.h"

#ifndef BUILD_ID
#error "define BUILD_ID as a string of 32 hex digits"
#endif

_Static_assert(sizeof BUILD_ID == BUILD_ID_BYTES + 1, "BUILD_ID has 32 digits");

Str build_id(void)
{
    return STR(BUILD_ID);
}
