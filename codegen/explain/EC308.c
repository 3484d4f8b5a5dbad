// Assembly of x86 in code that is compiled for Arm64EC, with no condition that
// keeps it out. Arm64EC code is AArch64 code: the assembler does not know the
// instructions, and constraints such as "a" name registers that do not exist.
//
// Guard it, or write it for AArch64:
//
//     pause              yield
//     mfence             dmb sy
//     int3               brk #0xf000
//     ud2                udf #0
//     rdtsc              mrs %0, cntvct_el0
//     lock cmpxchg ...   __atomic_compare_exchange_n, Interlocked*
//
// Not flagged: assembly without instructions, as "" with a memory clobber; nop,
// and what both processors call by the same name.
//
// Source: seen with clang 22.1; SDL#16014.
void relax(void)
{
    __asm__ volatile("pause"); // expect-error EC308 {{'pause'}}
}
