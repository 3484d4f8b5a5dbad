// What the files verdict*.c share. Not for others.
#pragma once

#include "codegen/arch/verdict.h"

// A new one at the end; beyond ARCH_VERDICTS_MAX it is nobody's.
ArchVerdict *verdicts_add(ArchVerdicts *verdicts);

// By place: a file that is included twice has its chains twice.
bool chain_is_same(const ArchBranch *a, const ArchBranch *b);

bool chain_may(const ArchBranch *branch, ArchFlavour flavour, ArchTarget target);

// Arm64EC takes it with x64, and ARM64 does not.
bool chain_is_x64_taken(const ArchBranch *branch, ArchFlavour flavour);

// `inner` is in some branch of the chain that `branch` is part of.
bool chain_holds(const ArchBranch *branch, const ArchBranch *inner);

// What the branches of a chain are to each other: an x64 branch that Arm64EC takes and an
// ARM64 branch that it misses are one fault; so is a fence that orders nothing; an
// Arm64EC branch may stand too late (EC304); and a chain may only name the processor
// (EC322).
void verdicts_settle_chains(ArchVerdicts *verdicts);

// EC325 (verdict_barrier.c): of faults about barriers those that lose one.
void verdicts_find_barriers(ArchVerdicts *verdicts);

// Of a fence that ARM64 alone meets: Arm64EC takes x64's branch, which has none, or one
// for less.
bool verdicts_fence_is_lost(const ArchVerdicts *verdicts, const ArchSink *sink);

// EC316 (verdict_paths.c).
void verdicts_find_paths(ArchVerdicts *verdicts);
