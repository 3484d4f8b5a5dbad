// Two engines and what happens between them: see machine.h.
//
// Nothing is done inside a hook but noting: a fetch fault stops the engine, machine_run()
// looks at where it wanted to go, and the next run starts in the other engine. So no
// engine ever runs inside another, and none is stopped from a hook.
#include "codegen/verify/machine.h"

#include <string.h>

enum {
    INSTRUCTIONS_MAX = 400000, // between two changes of sides
    N_VECTORS = 16,            // those that x64 has
    N_EC_VECTORS = 32,
};
#define NEVER UINT64_C(0x7777777770) // no code ends there
#define BLR_X16                                                                          \
    UINT32_C(0xD63F0200) // how exit thunks call the dispatcher; Windows looks for it

struct Machine {
    Arena *arena;
    Unicorn unicorn;
    const LoadImage *image;
    UcEngine *engine[2];
    uint8_t *data, *stack;
    void *owned;
    uint8_t *owned_image_data; // as loaded
    MachineSide side;
    uint64_t pc, x64_sp, random;
    uint64_t fault_address, ec_pc;
    uint64_t callee, callee_return;
    bool callee_has_returned, keeps_general, keeps_vectors, has_empty_vectors;
    MachineWatch watch;
    void *watch_owner;
};

// domain.md 1.1: the Arm64EC registers that x64 has.
static const struct {
    uint8_t ec;
    uint8_t x64;
} pairs[] = {{0, UC_RCX},     {1, UC_RDX},     {2, UC_R8},      {3, UC_R8 + 1},
             {4, UC_R8 + 2},  {5, UC_R8 + 3},  {8, UC_RAX},     {19, UC_R8 + 4},
             {20, UC_R8 + 5}, {21, UC_R8 + 6}, {22, UC_R8 + 7}, {25, UC_RSI},
             {26, UC_RDI},    {27, UC_RBX},    {29, UC_RBP},    {REG_SP, UC_RSP},
             {REG_PC, UC_RIP}};

// No x64 register holds these; x30 is set by each transition, x18 never changes.
static const uint8_t unmapped[] = {6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 23, 24, 28};

static int engine_register(MachineSide side, int reg)
{
    if (side == SIDE_X64) {
        for (size_t i = 0; i < COUNTOF(pairs); i++)
            if (pairs[i].ec == reg)
                return pairs[i].x64;
        BUG("an x64 register that is none");
    }
    switch (reg) {
    case 29:
        return UC_X29;
    case 30:
        return UC_X30;
    case REG_SP:
        return UC_SP;
    case REG_PC:
        return UC_PC;
    default:
        return UC_X0 + reg;
    }
}

uint64_t machine_get(const Machine *machine, MachineSide side, int reg)
{
    uint64_t value = 0;
    (void)machine->unicorn.reg_read(machine->engine[side], engine_register(side, reg),
                                    &value);
    return value;
}

void machine_set(Machine *machine, MachineSide side, int reg, uint64_t value)
{
    (void)machine->unicorn.reg_write(machine->engine[side], engine_register(side, reg),
                                     &value);
}

static int engine_vector(MachineSide side, int reg)
{
    return (side == SIDE_EC ? UC_V0 : UC_XMM0) + reg;
}

MachineVector machine_get_vector(const Machine *machine, MachineSide side, int reg)
{
    MachineVector value = {0};
    (void)machine->unicorn.reg_read(machine->engine[side], engine_vector(side, reg),
                                    &value);
    return value;
}

void machine_set_vector(Machine *machine, MachineSide side, int reg, MachineVector value)
{
    (void)machine->unicorn.reg_write(machine->engine[side], engine_vector(side, reg),
                                     &value);
}

uint64_t machine_random(Machine *machine) // xorshift64 (Marsaglia, 2003)
{
    uint64_t x = machine->random;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return machine->random = x;
}

MachineVector machine_random_vector(Machine *machine)
{
    uint64_t low = machine_random(machine);
    return (MachineVector){low, machine_random(machine)};
}

