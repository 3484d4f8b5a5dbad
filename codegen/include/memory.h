// arm64ecd: see string.h.
#pragma once
#include <string.h>
