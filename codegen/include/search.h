// arm64ecd: linear and binary search.
#pragma once
#include <stdlib.h>

_CRT_BEGIN_C_HEADER
void *_lfind(const void *key, const void *base, unsigned *count, unsigned size,
             int (*compare)(const void *, const void *));
void *_lsearch(const void *key, void *base, unsigned *count, unsigned size,
               int (*compare)(const void *, const void *));
_CRT_END_C_HEADER
