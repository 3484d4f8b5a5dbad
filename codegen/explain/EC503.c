// Assembly writes to x18 or w18. On Windows x18 holds the address of the
// thread's environment block (TEB) all the time; the operating system and the
// emulator read it behind the program's back, and nothing puts the right value
// back.
//
// Use another register. Saving x18 before and restoring it after does not help:
// an interruption in between is enough.
//
// Neither LLVM's assembler nor clang says anything. Code that comes from
// another system, where x18 is an ordinary register, often has it.
//
// Not flagged: reading, as in ldr x0, [x18, #0x60].
//
// Source: Microsoft, "Overview of Arm64EC ABI conventions".
void *swapped(void *value)
{
    void *old;
    __asm__("mov x9, x18\n\t"
            "mov x18, %1\n\t" // expect-error EC503 {{x18}}
            "mov %0, x9"
            : "=r"(old)
            : "r"(value)
            : "x9");
    return old;
}
