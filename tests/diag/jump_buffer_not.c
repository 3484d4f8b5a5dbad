// expect-nothing
// x64's by hand, and structures of one's own.
typedef struct _JUMP_BUFFER {
    unsigned long long Frame, Rbx, Rsp, Rbp, Rsi, Rdi, R12, R13, R14, R15, Rip, Spare;
    double Xmm[20];
} _JUMP_BUFFER;
struct coroutine {
    unsigned long long x19, x20, fp, lr, sp;
};
