// Assembly uses x13, x14, x23, x24 or x28 (or their w halves). Arm64EC threads
// are x64 threads to Windows: whenever one is interrupted (an exception, an
// APC, a debugger, GetThreadContext), its registers are stored in the x64
// CONTEXT, which has no place for these five. They are lost at any time, not
// only across calls; tests pass and customers crash.
//
// Use x0-x12, x15-x17 (volatile) or x19-x22, x25-x27 (to be saved) instead.
//
// LLVM's assembler only warns, at code generation, so editors do not show it;
// MSVC's and rustc refuse these registers. The finding here is an error, at the
// register, also through macros. A clobber list that names a register which the
// text does not use is a warning: something below the statement may use it.
//
// Not flagged: comments in the assembly, and text that is not built for
// Arm64EC.
//
// Source: Microsoft, "Overview of Arm64EC ABI conventions", register mapping.
unsigned long long mixed(unsigned long long value)
{
    __asm__("mov x13, #31\n\t"   // expect-error EC501 {{x13}}
            "mul %0, %0, x13"    // expect-error EC501 {{x13}}
            : "+r"(value)
            :
            : "x13");
    return value;
}
