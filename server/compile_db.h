// Compile databases: found as clangd finds them, read, kept, and asked for a file's
// command.
//
// For a file: in each folder from the file upward compile_commands.json, then in that
// folder's build/, out/, out/build/, out/build/* and cmake-build-*; compile_flags.txt in
// the same folders, after the database of the same folder. The nearest wins. A database
// that cannot be read is no failure: the answer says where it is broken, and the file is
// treated as one without a command. Nothing is executed.
#pragma once

#include "codegen/job.h"
#include "protocol/base/arena.h"

enum { COMPILE_DB_BYTES_MAX = 64 * 1024 * 1024 };

typedef struct CompileDb CompileDb;

typedef struct CompileCommand {
    StrSpan argv; // program first
    Str directory;
    CommandOrigin origin;
    Str origin_path;       // the database or compile_flags.txt
    Str origin_file;       // COMMAND_NEIGHBOUR: whose command it is
    Str text;              // COMMAND_FLAGS_TXT: of that file
    Str problem;           // why a database could not be read; empty if none
    uint32_t line, column; // of the problem, from 1; 0 unknown
    bool is_short;         // a file could not be read for a passing reason (ERR_SHORT)
} CompileCommand;

CompileDb *compile_db_new(void);
void compile_db_free(CompileDb *owned_db);

// `explicit_path` is the folder or file that the settings or -p name; empty: search.
// Strings live in the arena.
void compile_db_find(CompileDb *db, Arena *arena, Str path, Str explicit_path,
                     CompileCommand *ret_command);

// The database of a folder: in it or in its build/, out/ and so on, but not above it.
// False: there is none with something in it.
bool compile_db_in(CompileDb *db, Arena *arena, Str folder, Str *ret_path);

// The files that a compile_commands.json (or the one in a folder) lists, absolute, also
// those whose entry is of no use; one with several commands as often, in a row.
// ERR_ABSENT: there is none; ERR_FORMAT: no entry of it is of use. Then ret_why says why;
// and on success it says what else is wrong, unless the answer of compile_db_find() for
// one of these files does; else it is empty.
MUST_USE Err compile_db_list(CompileDb *db, Arena *arena, Str path, StrSpan *ret_files,
                             Str *ret_why);

// A database that has changed is noticed by itself at the next look-up (time and size);
// this forgets it at once.
void compile_db_forget(CompileDb *db, Str path);
