// Files read and written whole, synchronously: commands, settings and the cache do so; the
// language server only reads its small configuration files.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

// The bytes of a regular file, NUL behind; caller frees. Anything else (folder, pipe,
// device, absent, larger than bytes_max) is refused, and ret_why says in a few words why.
MUST_USE Err file_read(Str path, size_t bytes_max, Str *ret_bytes, const char **ret_why);

// Written beside `path` under another name, then renamed over it.
MUST_USE Err file_replace(Str path, Str bytes);
MUST_USE Err folder_make(Str path); // with its parents, mode 0700

typedef enum FileKind { FILE_ABSENT, FILE_REGULAR, FILE_FOLDER, FILE_OTHER } FileKind;
FileKind file_kind(Str path);

Str path_absolute(Arena *arena, Str base, Str path); // without "." and ".." parts
Str path_join(Arena *arena, Str folder, Str name);

// Names in a folder, sorted; without "." and "..".
typedef struct FolderEntry {
    Str name;
    FileKind kind; // of the entry itself; a link is FILE_OTHER
} FolderEntry;
MUST_USE Err folder_list(Arena *arena, Str path, const FolderEntry **ret_at, size_t *ret_n);
