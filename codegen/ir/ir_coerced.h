// Which record clang has put into a plain value: "i64" of three bytes.
//
// At -O0 the way there stands in the text: the value is loaded from a slot that a record
// was copied to, or cut down and stored into the record. Optimised, it is gone, and
// nothing is told.
#pragma once

#include <llvm-c/Core.h>
#include <llvm-c/Target.h>

#include <stdbool.h>
#include <stdint.h>

typedef struct IrCoerced {
    LLVMTargetDataRef layout;
} IrCoerced;

// NULL: none is known. `value` is a function, or a call. Arguments count from 0.
LLVMTypeRef ir_coerced_argument(const IrCoerced *coerced, LLVMValueRef value,
                                bool is_call, uint32_t argument);
LLVMTypeRef ir_coerced_result(const IrCoerced *coerced, LLVMValueRef value, bool is_call);

// Somewhere in it: it has no size. True as well if it is too large to be looked through.
bool ir_has_scalable(LLVMTypeRef type);
