// The C preprocessor's part of a .S file, in the one world that Arm64EC is.
//
// Conditions, macros and include folders are those of codegen/arch, which knows what the
// builder's compiler defines. Files of the system are passed over, as there.
#pragma once

#include "codegen/arch/walk.h"
#include "codegen/assembly/text.h"

typedef struct AsmPreprocessed {
    AsmText text;
    bool has_unseen;   // an #include that was not found, or is the system's
    bool left_out_arm; // a branch that ARM64 takes and Arm64EC does not
    bool is_cut_short; // too many or too deep
} AsmPreprocessed;

enum { ASM_INCLUDE_DEPTH_MAX = 64, ASM_EXPANSION_DEPTH_MAX = 64 };

// Reports includes that are missing and what #error says.
void asm_preprocess(AsmFiles *files, ArchCache *cache, const Flags *flags,
                    const Headers *headers, AsmPreprocessed *ret_text);
