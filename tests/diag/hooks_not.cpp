// expect-nothing
// Function pointers and bytes that nobody takes apart.
#include <string.h>
#include <windows.h>

typedef int (*Function)(int);
extern "C" __declspec(dllimport) int exported(int);

static const unsigned char table[] = {0xE9, 0x48, 0x89, 0xC3};
bool same_bytes(const unsigned char *bytes) { return memcmp(bytes, table, sizeof table) == 0; }
unsigned first(const void *data) { return *reinterpret_cast<const unsigned char *>(data); }
bool is_set(Function function) { return function != nullptr; }
void *as_key(Function function) { return reinterpret_cast<void *>(function); }
bool is_key(void *key) { return key == reinterpret_cast<void *>(exported); }
bool is_procedure(WNDPROC procedure) { return procedure == DefWindowProcW; }
FARPROC find(HMODULE module) { return GetProcAddress(module, "exported"); }
static int local(int x) { return x; }
bool is_local(Function function) { return function == local; }
bool is_inside(const void *pc, Function f)
{
    auto *at = static_cast<const unsigned char *>(pc);
    return at >= (const unsigned char *)f && at < reinterpret_cast<const unsigned char *>(f) + 0x20;
}
