// What the walk over a C document shares among its files; not for others.
//
//   clang_functions.c   the top of the walk, functions and variables by their cursors
//   clang_linkage.c     what the redeclarations say: attributes, inline, storage class
//   clang_rename.c      #pragma redefine_extname
//   clang_body.c        statements
//   clang_switch.c      switch
//   clang_seh.c         __try and its filters
//   clang_flow.c        the blocks of a body, and what flows between them
//   clang_sweep.c       what LLVM folds of that
//   clang_instrument.c  calls of profilers, where functions begin and end
//   clang_jump.c        jumps, labels, cleanups at the ends of scopes
//   clang_block.c       block literals, which become functions
//   clang_branch.c      conditions: && || ?: and what branches on them
//   clang_expression.c  expressions: calls and references
//   clang_call.c        one call: direct, indirect, of the run-time library
//   clang_builtin.c     which functions clang knows by name, and a call of one
//   clang_fold.c        what clang evaluates before it emits anything
//   clang_effects.c     what an expression does beside having a value
//   clang_known.c       what is known of a value when it is emitted
//   clang_parts.c       the parts of `for`
//   clang_generic.c     which association a _Generic takes
//   clang_type_name.c   types as clang prints them, and which are compatible
//   clang_api.c         the arguments of calls that rules ask about
//   clang_facts.c       segments, machine numbers, compared functions, linker pragmas
//   clang_references.c  C++: the references alone
#pragma once

#include "codegen/frontend/clang_type.h"

#define NO_BLOCK UINT32_MAX

enum { WALK_DEPTH_MAX = 600 }; // of nesting; below, only references are seen

typedef struct Builtin {
    Str calls;   // the symbol it becomes a call of; empty: no call
    Str letters; // of clang_library_signature(), if the call has other parameters
} Builtin;

typedef enum BuiltinTrait { // builtin_traits.def says what they mean
    IS_RESERVED = 1 << 0,
    IGNORES_ARGUMENTS = 1 << 1,
    GOES_ON = 1 << 2,
    EXPECTS = 1 << 3,
    TELLS_SIZE = 1 << 4,
    ASSUMES = 1 << 5,
    IS_CONSTANT = 1 << 6,
    IS_SILENT = 1 << 7,
    HAS_FIRST = 1 << 8,
    DEPENDS_ON_PARTS = 1 << 9,
    IS_ANSWERED = 1 << 10,
} BuiltinTrait;

enum {
    ATTRIBUTE_USED = 1 << 0, // used, retain, constructor, destructor
    ATTRIBUTE_CONSTRUCTOR = 1 << 1,
    ATTRIBUTE_GNU_INLINE = 1 << 2,
    ATTRIBUTE_ALWAYS_INLINE = 1 << 3,
    ATTRIBUTE_NORETURN = 1 << 4,
    ATTRIBUTE_ALIAS = 1 << 5,
    ATTRIBUTE_WEAKREF = 1 << 6,
    ATTRIBUTE_DLLIMPORT = 1 << 7,
    ATTRIBUTE_DLLEXPORT = 1 << 8,
    ATTRIBUTE_LABEL = 1 << 9,
    ATTRIBUTE_HYBRID_PATCHABLE = 1 << 10,
    ATTRIBUTE_OVERLOADABLE = 1 << 11,
    ATTRIBUTE_WEAK = 1 << 12,
    ATTRIBUTE_ANNOTATE = 1 << 13,
    ATTRIBUTE_NO_INSTRUMENT = 1 << 14,
};

// A function or a variable with static storage, known by its canonical cursor.
typedef struct Entity {
    CXCursor canonical;
    CXCursor definition;         // null if none
    CXCursor latest;             // of the redeclarations read
    uint32_t function, variable; // index + 1 in the Unit; 0: it is the other
    uint32_t attributes;         // of all redeclarations seen
    uint32_t last_attributes;    // of the latest: dllimport does not survive
    bool is_inline;              // the definition
    bool saw_extern, saw_extern_inline, saw_lone_inline; // lone: without extern
    bool saw_plain, saw_plain_before, saw_plain_after;   // not inline; the definition
    bool is_unprototyped;
    bool is_walked;
    Str target; // of alias and weakref
    const Builtin *builtin;
    bool is_builtin; // clang may know it by name: builtin, or a name kept for it
} Entity;

typedef struct EntitySlot {
    CXCursor canonical;
    uint32_t entity; // index + 1; 0: free
} EntitySlot;

typedef struct Label {
    Str name;
    uint32_t block, cleanup;
    bool is_placed; // its cleanup is known
    uint32_t next;  // of its bucket: index + 1; 0: none
} Label;

