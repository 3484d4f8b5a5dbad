// The command line.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"
#include "protocol/base/log.h"

typedef enum Command {
    COMMAND_SERVE, // LSP on stdin and stdout
    COMMAND_CHECK,
    COMMAND_THUNKS,
    COMMAND_ABI,
    COMMAND_EXPLAIN,
    COMMAND_VERSION,
    COMMAND_HELP,
    COMMAND_CAPSULE,  // --replay-capsule
    COMMAND_WORKER,   // internal
    COMMAND_CONFINED, // internal: a program with bounds, os_confine_program()
} Command;

typedef enum Format {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_GCC,
    FORMAT_GITHUB,
    FORMAT_MD
} Format;
typedef enum FailOn {
    FAIL_ON_ERROR = 1,
    FAIL_ON_WARNING,
    FAIL_ON_INFO,
    FAIL_NEVER
} FailOn;
typedef enum Exports {
    EXPORTS_BY_LOCK, // as the lock file says; all in a new one
    EXPORTS_ALL,
    EXPORTS_DLLEXPORT,
} Exports;
typedef enum StageWanted { WANTS_LIVE, WANTS_FULL } StageWanted;
typedef enum Colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } Colour;

typedef struct Options {
    Command command;
    StrSpan paths; // of check, thunks and abi; explain's code is paths.at[0]
    Format format;
    FailOn fail_on;
    Colour colour;
    StageWanted stage; // --stage
    bool verbose;
    bool builtin_headers_only; // --headers=builtin
    bool no_cache;
    bool assembly;      // --asm
    bool verify;        // --verify
    Str lock;           // --lock
    Str check_lock;     // --check-lock
    Exports exports;    // --exports
    Str database;       // -p
    Str builder;        // --builder
    bool trust;         // --trust: build scripts may run
    bool has_flags;     // "--" was given
    StrSpan flags;      // what follows it; of --confined the program
    uint32_t n_workers; // 0: in this process
    bool n_workers_given, deadline_given, budget_given, address_given, cut_given;
    uint32_t deadline_ms;
    uint64_t address_bytes_max, resident_bytes_max; // of a worker
    uint64_t budget_bytes;                          // of all workers of the server
    Str trace;                                      // --trace: of a timeline
    Str log_file;                                   // --log-file
    Str record, replay;                             // --record, --replay: a session
    Str capsule;                                    // --replay-capsule
    bool no_capsules;                               // --no-capsules
    bool manual_clock;
    uint64_t cut_bytes_min; // --cut-from: smaller documents are parsed as a whole
    LogLevel log_level;
    Str directory;     // the working directory, absolute
    Str module;        // --module, else as modules_choose() finds it
    Str llvm;          // --llvm; then "22": the module's
    bool module_given; // by --module or --llvm
    Str llvm_instead;  // where that one is not installed: the newest that is
} Options;

// False: ret_why says which argument is wrong and what would be right.
bool options_parse(Arena *arena, int argc, char **argv, Options *ret_options,
                   Str *ret_why);

Str options_help(void);
