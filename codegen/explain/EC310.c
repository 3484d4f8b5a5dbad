// Arm64EC code asks cpuid, or one of its kin (__cpuid, __get_cpuid, _xgetbv,
// __builtin_cpu_supports), what the processor can do. An Arm processor has no
// such instruction. Where the call is emulated it describes an x64 processor
// that this code does not run on; where it is not, the link fails.
//
// Ask Windows:
//
//     IsProcessorFeaturePresent(PF_ARM_V8_CRC32_INSTRUCTIONS_AVAILABLE)
//     IsProcessorFeaturePresent(PF_ARM_V81_ATOMIC_INSTRUCTIONS_AVAILABLE)
//
// NEON is always there. Guard the x64 part:
//
//     #if defined(_M_X64) && !defined(_M_ARM64EC) && !defined(__arm64ec__)
//
// Not flagged: detection that Arm64EC does not take. Where a condition lets it
// in, that is told, EC301.
//
// Source: clang 22's intrin.h; onnxruntime#19574, #19592 and #25831.
#include <intrin.h>

int has_popcnt(void)
{
    int regs[4];
    __cpuid(regs, 1); // expect-warning EC310 {{'__cpuid'}}
    return regs[2] >> 23 & 1;
}
