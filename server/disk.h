// Files by name, without waiting for the loop: databases and settings in the server; what
// the commands and the cache read and write.
//
// Paths have forward slashes inside; a drive is "c:", in lower case, as editors send it.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

// What tells whether a file is still the one that was read.
typedef struct Stamp {
    enum StampKind { STAMP_ABSENT, STAMP_FILE, STAMP_FOLDER, STAMP_OTHER } kind;
    uint64_t n_bytes, inode;
    int64_t seconds, nanoseconds; // of the last change
    int code;                     // STAMP_ABSENT: libuv's, for disk_fault()
} Stamp;

Stamp disk_stamp(Str path);
bool stamp_eq(Stamp a, Stamp b);

// Why a file or a folder cannot be read, in a few words, with what helps against it.
Str disk_fault(Arena *arena, int code);

// The bytes of a regular file. ERR_ABSENT: there is none; ERR_LIMIT: larger than
// bytes_max; ERR_SHORT; ERR_IO. On failure ret_why says so in a few words.
MUST_USE Err disk_read(Arena *arena, Str path, size_t bytes_max, Str *ret_text,
                       Str *ret_why);

// The same for what a project names by itself, settings and databases: ERR_IO if it is a
// link to a file with another ending. What is wrong in it is told, and may be a secret.
MUST_USE Err disk_read_of_project(Arena *arena, Str path, size_t bytes_max, Str *ret_text,
                                  Str *ret_why);

// Names of the folders in `folder` that start with `prefix`, sorted by bytes; reads no
// more than DISK_NAMES_MAX entries and gives no more than DISK_FOLDERS_MAX.
enum { DISK_NAMES_MAX = 4096, DISK_FOLDERS_MAX = 32 };
// *ret_is_short is set where it could not read the folder now, but perhaps later.
StrSpan disk_folders(Arena *arena, Str folder, Str prefix, bool *ret_is_short);

// `path` as an absolute one, seen from `folder`, without "." and "..", by the text alone.
// A relative `folder` starts from the current one.
Str disk_absolute(Arena *arena, Str folder, Str path);
Str disk_join(Arena *arena, Str folder, const char *name);
bool disk_real(Arena *arena, Str path, Str *ret_real); // with all links followed
Str disk_folder_of(Str path);                          // "/" of "/a"; "." of "a"
Str disk_name_of(Str path);                            // behind the last slash
bool disk_has_drive(Str path); // "C:\...", "c:/..." or "\\server\..."

// Names in a folder, sorted by bytes, without "." and "..". A link is STAMP_OTHER. On
// failure ret_why says so in a few words.
typedef struct DiskEntry {
    Str name;
    enum StampKind kind;
} DiskEntry;
MUST_USE Err disk_list(Arena *arena, Str folder, const DiskEntry **ret_at, size_t *ret_n,
                       Str *ret_why);

// The same of what may be large: reads no more than DISK_NAMES_MAX names.
MUST_USE Err disk_list_some(Arena *arena, Str folder, const DiskEntry **ret_at,
                            size_t *ret_n, Str *ret_why);

// disk_change.c: the only functions that write.
MUST_USE Err disk_replace(Str path, Str bytes); // written beside it, then renamed over it
MUST_USE Err disk_replace_shared(Str path, Str bytes); // the same, for others to read
MUST_USE Err disk_make_folder(Str path);               // with its parents, mode 0700
bool disk_is_writable(Str folder);
void disk_remove(Str path); // a file; nothing happens if it cannot be
