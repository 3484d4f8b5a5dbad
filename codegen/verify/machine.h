// A Windows-on-Arm process of one thread, as far as a thunk can see it: an AArch64 and an
// x86-64 engine over the same memory, each of which may fetch only its own pages. So
// every change of sides is a fetch fault, and machine_run() says which of the few legal
// changes it is; the machine_..() functions of the second group then do what the Windows
// emulator does there (thunk-truth.md 4; Microsoft, "Understanding Arm64EC ABI and
// assembly code").
//
// Registers are numbered as on Arm64EC; the x64 ones go by the register that holds them
// there (rcx is 0, rdx 1, rax 8, ... domain.md 1.1).
#pragma once

#include "codegen/verify/load.h"
#include "codegen/verify/unicorn.h"

#define MACHINE_BASE         UINT64_C(0x180000000) // of the image
#define MACHINE_DATA         UINT64_C(0x190000000)
#define MACHINE_STACK        UINT64_C(0x191000000)
#define MACHINE_STACK_TOP    (MACHINE_STACK + 0xf000) // where a caller starts
#define MACHINE_TEB          UINT64_C(0x192000000)    // in x18; not mapped
#define MACHINE_X64_END      UINT64_C(0x1a0000000) // return addresses of callers; not mapped,
#define MACHINE_EC_END       UINT64_C(0x1a0001000) // as the dispatchers are not
#define MACHINE_DISPATCH_RET UINT64_C(0x1a0002000)
#define MACHINE_CHECK_ICALL  UINT64_C(0x1a0003000)
#define MACHINE_DISPATCH     UINT64_C(0x1a0004000)

enum {
    MACHINE_DATA_BYTES = 0x10000, // the first page holds the dispatchers' pointers
    MACHINE_DATA_USER = 0x1000,
    MACHINE_STACK_BYTES = 0x10000,
    MACHINE_HOME_BYTES = 32,
};

typedef enum MachineSide { SIDE_EC, SIDE_X64 } MachineSide;

enum { REG_SP = 31, REG_PC = 32 }; // behind x0 to x30

typedef struct MachineVector {
    uint64_t low, high;
} MachineVector;

typedef struct MachineRegisters { // the Arm64EC view of either side
    uint64_t x[31], sp;
    MachineVector v[16];
} MachineRegisters;

typedef enum MachineEventKind {
    EVENT_X64_CALLS,   // `address`: an Arm64EC function; next: machine_enter_thunk()
    EVENT_X64_RETURNS, // into an exit thunk at `address`; next: machine_return_to_thunk()
    EVENT_X64_END,     // the x64 caller's call has returned
    EVENT_EC_CALLS,    // x9 = `address` through the dispatcher; next: machine_enter_x64()
    EVENT_EC_RETURNS,  // from an entry thunk; next: machine_return_to_x64()
    EVENT_EC_END,      // the Arm64EC caller's call has returned
    EVENT_FAULT,       // anything else: `why`
} MachineEventKind;

typedef struct MachineEvent {
    MachineEventKind kind;
    uint64_t address;
    Str why; // lives as long as the arena
} MachineEvent;

typedef struct MachineAccess { // by Arm64EC code
    uint64_t address, pc;
    uint32_t n_bytes;
    bool is_write;
} MachineAccess;

typedef void (*MachineWatch)(void *owner, const MachineAccess *access);

typedef struct Machine Machine;

// NULL: `ret_why` says so. The image must outlive the machine, which writes its data
// pages and nothing else of it.
Machine *machine_open(Arena *arena, const Unicorn *unicorn, const LoadImage *image,
                      Str *ret_why);
void machine_close(Machine *machine); // NULL is fine

// What an image expects of Windows' loader, for load_image().
enum { MACHINE_GIVEN = 5 };
void machine_given(LoadGiven ret_given[MACHINE_GIVEN]);

// Memory and all registers anew, junk from `seed`; then a caller without arguments is
// about to be entered.
void machine_reset(Machine *machine, uint64_t seed);
void machine_start(Machine *machine, MachineSide side, uint64_t function);
// Accesses of Arm64EC code go to `watch`. When the Arm64EC function `callee` returns to
// its thunk, all that it might have destroyed is destroyed.
void machine_watch(Machine *machine, uint64_t callee, MachineWatch watch, void *owner);
// No argument is in v0-v7: what the caller left there is destroyed before its thunk.
void machine_empty_vectors(Machine *machine);
// Which registers may hold the result of `callee`; the others are destroyed.
void machine_keep(Machine *machine, bool general, bool vectors);
MachineEvent machine_run(Machine *machine);

// The transitions. Registers that the change itself leaves undefined are junk afterwards;
// what else may be junk depends on the signature and is the caller's to destroy.
bool machine_enter_thunk(Machine *machine, uint64_t function); // false: it has none
void machine_enter_x64(Machine *machine, uint64_t function);
void machine_return_to_thunk(Machine *machine, uint64_t address);
void machine_return_to_x64(Machine *machine);

uint64_t machine_random(Machine *machine);
uint64_t machine_get(const Machine *machine, MachineSide side, int reg);
void machine_set(Machine *machine, MachineSide side, int reg, uint64_t value);
MachineVector machine_get_vector(const Machine *machine, MachineSide side, int reg);
void machine_set_vector(Machine *machine, MachineSide side, int reg, MachineVector value);
MachineVector machine_random_vector(Machine *machine);
void machine_registers(const Machine *machine, MachineSide side, MachineRegisters *ret);

bool machine_is_thunk(const Machine *machine, uint64_t pc);

// Guest memory, or NULL if [address, address + n) is not wholly in one mapped range.
uint8_t *machine_at(const Machine *machine, uint64_t address, uint64_t n);
uint64_t machine_load(const Machine *machine, uint64_t address); // 0 where nothing is
void machine_store(Machine *machine, uint64_t address, uint64_t value);
