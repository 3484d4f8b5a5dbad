// An exit thunk enters the emulator through __os_arm64x_dispatch_call_no_redirect.
// x64 code returns to the instruction behind that call, and the emulator looks at
// the four bytes before it: only 'blr x16' (0xD63F0200) tells it that Arm64EC code
// goes on there.
//
// Load the pointer into x16 and call with blr x16.
//
// Source: "Overview of Arm64EC ABI conventions" of Microsoft; FEX, Module.S.
    .section .wowthk$aa,"xr",discard,$iexit_thunk$cdecl$v$v
    .globl $iexit_thunk$cdecl$v$v
    .p2align 2
$iexit_thunk$cdecl$v$v:
    .seh_proc $iexit_thunk$cdecl$v$v
    sub sp, sp, #48
    .seh_stackalloc 48
    stp x29, x30, [sp, #32]
    .seh_save_fplr 32
    add x29, sp, #32
    .seh_add_fp 32
    .seh_endprologue
    adrp x8, __os_arm64x_dispatch_call_no_redirect
    ldr x8, [x8, :lo12:__os_arm64x_dispatch_call_no_redirect]
    blr x8 // expect-error EC212 {{blr x8}}
    .seh_startepilogue
    ldp x29, x30, [sp, #32]
    .seh_save_fplr 32
    add sp, sp, #48
    .seh_stackalloc 48
    .seh_endepilogue
    ret
    .seh_endproc
