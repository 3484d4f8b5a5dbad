// A function of another module is compared with a pointer. On Arm64EC an exported
// function has two addresses: inside its module the address of its AArch64 code,
// and everywhere else that of the short x64 sequence which is exported and jumps
// there. So the module itself, and everybody who got the pointer from it, has
// another address than who imports it, and the comparison is false although both
// mean one function.
//
// Mark the definition __declspec(hybrid_patchable): then all modules see one
// address. Or compare something else: a number, a pointer to data.
//
// A hint where the function is exported from this module and compared here, and
// where the file also gives the address to somebody: it may be its own that comes
// back, which is equal.
//
// Not flagged: null pointers; addresses that are compared as data (void *);
// functions of Windows and of the C library, whose own module does not compare
// them with ours.
//
// Source: llvm#93910 (open).
typedef void (*Callback)(int event);

__declspec(dllimport) void default_callback(int event);

int is_default(Callback callback)
{
    return callback == default_callback; // expect-warning EC121 {{'default_callback'}}
}
