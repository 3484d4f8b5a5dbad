// An assembly file from its text to findings: the live stage of such documents.
#pragma once

#include "codegen/arch/source.h"
#include "codegen/lower/assemble.h"
#include "codegen/lower/probe.h"
#include "codegen/unit.h"

// What LLVM has to say; NULL: it is not asked.
typedef struct AssemblyTools {
    Assembler *assembler;
    Probe *probe;
    uint32_t own_llvm; // its version
} AssemblyTools;

void assembly_analyse(Unit *unit, ArchCache *cache, const Flags *flags,
                      const Headers *headers, const AssemblyTools *tools);
