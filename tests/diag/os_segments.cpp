// The TEB by x86's segments.
#include <intrin.h>

#define SEGMENT(n) __attribute__((address_space(n)))

unsigned long long by_intrinsic() { return __readgsqword(0x30); } // expect-error EC126 {{use '__readx18qword'}}
//                                         ^^^^^^^^^^^^^
unsigned long by_fs() { return __readfsdword(0x18); } // expect-error EC126 {{no FS segment}}
void *by_cast() { return *(void *SEGMENT(256) *)0x30; } // expect-warning EC126 {{absolute address 0x30}}
int by_pointer(unsigned long long base) { return *reinterpret_cast<int SEGMENT(257) *>(base); } // expect-warning EC126 {{FS segment}}
int elsewhere(unsigned long long base) { return *(int SEGMENT(3) *)base; }
unsigned long long right() { return __readx18qword(0x30); }
#if defined(_M_X64) && !defined(_M_ARM64EC)
unsigned long long x64() { return __readgsqword(0x30); }
#endif
