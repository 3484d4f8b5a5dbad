// The two passes over the text by which model.c fills its model.
#pragma once

#include "codegen/assembly/model.h"

void asm_model_scan(AsmModel *model);   // all but functions and registers
void asm_model_frames(AsmModel *model); // AsmFunction.has_unwind, by directives
