#include "codegen/rules/rust.h"

void rules_rust(Unit *unit, Assembler *assembler, bool is_alone)
{
    RustUnit rust;
    (void)assembler;
    rust_unit_read(&rust, unit, is_alone);
    rules_rust_gates(&rust);
    rules_rust_hardware(&rust);
}
