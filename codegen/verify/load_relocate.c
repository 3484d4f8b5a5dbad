// The relocations that clang's code needs, and no others: what is not known is refused,
// never guessed. Addends lie in the place itself.
#include "codegen/verify/load_relocate.h"

#include "codegen/verify/load_object.h"

#include <string.h>

typedef enum Arm64Relocation {
    ARM64_ABSOLUTE = 0,
    ARM64_ADDR32NB = 2,
    ARM64_BRANCH26 = 3,
    ARM64_PAGEBASE_REL21 = 4,
    ARM64_REL21 = 5,
    ARM64_PAGEOFFSET_12A = 6,
    ARM64_PAGEOFFSET_12L = 7,
    ARM64_ADDR64 = 14,
    ARM64_BRANCH19 = 15,
    ARM64_BRANCH14 = 16,
    ARM64_REL32 = 17,
} Arm64Relocation;

typedef enum Amd64Relocation {
    AMD64_ABSOLUTE = 0,
    AMD64_ADDR64 = 1,
    AMD64_ADDR32NB = 3,
    AMD64_REL32 = 4, // REL32_1 to REL32_5 follow: the end lies that much further
    AMD64_REL32_5 = 9,
} Amd64Relocation;

static void write_u32(const RelocatePlace *place, uint32_t value)
{
    memcpy(place->bytes, &value, sizeof value);
}

static bool add_address(const RelocatePlace *place)
{
    uint64_t value;
    if (place->n_bytes < sizeof value)
        return false;
    memcpy(&value, place->bytes, sizeof value);
    value += place->target;
    memcpy(place->bytes, &value, sizeof value);
    return true;
}

static int64_t signed_bits(uint64_t value, unsigned bits)
{
    uint64_t sign = UINT64_C(1) << (bits - 1);
    value &= sign * 2 - 1;
    return (int64_t)((value ^ sign) - sign);
}

static bool fits(int64_t value, unsigned bits)
{
    return value == signed_bits((uint64_t)value, bits);
}

static bool branch(const RelocatePlace *place, unsigned bits, unsigned shift)
{
    uint32_t word = read_u32(place->bytes);
    uint32_t mask = ((1u << bits) - 1) << shift;
    int64_t distance = (int64_t)(place->target - place->address) +
                       signed_bits((word & mask) >> shift, bits) * 4;
    if (distance % 4 || !fits(distance / 4, bits))
        return false;
    write_u32(place, (word & ~mask) | ((uint32_t)(distance / 4) << shift & mask));
    return true;
}

// ADR and ADRP: the low two bits of the immediate stand apart.
static bool address_21(const RelocatePlace *place, unsigned page_shift)
{
    uint32_t word = read_u32(place->bytes);
    int64_t addend = signed_bits((word >> 29 & 3) | (word >> 3 & 0x1ffffc), 21);
    uint64_t target = place->target + (uint64_t)addend;
    int64_t distance =
        (int64_t)(target >> page_shift) - (int64_t)(place->address >> page_shift);
    if (!fits(distance, 21))
        return false;
    uint32_t bits = (uint32_t)distance;
    write_u32(place, (word & 0x9f00001f) | (bits & 3) << 29 | (bits >> 2 & 0x7ffff) << 5);
    return true;
}

// ADD and the loads and stores with an unsigned offset; those scale it by their size.
static bool page_offset(const RelocatePlace *place, bool is_scaled)
{
    uint32_t word = read_u32(place->bytes);
    unsigned scale = is_scaled ? word >> 30 : 0;
    if (is_scaled && (word & 0x04800000) == 0x04800000) // 128-bit vectors
        scale += 4;
    uint64_t offset = place->target + ((uint64_t)(word >> 10 & 0xfff) << scale);
    if ((offset & 0xfff) % (1u << scale))
        return false;
    uint32_t immediate = (uint32_t)(offset & 0xfff) >> scale;
    write_u32(place, (word & ~(0xfffu << 10)) | immediate << 10);
    return true;
}

static bool relative_32(const RelocatePlace *place, uint64_t from)
{
    int64_t addend = signed_bits(read_u32(place->bytes), 32);
    int64_t distance = (int64_t)(place->target - from) + addend;
    if (!fits(distance, 32))
        return false;
    write_u32(place, (uint32_t)distance);
    return true;
}

bool relocate_arm64(const RelocatePlace *place)
{
    if (place->kind == ARM64_ABSOLUTE)
        return true;
    if (place->n_bytes < sizeof(uint32_t))
        return false;
    switch ((Arm64Relocation)place->kind) {
    case ARM64_ABSOLUTE:
        return true;
    case ARM64_ADDR32NB:
        return relative_32(place, place->base);
    case ARM64_BRANCH26:
        return branch(place, 26, 0);
    case ARM64_BRANCH19:
        return branch(place, 19, 5);
    case ARM64_BRANCH14:
        return branch(place, 14, 5);
    case ARM64_PAGEBASE_REL21:
        return address_21(place, 12);
    case ARM64_REL21:
        return address_21(place, 0);
    case ARM64_PAGEOFFSET_12A:
        return page_offset(place, false);
    case ARM64_PAGEOFFSET_12L:
        return page_offset(place, true);
    case ARM64_ADDR64:
        return add_address(place);
    case ARM64_REL32:
        return relative_32(place, place->address + sizeof(uint32_t));
    }
    return false;
}

bool relocate_amd64(const RelocatePlace *place)
{
    if (place->kind == AMD64_ABSOLUTE)
        return true;
    if (place->n_bytes < sizeof(uint32_t))
        return false;
    if (place->kind == AMD64_ADDR64)
        return add_address(place);
    if (place->kind == AMD64_ADDR32NB)
        return relative_32(place, place->base);
    if (place->kind >= AMD64_REL32 && place->kind <= AMD64_REL32_5)
        return relative_32(place, place->address + sizeof(uint32_t) +
                                      (place->kind - AMD64_REL32));
    return false;
}
