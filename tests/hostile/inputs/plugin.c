// A plug-in of the compiler: whoever loads it ends, and that shows.
#include <stdlib.h>

__attribute__((constructor)) static void load(void)
{
    abort();
}
