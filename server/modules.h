// Which pipeline modules are installed, and which of them this run uses.
//
// A module is called pipeline-N.so, N being the major version of its LLVM, and lies
// beside the program or in ../lib/arm64ecd. The newest is used unless --llvm or --module
// names another; one program loads each, as long as they are of one build.
#pragma once

#include "server/options.h"

typedef struct InstalledModule {
    Str path; // absolute, links followed
    Str llvm; // "22"
    uint32_t major;
} InstalledModule;

typedef struct InstalledModules {
    const InstalledModule *at; // newest first, one for each LLVM
    size_t n;
} InstalledModules;

InstalledModules modules_find(Arena *arena, Str program);

// "22" of ".../pipeline-22.so"; of another name the LLVM that this program was built for.
Str modules_llvm_of(Str path);

// Settles options->module and options->llvm. Where nothing is installed they say what
// was looked for first.
void modules_choose(Arena *arena, Str program, Options *options);
