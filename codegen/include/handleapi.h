// arm64ecd: see winbase.h.
#pragma once
#include <winbase.h>
