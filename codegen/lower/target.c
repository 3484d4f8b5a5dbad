#include "codegen/lower/target.h"

#include <llvm-c/Core.h>

#include <stddef.h>

LLVMTargetRef target_open(const char *triple)
{
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmParser();
    LLVMInitializeAArch64AsmPrinter();
    char *why = NULL;
    LLVMTargetRef target;
    if (!LLVMGetTargetFromTriple(triple, &target, &why))
        return target;
    LLVMDisposeMessage(why);
    return NULL;
}
