// The blocks of a body, what flows between them, and which calls LLVM keeps.
#include "codegen/frontend/clang_walk.h"

#include <string.h>

uint32_t new_block(Walk *walk)
{
    *LIST_PUSH(walk->arena, &walk->body.n_before) = 0;
    return walk->body.n_before.len - 1;
}

void flow_until(Walk *walk, uint32_t from, uint32_t to, FlowKind kind)
{
    Body *body = &walk->body;
    if (from == NO_BLOCK || to == NO_BLOCK)
        return;
    body->n_before.at[to]++;
    body->has_late |= kind == FLOW_UNTIL_FOLDED;
    *LIST_PUSH(walk->arena, &body->flows) = (Flow){from, to, kind};
}

void flow(Walk *walk, uint32_t from, uint32_t to)
{
    flow_until(walk, from, to, FLOW_STAYS);
}

// Behind a call that does not return clang goes on in a block that nothing flows into.
void body_noreturn(Walk *walk)
{
    if (walk->variable)
        return;
    walk->body.block = new_block(walk);
}

// Behind what clang takes for an instruction, it goes on, but a sweep ends there.
void body_noreturn_if_swept(Walk *walk)
{
    if (walk->variable)
        return;
    uint32_t after = new_block(walk);
    flow_until(walk, walk->body.block, after, FLOW_UNTIL_SWEPT);
    walk->body.block = after;
}

// Goes on in `block`, or nowhere if nothing flows into it.
void continue_in(Walk *walk, uint32_t block)
{
    walk->body.block = walk->body.n_before.at[block] ? block : NO_BLOCK;
}

// Blocks that the entry reaches by flows up to a kind.
static bool *reachable_blocks(Walk *walk, FlowKind until)
{
    Body *body = &walk->body;
    uint32_t n = body->n_before.len, n_stack = 0;
    bool *reached = ARENA_ARRAY(walk->arena, bool, n);
    uint32_t *first = ARENA_ARRAY(walk->arena, uint32_t, n + 1);
    uint32_t *to = ARENA_ARRAY(walk->arena, uint32_t, body->flows.len + 1);
    uint32_t *stack = ARENA_ARRAY(walk->arena, uint32_t, n + 1);
    for (uint32_t i = 0; i < body->flows.len; i++)
        first[body->flows.at[i].from]++;
    for (uint32_t i = 0, sum = 0; i <= n; i++) {
        sum += i < n ? first[i] : 0;
        first[i] = sum; // the end of its run; filling moves it to the start
    }
    for (uint32_t i = body->flows.len; i-- > 0;) {
        Flow one = body->flows.at[i];
        to[--first[one.from]] = one.kind <= until ? one.to : 0; // the entry, to no effect
    }
    reached[0] = true;
    stack[n_stack++] = 0;
    while (n_stack) {
        uint32_t block = stack[--n_stack];
        for (uint32_t i = first[block]; i < first[block + 1]; i++) {
            if (reached[to[i]])
                continue;
            reached[to[i]] = true;
            stack[n_stack++] = to[i];
        }
    }
    return reached;
}

// Whether folding leaves a block with no way in.
static bool is_swept(Walk *walk)
{
    const Body *body = &walk->body;
    const bool *reached = reachable_blocks(walk, FLOW_UNTIL_FOLDED);
    uint32_t *n_left = ARENA_ARRAY(walk->arena, uint32_t, body->n_before.len);
    for (uint32_t i = 0; i < body->flows.len; i++)
        n_left[body->flows.at[i].to] += body->flows.at[i].kind != FLOW_UNTIL_FOLDED ||
                                        !reached[body->flows.at[i].from];
    for (uint32_t i = 0; i < body->flows.len; i++) {
        Flow one = body->flows.at[i];
        if (one.kind == FLOW_UNTIL_FOLDED && reached[one.from] && n_left[one.to] == 0)
            return true;
    }
    return false;
}

// Calls of bodies within this one (lambdas, local classes) stand between its own.
static void settle_calls(Walk *walk, const bool *reached)
{
    const Body *body = &walk->body;
    for (uint32_t i = 0; i < body->call_blocks.len; i++) {
        CallBlock made = body->call_blocks.at[i];
        walk->view->unit->calls.at[made.call].is_reachable =
            made.block != NO_BLOCK && reached[made.block];
    }
}

void body_begin(Walk *walk)
{
    Body *body = &walk->body;
    if (body->labels.len)
        memset(body->label_buckets, 0, sizeof body->label_buckets);
    body->n_before.len = body->flows.len = body->labels.len = 0;
    body->call_blocks.len = body->cleanups.len = body->exits.len = body->waiting.len = 0;
    body->cleanup = 0;
    body->has_late = false;
    body->cases.head = NO_BLOCK;
    body->scope = NULL;
    body->n_filters = 0;
    body->on_leave = NO_BLOCK;
    body->block = new_block(walk);
}

void body_end(Walk *walk)
{
    FlowKind until = FLOW_UNTIL_SWEPT;
    if (walk->body.has_late)
        until = is_swept(walk) ? FLOW_STAYS : FLOW_UNTIL_SWEPT;
    settle_calls(walk, reachable_blocks(walk, until));
}
