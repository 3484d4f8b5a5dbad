// Functions and types of a text, as far as a boundary needs them: signatures as ranges of
// tokens, the attributes that change a symbol or a layout, repr(C) shapes.
#pragma once

#include "codegen/rust/unit.h"

typedef struct RustParameter {
    Str name;       // empty: a pattern, or none
    RustRange type; // tokens
} RustParameter;

enum {                    // of RustFunction.is
    RUST_FN_EXTERN = 1,   // declared in an extern block
    RUST_FN_EXPORTED = 2, // no_mangle or export_name
    RUST_FN_NAKED = 4,
    RUST_FN_PUBLIC = 8,
    RUST_FN_VARIADIC = 16, // C's ...
    RUST_FN_GENERIC = 32,
    RUST_FN_METHOD = 64,   // in an impl or a trait
    RUST_FN_DEFINED = 128, // has a body
    RUST_FN_RAW_DYLIB = 256,
    RUST_FN_WRAPPED = 512, // in a call of a macro, which may make anything of it
};

typedef struct RustFunction {
    Str name;
    Str symbol; // of export_name or link_name; empty: the name
    uint32_t name_token, fn_token;
    uint32_t abi_token;   // of the string behind extern; RUST_NONE: none
    Str abi;              // "C" for a bare extern; empty: Rust's
    uint32_t is;          // RUST_FN_
    uint32_t naked_token; // of that attribute's word
    LIST(RustParameter) parameters;
    RustRange result; // tokens; empty: ()
    RustRange body;
} RustFunction;

typedef struct RustField {
    Str name;
    RustRange type;
} RustField;

typedef enum RustTypeKind {
    RUST_TYPE_STRUCT,
    RUST_TYPE_UNION,
    RUST_TYPE_ENUM,
    RUST_TYPE_ALIAS
} RustTypeKind;

typedef struct RustType {
    RustTypeKind kind;
    Str name;
    uint32_t name_token;
    bool is_repr_c, is_transparent, is_packed, is_generic, is_plain_enum;
    uint32_t align;         // of repr(align(N)) or packed(N); 0: none
    Str repr_int;           // of an enum: "u8"; empty: none
    LIST(RustField) fields; // of an alias the type in [0]
} RustType;

typedef struct RustStatic {
    Str name;
    uint32_t token;
    RustRange type;
    bool is_extern;
} RustStatic;

typedef struct RustItems {
    LIST(RustFunction) functions;
    LIST(RustType) types;
    LIST(RustStatic) statics;
} RustItems;

void rust_items(const RustUnit *rust, RustItems *ret_items);
const RustFunction *rust_function_of(const RustItems *items, Str name); // NULL: none
const RustType *rust_type_of(const RustItems *items, Str name);