void machine_registers(const Machine *machine, MachineSide side, MachineRegisters *ret)
{
    *ret = (MachineRegisters){0};
    if (side == SIDE_EC)
        for (int i = 0; i < 31; i++)
            ret->x[i] = machine_get(machine, side, i);
    else
        for (size_t i = 0; i + 2 < COUNTOF(pairs); i++)
            ret->x[pairs[i].ec] = machine_get(machine, side, pairs[i].ec);
    ret->sp = machine_get(machine, side, REG_SP);
    for (int i = 0; i < N_VECTORS; i++)
        ret->v[i] = machine_get_vector(machine, side, i);
}

uint8_t *machine_at(const Machine *machine, uint64_t address, uint64_t n)
{
    const struct {
        uint64_t address, n_bytes;
        uint8_t *at;
    } ranges[] = {{machine->image->base, machine->image->n_bytes, machine->image->bytes},
                  {MACHINE_DATA, MACHINE_DATA_BYTES, machine->data},
                  {MACHINE_STACK, MACHINE_STACK_BYTES, machine->stack}};
    for (size_t i = 0; i < COUNTOF(ranges); i++) {
        uint64_t offset = address - ranges[i].address;
        if (address >= ranges[i].address && offset <= ranges[i].n_bytes &&
            n <= ranges[i].n_bytes - offset)
            return ranges[i].at + offset;
    }
    return NULL;
}

uint64_t machine_load(const Machine *machine, uint64_t address)
{
    uint64_t value = 0;
    const uint8_t *at = machine_at(machine, address, sizeof value);
    if (at)
        memcpy(&value, at, sizeof value);
    return value;
}

void machine_store(Machine *machine, uint64_t address, uint64_t value)
{
    uint8_t *at = machine_at(machine, address, sizeof value);
    if (at)
        memcpy(at, &value, sizeof value);
}

static uint32_t load_word(const Machine *machine, uint64_t address)
{
    uint32_t word = 0;
    const uint8_t *at = machine_at(machine, address, sizeof word);
    if (at)
        memcpy(&word, at, sizeof word);
    return word;
}

// --- Hooks
// -------------------------------------------------------------------------------

static bool on_invalid_memory(UcEngine *engine, int type, uint64_t address, int n_bytes,
                              int64_t value, void *owner)
{
    (void)engine, (void)type, (void)n_bytes, (void)value;
    Machine *machine = owner;
    machine->fault_address = address;
    return false;
}

static void on_access(UcEngine *engine, int type, uint64_t address, int n_bytes,
                      int64_t value, void *owner)
{
    (void)engine, (void)value;
    const Machine *machine = owner;
    MachineAccess access = {.address = address,
                            .pc = machine->ec_pc,
                            .n_bytes = (uint32_t)n_bytes,
                            .is_write = type == UC_WRITES};
    if (machine->watch)
        machine->watch(machine->watch_owner, &access);
}

// What an Arm64EC function may destroy (thunk-truth.md 4): all but its result in x0 and
// x1 or v0-v3, x18-x22, x25-x27, x29 and the low halves of v8-v15.
static void destroy_volatile(Machine *machine)
{
    for (size_t i = 0; i < COUNTOF(unmapped); i++)
        machine_set(machine, SIDE_EC, unmapped[i], machine_random(machine));
    for (int i = machine->keeps_general ? 2 : 0; i < 9; i++)
        machine_set(machine, SIDE_EC, i, machine_random(machine));
    for (int i = machine->keeps_vectors ? 4 : 0; i < N_VECTORS; i++) {
        MachineVector v = machine_get_vector(machine, SIDE_EC, i);
        if (i < 8)
            v.low = machine_random(machine);
        v.high = machine_random(machine);
        machine_set_vector(machine, SIDE_EC, i, v);
    }
}

// Inside memory hooks the program counter is stale, so it is noted here.
static void on_code(UcEngine *engine, uint64_t address, uint32_t n_bytes, void *owner)
{
    (void)engine, (void)n_bytes;
    Machine *machine = owner;
    machine->ec_pc = address;
    if (machine->has_empty_vectors && machine_is_thunk(machine, address)) {
        machine->has_empty_vectors = false;
        for (int i = 0; i < 8; i++)
            machine_set_vector(machine, SIDE_EC, i, machine_random_vector(machine));
    }
    if (!machine->callee || machine->callee_has_returned)
        return;
    if (address == machine->callee && !machine->callee_return) {
        machine->callee_return = machine_get(machine, SIDE_EC, 30);
    } else if (address == machine->callee_return) {
        machine->callee_has_returned = true;
        destroy_volatile(machine);
    }
}

