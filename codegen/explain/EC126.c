// On x64 the thread's block (TEB) is found through the segment register GS. Arm64
// has no segments, and Arm64EC keeps the TEB in x18. A pointer into address
// space 256 is accepted without a word and becomes an ordinary access: what is
// read here is address 0x30, which faults. Intrinsics such as __readgsqword do
// not exist in clang's headers for Arm64EC.
//
// Use NtCurrentTeb(), or __readx18qword(0x30) from <intrin.h>; offsets in the
// TEB are those of x64. The edit for an intrinsic puts it into an #if, since x64
// has no __readx18qword.
//
// Not flagged: what a condition hides from Arm64EC; MSVC, whose headers have
// __readgsqword.
//
// Seen with clang 19.1 and 22.1: "mov w8, #48; ldr x0, [x8]".
#define IN_GS __attribute__((address_space(256)))

void *self(void)
{
    return *(void *IN_GS *)0x30; // expect-warning EC126 {{absolute address 0x30}}
}
