// __builtin_cpu_supports with the name of a feature of Arm becomes a read of
// __aarch64_cpu_features, a variable that compiler-rt fills at start. Runtimes
// for Arm64EC need not have it, Microsoft's has not: the linker says that the
// symbol is undefined.
//
// Ask Windows: IsProcessorFeaturePresent(PF_ARM_...) works for Arm64EC code.
//
// A hint: whether the runtime in use has the variable is not known here.
//
// Seen with clang 22.1: "U __aarch64_cpu_features" in the object.
int has_atomics(void)
{
    return __builtin_cpu_supports("lse"); // expect-hint EC312
}
