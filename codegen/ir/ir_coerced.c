#include "codegen/ir/ir_coerced.h"

#include "protocol/base/base.h"

enum { USES_MAX = 64, BITS_OF_BYTE = 8, SCALABLE_NODES_MAX = 5000 };

static Str name_of(LLVMValueRef value)
{
    size_t len = 0;
    const char *at = LLVMGetValueName2(value, &len);
    return (Str){at, len};
}

static bool is_record(LLVMTypeRef type)
{
    return LLVMGetTypeKind(type) == LLVMStructTypeKind && LLVMTypeIsSized(type) &&
           !ir_has_scalable(type);
}

// A tree of types may be without end where they share their parts.
static bool has_scalable(LLVMTypeRef type, uint32_t *n_left)
{
    LLVMTypeKind kind = LLVMGetTypeKind(type);
    if (kind == LLVMScalableVectorTypeKind || kind == LLVMTargetExtTypeKind ||
        *n_left == 0)
        return true;
    --*n_left;
    if (kind == LLVMArrayTypeKind)
        return has_scalable(LLVMGetElementType(type), n_left);
    unsigned n = kind == LLVMStructTypeKind ? LLVMCountStructElementTypes(type) : 0;
    for (unsigned i = 0; i < n; i++)
        if (has_scalable(LLVMStructGetTypeAtIndex(type, i), n_left))
            return true;
    return false;
}

bool ir_has_scalable(LLVMTypeRef type)
{
    uint32_t n_left = SCALABLE_NODES_MAX;
    return has_scalable(type, &n_left);
}

static uint64_t bytes_of(const IrCoerced *coerced, LLVMTypeRef type)
{
    return LLVMABISizeOfType(coerced->layout, type);
}

// The type of a slot, if the value is an alloca of one thing.
static LLVMTypeRef slot_type(LLVMValueRef value)
{
    return LLVMIsAAllocaInst(value) ? LLVMGetAllocatedType(value) : NULL;
}

// The record that memcpy moves between it and the slot, whole. `is_target`: into the
// slot.
static LLVMTypeRef copied_record(const IrCoerced *coerced, LLVMValueRef slot,
                                 bool is_target)
{
    uint32_t n = 0;
    for (LLVMUseRef use = LLVMGetFirstUse(slot); use && n < USES_MAX;
         use = LLVMGetNextUse(use), n++) {
        LLVMValueRef user = LLVMGetUser(use);
        if (!LLVMIsACallInst(user) || LLVMGetNumArgOperands(user) != 4 ||
            !str_starts(name_of(LLVMGetCalledValue(user)), STR("llvm.memcpy")) ||
            LLVMGetOperand(user, is_target ? 0 : 1) != slot)
            continue;
        LLVMValueRef length = LLVMGetOperand(user, 2);
        LLVMTypeRef record = slot_type(LLVMGetOperand(user, is_target ? 1 : 0));
        if (record && is_record(record) && LLVMIsAConstantInt(length) &&
            LLVMConstIntGetZExtValue(length) == bytes_of(coerced, record))
            return record;
    }
    return NULL;
}

// What the value was loaded from a slot for.
static LLVMTypeRef record_in(const IrCoerced *coerced, LLVMValueRef value)
{
    if (!LLVMIsALoadInst(value))
        return NULL;
    LLVMValueRef slot = LLVMGetOperand(value, 0);
    LLVMTypeRef type = slot_type(slot);
    if (!type)
        return NULL;
    return type == LLVMTypeOf(value) ? copied_record(coerced, slot, true) : NULL;
}

// The record that the value, or its low bits, are stored to.
static LLVMTypeRef record_of(const IrCoerced *coerced, LLVMValueRef value)
{
    LLVMUseRef use = LLVMGetFirstUse(value);
    if (!use || LLVMGetNextUse(use))
        return NULL;
    LLVMValueRef user = LLVMGetUser(use);
    if (LLVMIsATruncInst(user))
        return record_of(coerced, user);
    if (!LLVMIsAStoreInst(user) || LLVMGetOperand(user, 0) != value)
        return NULL;
    LLVMValueRef slot = LLVMGetOperand(user, 1);
    LLVMTypeRef type = slot_type(slot), own = LLVMTypeOf(value);
    if (!type)
        return NULL;
    if (type == own)
        return copied_record(coerced, slot, false);
    bool fits = is_record(type) && LLVMGetTypeKind(own) == LLVMIntegerTypeKind &&
                LLVMGetIntTypeWidth(own) == bytes_of(coerced, type) * BITS_OF_BYTE;
    return fits ? type : NULL;
}

// Only what says too little of itself: an integer or two.
static bool is_plain(LLVMTypeRef type)
{
    LLVMTypeKind kind = LLVMGetTypeKind(type);
    if (kind == LLVMArrayTypeKind)
        return LLVMGetTypeKind(LLVMGetElementType(type)) == LLVMIntegerTypeKind;
    return kind == LLVMIntegerTypeKind;
}

LLVMTypeRef ir_coerced_argument(const IrCoerced *coerced, LLVMValueRef value,
                                bool is_call, uint32_t argument)
{
    if (!is_call && LLVMIsDeclaration(value))
        return NULL;
    LLVMValueRef given =
        is_call ? LLVMGetOperand(value, argument) : LLVMGetParam(value, argument);
    if (!is_plain(LLVMTypeOf(given)))
        return NULL;
    return is_call ? record_in(coerced, given) : record_of(coerced, given);
}

static LLVMTypeRef returned_record(const IrCoerced *coerced, LLVMValueRef function)
{
    for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(function); block;
         block = LLVMGetNextBasicBlock(block)) {
        LLVMValueRef last = LLVMGetBasicBlockTerminator(block);
        if (!last || !LLVMIsAReturnInst(last) || LLVMGetNumOperands(last) != 1)
            continue;
        LLVMTypeRef record = record_in(coerced, LLVMGetOperand(last, 0));
        if (record)
            return record;
    }
    return NULL;
}

LLVMTypeRef ir_coerced_result(const IrCoerced *coerced, LLVMValueRef value, bool is_call)
{
    if (is_call)
        return is_plain(LLVMTypeOf(value)) ? record_of(coerced, value) : NULL;
    LLVMTypeRef result = LLVMGetReturnType(LLVMGlobalGetValueType(value));
    return !LLVMIsDeclaration(value) && is_plain(result) ? returned_record(coerced, value)
                                                         : NULL;
}
