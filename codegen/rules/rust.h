// The rules of Rust, live: each reads a RustUnit and reports into its unit. They need no
// compiler but for the text of asm!, which LLVM's assembler judges where there is one.
#pragma once

#include "codegen/lower/assemble.h"
#include "codegen/rust/items.h"
#include "codegen/rust/judge.h"

// All of them but what LLVM says.
void rules_rust(RustUnit *rust, const RustItems *items);
// EC408: whether the text of asm! assembles. The one that needs LLVM.
void rules_rust_assembler(RustUnit *rust, Assembler *assembler);

void rules_rust_gates(RustUnit *rust);                       // EC401 EC402 EC403
void rules_rust_hardware(RustUnit *rust);                    // EC404 EC405 EC406 EC407
void rules_rust_asm(RustUnit *rust, const RustItems *items); // EC129 EC408 EC410
void rules_rust_ffi(RustUnit *rust, const RustItems *items); // EC409 EC411 EC412 EC42x
// The rules of the ABI on what rust_boundary() has put into the unit, in Rust's codes:
// EC413 for EC101, and no edits, which are C's. EC413
void rules_rust_boundary(RustUnit *rust);
void rules_rust_os(RustUnit *rust);    // EC123 EC124 EC125 EC315 EC316
void rules_rust_build(RustUnit *rust); // EC403 EC416 EC417

// An asm! that Arm64EC has, and the bytes [begin, end) of its text in the document.
bool rust_asm_is_live(const RustUnit *rust, const RustAsmUse *use);
Place rust_asm_place(const RustUnit *rust, const RustAsm *block, uint32_t begin,
                     uint32_t end);

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
