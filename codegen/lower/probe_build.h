// Probe modules: signatures in, what LLVM's Arm64EC pass makes of them out.
//
// This is the part that LLVM may die of; probe.c runs it in a child.
#pragma once

#include "codegen/abi/lower.h"
#include "protocol/base/buf.h"

#include <llvm-c/TargetMachine.h>

enum {               // what a probe module holds of each signature; bits
    PROBE_ENTRY = 1, // a definition, which gets an entry thunk
    PROBE_EXIT = 2,  // a declaration that is called, which gets an exit thunk
};

typedef struct ProbeModule {
    LLVMTargetMachineRef machine;
    const char *triple;
    const LowSignature *const *signatures;
    uint32_t n;
    uint32_t holds; // PROBE_ bits
} ProbeModule;

// Appends for each signature the names of its entry and exit thunk, each with NUL behind
// it, empty where LLVM made none. False: LLVM refused; `out` holds its words.
bool probe_build_names(const ProbeModule *probe, Buf *out);

// Appends the assembly of the whole module. False as above.
bool probe_build_assembly(const ProbeModule *probe, Buf *out);
