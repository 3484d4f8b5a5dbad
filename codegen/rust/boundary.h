// The functions of a file that meet x64 code, put into the unit as a frontend for C
// would: then thunks, boundary tables and the rules of the ABI go on from there.
#pragma once

#include "codegen/rust/types.h"

void rust_boundary(const RustUnit *rust, const RustItems *items);
