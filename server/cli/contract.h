// The boundary contract of a project: for each function that x64 code can call, its thunk
// and where its result and parameters are on both sides. `abi --lock` keeps it as text,
// `abi --check-lock` compares.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/buf.h"
#include "server/cli/run_files.h"

enum { CONTRACT_SCHEMA = 2, CONTRACT_BYTES_MAX = 256 * 1024 * 1024 };

typedef struct ContractRow {
    Str name, type, x64, ec; // of the result: "result"; places "?": too large to be told
    uint64_t bytes;
} ContractRow;

typedef struct ContractFunction {
    Str name, symbol;
    Str file;               // from the folder of the lock file
    Str thunk;              // empty: LLVM cannot make it
    LIST(ContractRow) rows; // the result first; empty: not known (schema 1)
    // Where it stands now; of a function read from a lock file, the line there.
    Str shown_file;                    // as given on the command line
    uint32_t line, column, end_column; // from 1
    bool is_inline;                    // several files may have it
} ContractFunction;

typedef struct Contract {
    Arena *arena;              // everything lives there
    Str target, builder, llvm; // llvm: of which the places are; empty in schema 1
    uint32_t schema;           // of a file that was read
    bool only_dllexport;       // else all that are REACH_EXPORTED
    LIST(ContractFunction) functions;
} Contract;

// A function that two files define; `first` counts.
typedef struct ContractTwice {
    const ContractFunction *first, *second;
} ContractTwice;
typedef LIST(ContractTwice) ContractTwiceList;

// Adds what the file exports. `folder` is that of the lock file, absolute.
void contract_add(Contract *contract, const RunFile *file, Str folder);

// Sorts by symbol and leaves one of each. Definitions that several files may have, and
// that agree, are no news; the others are told in ret_twice.
void contract_settle(Contract *contract, ContractTwiceList *ret_twice);

// The same boundary: thunk, sizes and places. Names of parameters are not part of it, and
// the spelling of types only where the places are not known.
bool contract_same(const ContractFunction *a, const ContractFunction *b);

// A type of its signature is too large to be walked: only types and sizes are known.
bool contract_row_is_placeless(const ContractRow *row);
bool contract_is_placeless(const ContractFunction *function);

// Schema 1 had no row "..." at first, and no rows of types that are too large: takes out
// of both what it could not tell. ret_n_skipped counts functions that are not compared at
// all.
void contract_meet_older(Contract *was, Contract *now, uint32_t *ret_n_skipped);

// contract_text.c: the lock file. Sorted, LF, one line a fact.
void contract_write(const Contract *contract, Buf *out);

// False: ret_line (from 1) and ret_why tell where it is no lock file. CRLF is read, too.
bool contract_read(Contract *contract, Str text, uint32_t *ret_line, Str *ret_why);
