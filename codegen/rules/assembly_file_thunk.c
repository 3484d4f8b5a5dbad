#include "codegen/rules/assembly_file_fix.h"

void assembly_fix_thunk(const AssemblyFile *file, const AsmFunction *function,
                        Finding *finding)
{
    (void)file;
    (void)function;
    (void)finding;
}
