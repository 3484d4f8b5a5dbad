// flags: clang-cl --target=arm64ec-pc-windows-msvc
// Directives for the linker, at the head of the file and behind it.
#pragma comment(linker, "/alternatename:before=before_default") // expect-warning EC318 {{which use '#before'}}
//                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#pragma comment(lib, "kernel32")
extern "C" void before();
extern "C" void before_default() {}
extern "C" int data, data_default;
void f();
void f_default() {}
#pragma comment(linker, "/alternatename:?f@@YAXXZ=?f_default@@YAXXZ") // expect-warning EC318 {{'?f@@$$hYAXXZ'}}
#pragma comment(linker, "/merge:a=b " "-alternatename:before=before_default") // expect-warning EC318
#pragma comment(linker, "/alternatename:data=data_default")
#pragma comment(linker, "/alternatename:__imp_before=data")
#pragma comment(linker, "/include:before")
#pragma comment(linker, "/alternatename:?v@@3HA=?w@@3HA")
#if defined(_M_IX86)
#pragma comment(linker, "/alternatename:_before=_before_default")
#endif

struct Dial {
    virtual void set(double value);
    virtual void step(int by);
    void plain(float value);
};
auto set = &Dial::set; // expect-hint EC216 {{'set'}}
auto step = &Dial::step;
auto plain = &Dial::plain;
void turn(Dial *dial) { dial->set(1.0); }
