// "did you mean": the names that are spelled most like one that is not there.
#pragma once

#include "protocol/base/arena.h"

enum { NEAR_NAMES_MAX = 3, NEAR_NAME_BYTES_MAX = 128 };

typedef struct Near {
    Str wanted;
    Arena *arena; // names that are kept are copied there
    struct {
        Str name;
        uint32_t distance;
    } best[NEAR_NAMES_MAX]; // the nearest first
    uint32_t n;
} Near;

void near_offer(Near *near, Str name);

// "; did you mean 'a', 'b' or 'c'?", or nothing.
Str near_text(const Near *near);
