#include "codegen/arch/root.h"

enum { LEAVES_MAX = 64, STEPS_MAX = 16 };

static Truth in_world(Truth truth, uint32_t world)
{
    return (Truth){truth.sure >> world & 1, truth.may >> world & 1};
}

static bool is_same(Truth a, Truth b)
{
    return a.sure == b.sure && a.may == b.may;
}

static bool differs(Truth truth, ArchFlavour flavour)
{
    uint32_t first = (uint32_t)flavour * TARGET_COUNT;
    return !is_same(in_world(truth, first + TARGET_EC),
                    in_world(truth, first + TARGET_A64));
}

// --- Blame
// ------------------------------------------------------------------------------

static bool has_other_value(const Macro *macro, uint32_t a, uint32_t b)
{
    if ((macro->maybe >> a & 1) != (macro->maybe >> b & 1))
        return true;
    const Definition *in_a = macro->in[a], *in_b = macro->in[b];
    return in_a != in_b &&
           (!in_a || !in_b || !str_eq(in_a->text->body, in_b->text->body));
}

static void add_blame(ArchWalk *walk, ArchBlames *blames, NameId name, uint32_t ec,
                      uint32_t a64)
{
    const Macro *macro = macro_of(walk->macros, name);
    ArchBlame *blame = LIST_PUSH(walk->arena, &blames->names);
    *blame = (ArchBlame){.name = name};
    const Definition *both[] = {macro->in[ec], macro->in[a64]};
    for (size_t i = 0; i < COUNTOF(both); i++)
        if (both[i] && both[i]->file != UINT32_MAX)
            *LIST_PUSH(walk->arena, &blame->from) = both[i];
    // "#undef X" and then "#define X 1" under a condition that nobody can tell: what is
    // defined in a branch that differs comes first.
    for (uint32_t i = 0; !blame->from.len && i < macro->candidates.len; i++)
        *LIST_PUSH(walk->arena, &blame->from) = macro->candidates.at[i];
    // Defined for both, and then not for one of them. The last word counts.
    bool is_undone = !macro->in[ec] || !macro->in[a64];
    for (uint32_t i = macro->undone.len; is_undone && i > 0; i--)
        *LIST_PUSH(walk->arena, &blame->from) = macro->undone.at[i - 1];
}

// Those whose value on ARM64 would make the condition another one, each by itself; if
// none does, all that differ.
static ArchBlames *blames_of(ArchWalk *walk, const ArchBranch *branch,
                             ArchFlavour flavour)
{
    uint32_t a64 = (uint32_t)flavour * TARGET_COUNT + TARGET_A64;
    uint32_t ec = (uint32_t)flavour * TARGET_COUNT + TARGET_EC;
    NameId leaves[LEAVES_MAX];
    uint32_t n = macros_leaves(walk->macros, branch->condition, leaves, LEAVES_MAX);
    ArchBlames *blames = ARENA_NEW(walk->arena, ArchBlames);
    for (uint32_t pass = 0; pass < 2 && !blames->names.len; pass++)
        for (uint32_t i = 0; i < n; i++) {
            if (!has_other_value(macro_of(walk->macros, leaves[i]), ec, a64))
                continue;
            Swap swap = {&leaves[i], 1, a64};
            Truth swapped = pass || branch->is_include
                                ? branch->judged
                                : macros_judge(walk->macros, branch->condition, &swap);
            if (pass || branch->is_include ||
                !is_same(in_world(swapped, ec), in_world(branch->judged, ec)))
                add_blame(walk, blames, leaves[i], ec, a64);
        }
    return blames;
}

void arch_blame(ArchWalk *walk, ArchBranch *branch)
{
    for (ArchFlavour flavour = 0; flavour < FLAVOUR_COUNT; flavour++)
        if (differs(branch->judged, flavour))
            branch->blames[flavour] = blames_of(walk, branch, flavour);
}

// --- Roots
// ------------------------------------------------------------------------------

typedef struct Search {
    ArchWalk *walk;
    ArchFlavour flavour;
    ArchRoot root;
    const ArchBranch *seen[STEPS_MAX];
    uint32_t n_seen;
} Search;

