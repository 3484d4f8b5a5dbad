// SIGTRAP in AArch64Arm64ECCallLowering: the result of a called declaration.
struct Half3 { _Float16 x, y, z; };
struct Half3 get(void);
float first(void) { return (float)get().x; } // expect-error EC102
