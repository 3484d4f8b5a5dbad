#include "codegen/abi/boundary_row.h"
#include "codegen/abi/lower_type.h"

enum {
    X64_REGISTERS = 4,
    EC_REGISTERS = 8,          // x0-x7, v0-v7
    EC_VARIADIC_REGISTERS = 4, // x0-x3; x4 and x5 speak of the stack
    SLOT_BYTES = 8,
    PAIR_BYTES = 16,
};

static const Str x64_general[] = {STR_INIT("rcx"), STR_INIT("rdx"), STR_INIT("r8"),
                                  STR_INIT("r9")};

static Str append(Arena *arena, Str list, Str item)
{
    if (!list.len)
        return item;
    return arena_format(arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(item));
}

static Str x64_register(const PlaceState *state, X64Kind kind, uint32_t slot)
{
    if (kind != X64_FLOAT)
        return x64_general[slot];
    if (!state->is_variadic)
        return arena_format(state->arena, "xmm%u", slot);
    // The caller of a variadic function puts a floating argument into both.
    return arena_format(state->arena, "xmm%u, %.*s", slot, STR_ARG(x64_general[slot]));
}

AbiPlace place_x64(PlaceState *state, X64Passing passing)
{
    AbiPlace place = {.by_pointer = passing.kind == X64_POINTER};
    uint32_t n_registers = 0;
    for (uint32_t i = 0; i < passing.n_slots; i++) {
        uint32_t slot = state->x64_slot++;
        if (slot < X64_REGISTERS) {
            place.registers = append(state->arena, place.registers,
                                     x64_register(state, passing.kind, slot));
            n_registers++;
        } else if (i == n_registers) {
            place.offset = slot * SLOT_BYTES;
        }
    }
    if (passing.n_slots == 0)
        return place;
    if (n_registers == passing.n_slots)
        place.kind = PLACE_REGISTER;
    else
        place.kind = n_registers ? PLACE_REGISTERS_AND_STACK : PLACE_STACK;
    return place;
}

static Str ec_registers(Arena *arena, char bank, uint32_t first, uint64_t n)
{
    Str list = {0};
    for (uint64_t i = 0; i < n; i++)
        list =
            append(arena, list, arena_format(arena, "%c%u", bank, first + (uint32_t)i));
    return list;
}

static AbiPlace ec_on_stack(PlaceState *state, uint64_t bytes, uint64_t align)
{
    if (align < SLOT_BYTES)
        align = SLOT_BYTES;
    if (align > PAIR_BYTES)
        align = PAIR_BYTES;
    uint64_t offset = align_up(state->ec_stack, align);
    state->ec_stack = offset + align_up(bytes, SLOT_BYTES);
    return (AbiPlace){.kind = PLACE_STACK, .offset = (uint32_t)offset};
}

static char bank_of(const LowType *type)
{
    uint64_t bytes = low_bytes(type);
    if (type->kind == LOW_VECTOR)
        return bytes <= 8 ? 'd' : 'q';
    return bytes == 2 ? 'h' : bytes == 4 ? 's' : bytes == 8 ? 'd' : 'q';
}

// All of it in registers, or (AAPCS64 6.8.2, C.3 and C.12) none, and no later one either.
static AbiPlace ec_in_registers(PlaceState *state, uint32_t *next, char bank, uint64_t n,
                                uint64_t bytes, uint64_t align)
{
    if (*next + n > EC_REGISTERS) {
        *next = EC_REGISTERS;
        return ec_on_stack(state, bytes, align);
    }
    AbiPlace place = {.kind = PLACE_REGISTER,
                      .registers = ec_registers(state->arena, bank, *next, n)};
    *next += (uint32_t)n;
    return place;
}

// Of a variadic function: x0-x3 for everything, floating point too; 16-byte vectors by
// their address. What follows is stack, which x4 points to and x5 measures.
static AbiPlace ec_variadic(PlaceState *state, const LowType *low)
{
    uint64_t bytes = low_bytes(low);
    bool by_pointer = low->kind == LOW_VECTOR && bytes > SLOT_BYTES;
    uint64_t n = by_pointer && bytes > PAIR_BYTES ? bytes / PAIR_BYTES : 1;
    AbiPlace place;
    if (state->general + n <= EC_VARIADIC_REGISTERS) {
        place =
            (AbiPlace){.kind = PLACE_REGISTER,
                       .registers = ec_registers(state->arena, 'x', state->general, n)};
        state->general += (uint32_t)n;
    } else {
        state->general = EC_VARIADIC_REGISTERS;
        place = ec_on_stack(state, n * SLOT_BYTES, SLOT_BYTES);
        place.registers = STR("x4");
    }
    place.by_pointer = by_pointer;
    return place;
}

