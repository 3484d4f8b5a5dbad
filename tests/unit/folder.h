// A folder of its own for a test of what reads files.
#pragma once

#include "protocol/base/arena.h"

typedef struct Folder {
    Arena arena; // names and whatever the test makes
    Str path;
} Folder;

void folder_init(Folder *folder);
void folder_done(Folder *folder); // with all that is in it

Str folder_path(Folder *folder, const char *name);

Str folder_text(Folder *folder, const char *text); // with "$" as the folder's path

// Writes a file with the folders above it. "$" in `text` becomes the folder's path.
void folder_write(Folder *folder, const char *name, const char *text);
