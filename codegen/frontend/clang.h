// The C and C++ frontend: libclang's view of a document, as plain data in a Unit.
//
// One Clang per process: one CXIndex, and a few translation units kept warm, so that an
// edit costs a reparse behind a preamble. Only the files clang*.c of this folder name
// libclang; what they find out is data of unit.h, and the rules read that.
#pragma once

#include "codegen/arch/source.h"
#include "codegen/frontend/flags.h"
#include "codegen/pipeline.h"
#include "codegen/toolchain/headers.h"
#include "codegen/unit.h"

typedef struct Clang Clang;

// `resource_dir` is clang's own header folder, absolute.
Clang *clang_open(Str resource_dir, PipelineReads *reads, Spans *spans);
void clang_close(Clang *owned_clang);

// Where the loaded libclang keeps its headers; empty if nowhere we know.
Str clang_resource_dir(Arena *arena);
Str clang_version_number(Arena *arena); // "22.1.8"

// Parses the document and fills the unit: clang's diagnostics, symbols, functions, calls,
// asm blocks, includes. False if libclang itself failed; `ret_why` then says how.
// `arch` keeps what is scanned for the conditions of the document and its headers.
bool clang_analyse(Clang *clang, Unit *unit, const Flags *flags, const Headers *headers,
                   ArchCache *arch, Str *ret_why);

// Behind the Result, where nobody waits: makes the preamble that the next edit is parsed
// behind, and frees the tree. `unit` is as clang_analyse() left it.
void clang_rest(Clang *clang, Unit *unit);

// The same of the function of unit->cut alone. What it says of the rest of the document
// is not to be believed: it has not been read.
bool clang_analyse_cut(Clang *clang, Unit *unit, const Flags *flags,
                       const Headers *headers);
void clang_forget_cut(Clang *clang, const struct Cut *cut); // it will be another's

void clang_forget(Clang *clang, Str path); // the warm unit of a closed document
