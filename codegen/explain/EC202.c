// A function is defined in file-scope assembly and called in the same file. For
// each function that a file calls, LLVM puts two symbols into the object, the
// plain name and the decorated one, as weak aliases of each other; they replace a
// label of either spelling, without a word. The linker then says "undefined
// symbol: checksum (EC symbol)", although the code is there.
//
// Move the assembly into a file of its own and define the decorated name there
// ("#checksum", with an entry thunk if x64 code calls it); or take a pointer to
// the function in another file and call it through that.
//
// A warning where only the address of the function is taken: the label is lost
// then, too.
//
// Not flagged: labels that nothing in this file refers to as functions; a
// reference to the label as data (extern char checksum[]), which works.
//
// Seen with LLVM 19.1 and 22.1: "w checksum" in the object, and no "T checksum".
unsigned checksum(const void *at, unsigned long long bytes);

__asm__(".globl checksum\n"
        "checksum:\n" // expect-error EC202 {{'checksum'}}
        "  mov w0, w1\n"
        "  ret\n");

unsigned sum(const void *at)
{
    return checksum(at, 16);
}
