// builder: clang-19
// expect-nothing
// EC105: sizes of 1, 2, 4 and 8 bytes are in one register by all rules.
struct one {
    char byte;
};
struct four {
    short x, y;
};
struct eight {
    int x, y;
};
__declspec(dllimport) void trace(const char *format, ...);
void report(struct one *one, struct four *four, struct eight *eight)
{
    trace("%d", *one);
    trace("%d", *four, *eight);
    trace("%p", eight);
}
