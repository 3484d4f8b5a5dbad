// arm64ecd: <intrin.h> of a host without Microsoft's, and what cl has behind it on Arm64EC.
#include_next <intrin.h>
#include <arm64ecd_softintrin.h>
