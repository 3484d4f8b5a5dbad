// builder: clang-19
// EC105, EC106: clang before 22 passes them by the rules of Arm64.
struct three {
    char bytes[3];
};
struct eight {
    int a, b;
};
struct twelve {
    int a, b, c;
};
struct guid {
    unsigned data[4];
};

__declspec(dllimport) void trace(const char *format, ...);
static void own(const char *format, ...) { (void)format; }

void report(struct twelve *twelve, struct guid *guid, struct eight *eight, __int128 *huge)
{
    struct three three = {{0}};
    trace("%p", *twelve); // expect-warning EC105 {{'struct twelve' (12 bytes)}}
    trace("%p", *guid);   // expect-warning EC105 {{'struct guid' (16 bytes)}}
    trace("%p", three);   // expect-warning EC105 {{(3 bytes)}}
    trace("%p", *huge);   // expect-warning EC106
    trace("%p", *eight);
    trace("%p %p", twelve, guid);
    own("%p", *twelve);
}
