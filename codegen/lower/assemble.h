// LLVM's assembler in process, for its verdict alone: text in, complaints out.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef struct Assembler Assembler; // one per process; owns an LLVM target machine

typedef struct AsmComplaint {
    uint32_t line, column; // of the text given, from 0; column in bytes
    bool is_error;         // else a warning
    bool is_register; // "register X13 is disallowed on ARM64EC.": ours says it better
    Str message;
} AsmComplaint;

typedef LIST(AsmComplaint) AsmComplaints;

// `triple` chooses msvc or gnu. NULL if LLVM has no such target.
Assembler *assembler_open(Str triple);
void assembler_close(Assembler *owned_assembler);

// `features` as in -mattr ("+sve"); empty for the default of the target.
void assembler_run(Assembler *assembler, Arena *arena, Str text, Str features,
                   AsmComplaints *complaints);

// A whole file, in a fork: it becomes an object as it stands, so everything that the
// build's assembler would say is said. What kills LLVM there is tried again as text;
// false: it dies of that as well, and `ret_words` says how. Registers are not told.
// Between start and finish this process is free; `text` has to live.
typedef struct AssemblerFlight AssemblerFlight;
AssemblerFlight *assembler_start_file(Assembler *assembler, Arena *arena, Str text);
void assembler_cancel_file(AssemblerFlight *flight); // in place of finishing
bool assembler_finish_file(AssemblerFlight *flight, Arena *arena,
                           AsmComplaints *complaints, Str *ret_words);
