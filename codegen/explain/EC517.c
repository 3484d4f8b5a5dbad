// A variable is bound to a register by 'register T v __asm__("x28")', and
// Arm64EC disallows the register (x13, x14, x23, x24, x28, v16-v31). clang does
// not check this: the register is used, and its value is lost whenever Windows
// interrupts the thread (EC501, EC502). Only where the text of an asm statement
// prints the operand LLVM's assembler warns, and only at code generation.
//
// For x18 it is worse. A variable bound to x18 that is initialised, or is an
// output of an asm statement, makes clang emit 'mov x18, x0': the pointer to
// the thread's environment block is gone. That is an error.
//
// Bind the variable to an allowed register, or write "r" and let the compiler
// choose.
//
// Not flagged: a variable bound to x18 that is only an input, which reads the
// TEB.
//
// Seen with LLVM 19.1 and 22.1.
long request(long number, long argument)
{
    register long code __asm__("x28") = number; // expect-warning EC517 {{x28}}
    register long result __asm__("x0") = argument;
    __asm__ volatile("svc #0" : "+r"(result) : "r"(code) : "memory");
    return result;
}
