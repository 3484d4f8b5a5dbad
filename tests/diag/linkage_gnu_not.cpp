// flags: x86_64-w64-mingw32-clang++ --target=arm64ec-w64-windows-gnu -Wno-unknown-pragmas
// expect-nothing
// GNU's linker directives and member pointers are others.
struct Dial {
    virtual void set(double value);
};
auto set = &Dial::set;
extern "C" void hook();
extern "C" void hook_default() {}
#pragma comment(linker, "/alternatename:hook=hook_default")
void run() { hook(); }
