// A module in the child, for ir_child.c and ir_put.c alone.
#pragma once

#include "codegen/ir/ir_child.h"
#include "codegen/ir/ir_coerced.h"
#include "codegen/ir/ir_facts.h"
#include "protocol/base/arena.h"

#include <llvm-c/Core.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>

enum { IR_ARENA_BYTES_MAX = 1 << 30 };

typedef struct Message {
    LLVMDiagnosticSeverity severity;
    Str text;
} Message;

// Type or function -> its index in what is written.
typedef struct Indexes {
    const void **keys;
    uint32_t *values;
    uint32_t n, n_slots;
} Indexes;

typedef struct IrModule {
    const IrWork *work;
    Arena arena;
    LLVMContextRef context;
    LLVMModuleRef module;
    LLVMTargetMachineRef machine;
    LLVMTargetDataRef layout;
    LIST(Message) messages;
    Indexes types, functions;
    Buf types_out; // as they are met
    IrCoerced coerced;
    bool has_code; // is to be made
    unsigned sret, byval, inreg, zeroext, signext, hybrid_patchable;
} IrModule;

// Its functions, calls and their types, behind whether it is valid.
void ir_put_module(IrModule *m, bool is_valid, Buf *out);
