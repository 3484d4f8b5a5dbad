// arm64ecd: what unknwn.h declares.
#pragma once
#include <unknwn.h>
