// A pointer to a virtual member function with floating-point parameters. In
// Microsoft's C++ ABI it points to a small function that looks the member up in
// the vtable; its thunk for callers in x64 code is that of a variadic function,
// which passes integers and pointers only. What x64 code passes in xmm0 to xmm3
// does not arrive.
//
// Give x64 code a pointer to an ordinary function that makes the call.
//
// A hint: where only Arm64EC code calls through the pointer, nothing is lost.
//
// Not flagged: members that are not virtual, or have no such parameters; the GNU
// environment, where such a pointer is an offset in the vtable.
//
// Seen with clang 22.1: "$ientry_thunk$cdecl$v$varargs" of ??_9Dial@@...; what
// follows from it at run time was not tried.
struct Dial {
    virtual void set(double value);
    virtual void step(int by);
};

using Setter = void (Dial::*)(double);

Setter setter()
{
    return &Dial::set; // expect-hint EC216 {{'set'}}
}
