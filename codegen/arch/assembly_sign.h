// What an instruction of any processor tells of it: the words behind assembly.c.
#pragma once

#include "protocol/base/base.h"

typedef enum Sign {
    SIGN_NONE,
    SIGN_X86,
    SIGN_ARM, // A32 or A64
    SIGN_A64,
    SIGN_A32,
    SIGN_OTHER, // MIPS, s390, SPARC ...
} Sign;

// One instruction, in lower case but for modifiers ("%R0").
typedef struct Instruction {
    Str mnemonic; // not empty
    Str operands;
    size_t n_operands;
    bool is_msvc;
} Instruction;

// By a mnemonic or a register that no other processor has. `ret_token` is the word that
// tells, in lower case.
Sign instruction_sign(Instruction i, Str *ret_token);

// By the form of the operands of a mnemonic that several processors have. Right only if
// the text has no word of a processor that we do not know.
Sign instruction_shared_sign(Instruction i, Str *ret_token);

bool instruction_is_known(Instruction i);     // of x86 or Arm
bool instruction_is_plain_x86(Instruction i); // of x86 and of others: "mov"

// assembly.def
bool mnemonic_is_x86(Str word, size_t n_operands);
bool mnemonic_is_plain_x86(Str word);
Sign mnemonic_of_arm(Str word); // SIGN_ARM, SIGN_A64, SIGN_A32 or SIGN_NONE

// Registers: without what stands before the name.
bool register_is_x86(Str name);         // taken for nothing else, whatever stands before
bool register_is_short_x86(Str name);   // x86's behind a '%'
bool register_is_control_x86(Str name); // x86's behind "%%"
bool register_is_a64(Str name); // "w12", "v3.16b", "cntvct_el0"; ".16b" of "%0.16b"

bool word_is_in(Str word, const Str *words, size_t n);
