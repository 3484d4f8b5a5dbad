// The A64 registers by name: spelling, bank and number, and what Arm64EC makes of them.
//
// The facts are rows of registers.def; this is its reader.
#pragma once

#include "protocol/base/base.h"

typedef enum RegisterBank {
    BANK_GENERAL,   // x0-x30, w0-w30, fp, lr, ip0, ip1, xip0, xip1
    BANK_STACK,     // sp, wsp
    BANK_ZERO,      // xzr, wzr
    BANK_VECTOR,    // b h s d q v, 0-31
    BANK_SCALABLE,  // z0-z31
    BANK_PREDICATE, // p0-p15, pn0-pn15, ffr
    BANK_STATUS,    // pc, nzcv, fpcr, fpsr
} RegisterBank;

typedef struct RegisterName {
    RegisterBank bank;
    uint8_t number; // 0 where the bank has no numbers
    char width;     // 'x' 'w' 'b' 'h' 's' 'd' 'q' 'v' 'z' 'p' as written; 0 elsewhere
} RegisterName;

typedef enum RegisterVolatility {
    REGISTER_VOLATILE,
    REGISTER_NON_VOLATILE,
    REGISTER_DISALLOWED,
    REGISTER_RESERVED,
    REGISTER_CONSTANT,
} RegisterVolatility;

typedef struct RegisterFacts {
    Str name, x64, role;
    RegisterVolatility volatility;
    Str why; // of a disallowed or reserved one
} RegisterFacts;

// Any case, without prefix and arrangement: "X13", "lr", "d16". False for anything else.
bool register_parse(Str name, RegisterName *ret_register);

// The row of a register. NULL only for a name that is none.
const RegisterFacts *register_facts(Str name);

bool register_is_disallowed(RegisterName reg); // by Arm64EC; x18 is not
