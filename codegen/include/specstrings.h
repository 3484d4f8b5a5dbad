// arm64ecd: see sal.h.
#pragma once
#include <sal.h>
