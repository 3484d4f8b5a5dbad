// Code for Arm64EC uses a symbol of the control flow guard that belongs to x64
// and ARM64 code. The check behind __guard_check_icall_fptr only asks whether an
// address is a valid target; it does not find out that the target is x64 code,
// and gives no exit thunk. An Arm64EC image has its own pointer for both:
// __os_arm64x_check_icall_cfg, with the target in x11 and the thunk in x10.
//
// Flagged in assembly, and in C where such a variable is used. Not flagged: the
// load configuration itself (_load_config_used), which lists it.
//
// Source: Microsoft's "Understanding Arm64EC ABI and assembly code".
const void *guard(void)
{
    const void *check;
    __asm__("adrp %0, __guard_check_icall_fptr\n" // expect-warning EC215 {{__os_arm64x_check_icall_cfg}}
            "ldr %0, [%0, :lo12:__guard_check_icall_fptr]" // expect-warning EC215
            : "=r"(check));
    return check;
}