enum { LABEL_BUCKETS = 256 };

#define DEFERRED UINT32_MAX

// cleanup(f), _Defer, the stack of a variable length array: what runs where a scope ends.
typedef struct Cleanup {
    uint32_t up;         // index + 1 of the one around it; 0: none
    uint32_t head;       // its block, where the scope is left
    uint32_t callee;     // entity + 1; 0: no call; DEFERRED: `at` is what runs
    uint32_t first_call; // in its scope: index of Body.call_blocks
    uint32_t exits;      // index + 1 in Body.exits of the last; 0: none
    uint32_t last_way;   // to the block where the last jump through it ends
    bool has_way;
    CXCursor at;
} Cleanup;

typedef struct CleanupExit {
    uint32_t to;   // a block
    uint32_t next; // of its cleanup: index + 1; 0: none
} CleanupExit;

// A jump to a label that has not been seen yet, out of a cleanup's scope.
typedef struct Waiting {
    uint32_t from, label, cleanup;
} Waiting;

typedef struct CallBlock {
    uint32_t call, block; // call: index of Unit.calls
} CallBlock;

// What break and continue refer to.
typedef struct Scope Scope;
struct Scope {
    Scope *up;
    uint32_t on_break, on_continue;
    uint32_t break_cleanup, continue_cleanup; // around these blocks
    CXCursor inside;                          // the body of the loop or switch
};

// `name: while (...)`: what `break name;` leaves.
typedef struct NamedScope {
    Str name;
    CXCursor inside;
} NamedScope;

// The innermost switch, where it is not folded: else `head` is NO_BLOCK.
typedef struct Switch {
    uint32_t head, on_default;
    bool is_known, is_matched; // on a constant, which is one of the cases
    long long value;
} Switch;

// What is known of a value when it is emitted.
typedef enum KnownKind {
    KNOWN_NOTHING,
    KNOWN_BY_CLANG,  // a constant, if evaluate() has a value for the expression
    KNOWN_ADDRESS,   // a constant, and not null
    KNOWN_VALUE,     // a constant
    KNOWN_LATE,      // LLVM makes a constant of it, and folds what depends on it
    KNOWN_UNDEFINED, // of a call that does not return: LLVM makes a constant of `!` of it
    KNOWN_PHI,       // of `&&`, `||` and `?:`: it may become one
} KnownKind;

typedef struct Known {
    KnownKind kind;
    long long value; // KNOWN_VALUE, KNOWN_LATE; of KNOWN_PHI: see known_phi()
} Known;

enum { KNOWN_NEGATED = 1, KNOWN_DERIVED = 2 }; // of a phi: not the phi itself
static inline uint32_t known_phi(Known known)  // index of Body.phis
{
    return (uint32_t)(known.value >> 2);
}

// From block to block. LLVM may find out that one of a branch is never taken.
typedef enum FlowKind {
    FLOW_STAYS,
    FLOW_IF,        // the condition
    FLOW_IF_NOT,    //
    FLOW_OF_SWITCH, // on a constant, of another case; behind a trap
} FlowKind;

typedef struct Flow {
    uint32_t from, to;
    FlowKind kind;
    Known condition; // nothing that is still to be asked
} Flow;

// A value by the way that led here: flows from `begin` on that lead to the block, the
// last of which is that of `last_value`.
typedef struct Phi {
    uint32_t block, begin, last;
    Known value, last_value;
} Phi;

// Flows by where they come from.
typedef struct BodyFlows {
    uint32_t *first; // by block; its end is the next one's
    uint32_t *at;    // index in Body.flows
} BodyFlows;

// The body that is walked. Its lists are used again for the next.
typedef struct Body {
    LIST(uint32_t) n_before; // by block: how many flow into it
    LIST(Flow) flows;
    LIST(Label) labels;
    uint32_t label_buckets[LABEL_BUCKETS]; // the newest of each: index + 1; 0: none
    LIST(CallBlock) call_blocks;
    LIST(Cleanup) cleanups;
    LIST(CleanupExit) exits;
    LIST(Phi) phis;
    LIST(Waiting) waiting;
    LIST(NamedScope) named_scopes;
    uint32_t cleanup;   // the innermost, index + 1; 0: none
    bool has_late;      // of the conditions and phis
    uint32_t block;     // NO_BLOCK: nothing gets here
    uint32_t n_filters; // of SEH
    uint32_t on_leave;  // of the innermost __try
    uint32_t on_exit;   // NO_BLOCK: nothing runs where the function ends
    Scope *scope;
    Switch cases;
} Body;

