// The data model that all frontends fill and all rules read: one document, in one job.
//
// Everything lives in the job's arena. unit_finish() turns it into a Result block.
#pragma once

#include "codegen/abi/boundary.h"
#include "codegen/abi/lower.h"
#include "codegen/abi/thunk.h"
#include "codegen/abi/type.h"
#include "codegen/job.h"
#include "codegen/result.h"
#include "codegen/toolchain/builder.h"
#include "protocol/base/arena.h"
#include "protocol/base/text.h"

typedef struct Place {
    uint32_t path;  // index in Unit.paths; 0 is the document
    Pos start, end; // end is exclusive
} Place;

typedef struct Edit {
    Place at;
    Str text;
} Edit;

typedef struct Fix {
    Str title;
    bool preferred;
    LIST(Edit) edits;
} Fix;

typedef struct Note {
    Place at;
    Str message;
} Note;

typedef struct Finding {
    uint16_t number; // 0: clang's
    Severity severity;
    FindingSource source;
    uint8_t tags;
    uint8_t quiet; // Quiet
    bool target;
    Place at;
    Str message, option;
    LIST(Note) notes;
    LIST(Fix) fixes;
} Finding;

typedef struct Symbol {
    Str name, detail;
    SymbolKind kind;
    uint32_t parent; // index + 1; 0: none
    Place full, selection;
} Symbol;

typedef struct RegisterUse {
    Place at;
    Str name;
} RegisterUse;

// What an editor shows of a text beside findings: see result.h.
typedef struct Semantic {
    uint32_t begin, end; // bytes of the document
    SemanticType type;
    uint32_t modifiers; // SEMANTIC_ bits
} Semantic;

typedef struct Name {
    Str name, key;
    Place at;
    NameRole role;
    uint32_t scope;
} Name;

// What makes a type of a signature dangerous for Arm64EC. Bits; the name that a message
// needs stands in Signature.
enum {
    TRAIT_BFLOAT = 1,           // __bf16 as parameter or result
    TRAIT_SCALABLE = 2,         // an SVE type
    TRAIT_VECTORCALL = 4,       // the convention
    TRAIT_ODD_FLOAT_RESULT = 8, // domain.md 3.1 C4: a result that LLVM's thunks crash on
};

typedef struct Signature {
    uint32_t traits;
    Str scalable;   // spelling of the first scalable type
    Str result;     // spelling of an odd float result
    uint64_t bytes; // its size
} Signature;

// One thunk of a function, and where it comes from.
typedef struct FunctionThunk {
    ThunkKind kind;
    Str name;                // "$ientry_thunk$cdecl$i8$i8"
    const AbiSignature *abi; // what it is made for; NULL: the function's own
    const LowSignature *low;
    Str assembly;         // if Job.wants_assembly
    Str probe, probe_why; // if Job.wants_probes: see RThunk
    Boundary boundary;    // of a call through a pointer
    LIST(Place) at;       // the calls that need it; empty for what a definition brings
} FunctionThunk;

// When a definition stands in the object (C17 6.7.4, GCC's and Microsoft's inline).
typedef enum Emission {
    EMISSION_NONE, // only declared
    EMISSION_ALWAYS,
    EMISSION_IF_USED,     // static, or inline as Microsoft means it
    EMISSION_INLINE_ONLY, // C99 inline: another file has the code; callers see a
                          // declaration
} Emission;

// A function that the document defines, calls or takes the address of.
typedef struct Function {
    Str symbol; // undecorated linker symbol; empty until the ABI stage has run
    const AbiSignature *abi; // NULL: not known
    const LowSignature *low;
    Boundary boundary; // of the function itself
    LIST(FunctionThunk) thunks;
    Str name;
    Str label; // asm label, empty if none
    Signature signature;
    Place at;       // its name, at the definition if the document has one
    Place declared; // its name, where it is declared first in the translation unit
    LIST(Place) parameters; // their names in the document; empty places for nameless ones
    bool
        is_third_party; // `at` is in a header that is included as a system's, and is none
    bool is_visible; // `at` is in the document or in a header that is not a system header
    bool is_defined; // somewhere in the translation unit
    bool in_document; // the definition, or else the declaration, is in the document
    bool is_internal; // static, or in an unnamed namespace
    bool is_inline;   // emitted only when used
    bool is_pinned;   // used, constructor, dllexport: emitted anyway
    bool is_dllimport, is_hybrid_patchable, address_taken;
    bool is_emitted; // by clang, as far as references show; set by emission_settle()
    Emission emission;
    bool is_always_inline; // before thunks are made
    bool is_inlined_away;  // emitted, but only inside its callers; by emission_settle()
    bool is_alias;         // another name of a definition: calls are indirect
    bool is_dllexport, is_hidden; // by attributes
    uint32_t reach;               // REACH_ bits of result.h; by rules/abi_reach.c
    bool is_asked_about;          // calls of it are in Unit.api_calls
    Str target;                   // of target("..."), as written; empty: none
    Str twin_key; // by rules/abi_twins.c; empty: this builder makes no twins
} Function;