// --- Opening
// -----------------------------------------------------------------------------

static int map(Machine *machine, MachineSide side, uint64_t begin, uint64_t end,
               uint32_t may)
{
    if (begin == end)
        return UC_FINE;
    return machine->unicorn.mem_map_ptr(machine->engine[side], begin,
                                        (size_t)(end - begin), may,
                                        machine_at(machine, begin, end - begin));
}

static int open_engine(Machine *machine, MachineSide side)
{
    const Unicorn *unicorn = &machine->unicorn;
    const LoadImage *image = machine->image;
    const uint32_t code = UC_MAY_ALL & ~UC_MAY_WRITE, data = UC_MAY_READ | UC_MAY_WRITE;
    int err = unicorn->open(side == SIDE_EC ? UC_ARM64 : UC_X86,
                            side == SIDE_EC ? UC_MODE_NONE : UC_MODE_64_BIT,
                            &machine->engine[side]);
    if (err)
        return err;
    const struct {
        uint64_t begin, end;
        uint32_t may;
    } ranges[] = {
        {image->base, image->x64, side == SIDE_EC ? code : UC_MAY_READ},
        {image->x64, image->data, side == SIDE_X64 ? code : UC_MAY_READ},
        {image->data, image->base + image->n_bytes, data},
        {MACHINE_DATA, MACHINE_DATA + MACHINE_DATA_BYTES, data},
        {MACHINE_STACK, MACHINE_STACK + MACHINE_STACK_BYTES, data},
    };
    for (size_t i = 0; i < COUNTOF(ranges) && !err; i++)
        err = map(machine, side, ranges[i].begin, ranges[i].end, ranges[i].may);
    size_t hook;
    if (!err)
        err = unicorn->hook_add(machine->engine[side], &hook, UC_ON_INVALID_MEMORY,
                                (void (*)(void))on_invalid_memory, machine, 1, 0);
    if (!err && side == SIDE_EC)
        err = unicorn->hook_add(machine->engine[side], &hook, UC_ON_CODE,
                                (void (*)(void))on_code, machine, 1, 0);
    if (!err && side == SIDE_EC)
        err = unicorn->hook_add(machine->engine[side], &hook, UC_ON_READ | UC_ON_WRITE,
                                (void (*)(void))on_access, machine, 1, 0);
    return err;
}

Machine *machine_open(Arena *arena, const Unicorn *unicorn, const LoadImage *image,
                      Str *ret_why)
{
    Machine *machine = ARENA_NEW(arena, Machine);
    *machine =
        (Machine){.arena = arena, .unicorn = *unicorn, .image = image, .random = 1};
    machine->owned =
        mem_new(MACHINE_DATA_BYTES + MACHINE_STACK_BYTES + (size_t)LOAD_PAGE_BYTES);
    machine->data = (uint8_t *)machine->owned +
                    (-(uintptr_t)machine->owned & (uintptr_t)(LOAD_PAGE_BYTES - 1));
    machine->stack = machine->data + MACHINE_DATA_BYTES;
    size_t n_data = (size_t)(image->base + image->n_bytes - image->data);
    machine->owned_image_data = mem_new(n_data);
    memcpy(machine->owned_image_data, image->bytes + (image->data - image->base), n_data);
    int err = open_engine(machine, SIDE_EC);
    if (!err)
        err = open_engine(machine, SIDE_X64);
    if (!err)
        return machine;
    *ret_why = arena_format(arena, "thunks cannot be executed: libunicorn says: %s",
                            unicorn->strerror(err));
    machine_close(machine);
    return NULL;
}

void machine_close(Machine *machine)
{
    if (!machine)
        return;
    for (int side = SIDE_EC; side <= SIDE_X64; side++)
        if (machine->engine[side])
            (void)machine->unicorn.close(machine->engine[side]);
    mem_free(machine->owned);
    mem_free(machine->owned_image_data);
    *machine = (Machine){0};
}

