// The fix of EC501 and EC502 in assembly files: another register.
#pragma once

#include "codegen/rules/assembly_file.h"

typedef struct AsmToldRegister {
    uint32_t entry;   // of AsmModel.registers
    uint32_t finding; // of Unit.findings
} AsmToldRegister;

// `told` in the order of the text.
void assembly_file_rename(const AssemblyFile *file, const AsmToldRegister *told,
                          uint32_t n_told);
