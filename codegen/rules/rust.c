#include "codegen/rules/rust.h"

void rules_rust(RustUnit *rust, const RustItems *items)
{
    rules_rust_gates(rust);
    rules_rust_hardware(rust);
    rules_rust_asm(rust, items);
    rules_rust_ffi(rust, items);
    rules_rust_os(rust);
    rules_rust_build(rust);
}
