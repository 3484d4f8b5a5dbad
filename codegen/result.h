// A Result: everything one stage found out about one document, as one relocatable block.
//
// The same bytes stand in the worker, in the pipe and in the cache file. A block starts
// with a header {magic, tool build id, stage, size, checksum}; then follow arrays of the
// structs below and one pool of strings; references are offsets and indexes, never
// pointers. result_open() checks every one of them, so a reader may trust what it opened
// (tests/fuzz/result_fuzz.c). A block of another build is refused, never converted. There
// are no times, ids or process state in it: equal input gives equal bytes.
#pragma once

#include "codegen/diag.h"
#include "protocol/base/base.h"
#include "protocol/base/buf.h"
#include "protocol/base/text.h"

enum { RESULT_BYTES_MAX = 256 * 1024 * 1024 };

typedef enum Stage {
    STAGE_LEXICAL, // own scanners; in the server, without any compiler
    STAGE_LIVE,    // libclang and LLVM's assembler, on every edit
    STAGE_FULL,    // a whole compile, on save and on demand
    STAGE_COUNT,
} Stage;

typedef struct RStr {
    uint32_t at, len; // into the pool
} RStr;

typedef struct RRange {
    uint32_t path;  // index of a path; 0 is the document itself
    Pos start, end; // end is exclusive
} RRange;

typedef struct RSpan {
    uint32_t at, len; // a run of elements of another array
} RSpan;

typedef enum FindingSource {
    SOURCE_ARM64ECD, // has a code of the catalogue
    SOURCE_CLANG,    // libclang's or the assembler's own; `option` may name its -W flag
    SOURCE_RUSTC,    // rustc's own; `option` may be its code or lint
} FindingSource;

enum { TAG_UNNECESSARY = 1, TAG_DEPRECATED = 2 };

// What is not shown of itself.
typedef enum Quiet {
    QUIET_NO,
    QUIET_HELD,   // in `check -v` and in hover, if it is ours
    QUIET_FOLDED, // clang's, explained by one of ours: in `check -v` and in JSON
} Quiet;

typedef struct RFinding {
    RRange range;
    RStr message;
    RStr option; // "-Wunused-variable" without "-W" stripped; empty if none
    RSpan notes, fixes;
    uint16_t number;  // 501 for EC501; 0 for SOURCE_CLANG
    uint8_t severity; // Severity of diag.h
    uint8_t source;   // FindingSource
    uint8_t tags;     // TAG_ bits
    uint8_t quiet;    // Quiet
    uint8_t target;   // 1: an error of clang's that the Arm64EC target causes
    uint8_t pad;
} RFinding;

typedef struct RNote {
    RRange range;
    RStr message;
} RNote;

typedef struct RFix {
    RStr title;
    RSpan edits;
    uint32_t preferred; // 1: the one to apply without asking
} RFix;

typedef struct REdit {
    RRange range;
    RStr text;
} REdit;

typedef enum SymbolKind { // LSP's numbers
    SYMBOL_MODULE = 2,    // a section
    SYMBOL_NAMESPACE = 3,
    SYMBOL_CLASS = 5,
    SYMBOL_METHOD = 6,
    SYMBOL_FIELD = 8,
    SYMBOL_ENUM = 10,
    SYMBOL_FUNCTION = 12,
    SYMBOL_VARIABLE = 13,
    SYMBOL_CONSTANT = 14,
    SYMBOL_KEY = 20, // a group of attributes, a node of metadata
    SYMBOL_ENUM_MEMBER = 22,
    SYMBOL_STRUCT = 23,
    SYMBOL_TYPE = 26,
} SymbolKind;

typedef struct RSymbol {
    RStr name, detail;
    RRange full, selection;
    uint32_t kind;
    uint32_t parent; // index + 1 of the enclosing symbol, which comes earlier; 0: none
} RSymbol;

// A register that an asm text of the document names; hover explains it.
typedef struct RRegister {
    RRange range;
    RStr name; // as written: "w28", "v16"
} RRegister;

