#include "codegen/frontend/library_headers.h"

#include <stdlib.h>

static const Str headers[] = {
#define HEADER(name) STR_INIT(name),
#include "codegen/frontend/library_headers.def"
#undef HEADER
};

static int by_name(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

bool library_header_is_known(Arena *arena, Str name)
{
    char *lower = arena_z(arena, name);
    for (size_t i = 0; i < name.len; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] + 32);
    const Str key = {lower, name.len};
    return bsearch(&key, headers, COUNTOF(headers), sizeof *headers, by_name) != NULL;
}
