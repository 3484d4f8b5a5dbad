// An entry thunk without a signature of its own, as an adjustor has it, leaves the
// arguments where x64 code has put them. Nobody knows whether what it calls next is
// x64 or Arm64EC code, and a plain branch would take x64's registers for Arm64EC's.
//
// Put the target into x9 and branch to what __os_arm64x_x64_jump points to: it
// keeps all argument registers.
//
// Source: "Understanding Arm64EC ABI and assembly code" of Microsoft, about
// ARM64EC_CUSTOM_ENTRY_THUNK.
    .section .text,"xr",discard,"#adjust"
    .globl "#adjust"
    .p2align 2
"#adjust":
    add x0, x0, #8
    b "#method"
    .section .wowthk$aa,"xr",discard,adjust_entry
    .globl adjust_entry
    .p2align 2
adjust_entry:
    add x0, x0, #8
    b method // expect-warning EC211 {{'adjust_entry'}}
    .section .hybmp$x,"yi"
    .symidx "#adjust"
    .symidx adjust_entry
    .word 1
