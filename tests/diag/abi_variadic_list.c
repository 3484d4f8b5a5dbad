// EC103 points to the function that takes a va_list instead, where it has a name.
#include <stdarg.h>

__declspec(dllimport) void trace(const char *format, ...);
__declspec(dllimport) void vtrace(const char *format, va_list list); // expect-note {{'vtrace' takes a va_list}}

__declspec(dllimport) void host_log(int level, const char *format, ...);
void host_vlog(int level, const char *format, va_list list); // expect-note {{'host_vlog' takes a va_list}}

__declspec(dllimport) void TellUser(int level, const char *format, ...);
void TellUserV(int level, const char *format, va_list list); // expect-note {{'TellUserV'}}

// Of another name, with other parameters, with no list: no remedy.
__declspec(dllimport) void say(const char *format, ...);
void vsay(const char *format, void *list);
void v_say(int level, const char *format, va_list list);
void vsays(const char *format, va_list list);
void say_v(const char *format, va_list list, ...);

void use(int a)
{
    trace("%d %d %d %d", a, a, a, a);       // expect-warning EC103
    host_log(1, "%d %d %d", a, a, a);       // expect-warning EC103
    TellUser(1, "%d %d %d", a, a, a);       // expect-warning EC103
    say("%d %d %d %d", a, a, a, a);         // expect-warning EC103
    trace("%d %d %d", a, a, a);
}