AbiPlace place_ec(PlaceState *state, const LowType *low)
{
    if (state->is_variadic)
        return ec_variadic(state, low);
    uint64_t bytes = low_bytes(low), align = low_align(low);
    if (low_is_floating(low) || low->kind == LOW_VECTOR)
        return ec_in_registers(state, &state->vector, bank_of(low), 1, bytes, align);
    if (low->kind == LOW_ARRAY) {
        const LowType *element = low->element;
        if (low_is_floating(element) || element->kind == LOW_VECTOR)
            return ec_in_registers(state, &state->vector, bank_of(element), low->count,
                                   bytes, align);
        if (low_bytes(element) <= SLOT_BYTES)
            return ec_in_registers(state, &state->general, 'x', low->count, bytes, align);
        return ec_in_registers(state, &state->general, 'x', 2 * low->count, bytes, align);
    }
    if (bytes <= SLOT_BYTES)
        return ec_in_registers(state, &state->general, 'x', 1, SLOT_BYTES, SLOT_BYTES);
    state->general += state->general % 2; // a 128-bit integer starts at an even register
    return ec_in_registers(state, &state->general, 'x', 2, PAIR_BYTES, PAIR_BYTES);
}

// As the MIR of clang 22 has it. What AArch64 has no vector register for comes back
// element by element, and masks of a length that even these do not hold through memory.
static AbiPlace ec_vector_result(Arena *arena, const LowType *low)
{
    const LowType *element = low->element;
    uint64_t bits = low_bits(element), n = low->count;
    bool is_mask = bits == 1, is_power_of_two = !(n & (n - 1));
    AbiPlace place = {.kind = PLACE_REGISTER};
    if (n == 1 && (is_mask || bits > SLOT_BYTES * 8))
        place.registers = ec_registers(arena, 'x', 0, is_mask ? 1 : 2);
    else if (n == 1 && element->kind == LOW_HALF)
        place.registers = STR("h0");
    else if (!is_power_of_two && n < SLOT_BYTES && (is_mask || bits * n < 32))
        place.registers = ec_registers(arena, 'x', 0, n);
    else if (is_mask && (!is_power_of_two || n > PAIR_BYTES))
        place = (AbiPlace){PLACE_REGISTER, STR("x8"), 0, true, true};
    else
        place.registers =
            ec_registers(arena, bits * n <= 64 && n <= SLOT_BYTES ? 'd' : 'q', 0, 1);
    return place;
}

AbiPlace place_ec_result(Arena *arena, const AbiType *type, const LowType *low)
{
    AbiPlace place = {.kind = PLACE_REGISTER};
    const AbiType *base;
    uint32_t n;
    if (low->kind == LOW_VOID)
        return (AbiPlace){0};
    if (low->kind == LOW_STRUCT && abi_is_homogeneous(type, &base, &n))
        place.registers = ec_registers(arena, bank_of(low_scalar(arena, base)), 0, n);
    else if (low->kind == LOW_VECTOR)
        return ec_vector_result(arena, low);
    else if (low_is_floating(low))
        place.registers = ec_registers(arena, bank_of(low), 0, 1);
    else
        place.registers =
            ec_registers(arena, 'x', 0, low_bytes(low) > SLOT_BYTES ? 2 : 1);
    return place;
}

AbiPlace place_x64_result(X64Passing passing)
{
    static const Str general[] = {STR_INIT("rax"), STR_INIT("rax, rdx"),
                                  STR_INIT("rax, rdx, rcx")};
    static const Str floating[] = {STR_INIT("xmm0"), STR_INIT("xmm0, xmm1"),
                                   STR_INIT("xmm0, xmm1, st0"),
                                   STR_INIT("xmm0, xmm1, xmm2, xmm3")};
    AbiPlace place = {.kind = PLACE_REGISTER};
    switch (passing.kind) {
    case X64_NONE:
        return (AbiPlace){0};
    case X64_GENERAL:
        CHECK_BUG(passing.n_slots - 1 < COUNTOF(general));
        place.registers = general[passing.n_slots - 1];
        return place;
    case X64_FLOAT:
        CHECK_BUG(passing.n_slots - 1 < COUNTOF(floating));
        place.registers = floating[passing.n_slots - 1];
        return place;
    case X64_POINTER:
        place.registers = STR("rcx");
        place.by_pointer = place.hidden_pointer = true;
        return place;
    }
    BUG("x64 kind");
}

Str place_text(Arena *arena, const AbiPlace *place, bool is_x64)
{
    // x64 counts from the return address; Arm64EC has none on the stack.
    bool has_base = place->kind == PLACE_STACK && place->registers.len;
    const char *base = is_x64 ? "rsp" : has_base ? "x4" : "sp";
    uint32_t offset = place->offset + (is_x64 ? SLOT_BYTES : 0);
    switch (place->kind) {
    case PLACE_NONE:
        return STR("-");
    case PLACE_REGISTER:
        return place->registers;
    case PLACE_STACK:
        return arena_format(arena, offset ? "[%s+%u]" : "[%s]", base, offset);
    case PLACE_REGISTERS_AND_STACK:
        return arena_format(arena, "%.*s, [%s+%u]", STR_ARG(place->registers), base,
                            offset);
    }
    BUG("place kind");
}
