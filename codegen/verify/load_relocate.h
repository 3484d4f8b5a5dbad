// One relocation into bytes: Microsoft, "PE Format", "COFF Relocations". Private to the
// loader.
#pragma once

#include "protocol/base/base.h"

typedef struct RelocatePlace {
    uint8_t *bytes;   // of the place; n_bytes are left in its section
    uint32_t n_bytes; // at least 1
    uint32_t kind;
    uint64_t address, target, base;
} RelocatePlace;

// False: the kind is not known, or the place or the distance does not fit it.
MUST_USE bool relocate_arm64(const RelocatePlace *place);
MUST_USE bool relocate_amd64(const RelocatePlace *place);
