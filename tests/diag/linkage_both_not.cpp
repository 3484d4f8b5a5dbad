// expect-nothing
// As Microsoft's STL does it.
extern "C" void hook();
extern "C" void hook_default() {}
#ifdef _M_ARM64EC
#pragma comment(linker, "/alternatename:#hook=#hook_default")
#endif
#pragma comment(linker, "/alternatename:hook=hook_default")
void run() { hook(); }
