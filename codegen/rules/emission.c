// Which functions clang generates code for, and which have their address taken.
//
// What is never emitted gets no thunk and can kill nothing, so no rule may speak of it.
// Roots are what the frontend found to be emitted always; the rest follows from
// references, through variables too. A reference in code that LLVM drops still makes
// clang emit what it names, but takes no address (c-abi.md "Emission").
#include "codegen/rules/rules.h"

// Nodes of the graph: functions first, then variables.
typedef struct Graph {
    Unit *unit;
    uint32_t n_functions, n;
    uint32_t *first; // by node: its edges in `to` end where the next one's begin
    uint32_t *to;
    uint32_t *stack, n_stack;
    bool *seen;
} Graph;

#define NO_NODE UINT32_MAX

static uint32_t node_of(const Graph *graph, uint32_t function, uint32_t in_variable)
{
    if (in_variable)
        return graph->n_functions + in_variable - 1;
    return function; // CALLER_FILE_SCOPE is NO_NODE
}

static bool is_code(const Function *function)
{
    return function->emission != EMISSION_NONE &&
           (function->emission != EMISSION_INLINE_ONLY || function->is_always_inline);
}

static void reach(Graph *graph, uint32_t node)
{
    if (graph->seen[node])
        return;
    if (node < graph->n_functions && !is_code(&graph->unit->functions.at[node]))
        return;
    graph->seen[node] = true;
    graph->stack[graph->n_stack++] = node;
}

// A body that is inlined first goes away with the block it is called in.
static bool is_edge(const Unit *unit, const Call *call)
{
    return call->callee != CALLEE_UNKNOWN &&
           (call->is_reachable || !unit->functions.at[call->callee].is_always_inline);
}

static void build(Graph *graph)
{
    Unit *unit = graph->unit;
    Arena *arena = unit->arena;
    uint32_t n_edges = unit->calls.len + unit->variable_uses.len;
    graph->first = ARENA_ARRAY(arena, uint32_t, graph->n + 1);
    graph->to = ARENA_ARRAY(arena, uint32_t, n_edges + 1);
    for (int pass = 0; pass < 2; pass++) { // counts, then fills from the end of each run
        for (uint32_t i = 0; i < n_edges; i++) {
            uint32_t from, to;
            if (i < unit->calls.len) {
                const Call *call = &unit->calls.at[i];
                if (!is_edge(unit, call))
                    continue;
                from = node_of(graph, call->caller, call->variable);
                to = call->callee;
            } else {
                const VariableUse *use = &unit->variable_uses.at[i - unit->calls.len];
                from = node_of(graph, use->function, use->in_variable);
                to = graph->n_functions + use->variable;
            }
            if (from == NO_NODE) {
                if (pass == 0)
                    reach(graph, to);
            } else if (pass == 0) {
                graph->first[from]++;
            } else {
                graph->to[--graph->first[from]] = to;
            }
        }
        for (uint32_t i = 1; pass == 0 && i <= graph->n; i++)
            graph->first[i] += graph->first[i - 1];
    }
}

static bool is_live(const Unit *unit, const Call *call)
{
    if (call->variable)
        return unit->variables.at[call->variable - 1].is_emitted;
    return call->caller == CALLER_FILE_SCOPE ||
           unit->functions.at[call->caller].is_emitted;
}

void emission_settle(Unit *unit)
{
    Graph graph = {.unit = unit,
                   .n_functions = unit->functions.len,
                   .n = unit->functions.len + unit->variables.len};
    graph.stack = ARENA_ARRAY(unit->arena, uint32_t, graph.n + 1);
    graph.seen = ARENA_ARRAY(unit->arena, bool, graph.n + 1);
    for (uint32_t i = 0; i < unit->functions.len; i++)
        if (unit->functions.at[i].emission == EMISSION_ALWAYS)
            reach(&graph, i);
    for (uint32_t i = 0; i < unit->variables.len; i++)
        if (unit->variables.at[i].is_root)
            reach(&graph, graph.n_functions + i);
    build(&graph);
    while (graph.n_stack) {
        uint32_t node = graph.stack[--graph.n_stack];
        for (uint32_t i = graph.first[node]; i < graph.first[node + 1]; i++)
            reach(&graph, graph.to[i]);
    }
    for (uint32_t i = 0; i < graph.n_functions; i++)
        unit->functions.at[i].is_emitted = graph.seen[i];
    for (uint32_t i = 0; i < unit->variables.len; i++)
        unit->variables.at[i].is_emitted = graph.seen[graph.n_functions + i];
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        bool takes = (call->takes_address && !call->is_mention) || call->is_indirect;
        if (takes && call->is_reachable && call->callee != CALLEE_UNKNOWN &&
            is_live(unit, call))
            unit->functions.at[call->callee].address_taken = true;
    }
    for (uint32_t i = 0; i < graph.n_functions; i++) {
        Function *function = &unit->functions.at[i];
        // llvm.used and the table of constructors hold its address.
        if (function->is_emitted && function->is_pinned && function->is_internal)
            function->address_taken = true;
        function->is_inlined_away =
            function->is_emitted && function->is_always_inline &&
            function->emission != EMISSION_ALWAYS &&
            !(function->address_taken && function->emission == EMISSION_IF_USED);
    }
}
