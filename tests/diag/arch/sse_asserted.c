// builder: clang-22
// Every x64 processor has SSE2, and so an assertion says it.
#ifdef __SSE2__
enum { has_sse2 = 1 };
#else
enum { has_sse2 = 0 };
#endif

#if defined(_M_X64) // expect-error EC320 {{Arm64EC defines '_M_X64', but has no SSE2, and so fails this assertion; 1 error follows}}
_Static_assert(has_sse2, "x64 has SSE2");
_Static_assert(sizeof(void *) == 8, "of all three");
#endif
_Static_assert(sizeof(int) == 4, "has_sse2");
