// arm64ecd: va_list is clang's own.
#pragma once
#include <corecrt.h>
#include <stdarg.h>
