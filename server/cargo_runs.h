// What is checked with cargo while an editor is open: one run a workspace at a time,
// after a save, the newest save wins.
//
// What cargo says of an open document becomes its Result of the full stage, and moves
// with its lines as that does; what it says of other files is published for them, and
// given to the document when one of them is opened. Nothing is started for a folder that
// the user does not trust (settings.h, "trusted"), or with the setting fullStage "off".
#pragma once

#include "protocol/base/base.h"
#include "server/cargo_stage.h"
#include "server/document.h"

typedef struct Server Server;
typedef struct CargoRuns CargoRuns;

CargoRuns *cargo_runs_new(Server *server);
void cargo_runs_free(CargoRuns *owned_runs); // cancels; nothing is published any more

void cargo_runs_saved(CargoRuns *runs, Doc *doc);  // a Rust file or a manifest
void cargo_runs_opened(CargoRuns *runs, Doc *doc); // it takes over what was published
bool cargo_runs_is_busy(const CargoRuns *runs);
