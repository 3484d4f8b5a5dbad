// The conditions of a text of Rust, and what each of them governs.
//
// Works on tokens, so that it sees into macros and half-typed code; what an item is and
// where it ends is told by keywords and brackets (extent.h).
#pragma once

#include "codegen/rust/cfg.h"

typedef enum RustGateKind {
    RUST_GATE_FILE,   // #![cfg(...)]: what stands around it, mostly the whole file
    RUST_GATE_ITEM,   // #[cfg(...)] in front of anything
    RUST_GATE_ATTR,   // #[cfg_attr(..., ...)]: other attributes alone
    RUST_GATE_ARM,    // of cfg_if!, and `else` of it
    RUST_GATE_SELECT, // an arm of cfg_select!
    RUST_GATE_IF,     // if cfg!(...) { }, and `else` of it
    RUST_GATE_VALUE,  // cfg!(...) anywhere else
} RustGateKind;

typedef enum RustItemKind {
    RUST_ITEM_OTHER, // a statement, an expression, a field, an arm
    RUST_ITEM_FN,
    RUST_ITEM_MOD,      // with its contents
    RUST_ITEM_MOD_FILE, // mod name;
    RUST_ITEM_IMPL,
    RUST_ITEM_TYPE,  // struct, enum, union, trait, type
    RUST_ITEM_VALUE, // const, static
    RUST_ITEM_USE,
    RUST_ITEM_EXTERN, // extern "C" { }, extern crate
    RUST_ITEM_MACRO,  // macro_rules!, and calls of macros
    RUST_ITEM_LET,
    RUST_ITEM_FIELD, // name: ...
} RustItemKind;

#define RUST_NO_GATE UINT32_MAX

typedef struct RustGate {
    RustGateKind kind;
    uint32_t begin, end;           // tokens: the attribute, or the macro's call
    uint32_t body_begin, body_end; // tokens that it governs, attributes in front included
    const RustCfg *cfg;            // NULL: else, and `_` of cfg_select!
    bool is_partial;               // more than cfg!(...) stands in the condition
    uint32_t parent;               // the gate around it, or RUST_NO_GATE
    uint32_t previous;             // of an arm: the one before it
    uint32_t next;                 // and behind it
    RustItemKind item;
    Str name;       // of the item; of `use` the name that it brings; empty: none
    uint32_t scope; // the bracket around it, RUST_NONE at the top: items of one scope and
                    // name stand for each other
    Truth own;      // of the predicate, and not of the arms before it
    Truth live;     // with the gates around it
    uint32_t holds; // by sink.h: bits 1 << RustSinkKind
    uint32_t holds_ec; // of those, what Arm64EC may take
} RustGate;

typedef struct RustGates {
    LIST(RustGate) all; // in order of body_begin, outer ones first
} RustGates;

enum { RUST_GATES_MAX = 50000 }; // a text; later ones are not looked at

// `around` is the truth of the whole text: what gates its module elsewhere.
void rust_gates(Arena *arena, const RustTokens *tokens, Truth around,
                RustGates *ret_gates);

// The innermost gate whose body holds a token. Asked in order of tokens it costs a step
// each.
typedef struct RustGateCursor {
    const RustGates *gates;
    uint32_t next, current;
} RustGateCursor;
void rust_gate_cursor_init(RustGateCursor *cursor, const RustGates *gates);
uint32_t rust_gate_at(RustGateCursor *cursor, uint32_t token); // RUST_NO_GATE: in none

// Around `token`, whatever the order.
Truth rust_live_at(const RustGates *gates, Truth around, uint32_t token);
