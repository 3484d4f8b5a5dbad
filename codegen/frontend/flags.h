// Command lines of cl, clang-cl, clang and gcc -> safe arguments for libclang.
//
// One table, flags.def, says of every flag what becomes of it: passed on, translated,
// dropped, read as a machine or environment choice, refused. A flag that no row knows is
// dropped and reported (EC627), never passed on. A flag that would run or load something,
// or read outside the project's roots, is refused and reported (EC628). The command is
// retargeted to Arm64EC: what it says of machine and CPU goes, a non-Windows command
// keeps defines and project includes and loses its system paths. Nothing is executed.
//
// Needs no LLVM: the server links it too. The only I/O is reading response files, and
// asking whether the build folder has the file of an -include.
#pragma once

#include "codegen/abi/thunk.h"
#include "codegen/job.h"
#include "codegen/toolchain/builder.h"
#include "protocol/base/arena.h"

typedef enum Environment {
    ENVIRONMENT_ANY,  // the command does not say: msvc, unless only other headers exist
    ENVIRONMENT_MSVC, // said by cl, clang-cl or a -windows-msvc triple
    ENVIRONMENT_GNU,  // said by a mingw driver or a -windows-gnu, -w64-mingw32 triple
} Environment;

typedef enum Language {
    LANGUAGE_UNKNOWN,
    LANGUAGE_C,
    LANGUAGE_CPP,
    LANGUAGE_OTHER
} Language;

// What a flag made of the command, for a finding. `text` is the flag as written.
typedef struct FlagNote {
    enum FlagNoteKind {
        FLAG_IGNORED,             // EC627: known, and means nothing here
        FLAG_UNKNOWN,             // EC627: no row of the table fits
        FLAG_BROKEN,              // EC627: every compiler would refuse it, `why` says why
        FLAG_REFUSED,             // EC628, `why` says for what
        FLAG_TRIPLE_NOT_WINDOWS,  // EC601, `fix` is the triple to write, `why` what clang
                                  // does
        FLAG_UNSUPPORTED_CODEGEN, // EC609, `why` says what clang does with it
        FLAG_NO_THUNKS,           // EC223, `why` says what it takes away
        FLAG_ADDRESS_SANITIZER,   // EC323
        FLAG_LIMIT, // EC905: a response file; without text: too many arguments
    } kind;
    Str text, why, fix;
} FlagNote;

typedef struct Flags {
    LIST(Str) compile_args; // for the whole compile alone, behind these
    LIST(Str) args; // for libclang: no program, no input file, no -c, -o, --target
    LIST(FlagNote) notes;
    Builder builder;
    Environment environment;
    Language language;    // by -x, /TC, /TP; UNKNOWN: by the file
    bool is_cl;           // cl-style command (its args are translated to GNU style)
    bool has_arm64ec;     // it names arm64ec by itself
    bool is_windows;      // a Windows command: its system paths are kept
    bool lto;             // -flto (EC206)
    ThunksOff thunks_off; // -mllvm -arm64ec-... (EC223)
    bool no_std_includes; // -nostdinc, /X
    bool shows_warnings;  // a -W or /W flag was given
    Str standard;         // "-std=..." already in args; empty if none
} Flags;

enum {
    FLAGS_ARGS_MAX = 20000,
    FLAGS_RESPONSE_DEPTH_MAX = 8,
    FLAGS_RESPONSE_BYTES_MAX = 8 * 1024 * 1024,
};

// Reads job->argv (program first) with job->directory, job->roots and job->builder.
void flags_parse(Arena *arena, const Job *job, Flags *ret_flags);

// Splits a command string the way the shell (posix) or CommandLineToArgvW (windows) does;
// compile_commands.json's "command". Never fails: an open quote ends at the end.
typedef enum Quoting { QUOTING_POSIX, QUOTING_WINDOWS } Quoting;
StrSpan flags_split(Arena *arena, Str command, Quoting quoting);
// False: a quote is open at the end, and nobody knows where it was meant to end.
bool flags_quotes_close(Arena *scratch, Str command, Quoting quoting);
