// What a name is at one point of a translation unit, in nine worlds at once.
#pragma once

#include "codegen/arch/expression.h"
#include "codegen/arch/world.h"

// Three-valued, in each world: surely, perhaps (`may` without `sure`), or not.
typedef struct Truth {
    Worlds sure, may; // sure is a part of may
} Truth;

static inline Truth truth_and(Truth a, Truth b)
{
    return (Truth){a.sure & b.sure, a.may & b.may};
}

static inline Truth truth_not(Truth a)
{
    return (Truth){(Worlds)(WORLDS_ALL & ~a.may), (Worlds)(WORLDS_ALL & ~a.sure)};
}

// Is the same in all worlds.
static inline bool truth_is_uniform(Truth a)
{
    return (a.sure == 0 || a.sure == WORLDS_ALL) && (a.may == 0 || a.may == WORLDS_ALL);
}

struct ArchBranch;

// A #define's text, as its file has it: kept with the file.
typedef struct MacroText {
    NameId name;
    bool is_function_like, is_variadic;
    uint32_t n_parameters;
    const NameId *parameters;
    Str body;          // without comments and splices, trimmed
    const Expr *value; // of the body; NULL until somebody asks
    ExprTokens tokens; // of the body; of function-like ones, when somebody has asked
    bool is_lexed;
} MacroText;

// One #define as it was met: the same text has several where its file is included often.
typedef struct Definition {
    MacroText *text;
    uint32_t file; // of ArchWalk.files; ARCH_FILE_NONE: predefined or of the command line
    uint32_t begin, end;             // of the name in that file
    const struct ArchBranch *branch; // it stands in; NULL: in none
    bool is_undoing;                 // an #undef
} Definition;

typedef struct Macro {
    uint32_t epoch;
    Worlds maybe; // defined or not, nobody can tell: `in` is NULL there
    const Definition *in[WORLD_COUNT];
    // Definitions under a condition that nobody can tell: where a `maybe` comes from.
    LIST(const Definition *) candidates;
    LIST(const Definition *) undone; // by an #undef that only some worlds meet
} Macro;

// All names at this point. What is not known of a name is asked in this order: what files
// and command line made of it, what compilers define, then by `is_open`.
typedef struct Macros {
    Arena *arena;   // of the walk
    Arena *lasting; // of the texts: what is lexed late goes there
    ArchNames *names;
    LIST(Macro) macros; // by NameId; of another epoch: untouched
    LIST(uint32_t)
    somewhere; // by NameId: the epoch in which a file that was seen defines it
    uint32_t epoch;
    // Whether #include finds a file: +1 yes, 0 nobody can tell. NULL: nobody can.
    int (*has_file)(void *owner, Str name, bool is_angled);
    void *owner;
    bool was_too_much; // the last condition that was judged took more steps
    bool is_open; // an unknown name may be defined by whoever includes this; else it is
                  // not
} Macros;

void macros_done(Macros *macros);
void macros_begin(Macros *macros, Arena *arena, Arena *lasting, ArchNames *names,
                  bool is_cpp);
Macro *macro_of(Macros *macros, NameId name);
Worlds macro_defined(const Macro *macro); // surely

void macro_define(Macros *macros, Truth live, const Definition *definition);
void macro_undefine(Macros *macros, Truth live, NameId name);
// By a line of a file, under a condition that is not the same in all worlds.
void macro_undo(Macros *macros, Truth live, const Definition *definition);
void macros_define_late(Macros *macros);      // a header of mingw-w64's was read
void macros_see(Macros *macros, NameId name); // some file defines it

// Where a name's value is taken from another world: how the blame of a difference is
// found (root.h).
typedef struct Swap {
    const NameId *names;
    uint32_t n_names;
    uint32_t world;
} Swap;

// The truth of a condition in all worlds. `swap` may be NULL. Whatever takes more than
// EVALUATION_STEPS_MAX steps is unknown.
enum { EVALUATION_STEPS_MAX = 20000, EXPANSION_DEPTH_MAX = 24 };
Truth macros_judge(Macros *macros, const Expr *condition, const Swap *swap);
// The same where what no file that was seen defines may be defined by one that was not.
Truth macros_judge_openly(Macros *macros, const Expr *condition);
bool macros_may_know(const Macros *macros, NameId name); // such a file may define it

// Names that the value of an expression hangs on, through the macros that it names, as
// they are now. At most `max`.
uint32_t macros_leaves(Macros *macros, const Expr *condition, NameId *ret_names,
                       uint32_t max);

// The text that macros make of `text` in one world, tokens without blanks between them:
// for #include NAME. Empty: nobody can tell.
Str macros_expand(Macros *macros, Str text, uint32_t world);
