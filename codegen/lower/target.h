// LLVM's AArch64 target, set up once for all who ask.
#pragma once

#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>

// NULL if LLVM does not know the triple.
LLVMTargetRef target_open(const char *triple);