// A variable with static storage. Its initialiser's references count if it is emitted.
typedef struct Variable {
    Str name;
    bool is_root;    // emitted whether used or not
    bool is_emitted; // by emission_settle()
} Variable;

// A use of a variable in a function or in another variable's initialiser.
typedef struct VariableUse {
    uint32_t function;    // index, or CALLER_FILE_SCOPE
    uint32_t in_variable; // index + 1; 0: not in an initialiser
    uint32_t variable;    // index
} VariableUse;

#define CALLEE_UNKNOWN    UINT32_MAX
#define CALLER_FILE_SCOPE UINT32_MAX

// One reference from a function body, or from an initialiser at file scope.
typedef struct Call {
    uint32_t caller, callee; // indexes of Unit.functions, or the constants above
    uint32_t variable;       // index + 1 of the initialiser it stands in; 0: none
    bool takes_address;      // not a call: the function's address is used
    bool is_mention;         // of those: f == 0, (void)f; it is emitted for that, no more
    bool is_reachable;       // false: in a block that LLVM drops before the thunk pass
    bool is_indirect;        // through a pointer, a cast to another type, an alias
    const AbiSignature *abi; // of an indirect call; NULL: the callee's
    const LowSignature *low;
    bool is_unprototyped; // called without a prototype: `abi` is made of the arguments
    // Types of the arguments behind the fixed ones, promoted.
    const AbiType *const *variadic;
    uint32_t n_variadic;
    // Of a call through an explicit cast of a function or a function pointer, also by way
    // of void * or an integer: the signature that the innermost operand was declared with
    // ("f" in ((int (*)(int))(void *)f)(1)). NULL: no cast, or not known. The walk of
    // frontend/clang_functions.c fills it, EC119 reads it.
    const AbiSignature *target_abi;
    Signature signature; // of a call through a pointer (callee unknown)
    Place at;
} Call;

typedef struct AsmOperandUse {
    Str constraint; // with '=' and '+'
    Str name;       // of [name]; empty if none
    Str bound;      // "x9", if the expression is a register variable
    bool is_output;
    uint32_t bits; // of its type; 0 unknown
    Place at;      // of the constraint
} AsmOperandUse;

typedef struct AsmClobber {
    Str name;
    Place at;
} AsmClobber;

// One asm statement or file-scope asm. `text` is decoded: "\n" in the source is a
// newline.
typedef struct AsmBlock {
    Place at;
    Str text;
    const uint32_t *source; // document offset of each byte of text, UINT32_MAX: from a
                            // macro, and then macro_at is its place
    Place macro_at;  // where bytes without a source are shown: the macro's use, or `at`
    uint32_t caller; // index of its function: a header's is told if that is emitted
    bool is_file_scope;
    bool is_template; // %0 are operands; false for file-scope and operand-less asm
    bool in_document; // else it is a header's
    bool reads_macro; // part of the text comes from a macro
    Str features;     // of a target("...") attribute around it, as in -mattr
    LIST(AsmOperandUse) operands; // outputs first
    LIST(AsmClobber) clobbers;
} AsmBlock;

// register T name __asm__("x23")
typedef struct RegisterVariable {
    Str name, reg;
    Place at;                         // of the register in its asm label
    Place declared;                   // the whole declaration
    uint32_t caller;                  // as of AsmBlock
    bool has_initialiser, is_written; // written: an output or in-out operand of an asm
} RegisterVariable;

// What a call gives to a parameter.
typedef struct ApiArgument {
    Place at;
    bool is_constant;
    uint64_t value; // of a constant
    uint64_t bits;  // of all constants that its expression shows it may be, or-ed
    Str name;       // of the variable or function below casts; empty: something else
    Str record;     // the structure that this one is, or points to: "_ARM64_NT_CONTEXT"
} ApiArgument;

// A call in the document of a function that rules ask about (frontend/clang_api.c).
typedef struct ApiCall {
    Place at;
    uint32_t callee; // index of Unit.functions
    LIST(ApiArgument) arguments;
} ApiCall;

// A cast to a pointer into an address space: of x86's segments are 256 (gs) and 257 (fs).
typedef struct SegmentUse {
    Place at;
    uint32_t space;
    bool has_address;
    uint64_t address;
} SegmentUse;

// `f == x` of a named function. One that is compared with null is none.
typedef struct FunctionComparison {
    Place at;          // the function's name
    uint32_t function; // index
} FunctionComparison;

// A cast that makes bytes of code, or code of bytes.
typedef enum CodeCastKind {
    CODE_CAST_TO_BYTES,   // (unsigned char *)function
    CODE_CAST_FROM_BYTES, // (void (*)(void))array, of bytes
} CodeCastKind;
typedef struct CodeCast {
    Place at;
    CodeCastKind kind;
    Str name; // of the function or array; empty: an expression
} CodeCast;

// &Class::f of a virtual member function.
typedef struct MemberPointer {
    Place at;
    uint32_t function; // index
} MemberPointer;

