// The file speaks of MXCSR and moves to or from FPCR by itself. The x64 side of
// an Arm64EC process has an MXCSR of its own: the emulator keeps it, and maps it
// when code changes sides. A hand-made translation of FPCR shows neither its
// exception masks nor its flags, and what it writes x64 code may not see.
//
// Use _controlfp(), which both sides agree on.
//
// Not flagged: reads and writes of FPCR in files that do not name MXCSR.
//
// Source: Microsoft's "Overview of Arm64EC ABI conventions".
unsigned get_mxcsr(void)
{
    unsigned long long fpcr;
    __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr)); // expect-info EC129
    unsigned MXCSR = (unsigned)fpcr;
    return MXCSR;
}
