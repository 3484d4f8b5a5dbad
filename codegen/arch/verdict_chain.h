// What the files verdict*.c share. Not for others.
#pragma once

#include "codegen/arch/verdict.h"

// A new one at the end; beyond ARCH_VERDICTS_MAX it is nobody's.
ArchVerdict *verdicts_add(ArchVerdicts *verdicts);

// `inner` is in some branch of the chain that `branch` is part of.
bool chain_holds(const ArchBranch *branch, const ArchBranch *inner);

// What the branches of a chain are to each other: an x64 branch that Arm64EC takes and an
// ARM64 branch that it misses are one fault; so is a fence that orders nothing; an
// Arm64EC branch may stand too late (EC304); and a chain may only name the processor
// (EC322).
void verdicts_settle_chains(ArchVerdicts *verdicts);

// EC316 (verdict_paths.c).
void verdicts_find_paths(ArchVerdicts *verdicts);
