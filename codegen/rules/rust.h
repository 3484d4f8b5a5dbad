// The rules of Rust, live: each reads a RustUnit and reports into its unit. They need no
// compiler but for the text of asm!, which LLVM's assembler judges where there is one.
#pragma once

#include "codegen/lower/assemble.h"
#include "codegen/rust/judge.h"

// All of them. `assembler` may be NULL; `is_alone`: no other file is opened.
void rules_rust(Unit *unit, Assembler *assembler, bool is_alone);

void rules_rust_gates(RustUnit *rust);    // EC401 EC402 EC403
void rules_rust_hardware(RustUnit *rust); // EC404 EC405 EC406 EC407

// Edits that let arm64ec take a gate beside x86_64 or aarch64, in the form that the
// predicate has: merged into its any(...), never nested twice. With it go the gates that
// hang on it: the fallback that would then be a second one, and items of the same
// predicate that name it.
void rust_fix_gate(RustUnit *rust, Finding *finding, const RustVerdict *verdict,
                   RustSide side, bool is_preferred);
// The other way: arm64ec goes out of this gate, and into that of its group that fits.
void rust_fix_side(RustUnit *rust, Finding *finding, const RustVerdict *verdict);
// #[cfg(target_arch = "x86_64")] in front of the statement around a token.
void rust_fix_guard(RustUnit *rust, Finding *finding, uint32_t token);
