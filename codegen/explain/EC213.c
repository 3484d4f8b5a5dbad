// Assembly calls through a register. Any address in an Arm64EC process may be x64
// code: of a callback, of another DLL, of GetProcAddress. Compiled code asks
// before each indirect call: __os_arm64x_check_icall looks at the target in x11
// and puts the exit thunk from x10 in its place where x64 code is meant. A bare
// blr jumps into x64 bytes and executes them as AArch64 instructions.
//
//   adrp x8, __os_arm64x_check_icall
//   ldr  x8, [x8, :lo12:__os_arm64x_check_icall]
//   adrp x10, $iexit_thunk$cdecl$v$v        ; of the callee's signature
//   add  x10, x10, :lo12:$iexit_thunk$cdecl$v$v
//   blr  x8                                 ; target in x11
//   blr  x11
//
// Better, make the call in C, where the compiler does all of that.
//
// Not flagged: blr x16, by which the emulator is entered; files whose assembly
// names __os_arm64x_ symbols.
//
// Source: Microsoft's "Understanding Arm64EC ABI and assembly code"; the psm
// crate's assembly for Arm64EC.
void call(void (*function)(void))
{
    __asm__ volatile("blr %0" // expect-warning EC213 {{'%0'}}
                     :
                     : "r"(function)
                     : "x30", "memory");
}
