// Assembly uses v16 to v31 in any width (b16, h16, s16, d16, q16, z16), a
// register list that contains one of them, or SVE's p0-p15 and ffr. x64 has
// sixteen vector registers, and its CONTEXT, into which Windows stores an
// Arm64EC thread whenever it interrupts it, has no place for more: what they
// hold is lost at any time.
//
// Use v0-v7, which are volatile, or v8-v15 with all 128 bits saved: an x64
// caller expects them whole, an Arm64EC caller only the low halves.
//
// LLVM's assembler warns of single registers (b, h, s, d and q), at code
// generation only; it says nothing of lists and of z and p registers.
//
// Not flagged: text that is not built for Arm64EC.
//
// Source: Microsoft, "Overview of Arm64EC ABI conventions"; rustc has the same
// list.
void add_rows(float *to, const float *from)
{
    __asm__ volatile("ld1 {v0.4s, v1.4s}, [%1]\n\t"
                     "ld1 {v16.4s, v17.4s}, [%0]\n\t" // expect-error EC502 {{v16}}
                     "fadd v0.4s, v0.4s, v16.4s\n\t"  // expect-error EC502 {{v16}}
                     "str q0, [%0]"
                     :
                     : "r"(to), "r"(from)
                     : "v0", "v1", "memory");
}
