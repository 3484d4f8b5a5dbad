// --record FILE: a session written down, for --replay FILE and for bug reports.
//
// A text file, a line a message, in order: milliseconds since the start, "-->" from the
// client or "<--" from us, and the JSON as it came, line ends in it as blanks. Before
// them a line that names the format and one with versions and options. A line "= HASH
// PATH" tells of a file that a Result was made with: --replay says which of them have
// changed; a line "~ 22.1.8" tells the LLVM that a worker has found.
#pragma once

#include "codegen/result.h"
#include "server/journal.h"
#include "server/options.h"

#define RECORDING_HEAD "arm64ecd recording 1"
#define RECORDING_IN   "-->"
#define RECORDING_OUT  "<--"
#define RECORDING_FILE "="
#define RECORDING_LLVM "~"

typedef struct Recorder Recorder;

Recorder *recorder_open(Arena *arena, const Options *options, Str *ret_why);
void recorder_close(Recorder *owned_recorder); // NULL is fine here and below

void recorder_message(Recorder *recorder, const char *arrow, Str body);
void recorder_llvm(Recorder *recorder, Str version); // the first one is written
void recorder_files(Recorder *recorder, const Result *result);
