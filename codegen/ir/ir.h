// A document of LLVM IR, from its text to a Unit and back to what LLVM makes of it.
#pragma once

#include "codegen/ir/ir_unit.h"

typedef struct IrRun IrRun;

typedef enum IrKind {
    IR_BROKEN,  // LLVM cannot read it, or its verifier refuses it: findings say why
    IR_FOREIGN, // for another target: not judged
    IR_EC,
} IrKind;

// Starts a child that reads the text and makes code of it, and meanwhile fills the unit
// with what the text shows. `triple` is what code is made for where the text names no
// target. `is_forced`: in place of the one that it names, too.
IrRun *ir_begin(Unit *unit, const char *triple, bool is_forced);
// `llvm`: the major version of the LLVM that builds; `llvm_name`: ours, for messages.
IrKind ir_read(IrRun *run, AbiEnvironment environment, uint32_t llvm, Str llvm_name);
const IrText *ir_of(const IrRun *run);

// What code generation says, and whether it came to an end. After the rules: a death that
// one of them has foretold is not told again.
void ir_finish(IrRun *owned_run, Str llvm);
