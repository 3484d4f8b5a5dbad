// The header ladder: which C and Windows headers an Arm64EC parse uses on this host.
//
// Nothing may need an SDK. In order: the command's own system paths, the settings' paths,
// xwin, msvc-wine, Wine's headers (Microsoft environment); llvm-mingw, mingw-w64 (GNU
// environment); and last our own small declarations, codegen/include/, installed beside
// the pipeline module. A mingw-w64 that does not know Arm64EC is used only for a command
// that asks for the GNU environment.
#pragma once

#include "codegen/frontend/flags.h"
#include "codegen/job.h"

typedef struct Headers {
    LIST(Str) args;          // -isystem DIR ..., in search order
    Environment environment; // settled: never ENVIRONMENT_ANY
    Str name;                // "xwin", "wine", "built-in declarations", ...
    bool builtin;            // our own declarations serve: EC626 when they lack something
} Headers;

// `own_include` is the folder of our declarations. Looks at the file system; opens
// nothing but a mingw-w64's _mingw_mac.h, which says whether it knows Arm64EC.
void headers_find(Arena *arena, const Job *job, const Flags *flags, Str own_include,
                  Headers *ret_headers);
