// A function is called without a prototype: through 'int (*)()', FARPROC or
// PROC, or by a declaration with empty parentheses. On Arm64EC the types of a
// call select the thunk; here they are guessed from the promoted arguments. A
// float becomes a double, and an x64 function that takes a float reads half of
// it.
//
// Declare the parameters, or cast the pointer to a function type that has them.
//
// Only a hint if all arguments are integers and pointers, which travel alike
// with and without a prototype. Not flagged: calls without arguments, functions
// that this file defines, C++ and C23, where '()' means no parameters, and what
// nobody declares, where that is an error already.
//
// Seen with LLVM 22.1.
typedef long long (*Proc)();

long long zoom(Proc set_zoom, float factor)
{
    return set_zoom(1, factor); // expect-warning EC120 {{without a prototype}}
}
