#include <cpuid.h> // expect-error EC305 {{<cpuid.h> cannot be compiled for Arm64EC by clang}}
//       ^^^^^^^^^
