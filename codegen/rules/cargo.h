// The rules of Cargo's files, live: Cargo.toml, Cargo.lock, .cargo/config.toml.
#pragma once

#include "codegen/rust/module.h"
#include "codegen/rust/toml.h"
#include "codegen/unit.h"

typedef struct CargoUnit {
    Unit *unit;
    Toml toml;
    RustFiles files; // of the folder, for what two files show together
} CargoUnit;

// By the document's name: EC223 EC403 EC415 EC417 EC418 EC419 EC423.
void rules_cargo(Unit *unit, bool is_alone);

void rules_cargo_dependencies(CargoUnit *cargo); // EC418
void rules_cargo_targets(CargoUnit *cargo);      // EC403 EC415
void rules_cargo_flags(CargoUnit *cargo);        // EC223 EC417 EC419 EC423

Place cargo_place(const CargoUnit *cargo, TomlRange at);
// The predicate of [target.'cfg(...)'], as tokens of the key's own bytes; false: a
// triple.
bool cargo_predicate(const CargoUnit *cargo, const TomlKey *key, RustTokens *ret_tokens,
                     const RustCfg **ret_cfg);
// Who takes what stands under a key of `target`: bits of x86_64, aarch64, arm64ec.
enum { CARGO_X64 = 1, CARGO_A64 = 2, CARGO_EC = 4 };
uint32_t cargo_takers(const CargoUnit *cargo, const TomlKey *key);