// What a piece of the document is: LSP's standard token types, which themes know.
typedef enum SemanticType {
    SEMANTIC_COMMENT,
    SEMANTIC_STRING,
    SEMANTIC_NUMBER,
    SEMANTIC_KEYWORD, // instructions and words of the language
    SEMANTIC_MACRO,   // directives, macros
    SEMANTIC_VARIABLE,
    SEMANTIC_PARAMETER,
    SEMANTIC_PROPERTY, // a register
    SEMANTIC_FUNCTION,
    SEMANTIC_TYPE,
    SEMANTIC_LABEL,
    SEMANTIC_OPERATOR,
    SEMANTIC_DECORATOR, // attributes, metadata
    SEMANTIC_TYPES,
} SemanticType;

enum { // and its modifiers, as bits
    SEMANTIC_DECLARATION = 1,
    SEMANTIC_DEFINITION = 2,
    SEMANTIC_READONLY = 4,
    SEMANTIC_DEPRECATED = 8,       // may not be used on Arm64EC
    SEMANTIC_DEFAULT_LIBRARY = 16, // Windows' or the compiler's own
    SEMANTIC_MODIFIER_BITS = 31,
};

// A piece of one line of the document, in order, without overlap. Its columns are counted
// where the text is.
typedef struct RSemantic {
    uint32_t line, byte, n_bytes;
    uint16_t type, modifiers;
} RSemantic;

typedef enum FoldKind { FOLD_CODE, FOLD_COMMENT, FOLD_IMPORTS, FOLD_KINDS } FoldKind;

typedef struct RFold {
    uint32_t first, last; // lines; first < last
    uint32_t kind;
} RFold;

typedef enum NameRole {
    NAME_REFERENCE,
    NAME_DECLARATION,
    NAME_DEFINITION,
    NAME_ROLES
} NameRole;

// One place where a name stands: what definitions and references are looked up in. Those
// of functions that `functions` tells of are not needed here.
typedef struct RName {
    RStr name; // as written
    RStr key;  // one thing has one key, however it is spelled: abi/symbol_key.h
    RRange at;
    uint32_t role;
    uint32_t scope; // 0: the key holds in all files; else only in this one, and there
                    // among names of the same number
} RName;

// What other files of a project ask about a function.
enum {
    REACH_ENTRY = 1,     // x64 code can get hold of it, perhaps by its address alone
    REACH_EXPORTED = 2,  // defined, with an entry thunk and external linkage; not hidden,
                         // not of a system header
    REACH_DLLEXPORT = 4, // and marked so
    REACH_DEFINED = 8,   // with external linkage, and not inline
    REACH_VARIADIC = 16,
    REACH_SYSTEM = 32, // a function of Windows or of the C library: Arm64EC at run time
    REACH_BITS = 63,
};

// A function with its ABI truth: what `thunks`, `abi`, hover, code lens and inlay hints
// are answered from.
typedef struct RFunction {
    RStr name, symbol, display;
    RRange at;    // its name where it is declared first in the document; path 0, or else
                  // `in_document` is 0
    RSpan thunks; // of RThunk
    RSpan rows;   // of RRow: the boundary table, the result first; empty: not known
    uint32_t in_document, is_defined, is_stale;
    uint32_t entry_faults, exit_faults; // AbiFault bits
    uint32_t line;       // of its first declaration in the document, from 1;
                         // 0: it is declared elsewhere
    uint32_t n_calls;    // direct ones, by functions of the document
    uint32_t reach;      // REACH_ bits
    uint32_t is_emitted; // by clang, as far as references show
    RStr convention; // the key that tells thunk-name twins apart (EC225); empty: no twins
                     // by this builder
} RFunction;