// One pointer each, at the beginning of the data.
static const struct {
    Str name;
    uint64_t value;
} dispatchers[MACHINE_GIVEN] = {
    {STR_INIT("__os_arm64x_dispatch_ret"), MACHINE_DISPATCH_RET},
    {STR_INIT("__os_arm64x_check_icall"), MACHINE_CHECK_ICALL},
    {STR_INIT("__os_arm64x_check_icall_cfg"), MACHINE_CHECK_ICALL},
    {STR_INIT("__os_arm64x_dispatch_call_no_redirect"), MACHINE_DISPATCH},
    {STR_INIT("_fltused"), 0},
};

void machine_given(LoadGiven ret_given[MACHINE_GIVEN])
{
    for (uint32_t i = 0; i < MACHINE_GIVEN; i++)
        ret_given[i] = (LoadGiven){dispatchers[i].name, MACHINE_DATA + 8 * i};
}

void machine_reset(Machine *machine, uint64_t seed)
{
    const LoadImage *image = machine->image;
    machine->random = seed | 1;
    for (int i = 0; i < 8; i++) // xorshift spreads a small seed slowly
        (void)machine_random(machine);
    memset(machine->data, 0, MACHINE_DATA_BYTES);
    memset(machine->stack, 0xC5, MACHINE_STACK_BYTES);
    memcpy(image->bytes + (image->data - image->base), machine->owned_image_data,
           (size_t)(image->base + image->n_bytes - image->data));
    for (uint32_t i = 0; i < MACHINE_GIVEN; i++)
        machine_store(machine, MACHINE_DATA + 8 * i, dispatchers[i].value);
    machine->callee = machine->callee_return = machine->x64_sp = 0;
    machine->callee_has_returned = machine->has_empty_vectors = false;
    machine->watch = NULL;
}

// --- Running
// -----------------------------------------------------------------------------

static void copy_to_x64(Machine *machine)
{
    for (size_t i = 0; i + 2 < COUNTOF(pairs); i++) // not sp and pc
        machine_set(machine, SIDE_X64, pairs[i].ec,
                    machine_get(machine, SIDE_EC, pairs[i].ec));
    for (int i = 0; i < N_VECTORS; i++)
        machine_set_vector(machine, SIDE_X64, i, machine_get_vector(machine, SIDE_EC, i));
}

static void copy_to_ec(Machine *machine)
{
    for (size_t i = 0; i + 2 < COUNTOF(pairs); i++)
        machine_set(machine, SIDE_EC, pairs[i].ec,
                    machine_get(machine, SIDE_X64, pairs[i].ec));
    for (int i = 0; i < N_VECTORS; i++)
        machine_set_vector(machine, SIDE_EC, i, machine_get_vector(machine, SIDE_X64, i));
    for (size_t i = 0; i < COUNTOF(unmapped); i++)
        machine_set(machine, SIDE_EC, unmapped[i], machine_random(machine));
    for (int i = N_VECTORS; i < N_EC_VECTORS; i++)
        machine_set_vector(machine, SIDE_EC, i, machine_random_vector(machine));
    machine_set(machine, SIDE_EC, 18, MACHINE_TEB);
}

void machine_start(Machine *machine, MachineSide side, uint64_t function)
{
    for (int i = 0; i < 31; i++)
        machine_set(machine, SIDE_EC, i, i == 18 ? MACHINE_TEB : machine_random(machine));
    for (int i = 0; i < N_EC_VECTORS; i++)
        machine_set_vector(machine, SIDE_EC, i, machine_random_vector(machine));
    copy_to_x64(machine);
    machine->side = side;
    machine->pc = function;
    if (side == SIDE_X64) {
        machine_store(machine, MACHINE_STACK_TOP - 8, MACHINE_X64_END);
        machine_set(machine, SIDE_X64, REG_SP, MACHINE_STACK_TOP - 8);
    } else {
        machine_set(machine, SIDE_EC, 30, MACHINE_EC_END);
        machine_set(machine, SIDE_EC, REG_SP, MACHINE_STACK_TOP);
    }
}