// A type, of libclang or as text says it; clang_type_name.c.
typedef enum TypeShapeKind {
    SHAPE_UNKNOWN,
    SHAPE_BASE,
    SHAPE_POINTER,
    SHAPE_ARRAY,
    SHAPE_FUNCTION,
} TypeShapeKind;

typedef struct TypeShape TypeShape;
struct TypeShape {
    TypeShapeKind kind;
    uint32_t qualifiers;
    TypeShape *inner; // pointee, element, result
    Str name;         // of a base
    Str integer;      // of an enumeration: the type that it is compatible with
    CXType type;      // of a base; CXType_Invalid: of text
    long long size;   // of an array; -1: not told
    LIST(TypeShape *) parameters; // of a function
    bool has_prototype, is_variadic;
};

typedef enum Likeness { UNLIKE, ALIKE, UNSURE } Likeness;

enum { TYPE_NAME_BUCKETS = 256 };

// A typedef or an enumeration that the document names.
typedef struct TypeNamed {
    Str name;
    enum CXCursorKind kind;
    CXType type;
    bool is_ambiguous; // another one has its name
    uint32_t next;     // of its bucket: index + 1; 0: none
} TypeNamed;

typedef struct TypeNames {
    bool is_read;
    LIST(TypeNamed) at;
    uint32_t buckets[TYPE_NAME_BUCKETS]; // index + 1; 0: none
} TypeNames;

typedef struct Generic {
    CXCursor cursor;
    uint32_t at; // in Generics.text, behind its name
    uint32_t chosen;
    bool is_decided;
} Generic;

// The _Generics of one declaration, as they stand in its text.
typedef struct Generics {
    CXCursor within;
    Str text; // as clang prints it; empty: it does not fit
    LIST(Generic) at;
    uint32_t last; // the one asked for before
    bool is_too_deep;
} Generics;

// The labels that the asm statements of a definition name.
typedef struct AsmLabels {
    CXCursor within;
    LIST(Str) at;
} AsmLabels;

typedef struct Rename {
    Str from, to;
} Rename;

typedef struct Walk {
    ClangView *view;
    ClangTypes *types;
    Arena *arena;
    AbiEnvironment environment;
    bool is_cpp;
    bool no_builtins;     // -fno-builtin, -ffreestanding
    LIST(Str) no_builtin; // -fno-builtin-NAME
    bool math_errno;      // sin() and its like are calls, which set it
    uint32_t instruments; // bits of clang_instrument.c
    bool gnu89_inline;    // -std=gnu89, -fgnu89-inline
    bool exceptions;      // C++, -fexceptions
    LIST(Entity) entities;
    EntitySlot *slots; // open addressing by clang_hashCursor
    uint32_t n_slots, n_used;
    LIST(Rename) renames;
    LIST(CXCursor) stack; // children of the cursors that are being walked
    Body body;
    CXCursor within;   // the definition that is walked
    Generics generics; // of one of them
    TypeNames type_names;
    AsmLabels asm_labels;
    uint32_t caller;   // index of the function whose body is walked, or CALLER_FILE_SCOPE
    uint32_t variable; // index + 1, whose initialiser is walked
    bool in_document;
    bool collects_asm; // and register variables
    bool in_template;
    Str features;
    uint32_t depth;
    uint32_t n_blocks;          // block literals of the definition so far
    uint32_t block_initialiser; // + 1, among the functions; 0: none yet
    uint32_t n_throws;          // C++: what may throw, so far
} Walk;

// Children of a cursor, on the walk's stack from `base`. Pop when done.
typedef struct Children {
    uint32_t base, n;
    bool repeats; // libclang shows the operand of `a ?: b` three times: it is here once
} Children;
Children children_push(Walk *walk, CXCursor cursor);
void children_pop(Walk *walk, Children children);
static inline CXCursor child(const Walk *walk, Children children, uint32_t i)
{
    return walk->stack.at[children.base + i];
}

// clang_functions.c
uint32_t entity_of(Walk *walk, CXCursor declaration);
uint32_t entity_of_reference(Walk *walk, CXCursor referenced); // index + 1; 0: no entity
uint32_t entity_by_name(Walk *walk, Str name);                 // index + 1; 0: none
uint32_t library_function(Walk *walk, Str name, Str letters);  // index of Unit.functions
Call *add_call(Walk *walk, CXCursor at, uint32_t callee);
void add_address(Walk *walk, CXCursor at, uint32_t callee, bool is_mention);
void add_variable_use(Walk *walk, uint32_t variable);
bool is_function_kind(enum CXCursorKind kind);

