// The nine worlds in which a condition is judged: three compilers by three targets.
//
// A condition is never true or false by itself. `_M_X64` is defined for Arm64EC and
// `_M_ARM64` is not; `__arm64ec__` is by clang and not by cl; what mingw-w64 defines
// depends on whether a header of its own was read. Every fault this folder finds is a
// difference between worlds (target-arch.md 2).
#pragma once

#include "codegen/toolchain/builder.h"
#include "protocol/base/base.h"

// Bit `flavour * 3 + target` of a Worlds.
typedef enum ArchFlavour {
    FLAVOUR_CL,
    FLAVOUR_CLANG,
    FLAVOUR_MINGW,
    FLAVOUR_COUNT
} ArchFlavour;
typedef enum ArchTarget { TARGET_X64, TARGET_A64, TARGET_EC, TARGET_COUNT } ArchTarget;

enum { WORLD_COUNT = 9 };
typedef uint16_t Worlds; // a set of them

#define WORLD(flavour, target) ((Worlds)(1u << ((flavour)*3 + (target))))
#define WORLDS_ALL             ((Worlds)0x1FF)
#define WORLDS_X64             ((Worlds)0x049)
#define WORLDS_A64             ((Worlds)0x092)
#define WORLDS_EC              ((Worlds)0x124)
#define WORLDS_FLAVOUR(f)      ((Worlds)(7u << ((f)*3)))

// A macro that a compiler defines by itself, with one value in each of these worlds. A
// name may have several, with worlds that do not meet.
typedef struct WorldMacro {
    Str name, value;
    Worlds worlds;
    // Defined only once a header of mingw-w64 was read (_mingw_mac.h).
    bool is_late;
    bool is_cpp, is_c; // of one language alone; neither: of both
} WorldMacro;

// Sorted by name; worlds.def, which worlds.py makes from the clang at hand.
const WorldMacro *world_macros(size_t *ret_n);

// What tells processors apart: _M_X64, __aarch64__, __arm64ec__, __SSE2__, __ARM_NEON.
bool world_is_target_name(Str name);
bool world_is_arm64ec_name(Str name); // _M_ARM64EC, __arm64ec__, _ARM64EC_

ArchFlavour world_flavour(Builder builder, bool is_gnu_environment);
Str world_flavour_name(ArchFlavour flavour); // "MSVC", "clang", "mingw"
