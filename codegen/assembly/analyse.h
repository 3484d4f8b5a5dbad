// An assembly file from its text to findings: the live stage of such documents.
#pragma once

#include "codegen/arch/source.h"
#include "codegen/assembly/complaints.h"
#include "codegen/lower/assemble.h"
#include "codegen/lower/probe.h"
#include "codegen/unit.h"

// What LLVM has to say; NULL: it is not asked.
typedef struct AssemblyTools {
    Assembler *assembler;
    Probe *probe;
    uint32_t own_llvm; // its version
    AsmKeptComplaints *kept;
    // Sends a Result of the unit as it is, which is finished by it; NULL: there is one
    // answer only.
    void (*answer)(void *owner, Unit *unit);
    void *owner;
} AssemblyTools;

// True: the answer has been given, and nothing is to be added.
bool assembly_analyse(Unit *unit, ArchCache *cache, const Flags *flags,
                      const Headers *headers, const AssemblyTools *tools);