// clang_builtin.c: NULL for an ordinary function, and for __builtin_X that makes no call.
const Builtin *builtin_find(Walk *walk, Str name);
bool builtin_has(Str name, BuiltinTrait trait);
bool builtin_is_reserved(Str name); // by its prefix: without a row it makes no call
Known call_builtin(Walk *walk, CXCursor cursor, Children children, uint32_t entity);

// clang_linkage.c
void linkage_read(Walk *walk, Entity *entity, CXCursor redeclaration);
Str linkage_features(Walk *walk, CXCursor definition); // of target("...")
Str without_strings(Arena *arena, Str text);
void linkage_settle(Walk *walk, Entity *entity); // into its Function or Variable
void linkage_settle_all(Walk *walk);

// clang_rename.c
void renames_read(Walk *walk);
Str renamed(Walk *walk, const Entity *entity); // empty: it keeps its name

// clang_flow.c
uint32_t new_block(Walk *walk);
void flow(Walk *walk, uint32_t from, uint32_t to);
void flow_if(Walk *walk, uint32_t from, uint32_t to, FlowKind kind, Known condition);
Known new_phi(Walk *walk, uint32_t block, uint32_t begin, Known value, Known last_value);
void continue_in(Walk *walk, uint32_t block); // nowhere if nothing flows into it
void body_noreturn(Walk *walk);
void body_trap(Walk *walk);
void body_begin(Walk *walk);
void body_end(Walk *walk); // which of its calls LLVM keeps
bool *reached_blocks(Walk *walk, const BodyFlows *flows, const bool *is_gone);
bool *reached_after_folding(Walk *walk, const BodyFlows *flows); // clang_sweep.c

// clang_instrument.c
void instrument_read(Walk *walk);
void instrument_begin(Walk *walk); // of a body
void instrument_end(Walk *walk);

// clang_jump.c
void cleanup_push(Walk *walk, CXCursor at, uint32_t callee);
void scope_end(Walk *walk, uint32_t outer); // the value of body.cleanup before the scope
void jump(Walk *walk, uint32_t to, uint32_t target);
uint32_t label_block(Walk *walk, Str name);
void label_place(Walk *walk, Str name);
void walk_goto(Walk *walk, CXCursor statement);
void name_scope(Walk *walk, Str name, CXCursor labelled);
const Scope *scope_of_jump(Walk *walk, CXCursor statement); // of break, continue
void walk_asm_labels(Walk *walk);                           // of asm goto
void walk_label_address(Walk *walk, CXCursor expression);   // &&label
bool has_label(Walk *walk, CXCursor statement);
bool has_label_but_cases(Walk *walk, CXCursor statement);

// clang_body.c
void walk_body(Walk *walk, CXCursor definition);
void walk_statement(Walk *walk, CXCursor statement);
void walk_variable(Walk *walk, CXCursor variable); // a local one
void walk_bounds(Walk *walk, CXCursor declaration);
void walk_condition(Walk *walk, CXCursor cursor); // a part of for, switch, ...
void walk_statement_expression(Walk *walk, Children children);

void walk_switch(Walk *walk, CXCursor statement, Children children); // clang_switch.c
void walk_case(Walk *walk, CXCursor statement, Children children);

void walk_try(Walk *walk, Children children); // clang_seh.c

// clang_block.c
void walk_block(Walk *walk, CXCursor expression);
// Of a function type: the literal's address comes in front.
const AbiSignature *block_signature(Walk *walk, const AbiSignature *own);

// clang_branch.c
Known walk_truth(Walk *walk, CXCursor expression);
void branch_on(Walk *walk, CXCursor at, Known known, uint32_t yes, uint32_t no);
void walk_branch(Walk *walk, CXCursor condition, uint32_t yes, uint32_t no);
Known walk_logical(Walk *walk, Children children, bool is_and);
Known walk_choice(Walk *walk, CXCursor whole, CXCursor condition, CXCursor yes,
                  CXCursor no);

// clang_expression.c
Known walk_expression(Walk *walk, CXCursor expression);
bool walk_mention(Walk *walk,
                  CXCursor expression); // of a function alone: (void)f, f == 0
void walk_initialiser(Walk *walk, CXCursor variable);
CXCursor peel(Walk *walk, CXCursor expression);    // through parentheses, casts, * and &
Str written_word(Walk *walk, CXCursor expression); // its first
bool is_choose(Walk *walk, CXCursor expression,
               Children children); // __builtin_choose_expr

