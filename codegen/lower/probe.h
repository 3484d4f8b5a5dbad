// Signatures -> thunk names and code, by LLVM's own Arm64EC pass.
//
// A batch of signatures becomes one probe module: a definition each for entry thunks, a
// called declaration each for exit thunks. After emission the module holds the thunks,
// and llvm.arm64ec.symbolmap says which is whose. Names come from LLVM, never from a
// table of ours. Equal shapes (low_key) are lowered once in the life of the process.
// Lowering runs in a fork with a deadline and limits where the system has one: what kills
// LLVM costs that signature (found by bisection), not the worker. Signatures with a known
// killer are never handed in: the caller asks abi/boundary.h first.
#pragma once

#include "codegen/abi/lower.h"
#include "protocol/base/arena.h"

typedef struct Probe Probe; // one per process: memo, target machine

Probe *probe_open(Str triple);
void probe_close(Probe *owned_probe);

typedef struct ProbeAnswer {
    Str shape; // "i8$i8m16": entry thunk "$ientry_thunk$cdecl$" + shape, exit alike.
               // Empty: not known. One that is dead may have one: of its entry thunk
    bool dead; // LLVM died of it, defined or called; `words` says how
    Str words;
} ProbeAnswer;

// Fills answers[i] for signatures[i]; strings live in the arena.
void probe_run(Probe *probe, Arena *arena, const LowSignature *const *signatures,
               uint32_t n, ProbeAnswer *ret_answers);

// The thunk's assembly, for `thunks --asm`. Empty if LLVM dies of it.
Str probe_assembly(Probe *probe, Arena *arena, const LowSignature *signature,
                   bool is_entry);
// The same, kept as long as the probe: for what is asked again with every edit.
Str probe_assembly_kept(Probe *probe, Arena *arena, const LowSignature *signature,
                        bool is_entry);
