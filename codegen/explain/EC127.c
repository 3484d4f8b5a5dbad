// An asm statement lists x18 as an output or as clobbered. On Windows x18 holds
// the address of the thread's environment block (TEB) all the time; the
// operating system and the emulator read it behind the program's back. After it
// was changed, the next exception, call of the loader or thread-local access
// works on a wild pointer.
//
// The compiler does not save or restore x18, so naming it as clobbered does not
// make it free to use: take another register. Reading the TEB through x18 is
// fine:
//
//     __asm__("ldr %0, [x18, #0x30]" : "=r"(teb));
//
// A variable of file scope that is bound to x18 may be read, too; clang makes an
// assignment to it a write of the register.
//
// Writes to x18 in the text of the statement are EC503, local
// variables bound to it EC517.
//
// Source: Microsoft, "Overview of Arm64EC ABI conventions".
void count_down(unsigned long long n)
{
    __asm__ volatile("1: subs %0, %0, #1\n\t"
                     "b.ne 1b"
                     : "+r"(n)
                     :
                     : "x18", "cc"); // expect-error EC127 {{clobber}}
}

register void *teb __asm__("x18");

void forget(void)
{
    teb = 0; // expect-error EC127 {{'teb'}}
}