// clang_call.c
Known walk_call(Walk *walk, CXCursor call, Children children);
void walk_arguments(Walk *walk, Children children);
void call_set_variadic(Walk *walk, Call *call, CXCursor cursor, uint32_t n_fixed);
void walk_library_call(Walk *walk, CXCursor at, Str name, Str letters);
bool is_noreturn(Walk *walk, uint32_t entity);

// clang_fold.c
bool evaluate(CXCursor expression, long long *ret_value); // whatever else it does
bool fold(Walk *walk, CXCursor expression, long long *ret_value);
bool fold_here(Walk *walk, CXCursor expression, long long *ret_value);
bool fold_truth(Walk *walk, CXCursor expression, long long *ret_value); // pointers, too
bool fold_pointer(Walk *walk, CXCursor expression, long long *ret_value);
bool fold_call(Walk *walk, CXCursor call, Children children, bool is_reserved);
bool is_called(CXCursor call, BuiltinTrait trait); // a builtin that has it

// clang_effects.c
bool has_effects(Walk *walk, CXCursor expression, uint32_t depth);
bool fold_later(Walk *walk, CXCursor expression, uint32_t depth);

// clang_known.c
bool known_value(Walk *walk, CXCursor at, Known known, long long *ret_value);
Known known_resolved(Walk *walk, CXCursor at, Known known); // never KNOWN_BY_CLANG
Known known_settled(Walk *walk, CXCursor at, Known known);
Known known_bool(Known known);
Known known_pointer(CXCursor operand);
Known known_unary(enum CXUnaryOperatorKind operator, Known known);
Known known_cast(Known known, CXType type);
Known known_binary(Walk *walk, enum CXBinaryOperatorKind operator,
                   const CXCursor sides[2], const Known known[2]);

// clang_parts.c
typedef enum ForSlot { FOR_INIT, FOR_CONDITION, FOR_INCREMENT, FOR_BODY } ForSlot;
void for_slots(Walk *walk, CXCursor statement, Children children, ForSlot *ret_slots);

// clang_generic.c
uint32_t generic_choice(Walk *walk, CXCursor generic, Children children); // n: unknown

// clang_type_name.c
TypeShape *type_shape(Walk *walk, CXType type);
TypeShape *type_shape_of_text(Walk *walk, Str text);
Likeness types_alike(const TypeShape *a, const TypeShape *b);

// clang_cpp.c: what C++ adds to bodies and expressions.
bool walk_cpp_expression(Walk *walk, CXCursor expression, enum CXCursorKind kind);
bool walk_cpp_statement(Walk *walk, CXCursor statement, enum CXCursorKind kind);
void walk_cpp_function(Walk *walk, CXCursor definition);
void walk_cpp_variable(Walk *walk, CXCursor variable); // of file or class scope
bool cpp_instantiation(Walk *walk, CXCursor class);    // of a template; else false
uint32_t cpp_if_start(Walk *walk, Children children, uint32_t first);

// clang_api.c
bool api_is_asked_about(Str name);
void api_call(Walk *walk, CXCursor cursor, uint32_t callee); // index of Unit.functions
CXCursor below_casts(Walk *walk, CXCursor expression);       // and below `&`
// clang_facts.c
void fact_cast(Walk *walk, CXCursor cast, CXCursor operand);
bool fact_is_code_cast(CXType type, CXType pointee);
void fact_code_cast(Walk *walk, CXCursor cast, CXCursor operand);
void fact_member_pointer(Walk *walk, CXCursor name, CXCursor method, uint32_t function);
void fact_comparison(Walk *walk, CXCursor expression, const CXCursor sides[2]);
void fact_function_comparison(Walk *walk, CXCursor name, CXCursor function,
                              CXCursor other);
void fact_pragma(Walk *walk, CXCursor declaration);

// clang_references.c: every reference below a cursor, without control flow: what is
// nested too deep to be walked otherwise, and C++ outside bodies.
void reference_name(Walk *walk, CXCursor cursor);
CXType callee_type(CXCursor call);
// A call of what is only known by the type it is called through. NULL: by no function
// type. `ret_call` is NULL where the call does not count.
const ClangFunctionType *add_call_by_type(Walk *walk, CXCursor cursor, Call **ret_call);
void walk_references(Walk *walk, CXCursor cursor);
void collect_asm(Walk *walk, CXCursor cursor); // in what clang does not emit
void asm_statement(Walk *walk, CXCursor statement);
void register_variable(Walk *walk, CXCursor variable);
enum CXChildVisitResult on_reference(CXCursor cursor, CXCursor above, CXClientData owner);
