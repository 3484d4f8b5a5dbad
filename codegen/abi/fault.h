// The faults of a boundary row by their codes.
#pragma once

#include "codegen/abi/boundary.h"

uint32_t abi_fault_number(AbiFault fault); // 101 for EC101
Str abi_fault_words(AbiFault fault);       // "x64 code has it by reference"

// The lowest fault of the bits, which loses its bit; 0 when there is none left.
AbiFault abi_fault_take(uint32_t *faults);
