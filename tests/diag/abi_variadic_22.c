// builder: clang-22
// expect-nothing
struct twelve {
    int a, b, c;
};

__declspec(dllimport) void trace(const char *format, ...);

void report(struct twelve *twelve, __int128 *huge)
{
    trace("%p", *twelve);
    trace("%p", *huge);
}
