// --stage=full of Rust files: cargo checks each workspace once, and every file of it that
// was named takes what concerns it; a file without a manifest is a crate by itself. Only
// with --trust: build scripts run.
#pragma once

#include "server/cargo_stage.h"
#include "server/options.h"

typedef struct RunCargo RunCargo;

// `block` is a Result of STAGE_FULL, borrowed for the call.
typedef void RunCargoDone(void *owner, Str block);

RunCargo *run_cargo_new(uv_loop_t *loop, Clock *clock, const Options *options,
                        Timeline *timeline);
void run_cargo_free(RunCargo *owned_cargo);

bool run_cargo_applies(const Job *job); // a Rust file

// `done` is called once, perhaps before this returns. `job` and `live` live as long.
void run_cargo_file(RunCargo *cargo, const Job *job, const Result *live,
                    RunCargoDone *done, void *owner);