// The outermost branch around it where the two targets part.
static const ArchBranch *where_they_part(const ArchBranch *branch, ArchFlavour flavour)
{
    for (; branch; branch = branch->parent)
        if (differs((Truth){branch->live.may, branch->live.may}, flavour) &&
            (!branch->parent ||
             !differs((Truth){branch->parent->live.may, branch->parent->live.may},
                      flavour)))
            return branch;
    return NULL;
}

// Its own condition, else the nearest before it in the chain that differs.
static const ArchBranch *who_decides(const ArchBranch *branch, ArchFlavour flavour)
{
    for (; branch; branch = branch->previous)
        if (branch->blames[flavour] && branch->blames[flavour]->names.len)
            return branch;
    return NULL;
}

static bool names_a_target(ArchWalk *walk, const Definition *definition)
{
    ArchNames *names = walk->macros->names;
    ExprTokens tokens = expr_lex(walk->arena, names, definition->text->body);
    for (uint32_t i = 0; i < tokens.len; i++)
        if (tokens.at[i].kind == TOKEN_NAME &&
            names->names.at[tokens.at[i].name].is_target)
            return true;
    return false;
}

static bool search(Search *search_for, const ArchBranch *branch);

static void blame_targets(Search *s, const ArchBlames *blames)
{
    for (uint32_t i = 0; i < blames->names.len; i++)
        if (s->walk->macros->names->names.at[blames->names.at[i].name].is_target &&
            !blames->names.at[i].from.len)
            *LIST_PUSH(s->walk->arena, &s->root.names) = blames->names.at[i].name;
}

// Back to where a project's macro was defined.
static bool follow(Search *s, const ArchBranch *decides, const ArchBlame *blame)
{
    for (uint32_t i = 0; i < blame->from.len; i++) {
        const Definition *definition = blame->from.at[i];
        uint32_t n_steps = s->root.steps.len;
        *LIST_PUSH(s->walk->arena, &s->root.steps) =
            (ArchStep){blame->name, definition, decides};
        if (definition->branch && search(s, definition->branch))
            return true;
        if (names_a_target(s->walk, definition)) {
            s->root.definition = definition;
            s->root.branch = NULL;
            *LIST_PUSH(s->walk->arena, &s->root.names) = blame->name;
            return true;
        }
        s->root.steps.len = n_steps;
    }
    return false;
}

static bool search(Search *s, const ArchBranch *branch)
{
    const ArchBranch *parts = where_they_part(branch, s->flavour);
    for (uint32_t i = 0; i < s->n_seen; i++)
        if (s->seen[i] == parts)
            return false;
    if (!parts || s->n_seen >= STEPS_MAX)
        return false;
    s->seen[s->n_seen++] = parts;
    const ArchBranch *decides = who_decides(parts, s->flavour);
    if (!decides)
        return false;
    const ArchBlames *blames = decides->blames[s->flavour];
    blame_targets(s, blames);
    if (s->root.names.len) {
        s->root.branch = decides;
        return true;
    }
    for (uint32_t i = 0; i < blames->names.len; i++)
        if (follow(s, decides, &blames->names.at[i]))
            return true;
    return false;
}

bool arch_root(ArchWalk *walk, const ArchBranch *branch, ArchFlavour flavour,
               ArchRoot *ret_root)
{
    Search s = {.walk = walk, .flavour = flavour};
    if (!search(&s, branch))
        return false;
    *ret_root = s.root;
    return true;
}

// --- Computed includes
// ------------------------------------------------------------------

Str arch_computed_include(ArchWalk *walk, const ArchItem *item, Worlds among,
                          Worlds *ret_same, bool *ret_is_angled)
{
    uint32_t first = (uint32_t)__builtin_ctz(among);
    Str text = macros_expand(walk->macros, item->text, first);
    *ret_same = 0;
    for (uint32_t w = first; w < WORLD_COUNT; w++)
        if (among >> w & 1 && str_eq(macros_expand(walk->macros, item->text, w), text))
            *ret_same |= (Worlds)(1u << w);
    if (text.len < 2 || (text.at[0] != '<' && text.at[0] != '"'))
        return STR("");
    *ret_is_angled = text.at[0] == '<';
    return str_sub(text, 1,
                   1 + str_find_char(str_from(text, 1), *ret_is_angled ? '>' : '"'));
}
