// The blocks of a body, what flows between them, and which calls LLVM keeps.
#include "codegen/frontend/clang_walk.h"

#include <string.h>

uint32_t new_block(Walk *walk)
{
    *LIST_PUSH(walk->arena, &walk->body.n_before) = 0;
    return walk->body.n_before.len - 1;
}

void flow(Walk *walk, uint32_t from, uint32_t to)
{
    if (from == NO_BLOCK || to == NO_BLOCK)
        return;
    walk->body.n_before.at[to]++;
    *LIST_PUSH(walk->arena, &walk->body.flows) = (Flow){from, to};
}

// Behind a call that does not return clang goes on in a block that nothing flows into.
void body_noreturn(Walk *walk)
{
    if (walk->variable)
        return;
    walk->body.block = new_block(walk);
    walk->body.after_noreturn = walk->body.block;
}

// Goes on in `block`, or nowhere if nothing flows into it.
void continue_in(Walk *walk, uint32_t block)
{
    walk->body.block = walk->body.n_before.at[block] ? block : NO_BLOCK;
}

// Blocks that the entry reaches; what else there is, LLVM drops.
static bool *reachable_blocks(Walk *walk)
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
    for (uint32_t i = body->flows.len; i-- > 0;)
        to[--first[body->flows.at[i].from]] = body->flows.at[i].to;
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

// The cases of a folded switch that do not run are not emitted at all.
static bool is_folded_away(const Body *body, uint32_t call)
{
    for (uint32_t i = 0; i < body->folded.len; i++)
        if (call >= body->folded.at[i].from && call < body->folded.at[i].to)
            return true;
    return false;
}

// Calls of bodies within this one (lambdas, local classes) stand between its own.
static void settle_calls(Walk *walk, const bool *reached)
{
    Body *body = &walk->body;
    Unit *unit = walk->view->unit;
    uint32_t n = body->first_call, next = 0;
    for (uint32_t i = body->first_call; i < unit->calls.len; i++) {
        Call call = unit->calls.at[i];
        bool stays = true;
        if (next < body->call_blocks.len && body->call_blocks.at[next].call == i) {
            uint32_t block = body->call_blocks.at[next].block;
            call.is_reachable = block != NO_BLOCK && reached[block];
            stays = call.is_reachable || !is_folded_away(body, next);
            next++;
        }
        if (stays)
            unit->calls.at[n++] = call;
    }
    unit->calls.len = n;
}

void body_begin(Walk *walk)
{
    Body *body = &walk->body;
    if (body->labels.len)
        memset(body->label_buckets, 0, sizeof body->label_buckets);
    body->n_before.len = body->flows.len = body->labels.len = 0;
    body->call_blocks.len = body->folded.len = 0;
    body->first_call = walk->view->unit->calls.len;
    body->scope = NULL;
    body->n_filters = 0;
    body->on_leave = body->after_noreturn = NO_BLOCK;
    body->block = new_block(walk);
}

void body_end(Walk *walk)
{
    settle_calls(walk, reachable_blocks(walk));
}
