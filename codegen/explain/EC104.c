// A variadic function that x64 code may call returns a struct through a hidden
// pointer. LLVM's entry thunk counts the registers as if the pointer were not
// there: the address of the stack arguments arrives in x3 instead of x4, and
// the function stores to a small negative address. The x64 caller crashes; with
// results of 3, 5, 6 or 7 bytes it reads a buffer that nobody wrote.
//
// Return the value through a pointer parameter, or take a va_list instead of
// '...'.
//
// Not flagged: results of 1, 2, 4 and 8 bytes, declarations, static functions
// whose address nobody takes, MSVC.
//
// Executed with LLVM 22.1: every result of more than 8 bytes, also structs of
// floats. No upstream issue was found.
struct range {
    long long low, middle, high;
};

struct range bounds(int count, ...) // expect-warning EC104 {{'bounds'}}
{
    struct range all = {0, count, count};
    return all;
}
