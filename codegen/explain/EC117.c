// builder: clang-22
// A scalable vector ('svint32_t' and its like) is a parameter or the result of
// a function that may meet x64 code. Its size is unknown when the thunk is
// built, and LLVM aborts: "Cannot implicitly convert a scalable size to a
// fixed-width size". SVE as a whole is outside of Arm64EC: the x64 CONTEXT,
// into which Windows stores a thread whenever it interrupts it, has no place
// for z and p registers (EC502).
//
// Keep scalable vectors inside one function, or better, use NEON; pass a
// pointer to the data instead of the vector.
//
// Not flagged: local variables, and functions that nothing outside this file
// can call. Without SVE in the target clang itself refuses the type.
//
// Seen with LLVM 19.1 and 22.1.
typedef __SVInt32_t svint32_t;

__attribute__((target("sve")))
svint32_t halved(svint32_t values) // expect-error EC117 {{'halved'}}
{
    return values >> 1;
}
