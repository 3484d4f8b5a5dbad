// builder: clang-23
// expect-nothing
// llvm#208453 and llvm#209581 are in.
__declspec(dllimport) void trace(const char *format, ...);
__declspec(dllimport) void plot(double scale, ...);

void report(int a)
{
    trace("%d %d %d %d", a, a, a, a);
    plot(1.0, a);
}
