// One document of Rust, read: what its rules are asked with.
#pragma once

#include "codegen/rust/module.h"
#include "codegen/unit.h"

typedef struct RustGateKey {
    uint32_t key, gate;
} RustGateKey;

typedef struct RustUnit {
    Unit *unit;
    RustTokens tokens;
    RustGates gates;
    RustSinks sinks;
    RustFiles files;
    Truth around; // of the whole file
    RustPlace place;
    RustGateKey *by_name; // judge.c: named gates in order of key
    uint32_t n_by_name, n_searches;
    bool is_foreign;      // of another system altogether: no finding of gates
    bool is_build_script; // build.rs: runs on the host
} RustUnit;

// `is_alone`: no other file is opened. In the unit's arena.
void rust_unit_read(RustUnit *rust, Unit *unit, bool is_alone);

// The bytes of tokens [begin, end).
Place rust_place(const RustUnit *rust, uint32_t begin, uint32_t end);
Place rust_token_place(const RustUnit *rust, uint32_t token);
Str rust_text(const RustUnit *rust, uint32_t begin, uint32_t end);
bool rust_in_macro(const RustUnit *rust, uint32_t token); // of a macro_rules!
// A gate around it has x86_64 and arm64ec, and is judged itself: what it holds of x86 is
// its fault.
bool rust_is_told_by_side(const RustUnit *rust, uint32_t gate);
Truth rust_live(const RustUnit *rust, uint32_t token);
// Code that an Arm64EC build has, and for certain, once the features that it asks for are
// on: no gate that nobody knows leaves it out, here or where the module is declared.
bool rust_is_arm64ec(const RustUnit *rust, Truth live);
