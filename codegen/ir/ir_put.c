// What LLVM knows of a module, as bytes: ir_facts.h. Types are written once each, behind
// those that they name.
#include "codegen/ir/ir_module.h"

#include <string.h>

enum {
    TYPE_TEXT_BYTES_MAX = 200,
    TYPES_SLOTS_MIN = 256,
    CC_THUNK_X64 = 108, // llvm::CallingConv, which the C API has no names for
    CC_THUNK_NATIVE = 109,
};

// --- Indexes
// -----------------------------------------------------------------------------------

static uint32_t *slot_of(Indexes *indexes, const void *key)
{
    uint64_t hash = (uint64_t)(uintptr_t)key * 0x9E3779B97F4A7C15u;
    for (uint32_t i = (uint32_t)(hash >> 32);; i++) {
        uint32_t at = i & (indexes->n_slots - 1);
        if (!indexes->keys[at] || indexes->keys[at] == key)
            return &indexes->values[at];
    }
}

static bool find_index(Indexes *indexes, const void *key, uint32_t *ret_index)
{
    if (!indexes->n_slots)
        return false;
    const uint32_t *value = slot_of(indexes, key);
    *ret_index = *value;
    return indexes->keys[value - indexes->values] != NULL;
}

static void set_index(IrModule *m, Indexes *indexes, const void *key, uint32_t index)
{
    if (indexes->n * 2 >= indexes->n_slots) {
        Indexes grown = {.n_slots =
                             indexes->n_slots ? indexes->n_slots * 2 : TYPES_SLOTS_MIN};
        grown.keys = ARENA_ARRAY(&m->arena, const void *, grown.n_slots);
        grown.values = ARENA_ARRAY(&m->arena, uint32_t, grown.n_slots);
        for (uint32_t i = 0; i < indexes->n_slots; i++) {
            if (!indexes->keys[i])
                continue;
            uint32_t *value = slot_of(&grown, indexes->keys[i]);
            *value = indexes->values[i];
            grown.keys[value - grown.values] = indexes->keys[i];
        }
        grown.n = indexes->n;
        *indexes = grown;
    }
    uint32_t *value = slot_of(indexes, key);
    *value = index;
    indexes->keys[value - indexes->values] = key;
    indexes->n++;
}

// --- Types
// -------------------------------------------------------------------------------------

static IrTypeKind kind_of(LLVMTypeRef type)
{
    switch (LLVMGetTypeKind(type)) {
    case LLVMVoidTypeKind:
        return IR_TYPE_VOID;
    case LLVMIntegerTypeKind:
        return IR_TYPE_INT;
    case LLVMHalfTypeKind:
        return IR_TYPE_HALF;
    case LLVMBFloatTypeKind:
        return IR_TYPE_BFLOAT;
    case LLVMFloatTypeKind:
        return IR_TYPE_FLOAT;
    case LLVMDoubleTypeKind:
        return IR_TYPE_DOUBLE;
    case LLVMFP128TypeKind:
        return IR_TYPE_FP128;
    case LLVMX86_FP80TypeKind:
        return IR_TYPE_X86_FP80;
    case LLVMPPC_FP128TypeKind:
        return IR_TYPE_PPC_FP128;
    case LLVMPointerTypeKind:
        return IR_TYPE_POINTER;
    case LLVMArrayTypeKind:
        return IR_TYPE_ARRAY;
    case LLVMVectorTypeKind:
        return IR_TYPE_VECTOR;
    case LLVMScalableVectorTypeKind:
        return IR_TYPE_SCALABLE;
    case LLVMStructTypeKind:
        return IR_TYPE_STRUCT;
    default:
        return IR_TYPE_OTHER;
    }
}

static Str type_text(IrModule *m, LLVMTypeRef type)
{
    if (LLVMGetTypeKind(type) == LLVMStructTypeKind && !LLVMIsLiteralStruct(type) &&
        LLVMGetStructName(type))
        return arena_format(&m->arena, "%%%s", LLVMGetStructName(type));
    char *words = LLVMPrintTypeToString(type);
    Str text = arena_str(&m->arena, str_sub(str_of(words), 0, TYPE_TEXT_BYTES_MAX));
    LLVMDisposeMessage(words);
    return text;
}

