// arm64ecd: <winnt.h> of a host without Microsoft's; Microsoft's brings the intrinsics along.
#include_next <winnt.h>
#include <arm64ecd_softintrin.h>
