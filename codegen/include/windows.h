// arm64ecd: the part of the Win32 API that the rules care about, in our own words. What is
// missing here is in a real SDK: see the header ladder in codegen/toolchain/README.md.
#pragma once
#include <excpt.h>
#include <stdarg.h>
#include <windef.h>
#include <winerror.h>
#include <winnt.h>
#include <winbase.h>
#include <winuser.h>
#include <winreg.h>
#ifndef WIN32_LEAN_AND_MEAN
#include <ole2.h>
#endif
