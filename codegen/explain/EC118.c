// The file includes <arm_sve.h>. An Arm64EC process keeps its state in the x64
// CONTEXT, which has no room for the registers z0-z31 and p0-p15: when the
// thread is interrupted, or runs x64 code in between, their contents are lost.
// Windows does not support SVE for Arm64EC, whatever the processor can do.
//
// Leave the SVE code out when __arm64ec__ or _M_ARM64EC is defined, and use NEON
// (<arm_neon.h>) there.
//
// Not flagged: an #include that the preprocessor skips. For SVE registers in
// assembly see EC502, for SVE types in signatures EC117.
//
// Source: the list of registers in rustc's Arm64EC target; stdarch leaves SVE
// out for Arm64EC.
#include <arm_sve.h> // expect-warning EC118 {{SVE state}}
