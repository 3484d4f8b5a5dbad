// What LLVM knows of a module: what a child that has read it (ir_child.c) tells its
// parent, as bytes, and the parent as structures. Without places: those are ir_scan.h's.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/buf.h"

typedef enum IrTypeKind {
    IR_TYPE_VOID,
    IR_TYPE_INT, // bits
    IR_TYPE_HALF,
    IR_TYPE_BFLOAT,
    IR_TYPE_FLOAT,
    IR_TYPE_DOUBLE,
    IR_TYPE_FP128,
    IR_TYPE_X86_FP80,
    IR_TYPE_PPC_FP128,
    IR_TYPE_POINTER,
    IR_TYPE_ARRAY,    // count x element
    IR_TYPE_VECTOR,   // count x element
    IR_TYPE_SCALABLE, // at least count x element
    IR_TYPE_STRUCT,   // members
    IR_TYPE_OTHER,    // token, metadata, target types ...: no value that a thunk moves
    IR_TYPE_KINDS,
} IrTypeKind;

typedef struct IrType IrType;
struct IrType {
    IrTypeKind kind;
    uint32_t bits;
    uint64_t count;
    uint64_t bytes, align; // as it lies in memory; 0: no size
    const IrType *element;
    const IrType *const *members;
    uint32_t n_members;
    uint32_t n_nodes, depth; // of it as a tree
    bool is_packed;
    Str text; // as LLVM writes it: "[2 x i64]", "%struct.rgb"
};

// Types share their parts, trees of them do not: what is larger becomes IR_TYPE_OTHER.
enum { IR_NODES_MAX = 20000, IR_DEPTH_MAX = 100 };

enum { // attributes of an argument, or of the result
    IR_SRET = 1,
    IR_INREG = 2,
    IR_BYVAL = 4,
    IR_ZEROEXT = 8,
    IR_SIGNEXT = 16,
    IR_COERCED = 32, // clang has put a record of the type `memory` into it
};

typedef struct IrArgument {
    const IrType *type;
    const IrType *memory; // of sret, byval and what is coerced; NULL: none
    uint32_t flags;
} IrArgument;

typedef struct IrSignature {
    IrArgument result;
    IrArgument *arguments; // fixed ones
    uint32_t n_arguments;
    bool is_variadic;
    uint32_t convention; // LLVM's number
} IrSignature;

enum { // of a function
    IR_DEFINED = 1,
    IR_LOCAL_LINKAGE = 2,
    IR_AVAILABLE_EXTERNALLY = 4, // of a definition: the object does not have it
    IR_DLLIMPORT = 8,
    IR_DLLEXPORT = 16,
    IR_HIDDEN = 32,
    IR_ADDRESS_TAKEN = 64,
    IR_HYBRID_PATCHABLE = 128,
    IR_ALIAS = 256, // another name of a function
    IR_IFUNC = 512,
};

typedef struct IrFunction {
    Str symbol;
    IrSignature signature;
    uint32_t flags;
} IrFunction;

#define IR_NO_CALLEE UINT32_MAX

typedef struct IrCall {
    uint32_t caller, callee; // indexes of functions; IR_NO_CALLEE: a value
    uint32_t index;          // among the calls of its caller that ir_scan counts
    bool is_as_declared;     // by the callee's own type
    bool has_ptrauth;        // an operand bundle
    bool is_reachable;       // from its function's entry: LLVM drops other blocks first
    IrSignature signature;   // of the call
    const IrType *const *extras; // behind the fixed ones
    uint32_t n_extras;
} IrCall;

typedef struct IrMessage {
    uint32_t severity; // LLVM's: 0 error, 1 warning, 2 remark, 3 note
    Str text;          // may have several lines
} IrMessage;

typedef struct IrFacts {
    bool is_read;  // LLVM has read the text; else the messages say why not
    bool is_valid; // and the verifier has no objections
    Str triple;
    const IrMessage *messages;
    uint32_t n_messages;
    IrFunction *functions;
    uint32_t n_functions;
    IrCall *calls;
    uint32_t n_calls;
} IrFacts;

// False: the bytes are no facts.
bool ir_facts_read(IrFacts *facts, Arena *arena, Str bytes);

// --- For who writes them
// -----------------------------------------------------------------------

// Numbers and strings in a row; the reader in ir_facts.c is the other half. In order:
// is_read, messages; is_valid, triple; types, each behind those it names; functions;
// calls.
void ir_put_u32(Buf *out, uint32_t value);
void ir_put_u64(Buf *out, uint64_t value);
void ir_put_str(Buf *out, Str value);
