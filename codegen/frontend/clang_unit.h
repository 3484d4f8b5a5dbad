// What the files clang*.c share: places, strings and the visitor's state. Not for others.
#pragma once

#include "codegen/frontend/flags.h"
#include "codegen/toolchain/headers.h"
#include "codegen/unit.h"
#include "protocol/base/hash.h"

#include <clang-c/Index.h>

// A file that something is told of.
typedef struct ClangFile {
    CXFile file;
    uint32_t path; // index in Unit.paths
    bool is_document, is_system;
    bool is_third_party; // of a library that is included as <system>, and is none
    // Of a header when they are asked for: clang_file_text(), clang_file_place().
    Str text;
    const Lines *lines; // NULL: not known, or of the document
} ClangFile;

// The text of a header: libclang looks through all headers to find it.
typedef struct ClangHeader {
    Str path, text;
    Lines lines;
} ClangHeader;

// Where the document includes a header, directly or through others.
typedef struct ClangInclusion {
    Str path;
    uint32_t offset; // in the document, of the outermost #include's file name
    Str from;        // the file whose #include it is, and where that stands
    uint32_t from_offset;
} ClangInclusion;

typedef LIST(ClangInclusion) ClangInclusions;

// clang_includes.c. What a document includes changes rarely and is dear to ask (libclang
// opens every header of the preamble for it): kept with the warm unit between edits.
typedef struct ClangIncludes {
    Arena arena;
    Hash key; // of the document's directives
    bool known;
    ClangInclusions inclusions;
    LIST(ClangHeader *) headers; // whose text somebody asked for
    uint64_t header_bytes;
    struct ArchSkipped *skipped; // clang_skipped.c; NULL: not asked yet
} ClangIncludes;

typedef struct ClangView {
    Unit *unit;
    ClangIncludes *kept;
    CXIndex index;
    CXTranslationUnit tu;
    CXFile document; // of a cut: the file that has the function
    CXFile prefix;   // of a cut: what stands before it
    const Headers *headers;
    const Flags *flags;
    LIST(ClangFile) files;
} ClangView;

Str clang_str(Arena *arena, CXString owned_string); // a copy; disposes the CXString

Str clang_type_name(Arena *arena, CXType type); // clang_name.c
bool clang_has_attributes(CXCursor field);

// A location as a point in a file: macro arguments where they are written, macro bodies
// where the macro is used. False for places without a file (command line, built-ins).
bool clang_point(ClangView *view, CXSourceLocation at, uint32_t *ret_file,
                 uint32_t *ret_offset);
// Two points of one file; ends where it starts if the end is elsewhere.
bool clang_place(ClangView *view, CXSourceRange range, Place *ret_place);
bool clang_place_in_document(const Place *place);
// A byte of view->document or view->prefix in the document itself.
uint32_t clang_document_offset(const ClangView *view, CXFile file, uint32_t offset);
const ClangFile *clang_file(ClangView *view, uint32_t file);
Str clang_file_text(ClangView *view, uint32_t file);
Place clang_file_place(ClangView *view, uint32_t file, uint32_t begin, uint32_t end);

void clang_collect_diagnostics(ClangView *view); // clang_diagnostics.c
// The fault of codegen/arch that such an error follows from; NULL: none. Needs
// clang_collect_inclusions() before it.
struct ArchVerdict *clang_arch_verdict(ClangView *view, CXDiagnostic diagnostic);
void clang_collect_symbols(ClangView *view);   // clang_symbols.c
void clang_collect_functions(ClangView *view); // clang_functions.c

void clang_collect_includes(ClangView *view);
// Of a header: the first #include of it. NULL: none is known.
const ClangInclusion *clang_inclusion(const ClangView *view, Str path);
const ClangHeader *clang_header(ClangView *view, CXFile file, Str path);
void clang_includes_init(ClangIncludes *kept);
void clang_includes_done(ClangIncludes *kept);

// clang_asm.c: called by the walk of clang_functions.c. `caller` is the index of the
// function that they stand in; it decides whether a header's are told.
void clang_add_asm_statement(ClangView *view, CXCursor statement, Str features,
                             uint32_t caller);
void clang_add_file_scope_asm(ClangView *view, CXCursor declaration);
void clang_add_register_variable(ClangView *view, CXCursor variable, uint32_t caller);

// `is_method`: a non-static member function. clang_signature.c
Signature clang_signature(ClangView *view, CXType function, bool is_method);
