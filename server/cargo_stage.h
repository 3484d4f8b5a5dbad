// cargo check of the crates that a saved Rust file belongs to, for Arm64EC; or rustc, for
// a file that no manifest has.
//
// It runs build scripts and procedural macros, so only in a workspace that the user
// trusts. Its outputs lie in target/arm64ecd below the workspace: the user's own builds
// neither wait for it nor lose what they have built. cargo is the one of the user's PATH;
// a project may choose a toolchain (rust-toolchain.toml), as for the user's own builds.
#pragma once

#include "codegen/full/rustc.h"
#include "server/clock.h"
#include "server/timeline.h"

#include <uv.h>

#define CARGO_TARGET "arm64ec-pc-windows-msvc"

enum { CARGO_DEADLINE_FACTOR = 30 }; // of a job's: dependencies are checked, too

typedef struct CargoTools {
    uv_loop_t *loop;
    Clock *clock;
    Str program; // cargo; empty: there is none, and `why` says what to do
    Str why;
    Str rustc, rustc_why;
    uint32_t deadline_ms;
    Timeline *timeline; // NULL: none
    bool is_background;
} CargoTools;

// $ARM64ECD_CARGO and $RUSTC, else the PATH; absolute names alone.
void cargo_tools_find(Arena *arena, CargoTools *tools);

// The folder of the nearest Cargo.toml in the file's folder or above it. False: none.
bool cargo_folder_of(Arena *arena, Str path, Str *ret_folder);

typedef struct CargoHandler {
    void (*on_crate)(void *owner, Str name); // it is done
    // Once. `project` is the folder of cargo's workspace, paths of messages lie below it.
    // Both live until cargo_stage_end(), which may be called in here.
    void (*on_done)(void *owner, Str project, const RustcReport *report);
} CargoHandler;

typedef struct CargoStage CargoStage;

// `folder` has a Cargo.toml. Starts at once; no handler is called before it returns.
CargoStage *cargo_stage_start(const CargoTools *tools, Str folder,
                              const CargoHandler *handler, void *owner);
// The same of one file alone, by rustc, which writes nothing. `project` of the answer is
// the file's folder.
CargoStage *cargo_stage_start_file(const CargoTools *tools, Str path, Str text,
                                   const CargoHandler *handler, void *owner);

// Whether it runs still or not; no handler is called any more. NULL is fine.
void cargo_stage_end(CargoStage *owned_stage);
