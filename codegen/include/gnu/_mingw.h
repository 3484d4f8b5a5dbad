// arm64ecd: see corecrt.h.
#pragma once
#include <corecrt.h>