// `x.Machine == 0xA641`, `x.wProcessorArchitecture == 12`
typedef struct MachineComparison {
    Place at, member; // the whole; what is compared
    uint64_t value;
} MachineComparison;

enum { MACHINE_ARM64EC = 0xA641, PROCESSOR_ARM64 = 12 };

enum {
    FINDINGS_MAX = 5000, // a document; one more gives EC905
    NOTES_MAX = 64,      // a finding
    SEMANTICS_MAX = 4 * 1000 * 1000,
    FOLDS_MAX = 200 * 1000,
    NAME_PLACES_MAX = 500 * 1000,
};

typedef struct Unit {
    Arena *arena;
    const Job *job;
    Builder builder;
    ThunksOff thunks_off;
    Str target;                     // triple
    Str headers, command, compiler; // for RInfo
    Str text;                       // the document's
    Lines lines;                    // of it
    const struct Cut
        *cut; // JOB_CUT: text and lines are the cut's, one function is parsed
    uint32_t n_head, n_head_old;   // of what libclang parses: frontend/text_head.h
    uint32_t scan_begin, scan_end; // of the text what scanners look at
    LIST(Str) paths;
    uint32_t *path_slots; // index of paths + 1 by hash; unit_path() only
    uint32_t n_path_slots;
    struct TextWords *words; // rules/abi_words.c only
    LIST(uint32_t) includes;
    LIST(Place) include_places; // of each: the name in the document's #include
    LIST(Str) arguments;        // clang's, as the document was parsed with
    LIST(Finding) findings;
    LIST(Symbol) symbols;
    LIST(RegisterUse) registers;
    LIST(Semantic) semantics;
    LIST(RFold) folds;
    LIST(Name) names;
    LIST(Function) functions;
    LIST(Call) calls;
    LIST(Variable) variables;
    LIST(VariableUse) variable_uses;
    LIST(AsmBlock) asm_blocks;
    LIST(RegisterVariable) register_variables;
    LIST(ApiCall) api_calls;
    LIST(SegmentUse) segment_uses;
    LIST(FunctionComparison) function_comparisons;
    LIST(CodeCast) code_casts;
    LIST(MemberPointer) member_pointers;
    LIST(MachineComparison) machine_comparisons;
    LIST(uint32_t) linker_pragmas; // offset of each #pragma comment's first word
    bool over_limit;
    struct ArchVerdicts *arch; // of the live stage's whole parse; NULL: not looked at
    bool sees_other_files; // holds only what several files show together; see suppress.c
} Unit;

void unit_init(Unit *unit, Arena *arena, const Job *job);
void unit_done(Unit *unit); // the arena stays

uint32_t unit_path(Unit *unit, Str path);                         // index; added if new
Place unit_place(const Unit *unit, uint32_t begin, uint32_t end); // bytes of the document
// The name in the #include through which the document sees a file. False: in none.
bool unit_include_place(const Unit *unit, uint32_t path, Place *ret_place);
Place unit_first_line(const Unit *unit); // where findings about the whole file stand

// Reports one finding of the catalogue. `args` fill {0} {1} ... of the message. Returns
// it for notes, fixes and another severity; borrowed until the next report. After
// FINDINGS_MAX the finding is counted, not kept, and what is returned is scratch.
Finding *unit_report(Unit *unit, DiagText text, Place at, size_t n_args, const Str *args);

#define REPORT(unit, text, at, ...)                                                      \
    unit_report((unit), (text), (at), sizeof((Str[]){__VA_ARGS__}) / sizeof(Str),        \
                (Str[]){__VA_ARGS__})
#define REPORT0(unit, text, at) unit_report((unit), (text), (at), 0, NULL)

Finding *unit_report_clang(Unit *unit, Severity severity, Place at, Str message);
// clang has an error on that line that names this in quotes.
bool unit_clang_refuses(const Unit *unit, const Place *at, Str name);
void unit_note(Unit *unit, Finding *finding, Place at, Str message);
Fix *unit_fix(Unit *unit, Finding *finding, Str title);
void unit_edit(Unit *unit, Fix *fix, Place at, Str text);

// Past SEMANTICS_MAX, FOLDS_MAX and NAME_PLACES_MAX the rest is left out. Tokens may come
// in any order and reach over lines; of two at one place the first counts.
void unit_semantic(Unit *unit, uint32_t begin, uint32_t end, SemanticType type,
                   uint32_t modifiers);
void unit_fold(Unit *unit, uint32_t first_line, uint32_t last_line, FoldKind kind);
// `key`: of a name of linkers symbol_key() of it. `scope`: see RName.
void unit_name(Unit *unit, Place at, Str name, Str key, NameRole role, uint32_t scope);

// Whether a finding of that number says what this message of clang's does.
bool unit_explains(uint16_t number, Str message);

// Tells what lies in headers at their #include, applies suppression comments, folds equal
// findings, sorts, and writes the block.
void unit_finish(Unit *unit, Stage stage, Buf *out);
