// The blocks of a body, what flows between them, and which calls LLVM keeps.
#include "codegen/frontend/clang_walk.h"

#include <string.h>

uint32_t new_block(Walk *walk)
{
    *LIST_PUSH(walk->arena, &walk->body.n_before) = 0;
    return walk->body.n_before.len - 1;
}

void flow_if(Walk *walk, uint32_t from, uint32_t to, FlowKind kind, Known condition)
{
    Body *body = &walk->body;
    if (from == NO_BLOCK || to == NO_BLOCK)
        return;
    body->n_before.at[to]++;
    body->has_late |= condition.kind == KNOWN_LATE;
    *LIST_PUSH(walk->arena, &body->flows) =
        (Flow){.from = from, .to = to, .kind = kind, .condition = condition};
}

void flow(Walk *walk, uint32_t from, uint32_t to)
{
    flow_if(walk, from, to, FLOW_STAYS, (Known){0});
}

// What came to `block`, with the last flow there is `last_value`.
Known new_phi(Walk *walk, uint32_t block, uint32_t begin, Known value, Known last_value)
{
    Body *body = &walk->body;
    body->has_late |= value.kind == KNOWN_LATE || last_value.kind == KNOWN_LATE;
    *LIST_PUSH(walk->arena, &body->phis) = (Phi){.block = block,
                                                 .begin = begin,
                                                 .last = body->flows.len - 1,
                                                 .value = value,
                                                 .last_value = last_value};
    return (Known){KNOWN_PHI, (long long)(body->phis.len - 1) << 2};
}

// Behind a call that does not return clang goes on in a block that nothing flows into.
void body_noreturn(Walk *walk)
{
    if (walk->variable)
        return;
    walk->body.block = new_block(walk);
}

// Behind what clang takes for an instruction, it goes on, but a sweep ends there.
void body_trap(Walk *walk)
{
    if (walk->variable)
        return;
    uint32_t after = new_block(walk);
    flow_if(walk, walk->body.block, after, FLOW_OF_SWITCH, (Known){0});
    walk->body.block = after;
}

// Goes on in `block`, or nowhere if nothing flows into it.
void continue_in(Walk *walk, uint32_t block)
{
    walk->body.block = walk->body.n_before.at[block] ? block : NO_BLOCK;
}

static BodyFlows order_flows(Walk *walk)
{
    const Body *body = &walk->body;
    uint32_t n = body->n_before.len;
    uint32_t *first = ARENA_ARRAY(walk->arena, uint32_t, n + 1);
    uint32_t *at = ARENA_ARRAY(walk->arena, uint32_t, body->flows.len + 1);
    for (uint32_t i = 0; i < body->flows.len; i++)
        first[body->flows.at[i].from]++;
    for (uint32_t i = 0, sum = 0; i <= n; i++) {
        sum += i < n ? first[i] : 0;
        first[i] = sum; // the end of its run; filling moves it to the start
    }
    for (uint32_t i = body->flows.len; i-- > 0;)
        at[--first[body->flows.at[i].from]] = i;
    return (BodyFlows){first, at};
}

// Blocks that the entry reaches; what else there is, LLVM drops. `is_gone`: of flows, or
// NULL.
bool *reached_blocks(Walk *walk, const BodyFlows *flows, const bool *is_gone)
{
    const Body *body = &walk->body;
    uint32_t n = body->n_before.len, n_stack = 0;
    bool *reached = ARENA_ARRAY(walk->arena, bool, n);
    uint32_t *stack = ARENA_ARRAY(walk->arena, uint32_t, n + 1);
    reached[0] = true;
    stack[n_stack++] = 0;
    while (n_stack) {
        uint32_t block = stack[--n_stack];
        for (uint32_t i = flows->first[block]; i < flows->first[block + 1]; i++) {
            uint32_t to = body->flows.at[flows->at[i]].to;
            if (reached[to] || (is_gone && is_gone[flows->at[i]]))
                continue;
            reached[to] = true;
            stack[n_stack++] = to;
        }
    }
    return reached;
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
    body->phis.len = body->named_scopes.len = 0;
    body->has_late = false;
    body->cases.head = NO_BLOCK;
    body->scope = NULL;
    body->n_filters = 0;
    body->on_leave = NO_BLOCK;
    body->on_exit = NO_BLOCK;
    body->block = new_block(walk);
    instrument_begin(walk);
}

void body_end(Walk *walk)
{
    instrument_end(walk);
    BodyFlows flows = order_flows(walk);
    settle_calls(walk, walk->body.has_late ? reached_after_folding(walk, &flows)
                                           : reached_blocks(walk, &flows, NULL));
}