typedef struct RThunk {
    RStr name;     // empty: LLVM cannot make it, or its signature is not known
    RStr assembly; // where the Job wants it
    // Where the Job wants them: what is executed to verify it, texts of
    // verify/signature.h behind a line "signature" and where it is called; or why nothing
    // is.
    RStr probe, probe_why;
    RSpan sites;   // of RRange in RESULT_SITES: the calls that need it
    uint32_t kind; // ThunkKind of abi/thunk.h
    RSpan rows;    // of RRow: of a call through a pointer, whose signature no function
                   // has; else empty
} RThunk;

// The places of a row whose signature is not told: a type in it is too large to walk.
#define RESULT_PLACE_UNKNOWN "?"

typedef struct RRow {
    RStr name, type, x64, ec, entry_does, exit_does; // places as text: "rcx", "[rsp+40]"
    uint64_t bytes;
    uint32_t entry_faults, exit_faults;
    uint32_t is_placed; // `at` is the parameter's name in the document
    RRange at;
} RRow;

typedef struct RInfo {
    RStr builder;  // "clang-22", "msvc-19.40"
    RStr target;   // the triple that was parsed for
    RStr headers;  // which step of the header ladder served
    RStr command;  // one line: where the command comes from
    RStr compiler; // "LLVM 22.1.8"
} RInfo;

typedef enum ResultArray {
    RESULT_INFO,  // exactly one
    RESULT_PATHS, // RStr; [0] is the document
    RESULT_FINDINGS,
    RESULT_NOTES,
    RESULT_FIXES,
    RESULT_EDITS,
    RESULT_SYMBOLS,
    RESULT_REGISTERS,
    RESULT_FUNCTIONS,
    RESULT_THUNKS,
    RESULT_SITES, // RRange
    RESULT_ROWS,
    RESULT_INCLUDES,  // uint32_t: indexes of paths that were read
    RESULT_ARGUMENTS, // RStr: clang's, as the live stage parsed with; safe to run with
    RESULT_SEMANTICS,
    RESULT_FOLDS,
    RESULT_NAMES,
    RESULT_POOL, // bytes
    RESULT_ARRAYS,
} ResultArray;

// A checked view of a block. Borrowed: lives as long as the block does.
typedef struct Result {
    Stage stage;
    const RInfo *info;
    const RStr *paths;
    const RFinding *findings;
    const RNote *notes;
    const RFix *fixes;
    const REdit *edits;
    const RSymbol *symbols;
    const RRegister *registers;
    const RFunction *functions;
    const RThunk *thunks;
    const RRange *sites;
    const RRow *rows;
    const uint32_t *includes;
    const RStr *arguments;
    const RSemantic *semantics;
    const RFold *folds;
    const RName *names;
    uint32_t n_paths, n_findings, n_notes, n_fixes, n_edits, n_symbols, n_registers,
        n_functions, n_thunks, n_sites, n_rows, n_includes, n_arguments, n_semantics,
        n_folds, n_names;
    Str pool;
    Str block;
} Result;

// ERR_FORMAT: not a Result, another build's, or damaged. The block must be aligned to 8.
MUST_USE Err result_open(Str block, Str build_id, Result *ret_result);

Str result_str(const Result *result, RStr s);
Str result_path(const Result *result, uint32_t path);

// The arrays of a block to be, by ResultArray; `n` counts elements, of the pool bytes.
// They are copied as they are: what is wrong in them, result_open() refuses.
typedef struct ResultParts {
    Stage stage;
    struct ResultPart {
        const void *at;
        uint32_t n;
    } array[RESULT_ARRAYS];
} ResultParts;

// Appends a block. `build_id` has BUILD_ID_BYTES bytes.
void result_write(Buf *out, Str build_id, const ResultParts *parts);

// A Result of this process, wherever its arrays lie, as one block, which has no checksum:
// result_open() would refuse it. ERR_LIMIT: it is too large.
MUST_USE Err result_copy(Buf *out, Str build_id, const Result *result,
                         Result *ret_result);

// The identity of this program's sources; stands in every Result and cache file.
enum { BUILD_ID_BYTES = 32 };
Str build_id(void);
