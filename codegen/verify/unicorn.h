// The few functions of libunicorn that machine.c calls, found at run time: nothing links
// it, no header of it is needed, and without it everything else works.
//
// The numbers are those of Unicorn 2's <unicorn/*.h>; tests/verify/driver.c compares them
// with the headers where they are installed.
#pragma once

#include "protocol/base/base.h"

typedef struct UcEngine UcEngine; // theirs

enum {
    UC_ARM64 = 2, // uc_arch
    UC_X86 = 4,
    UC_MODE_NONE = 0, // uc_mode
    UC_MODE_64_BIT = 8,
    UC_ON_CODE = 4, // uc_hook_type
    UC_ON_INVALID_MEMORY = 0x3f0,
    UC_ON_READ = 0x400,
    UC_ON_WRITE = 0x800,
    UC_WRITES = 17,  // uc_mem_type
    UC_MAY_READ = 1, // uc_prot
    UC_MAY_WRITE = 2,
    UC_MAY_ALL = 7,
    UC_FINE = 0, // uc_err
    UC_FETCH_UNMAPPED = 8,
    UC_FETCH_PROTECTED = 14,
    UC_X0 = 199, // uc_arm64_reg; x0 to x28
    UC_X29 = 1,
    UC_X30 = 2,
    UC_SP = 4,
    UC_PC = 260,
    UC_V0 = 228,
    UC_RAX = 35, // uc_x86_reg
    UC_RBP = 36,
    UC_RBX = 37,
    UC_RCX = 38,
    UC_RDI = 39,
    UC_RDX = 40,
    UC_RIP = 41,
    UC_RSI = 43,
    UC_RSP = 44,
    UC_R8 = 106, // r8 to r15
    UC_XMM0 = 122,
};

typedef struct Unicorn {
    unsigned (*version)(unsigned *major, unsigned *minor);
    int (*open)(int arch, int mode, UcEngine **engine);
    int (*close)(UcEngine *engine);
    const char *(*strerror)(int code);
    int (*reg_write)(UcEngine *engine, int reg, const void *value);
    int (*reg_read)(UcEngine *engine, int reg, void *value);
    int (*mem_map_ptr)(UcEngine *engine, uint64_t address, size_t size, uint32_t perms,
                       void *at);
    int (*emu_start)(UcEngine *engine, uint64_t begin, uint64_t until, uint64_t timeout,
                     size_t count);
    int (*hook_add)(UcEngine *engine, size_t *hook, int type, void (*callback)(void),
                    void *user_data, uint64_t begin, uint64_t end, ...);
    void *library;
} Unicorn;

// False: not installed, or of another version; `ret_why` is a sentence of static storage.
MUST_USE bool unicorn_open(Unicorn *ret_unicorn, Str *ret_why);
void unicorn_close(Unicorn *unicorn);