static uint32_t type_index(IrModule *m, LLVMTypeRef type);

// Indexes of what it is made of; those come first.
static uint32_t *parts_of(IrModule *m, LLVMTypeRef type, IrTypeKind kind, uint32_t *ret_n)
{
    bool has_element =
        kind == IR_TYPE_ARRAY || kind == IR_TYPE_VECTOR || kind == IR_TYPE_SCALABLE;
    uint32_t n = has_element              ? 1
                 : kind == IR_TYPE_STRUCT ? LLVMCountStructElementTypes(type)
                                          : 0;
    uint32_t *parts = ARENA_ARRAY(&m->arena, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        parts[i] = type_index(m, has_element ? LLVMGetElementType(type)
                                             : LLVMStructGetTypeAtIndex(type, i));
    *ret_n = n;
    return parts;
}

static uint64_t count_of(LLVMTypeRef type, IrTypeKind kind)
{
    return kind == IR_TYPE_ARRAY ? LLVMGetArrayLength2(type)
           : kind == IR_TYPE_VECTOR || kind == IR_TYPE_SCALABLE ? LLVMGetVectorSize(type)
                                                                : 0;
}

static uint32_t type_index(IrModule *m, LLVMTypeRef type)
{
    uint32_t index, n;
    if (find_index(&m->types, type, &index))
        return index;
    IrTypeKind kind = kind_of(type);
    uint32_t *parts = parts_of(m, type, kind, &n);
    bool has_size = kind != IR_TYPE_VOID && kind != IR_TYPE_OTHER &&
                    kind != IR_TYPE_SCALABLE && LLVMTypeIsSized(type) &&
                    !ir_has_scalable(type);
    bool is_struct = kind == IR_TYPE_STRUCT;
    Buf *out = &m->types_out;
    ir_put_u32(out, kind);
    ir_put_u32(out, kind == IR_TYPE_INT ? LLVMGetIntTypeWidth(type) : 0);
    ir_put_u64(out, count_of(type, kind));
    ir_put_u64(out, has_size ? LLVMABISizeOfType(m->layout, type) : 0);
    ir_put_u64(out, has_size ? LLVMABIAlignmentOfType(m->layout, type) : 0);
    ir_put_u32(out, is_struct && LLVMIsPackedStruct(type));
    ir_put_u32(out, !is_struct && n);
    if (!is_struct && n)
        ir_put_u32(out, parts[0]);
    ir_put_u32(out, is_struct ? n : 0);
    for (uint32_t i = 0; i < n && is_struct; i++)
        ir_put_u32(out, parts[i]);
    ir_put_str(out, type_text(m, type));
    index = m->types.n;
    set_index(m, &m->types, type, index);
    return index;
}

// --- Signatures
// --------------------------------------------------------------------------------

// An attribute of a function, or of a call.
static LLVMAttributeRef attribute(LLVMValueRef value, bool is_call, uint32_t at,
                                  unsigned kind)
{
    if (!kind)
        return NULL;
    return is_call ? LLVMGetCallSiteEnumAttribute(value, at, kind)
                   : LLVMGetEnumAttributeAtIndex(value, at, kind);
}

// `at`: 0 is the result. `coerced`: what clang has put into it; NULL: not known.
static void put_argument(IrModule *m, Buf *out, LLVMTypeRef type, LLVMValueRef value,
                         bool is_call, uint32_t at, LLVMTypeRef coerced)
{
    LLVMAttributeRef sret = attribute(value, is_call, at, m->sret);
    LLVMAttributeRef byval = attribute(value, is_call, at, m->byval);
    LLVMTypeRef memory = sret    ? LLVMGetTypeAttributeValue(sret)
                         : byval ? LLVMGetTypeAttributeValue(byval)
                                 : coerced;
    uint32_t flags = (sret      ? IR_SRET
                      : byval   ? IR_BYVAL
                      : coerced ? IR_COERCED
                                : 0u) |
                     (attribute(value, is_call, at, m->inreg) ? IR_INREG : 0u) |
                     (attribute(value, is_call, at, m->zeroext) ? IR_ZEROEXT : 0u) |
                     (attribute(value, is_call, at, m->signext) ? IR_SIGNEXT : 0u);
    ir_put_u32(out, type_index(m, type));
    ir_put_u32(out, memory != NULL);
    if (memory)
        ir_put_u32(out, type_index(m, memory));
    ir_put_u32(out, flags);
}

static void put_signature(IrModule *m, Buf *out, LLVMTypeRef type, LLVMValueRef value,
                          bool is_call, unsigned convention)
{
    uint32_t n = LLVMCountParamTypes(type);
    LLVMTypeRef *parameters = ARENA_ARRAY(&m->arena, LLVMTypeRef, n + 1);
    LLVMGetParamTypes(type, parameters);
    put_argument(m, out, LLVMGetReturnType(type), value, is_call, 0,
                 ir_coerced_result(&m->coerced, value, is_call));
    ir_put_u32(out, LLVMIsFunctionVarArg(type) != 0);
    ir_put_u32(out, convention);
    ir_put_u32(out, n);
    for (uint32_t i = 0; i < n; i++)
        put_argument(m, out, parameters[i], value, is_call, i + 1,
                     ir_coerced_argument(&m->coerced, value, is_call, i));
}

// --- Functions
// ---------------------------------------------------------------------------------

static Str name_of(LLVMValueRef value)
{
    size_t len = 0;
    const char *at = LLVMGetValueName2(value, &len);
    return (Str){at, len};
}

// As llvm::Function::hasAddressTaken(): used, but not as what is called.
static bool is_address_taken(LLVMValueRef function)
{
    for (LLVMUseRef use = LLVMGetFirstUse(function); use; use = LLVMGetNextUse(use)) {
        LLVMValueRef user = LLVMGetUser(use);
        if (LLVMIsABlockAddress(user))
            continue;
        bool is_call =
            LLVMIsACallInst(user) || LLVMIsAInvokeInst(user) || LLVMIsACallBrInst(user);
        if (!is_call || LLVMGetCalledValue(user) != function ||
            LLVMGetCalledFunctionType(user) != LLVMGlobalGetValueType(function))
            return true;
        int n = LLVMGetNumOperands(user), n_uses = 0;
        for (int i = 0; i < n; i++)
            n_uses += LLVMGetOperand(user, (unsigned)i) == function;
        if (n_uses > 1)
            return true;
    }
    return false;
}

static uint32_t linkage_flags(LLVMValueRef value)
{
    uint32_t flags = 0;
    LLVMLinkage linkage = LLVMGetLinkage(value);
    if (linkage == LLVMInternalLinkage || linkage == LLVMPrivateLinkage)
        flags |= IR_LOCAL_LINKAGE;
    if (linkage == LLVMAvailableExternallyLinkage)
        flags |= IR_AVAILABLE_EXTERNALLY;
    if (LLVMGetVisibility(value) == LLVMHiddenVisibility)
        flags |= IR_HIDDEN;
    if (LLVMGetDLLStorageClass(value) == LLVMDLLImportStorageClass)
        flags |= IR_DLLIMPORT;
    if (LLVMGetDLLStorageClass(value) == LLVMDLLExportStorageClass)
        flags |= IR_DLLEXPORT;
    return flags;
}

static void put_function(IrModule *m, Buf *out, LLVMValueRef function)
{
    bool is_declared = LLVMIsDeclaration(function) != 0;
    uint32_t flags = linkage_flags(function) | (is_declared ? 0u : IR_DEFINED);
    if (is_address_taken(function))
        flags |= IR_ADDRESS_TAKEN;
    if (attribute(function, false, (uint32_t)LLVMAttributeFunctionIndex,
                  m->hybrid_patchable))
        flags |= IR_HYBRID_PATCHABLE;
    ir_put_str(out, name_of(function));
    ir_put_u32(out, flags);
    put_signature(m, out, LLVMGlobalGetValueType(function), function, false,
                  LLVMGetFunctionCallConv(function));
}

// Aliases of functions, and ifuncs, by the type that they have.
static void put_other_name(IrModule *m, Buf *out, LLVMValueRef value, uint32_t flags)
{
    LLVMTypeRef type = LLVMGlobalGetValueType(value);
    ir_put_str(out, name_of(value));
    ir_put_u32(out, linkage_flags(value) | IR_DEFINED | flags);
    uint32_t n = LLVMCountParamTypes(type);
    LLVMTypeRef *parameters = ARENA_ARRAY(&m->arena, LLVMTypeRef, n + 1);
    LLVMGetParamTypes(type, parameters);
    ir_put_u32(out, type_index(m, LLVMGetReturnType(type)));
    ir_put_u32(out, 0);
    ir_put_u32(out, 0);
    ir_put_u32(out, LLVMIsFunctionVarArg(type) != 0);
    ir_put_u32(out, LLVMCCallConv);
    ir_put_u32(out, n);
    for (uint32_t i = 0; i < n; i++) {
        ir_put_u32(out, type_index(m, parameters[i]));
        ir_put_u32(out, 0);
        ir_put_u32(out, 0);
    }
}

// LLVM's own, and thunks that stand in the text already.
static bool is_told(LLVMValueRef function)
{
    unsigned convention = LLVMGetFunctionCallConv(function);
    return !str_starts(name_of(function), STR("llvm.")) && convention != CC_THUNK_X64 &&
           convention != CC_THUNK_NATIVE;
}

static bool is_function_type(LLVMValueRef value)
{
    return LLVMGetTypeKind(LLVMGlobalGetValueType(value)) == LLVMFunctionTypeKind;
}

static void put_functions(IrModule *m, Buf *out)
{
    Buf all;
    uint32_t n = 0;
    buf_init(&all, IR_ARENA_BYTES_MAX);
    for (LLVMValueRef f = LLVMGetFirstFunction(m->module); f;
         f = LLVMGetNextFunction(f)) {
        if (!is_told(f))
            continue;
        put_function(m, &all, f);
        set_index(m, &m->functions, f, n++);
    }
    for (LLVMValueRef a = LLVMGetFirstGlobalAlias(m->module); a;
         a = LLVMGetNextGlobalAlias(a)) {
        if (!is_function_type(a))
            continue;
        put_other_name(m, &all, a, IR_ALIAS);
        set_index(m, &m->functions, a, n++);
    }
    for (LLVMValueRef i = LLVMGetFirstGlobalIFunc(m->module); i;
         i = LLVMGetNextGlobalIFunc(i)) {
        put_other_name(m, &all, i, IR_ALIAS | IR_IFUNC);
        set_index(m, &m->functions, i, n++);
    }
    ir_put_u32(out, n);
    buf_put(out, buf_str(&all));
    buf_done(&all);
}

// --- Calls
// -------------------------------------------------------------------------------------

static bool has_ptrauth(LLVMValueRef call)
{
    bool found = false;
    for (unsigned i = 0; i < LLVMGetNumOperandBundles(call); i++) {
        size_t len = 0;
        LLVMOperandBundleRef bundle = LLVMGetOperandBundleAtIndex(call, i);
        const char *tag = LLVMGetOperandBundleTag(bundle, &len);
        found |= str_eq((Str){tag, len}, STR("ptrauth"));
        LLVMDisposeOperandBundle(bundle);
    }
    return found;
}

static void put_call(IrModule *m, Buf *out, LLVMValueRef call, uint32_t caller,
                     uint32_t index, bool is_reachable)
{
    LLVMValueRef called = LLVMGetCalledValue(call);
    LLVMTypeRef type = LLVMGetCalledFunctionType(call);
    uint32_t callee = IR_NO_CALLEE, n_fixed = LLVMCountParamTypes(type);
    bool is_named = find_index(&m->functions, called, &callee);
    ir_put_u32(out, caller);
    ir_put_u32(out, is_named ? callee : IR_NO_CALLEE);
    ir_put_u32(out, index);
    ir_put_u32(out, is_named && LLVMGlobalGetValueType(called) == type);
    ir_put_u32(out, has_ptrauth(call));
    ir_put_u32(out, is_reachable);
    put_signature(m, out, type, call, true, LLVMGetInstructionCallConv(call));
    uint32_t n = LLVMGetNumArgOperands(call);
    ir_put_u32(out, n > n_fixed ? n - n_fixed : 0);
    for (uint32_t i = n_fixed; i < n; i++)
        ir_put_u32(out, type_index(m, LLVMTypeOf(LLVMGetOperand(call, i))));
}

static bool is_counted(LLVMValueRef instruction)
{
    LLVMOpcode opcode = LLVMGetInstructionOpcode(instruction);
    if (opcode != LLVMCall && opcode != LLVMInvoke && opcode != LLVMCallBr)
        return false;
    LLVMValueRef called = LLVMGetCalledValue(instruction);
    return !LLVMIsAInlineAsm(called) &&
           !(LLVMIsAFunction(called) && str_starts(name_of(called), STR("llvm.")));
}

// The blocks that lead on from the first.
static Indexes reachable_blocks(IrModule *m, LLVMValueRef function)
{
    Indexes reached = {0};
    LIST(LLVMBasicBlockRef) open = {0};
    uint32_t ignored;
    if (LLVMCountBasicBlocks(function) < 2)
        return reached;
    LLVMBasicBlockRef first = LLVMGetEntryBasicBlock(function);
    set_index(m, &reached, first, 0);
    *LIST_PUSH(&m->arena, &open) = first;
    while (open.len) {
        LLVMValueRef last = LLVMGetBasicBlockTerminator(open.at[--open.len]);
        for (unsigned i = 0; last && i < LLVMGetNumSuccessors(last); i++) {
            LLVMBasicBlockRef next = LLVMGetSuccessor(last, i);
            if (find_index(&reached, next, &ignored))
                continue;
            set_index(m, &reached, next, 0);
            *LIST_PUSH(&m->arena, &open) = next;
        }
    }
    return reached;
}

static uint32_t put_calls_of(IrModule *m, Buf *out, LLVMValueRef function,
                             uint32_t caller)
{
    uint32_t n = 0, ignored;
    Indexes reached = reachable_blocks(m, function);
    for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b;
         b = LLVMGetNextBasicBlock(b)) {
        bool is_reached = !reached.n || find_index(&reached, b, &ignored);
        for (LLVMValueRef i = LLVMGetFirstInstruction(b); i;
             i = LLVMGetNextInstruction(i))
            if (is_counted(i))
                put_call(m, out, i, caller, n++, is_reached);
    }
    return n;
}

static void put_calls(IrModule *m, Buf *out)
{
    Buf all;
    uint32_t n = 0, caller;
    buf_init(&all, IR_ARENA_BYTES_MAX);
    for (LLVMValueRef f = LLVMGetFirstFunction(m->module); f; f = LLVMGetNextFunction(f))
        if (find_index(&m->functions, f, &caller))
            n += put_calls_of(m, &all, f, caller);
    ir_put_u32(out, n);
    buf_put(out, buf_str(&all));
    buf_done(&all);
}

// --- All
// ---------------------------------------------------------------------------------------

void ir_put_module(IrModule *m, bool is_valid, Buf *out)
{
    Buf rest;
    buf_init(&rest, IR_ARENA_BYTES_MAX);
    buf_init(&m->types_out, IR_ARENA_BYTES_MAX);
    put_functions(m, &rest);
    put_calls(m, &rest);
    ir_put_u32(out, is_valid);
    ir_put_str(out, str_of(LLVMGetTarget(m->module)));
    ir_put_u32(out, m->types.n);
    buf_put(out, buf_str(&m->types_out));
    buf_put(out, buf_str(&rest));
    buf_done(&m->types_out);
    buf_done(&rest);
}
