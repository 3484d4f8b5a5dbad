// A pragma tells the linker to take one function for another. On Arm64EC callers
// refer to the decorated name, "#hook", and the directive only speaks of "hook":
// it is accepted, and the call stays unresolved.
//
// Write the directive for both names. The edit adds the second one for Arm64EC.
// Names of C++ get their mark inside: ?f@@YAXXZ becomes ?f@@$$hYAXXZ.
//
// Not flagged: names of data, which are never decorated, and names that nobody
// here knows as functions; /include and /export, which linkers handle.
//
// Source: linked with lld 22; Microsoft's STL writes both forms;
// qgroundcontrol#10545.
void hook(void);
void hook_default(void)
{
}
#pragma comment(linker, "/alternatename:hook=hook_default") // expect-warning EC318 {{'#hook'}}

void run(void)
{
    hook();
}
