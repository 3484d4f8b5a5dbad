// Signatures compiled and executed for `thunks --verify`: codegen/verify says how, the
// server starts the compiler.
//
// Ask for all first, run them once, then ask for verdicts. Equal signatures are one
// trial.
#pragma once

#include "codegen/abi/thunk.h"
#include "codegen/verify/verify.h"
#include "server/options.h"

#include <uv.h>

typedef struct Trials Trials;

// Who made the thunks that are tried.
typedef struct TrialOf {
    ThunkKind kind;
    Str probe;   // RThunk's; empty: nothing is executed
    Str thunk;   // its name
    Str builder; // RInfo's: "clang-22"
    Str target;  // RInfo's: a triple
} TrialOf;

typedef struct TrialVerdict {
    VerifyOutcome outcome;
    Str why;   // what is wrong, or why it was not run; empty if it is right
    Str where; // "12:5" of the call that is wrong, if calls differ
    uint64_t wrong_arguments;
    bool is_result_wrong;
} TrialVerdict;

Trials *trials_new(uv_loop_t *loop, const Options *options);
void trials_free(Trials *owned_trials);

void trials_add(Trials *trials, const TrialOf *of);
// Runs the loop until all are done. False: none can be executed here, and ret_why says in
// one line what is missing and what to do; verdicts say so, too.
bool trials_run(Trials *trials, Str *ret_why);
// Borrowed strings: as long as the Trials.
TrialVerdict trials_verdict(Trials *trials, const TrialOf *of);
