// A jmp_buf as ARM64's headers have it.
typedef struct _JUMP_BUFFER { // expect-warning EC128 {{'_JUMP_BUFFER' is laid out as ARM64's}}
//             ^^^^^^^^^^^^
    unsigned long long Frame, Reserved;
    unsigned long long X19, X20, X21, X22, X23, X24, X25, X26, X27, X28, Fp, Lr, Sp;
    unsigned Fpcr, Fpsr;
    double D[8];
} _JUMP_BUFFER;

typedef long long jmp_buf[32];
_Static_assert(sizeof(jmp_buf) == 192, ""); // expect-error EC128 {{256 bytes}} expect-error clang {{static assertion failed}}
_Static_assert(sizeof(jmp_buf) == 256, "");
