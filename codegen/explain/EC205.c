// 'hybrid_patchable' makes a function that x64 code can find and patch: the
// linker sees a small x64 entry (an "EXP+" sequence) in front of it. That only
// works for functions that have a symbol others see; on a static function, and
// on data, clang ignores the attribute. Whoever wrote it expects that detours
// work here, and they do not.
//
// Remove the attribute, or give the function external linkage.
//
// clang says this too ('is ignored on functions without external linkage'); it
// is shown once, with this code.
//
// Source: llvm#92965, llvm#99478.
__attribute__((hybrid_patchable)) static int checksum(int n) // expect-warning EC205 {{'checksum'}}
{
    return n * 31;
}

int total(int n)
{
    return checksum(n) + 1;
}
