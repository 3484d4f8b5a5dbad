// What LLVM folds before it makes thunks, in functions that ask __builtin_constant_p or
// __builtin_object_size (LowerConstantIntrinsics.cpp, removeUnreachableBlocks()).
//
// It replaces each question by its answer, and simplifies what depends on that: a branch
// that does has one way left, and a phi whose other ways in are gone or say the same has
// one value. If a block then has no way in, it sweeps the function: from the entry, it
// folds branches on any constant, which may be a phi that has lost the others.
#include "codegen/frontend/clang_walk.h"

typedef enum PhiState {
    PHI_OPEN,
    PHI_REPLACED,  // by a constant, where it is used itself
    PHI_SIMPLIFIED // and what is made of it
} PhiState;

typedef struct Folding {
    Walk *walk;
    const bool *reached; // by block, before anything folds; elsewhere nothing is asked
    bool *is_gone;       // by flow
    PhiState *states;
    long long *values; // of phis
} Folding;

// A constant by now; `ret_simplified`: for all that is made of it.
static bool constant_of(const Folding *folding, Known known, long long *ret_value,
                        bool *ret_simplified)
{
    *ret_value = known.value;
    *ret_simplified = known.kind == KNOWN_LATE;
    if (known.kind != KNOWN_PHI)
        return known.kind == KNOWN_VALUE || known.kind == KNOWN_LATE;
    uint32_t phi = known_phi(known);
    PhiState state = folding->states[phi];
    *ret_simplified = state == PHI_SIMPLIFIED;
    *ret_value = folding->values[phi];
    if (known.value & KNOWN_NEGATED)
        *ret_value = !*ret_value;
    return state == PHI_SIMPLIFIED ||
           (state == PHI_REPLACED && !(known.value & KNOWN_DERIVED));
}

// True if it is a constant from now on.
static bool update_phi(Folding *folding, uint32_t index)
{
    const Body *body = &folding->walk->body;
    const Phi *phi = &body->phis.at[index];
    long long value = 0, first = 0;
    bool is_simplified = false, is_cut = false, is_undefined = false;
    uint32_t n_left = 0;
    if (folding->states[index] == PHI_SIMPLIFIED)
        return false;
    for (uint32_t i = phi->begin; i <= phi->last; i++) {
        bool simplified;
        if (body->flows.at[i].to != phi->block)
            continue;
        is_cut |= folding->is_gone[i];
        if (folding->is_gone[i])
            continue;
        Known known = i == phi->last ? phi->last_value : phi->value;
        is_undefined |= known.kind == KNOWN_UNDEFINED;
        if (known.kind == KNOWN_UNDEFINED)
            continue;
        bool is_asked =
            known.kind != KNOWN_LATE || folding->reached[body->flows.at[i].from];
        if (!is_asked || !constant_of(folding, known, &value, &simplified) ||
            (n_left && value != first))
            return false;
        is_simplified |= simplified;
        first = value;
        n_left++;
    }
    bool is_same = is_cut && !is_undefined; // what is only cut counts undefined ones, too
    PhiState state = is_simplified ? PHI_SIMPLIFIED : is_same ? PHI_REPLACED : PHI_OPEN;
    if (n_left == 0 || state <= folding->states[index])
        return false;
    folding->states[index] = state;
    folding->values[index] = first;
    return true;
}

static bool update_phis(Folding *folding)
{
    bool changed = false;
    for (uint32_t i = 0; i < folding->walk->body.phis.len; i++)
        changed |= update_phi(folding, i);
    return changed;
}

// Ways that a question alone closes, until nothing follows any more.
static void fold_late_branches(Folding *folding)
{
    Body *body = &folding->walk->body;
    bool changed = true;
    while (changed) {
        changed = update_phis(folding);
        for (uint32_t i = 0; i < body->flows.len; i++) {
            Flow one = body->flows.at[i];
            long long value;
            bool simplified;
            if (folding->is_gone[i] || one.kind == FLOW_STAYS ||
                !folding->reached[one.from] ||
                !constant_of(folding, one.condition, &value, &simplified) ||
                !simplified || one.kind == FLOW_OF_SWITCH ||
                !value == (one.kind == FLOW_IF_NOT))
                continue;
            folding->is_gone[i] = changed = true;
        }
    }
}

static bool is_swept(const Folding *folding)
{
    const Body *body = &folding->walk->body;
    uint32_t *n_left = ARENA_ARRAY(folding->walk->arena, uint32_t, body->n_before.len);
    for (uint32_t i = 0; i < body->flows.len; i++)
        n_left[body->flows.at[i].to] += !folding->is_gone[i];
    for (uint32_t i = 0; i < body->flows.len; i++)
        if (folding->is_gone[i] && n_left[body->flows.at[i].to] == 0)
            return true;
    return false;
}

static bool is_closed(const Folding *folding, const Flow *flow)
{
    long long value;
    bool simplified;
    if (flow->kind == FLOW_STAYS)
        return false;
    if (flow->kind == FLOW_OF_SWITCH) // on a constant, and not this case
        return true;
    return constant_of(folding, flow->condition, &value, &simplified) &&
           !value != (flow->kind == FLOW_IF_NOT);
}

// In LLVM's order: what comes last is looked at first.
static bool *sweep(Folding *folding, const BodyFlows *flows)
{
    Walk *walk = folding->walk;
    Body *body = &walk->body;
    uint32_t n = body->n_before.len, n_stack = 0;
    bool *reached = ARENA_ARRAY(walk->arena, bool, n);
    uint32_t *stack = ARENA_ARRAY(walk->arena, uint32_t, n + 1);
    reached[0] = true;
    stack[n_stack++] = 0;
    while (n_stack) {
        uint32_t block = stack[--n_stack];
        bool changed = false;
        for (uint32_t i = flows->first[block]; i < flows->first[block + 1]; i++) {
            uint32_t flow = flows->at[i];
            if (folding->is_gone[flow] || !is_closed(folding, &body->flows.at[flow]))
                continue;
            folding->is_gone[flow] = changed = true;
        }
        if (changed)
            update_phis(folding);
        for (uint32_t i = flows->first[block]; i < flows->first[block + 1]; i++) {
            uint32_t to = body->flows.at[flows->at[i]].to;
            if (folding->is_gone[flows->at[i]] || reached[to])
                continue;
            reached[to] = true;
            stack[n_stack++] = to;
        }
    }
    return reached;
}

bool *reached_after_folding(Walk *walk, const BodyFlows *flows)
{
    const Body *body = &walk->body;
    Folding folding = {
        .walk = walk,
        .is_gone = ARENA_ARRAY(walk->arena, bool, body->flows.len + 1),
        .states = ARENA_ARRAY(walk->arena, PhiState, body->phis.len + 1),
        .values = ARENA_ARRAY(walk->arena, long long, body->phis.len + 1),
    };
    folding.reached = reached_blocks(walk, flows, folding.is_gone);
    fold_late_branches(&folding);
    return is_swept(&folding) ? sweep(&folding, flows)
                              : reached_blocks(walk, flows, folding.is_gone);
}
