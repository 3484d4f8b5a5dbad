// What the files of flags share: the words of a command line before any meaning is given
// to them, and the program that they are for. Nobody else includes this.
#pragma once

#include "codegen/frontend/flags.h"

typedef enum FlagStyle {
    STYLE_GNU,  // clang and gcc
    STYLE_CL,   // cl and clang-cl: '/' or '-' in front
    STYLE_BOTH, // spelt with '-' and known to both
    STYLE_CC1,  // behind -Xclang
    STYLE_LLVM, // behind -mllvm
} FlagStyle;

typedef enum FlagArity {
    ARITY_ALONE,
    ARITY_JOINED,
    ARITY_SEPARATE,
    ARITY_EITHER,
} FlagArity;

typedef enum FlagAction { // flags.def says what they mean
    ACTION_PASS,
    ACTION_TO,
    ACTION_PATH,
    ACTION_SYSTEM,
    ACTION_SYSROOT,
    ACTION_INCLUDE,
    ACTION_DEFINE,
    ACTION_WARN,
    ACTION_WARN_ALL,   // clang-cl's /Wall is everything, cl's users mean much
    ACTION_WARN_ERROR, // not for cl: what clang warns of is not what cl warns of
    ACTION_COMPILE,    // what is dropped from the live stage's arguments
    ACTION_DROP,
    ACTION_IGNORE,
    ACTION_NEWER, // passed on from that major version of LLVM on, else ignored
    ACTION_REFUSE,
    ACTION_LINKER, // a bare word is harmless, a path is refused
    ACTION_CODEGEN,
    ACTION_NO_THUNKS,
    ACTION_NO_DIRECT_EXITS,
    ACTION_ONE_OF,
    ACTION_NUMBER,
    ACTION_SANITIZE,
    ACTION_LIMIT,
    ACTION_LANGUAGE,
    ACTION_LANGUAGE_AS,
    ACTION_STANDARD,
    ACTION_STANDARD_AS,
    ACTION_C_ONLY, // clang gives up on it in C++
    ACTION_OPTIMIZE,
    ACTION_MSC_VERSION,
    ACTION_EXCEPTIONS,
    ACTION_EXCEPTIONS_AS,
    ACTION_RUNTIME,
    ACTION_NO_STD_INCLUDES,
    ACTION_TARGET,
    ACTION_ARM64EC,
    ACTION_MLLVM,
    ACTION_LTO,
    ACTION_NO_LTO,
} FlagAction;

typedef struct FlagRow {
    Str pattern;
    FlagStyle style;
    FlagArity arity;
    FlagAction action;
    Str text;
} FlagRow;

// The row that fits best; NULL if none does.
const FlagRow *flags_row(FlagStyle style, Str word);

// One word, with response files opened and -Xclang, -Wp, and /clang: taken off.
typedef struct FlagWord {
    Str text;
    Str written; // for findings: "-Xclang -load" where text is "-load"
    FlagStyle style;
} FlagWord;

typedef struct FlagWords {
    LIST(FlagWord) list;
    Arena *arena;
    const Job *job;
    Flags *flags;        // findings go here
    uint32_t n_bytes;    // read from response files
    bool ended, is_full; // behind "--" or "/link"; over FLAGS_ARGS_MAX
} FlagWords;

void flags_note(Arena *arena, Flags *flags, FlagNote note);

// The words of `argv` (without program) behind those already in `words`.
void flags_collect(FlagWords *words, StrSpan argv, uint32_t depth);

// The text of a response file as UTF-8. Only a regular file inside the job's roots is
// opened; otherwise, and when it is too large, a note about `written` is made.
bool flags_read_response(FlagWords *words, Str name, Str written, Str *ret_text);

// What the name of the program says.
typedef struct Driver {
    size_t n_words; // of argv: wrappers and the program
    bool is_known;  // else the arguments decide whether it is cl-like
    bool is_cl;
    Builder builder;
    Str triple; // in front of the name: "x86_64-w64-mingw32" of "...-gcc-12"
} Driver;
Driver driver_read(Arena *arena, StrSpan argv);

// What a triple says, whichever way it is spelt.
typedef struct Triple {
    bool is_arm64ec, is_windows, is_gnu;
    Str outcome; // what clang 22 does with an arm64ec triple that is not Windows
} Triple;
Triple triple_read(Arena *arena, Str triple);

// Does a row of the table know this as cl's? (Never a path.)
bool flags_is_cl_word(Str word);

Language flags_language(Str name); // "c++" of -x; "none" is UNKNOWN
// Does clang know it? libclang gives no translation unit at all for another one.
bool flags_is_standard(Str name);

Str path_absolute(Arena *arena, Str directory, Str path, bool is_cl);
bool path_is_absolute(Str path);
bool path_is_drive(Str path);              // "C:..."
Str path_clean(Arena *arena, Str path);    // without "." and "..", by the text alone
bool path_is_inside(Str path, Str folder); // both clean
