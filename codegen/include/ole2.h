// arm64ecd: of COM the part that windows.h brings along; no OLE.
#pragma once
#include <objbase.h>