void machine_watch(Machine *machine, uint64_t callee, MachineWatch watch, void *owner)
{
    machine->callee = callee;
    machine->watch = watch;
    machine->watch_owner = owner;
}

void machine_empty_vectors(Machine *machine)
{
    machine->has_empty_vectors = true;
}

void machine_keep(Machine *machine, bool general, bool vectors)
{
    machine->keeps_general = general;
    machine->keeps_vectors = vectors;
}

bool machine_is_thunk(const Machine *machine, uint64_t pc)
{
    return pc >= machine->image->thunks && pc < machine->image->x64;
}

static bool is_ec_code(const Machine *machine, uint64_t address)
{
    return address >= machine->image->base + LOAD_PAGE_BYTES &&
           address < machine->image->x64;
}

static bool is_x64_code(const Machine *machine, uint64_t address)
{
    return address >= machine->image->x64 && address < machine->image->data;
}

static MachineEvent fault(const Machine *machine, const char *what, uint64_t address)
{
    return (MachineEvent){
        EVENT_FAULT, address,
        arena_format(machine->arena, "%s 0x%llx", what, (unsigned long long)address)};
}

// __os_arm64x_check_icall: x11 is the target, x10 the exit thunk for it. What is x64 code
// goes to x9 and the thunk to x11. x0-x8, x15 and q0-q7 stay (domain.md 2.4).
static void check_icall(Machine *machine)
{
    uint64_t target = machine_get(machine, SIDE_EC, 11);
    if (is_x64_code(machine, target)) {
        machine_set(machine, SIDE_EC, 9, target);
        machine_set(machine, SIDE_EC, 11, machine_get(machine, SIDE_EC, 10));
    }
    static const uint8_t destroyed[] = {10, 12, 16, 17};
    for (size_t i = 0; i < COUNTOF(destroyed); i++)
        machine_set(machine, SIDE_EC, destroyed[i], machine_random(machine));
    machine->pc = machine_get(machine, SIDE_EC, 30);
}

static MachineEvent leave_x64(const Machine *machine, uint64_t to)
{
    if (to == MACHINE_X64_END)
        return (MachineEvent){.kind = EVENT_X64_END};
    if (!is_ec_code(machine, to))
        return fault(machine, "x64 code jumps to", to);
    if (load_word(machine, to - 4) != BLR_X16)
        return (MachineEvent){.kind = EVENT_X64_CALLS, .address = to};
    if (machine_get(machine, SIDE_X64, REG_SP) != machine->x64_sp)
        return fault(machine, "x64 code returns with another rsp, to", to);
    return (MachineEvent){.kind = EVENT_X64_RETURNS, .address = to};
}

static MachineEvent leave_ec(const Machine *machine, uint64_t to)
{
    if (to == MACHINE_EC_END)
        return (MachineEvent){.kind = EVENT_EC_END};
    if (to == MACHINE_DISPATCH_RET)
        return (MachineEvent){.kind = EVENT_EC_RETURNS};
    if (to != MACHINE_DISPATCH)
        return fault(machine,
                     is_x64_code(machine, to)
                         ? "Arm64EC code branches straight into x64 code at"
                         : "Arm64EC code branches to",
                     to);
    if (load_word(machine, machine_get(machine, SIDE_EC, 30) - 4) != BLR_X16)
        return fault(machine, "the dispatcher is not called by `blr x16`; lr is",
                     machine_get(machine, SIDE_EC, 30));
    return (MachineEvent){.kind = EVENT_EC_CALLS,
                          .address = machine_get(machine, SIDE_EC, 9)};
}

static MachineEvent stopped(const Machine *machine, int err)
{
    MachineSide side = machine->side;
    uint64_t pc = machine_get(machine, side, REG_PC);
    bool is_thunk = side == SIDE_EC && machine_is_thunk(machine, machine->ec_pc);
    const char *who = is_thunk          ? "the thunk"
                      : side == SIDE_EC ? "Arm64EC code"
                                        : "x64 code";
    if (!err)
        return fault(machine,
                     arena_format(machine->arena, "%s does not end, pc is", who).at, pc);
    Str what = arena_format(machine->arena, "%s stops (%s) at pc 0x%llx, address", who,
                            machine->unicorn.strerror(err), (unsigned long long)pc);
    return fault(machine, what.at, machine->fault_address);
}

