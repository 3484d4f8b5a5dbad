#pragma comment(linker, "/alternatename:hook=hook_default")
void hook(void);
void hook_default(void) {}

typedef void (*Callback)(int);
__declspec(dllimport) void default_callback(int);
int is_default(Callback callback) { return callback == default_callback; }
int is_hooked(Callback callback) { return *(unsigned char *)callback == 0xE9; }

static unsigned char bytes[] = {0xB8, 0, 0, 0, 0, 0xC3};
int run(void) { return ((int (*)(void))bytes)(); }

unsigned checksum(unsigned x);
__asm__("checksum: ret");
unsigned sum(unsigned x) { return checksum(x); }
int compute(int x) { return x; }
int compute_v1(int x) __attribute__((alias("compute")));
int twice(int x) { return compute_v1(x); }

void call(Callback callback) { __asm__("blr %0" : : "r"(callback)); }
void guard(void) { __asm__("adrp x0, __guard_check_icall_fptr" : : : "x0"); }
int has_atomics(void) { return __builtin_cpu_supports("lse"); }
__attribute__((target("avx2"))) int wide(int x) { return x; }
__declspec(hybrid_patchable) int patchable(int x) { return x; }
