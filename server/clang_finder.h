// Where the clang of the module's LLVM is: the one compiler that the server may start.
//
// A project never chooses it. Looked for by name and version: what the user's environment
// says (ARM64ECD_CLANG), beside the LLVM that the module was built with, in the folders
// of PATH. Relative names and folders are left out, because they mean another program in
// each project.
#pragma once

#include "protocol/base/arena.h"

typedef struct ClangQuery {
    Str named;       // by the user; an absolute path, or empty
    Str llvm;        // "22"
    Str llvm_folder; // of the programs of the module's LLVM; may be empty
    Str path;        // folders, in the fashion of PATH
} ClangQuery;

// True: ret_program is absolute, and a program. Else ret_why says in one sentence what is
// missing and what to do; a program that the user names wrongly is not replaced.
bool finder_clang(Arena *arena, const ClangQuery *query, Str *ret_program, Str *ret_why);

// The same with this process's environment, and the folder of that LLVM, which lies like
// the one that this program was built with. `own_llvm` is the module's: the user names
// that one's clang alone.
bool finder_clang_here(Arena *arena, Str llvm, Str own_llvm, Str *ret_program,
                       Str *ret_why);

// Another program of the user's, by the same rules: what the environment names by its
// absolute path, else what lies in the PATH.
bool finder_program(Arena *arena, const char *variable, Str name, Str *ret_program,
                    Str *ret_why);