MachineEvent machine_run(Machine *machine)
{
    for (;;) {
        machine->fault_address = 0;
        int err = machine->unicorn.emu_start(machine->engine[machine->side], machine->pc,
                                             NEVER, 0, INSTRUCTIONS_MAX);
        if (err != UC_FETCH_UNMAPPED && err != UC_FETCH_PROTECTED)
            return stopped(machine, err);
        uint64_t to = machine->fault_address;
        if (machine->side == SIDE_X64)
            return leave_x64(machine, to);
        if (to != MACHINE_CHECK_ICALL)
            return leave_ec(machine, to);
        check_icall(machine);
    }
}

// --- Transitions
// -------------------------------------------------------------------------

bool machine_enter_thunk(Machine *machine, uint64_t function)
{
    uint64_t sp = machine_get(machine, SIDE_X64, REG_SP);
    copy_to_ec(machine);
    machine_set(machine, SIDE_EC, 30, machine_load(machine, sp));
    machine_set(machine, SIDE_EC, REG_SP, sp + 8);
    machine_set(machine, SIDE_EC, 4, sp + 8);
    machine_set(machine, SIDE_EC, 9, function);
    machine_set(machine, SIDE_EC, 5, machine_random(machine));
    machine_set(machine, SIDE_EC, 8, machine_random(machine));
    for (int i = 4; i < 6; i++)
        machine_set_vector(machine, SIDE_EC, i, machine_random_vector(machine));
    for (uint64_t i = 0; i < MACHINE_HOME_BYTES; i += 8)
        machine_store(machine, sp + 8 + i, machine_random(machine));
    uint32_t word = load_word(machine, function - 4) & ~UINT32_C(3);
    machine->side = SIDE_EC;
    machine->pc = function + (uint64_t)(int64_t)(int32_t)word;
    return machine->pc >= machine->image->thunks && machine->pc < machine->image->x64;
}

void machine_enter_x64(Machine *machine, uint64_t function)
{
    uint64_t sp = machine_get(machine, SIDE_EC, REG_SP);
    copy_to_x64(machine);
    machine->x64_sp = sp;
    machine->side = SIDE_X64;
    machine->pc = function;
    machine_set(machine, SIDE_X64, REG_SP, sp - 8);
    machine_store(machine, sp - 8, machine_get(machine, SIDE_EC, 30));
    for (uint64_t i = 0; i < MACHINE_HOME_BYTES; i += 8)
        machine_store(machine, sp + i, machine_random(machine));
    static const uint8_t destroyed[] = {8, 4, 5}; // rax r10 r11
    for (size_t i = 0; i < COUNTOF(destroyed); i++)
        machine_set(machine, SIDE_X64, destroyed[i], machine_random(machine));
}

void machine_return_to_thunk(Machine *machine, uint64_t address)
{
    uint64_t sp = machine_get(machine, SIDE_X64, REG_SP);
    copy_to_ec(machine);
    machine_set(machine, SIDE_EC, REG_SP, sp);
    for (int i = 0; i < 6; i++) // rcx rdx r8-r11, xmm1-5
        machine_set(machine, SIDE_EC, i, machine_random(machine));
    for (int i = 1; i < 6; i++)
        machine_set_vector(machine, SIDE_EC, i, machine_random_vector(machine));
    machine->side = SIDE_EC;
    machine->pc = address;
}

void machine_return_to_x64(Machine *machine)
{
    copy_to_x64(machine);
    machine_set(machine, SIDE_X64, REG_SP, machine_get(machine, SIDE_EC, REG_SP));
    machine->side = SIDE_X64;
    machine->pc = machine_get(machine, SIDE_EC, 30);
    for (int i = 0; i < 6; i++)
        machine_set(machine, SIDE_X64, i, machine_random(machine));
    for (int i = 1; i < 6; i++)
        machine_set_vector(machine, SIDE_X64, i, machine_random_vector(machine));
}
