#include "codegen/rust/extent.h"

#include <stdlib.h>

typedef struct Scanner {
    Arena *arena;
    const RustTokens *tokens;
    Truth around;
    RustGates *gates;
    LIST(uint32_t) open;         // brackets around the token in hand
    uint32_t run_begin, run_end; // attributes that follow each other
} Scanner;

static bool says(const Scanner *s, uint32_t at, const char *word)
{
    return rust_is_word(s->tokens, at, str_of(word));
}

static bool is_mark(const Scanner *s, uint32_t at, char ch)
{
    return rust_is_punct(s->tokens, at, ch);
}

static uint32_t match_of(const Scanner *s, uint32_t at)
{
    uint32_t match = rust_token(s->tokens, at)->match;
    return match == RUST_NONE || match < at ? RUST_NONE : match;
}

static RustGate *add(Scanner *s, RustGateKind kind, uint32_t begin, uint32_t end)
{
    RustGate *gate = LIST_PUSH(s->arena, &s->gates->all);
    *gate = (RustGate){.kind = kind,
                       .begin = begin,
                       .end = end,
                       .body_begin = end,
                       .body_end = end,
                       .parent = RUST_NO_GATE,
                       .previous = RUST_NO_GATE,
                       .next = RUST_NO_GATE,
                       .scope = s->open.len ? s->open.at[s->open.len - 1] : RUST_NONE,
                       .name = STR("")};
    return gate;
}

static Truth truth_of(const RustGate *gate)
{
    Truth truth = gate->cfg ? rust_cfg_truth(gate->cfg) : truth_all();
    if (gate->is_partial)
        truth.sure = 0;
    return truth;
}

// --- Attributes
// -------------------------------------------------------------------------

static void cfg_attribute(Scanner *s, uint32_t hash, uint32_t word, uint32_t close)
{
    bool is_inner = is_mark(s, hash + 1, '!'), is_attr = says(s, word, "cfg_attr");
    uint32_t open = word + 1, predicate_end = match_of(s, open);
    if (!is_mark(s, open, '('))
        return;
    if (predicate_end == RUST_NONE)
        predicate_end = close;
    RustGate *gate = add(s,
                         is_attr    ? RUST_GATE_ATTR
                         : is_inner ? RUST_GATE_FILE
                                    : RUST_GATE_ITEM,
                         hash, close + 1);
    gate->cfg = rust_cfg_parse(s->arena, s->tokens, open + 1, predicate_end);
    if (is_inner && !is_attr) { // of the block that it stands in
        uint32_t around = gate->scope == RUST_NONE ? RUST_NONE : match_of(s, gate->scope);
        gate->body_end = around == RUST_NONE ? s->tokens->all.len : around;
    } else if (!is_inner) {
        RustExtent extent = rust_extent(s->arena, s->tokens, close + 1);
        gate->item = extent.item;
        gate->name = extent.name;
        if (is_attr) {
            gate->body_begin = gate->cfg->end;
            gate->body_end = predicate_end;
        } else {
            gate->body_begin = s->run_begin;
            gate->body_end = extent.end > close + 1 ? extent.end : close + 1;
        }
    }
}

static void attribute(Scanner *s, uint32_t hash)
{
    uint32_t open = hash + 1 + (is_mark(s, hash + 1, '!') ? 1 : 0);
    bool is_arm = hash > 0 && says(s, hash - 1, "if"); // of cfg_if!
    if (!is_mark(s, open, '[') || match_of(s, open) == RUST_NONE || is_arm)
        return;
    if (s->run_end != hash)
        s->run_begin = hash;
    if (open == hash + 1) // inner ones belong to what is around them
        s->run_end = match_of(s, open) + 1;
    if (says(s, open + 1, "cfg") || says(s, open + 1, "cfg_attr"))
        cfg_attribute(s, hash, open + 1, match_of(s, open));
}

// --- Chains
// -----------------------------------------------------------------------------

static void link_arms(Scanner *s, uint32_t first)
{
    RustGates *gates = s->gates;
    Truth left = truth_all();
    for (uint32_t i = first; i < gates->all.len; i++) {
        RustGate *gate = &gates->all.at[i];
        Truth truth = truth_of(gate);
        gate->own = truth_and(truth, left);
        left = truth_and(left, truth_not(truth));
        if (i > first) {
            gate->previous = i - 1;
            gates->all.at[i - 1].next = i;
        }
    }
}

// The arm in braces at `block`; `at` goes behind it. False: it is the last one.
static bool add_arm(Scanner *s, RustGateKind kind, uint32_t begin, uint32_t block,
                    const RustCfg *cfg, uint32_t *at)
{
    RustGate *gate = add(s, kind, begin, block);
    gate->cfg = cfg;
    gate->body_begin = block + 1;
    gate->body_end = match_of(s, block);
    *at = gate->body_end + 1;
    if (!says(s, *at, "else"))
        return false;
    ++*at;
    return true;
}

// if #[cfg(...)] { } else if #[cfg(...)] { } else { }
static void cfg_if(Scanner *s, uint32_t open)
{
    uint32_t at = open + 1, close = match_of(s, open), first = s->gates->all.len;
    while (at < close) {
        const RustCfg *cfg = NULL;
        uint32_t begin = at, block = at;
        if (says(s, at, "if")) {
            uint32_t bracket = at + 2;
            if (!is_mark(s, at + 1, '#') || !is_mark(s, bracket, '[') ||
                match_of(s, bracket) == RUST_NONE)
                break;
            cfg = rust_cfg_parse(s->arena, s->tokens, bracket + 3,
                                 match_of(s, bracket) - 1);
            block = match_of(s, bracket) + 1;
        }
        if (!is_mark(s, block, '{') || match_of(s, block) == RUST_NONE)
            break;
        uint32_t index = s->gates->all.len;
        bool is_last = !add_arm(s, RUST_GATE_ARM, begin, block, cfg, &at);
        s->gates->all.at[index].scope = open;
        if (is_last)
            break;
    }
    link_arms(s, first);
}

// predicate => { } or expression, ...
static void cfg_select(Scanner *s, uint32_t open)
{
    uint32_t at = open + 1, close = match_of(s, open), first = s->gates->all.len;
    while (at < close) {
        bool is_else = says(s, at, "_");
        const RustCfg *cfg =
            is_else ? NULL : rust_cfg_parse(s->arena, s->tokens, at, close);
        uint32_t arrow = is_else ? at + 1 : cfg->end;
        if (!is_mark(s, arrow, '=') || !is_mark(s, arrow + 1, '>'))
            break;
        RustGate *gate = add(s, RUST_GATE_SELECT, at, arrow);
        gate->cfg = cfg;
        gate->scope = open;
        gate->body_begin = arrow + 2;
        at = arrow + 2;
        if (is_mark(s, at, '{') && match_of(s, at) != RUST_NONE) {
            at = match_of(s, at) + 1;
            gate->body_end = at;
        } else {
            while (at < close && !is_mark(s, at, ','))
                at = rust_skip_group(s->tokens, at);
            gate->body_end = at;
        }
        at += at < close && is_mark(s, at, ',');
    }
    link_arms(s, first);
}

// `at` is the `if` of `if cfg!(...) {`.
static void if_cfg(Scanner *s, uint32_t at)
{
    uint32_t first = s->gates->all.len;
    for (;;) {
        bool is_if = says(s, at, "if");
        uint32_t call = is_if ? at + 1 : at, block = at;
        bool is_negated = is_if && is_mark(s, call, '!');
        call += is_negated;
        const RustCfg *cfg = NULL;
        bool is_partial = false;
        if (is_if) {
            bool is_cfg = says(s, call, "cfg") && is_mark(s, call + 1, '!') &&
                          match_of(s, call + 2) != RUST_NONE;
            if (is_cfg && !is_negated)
                cfg =
                    rust_cfg_parse(s->arena, s->tokens, call + 3, match_of(s, call + 2));
            block = is_cfg ? match_of(s, call + 2) + 1 : at + 1;
            is_partial = !is_cfg || is_negated || !is_mark(s, block, '{');
            while (!is_mark(s, block, '{') && !is_mark(s, block, ';') &&
                   rust_token(s->tokens, block)->kind != RUST_CLOSE &&
                   rust_token(s->tokens, block)->kind != RUST_END)
                block = rust_skip_group(s->tokens, block);
        }
        if (!is_mark(s, block, '{') || match_of(s, block) == RUST_NONE)
            break;
        uint32_t index = s->gates->all.len;
        bool is_last = !add_arm(s, RUST_GATE_IF, at, block, cfg, &at);
        s->gates->all.at[index].is_partial = is_partial;
        if (is_last)
            break;
    }
    link_arms(s, first);
}

// --- The text
// ---------------------------------------------------------------------------

enum { KNOWN_GATES_BACK = 64 };

// It stands in the condition of an `if` that was read.
static bool is_known_call(const Scanner *s, uint32_t call)
{
    uint32_t n = s->gates->all.len;
    for (uint32_t i = n; i-- > 0 && n - i <= KNOWN_GATES_BACK;) {
        const RustGate *gate = &s->gates->all.at[i];
        if (gate->kind == RUST_GATE_IF && gate->begin <= call && call < gate->end)
            return true;
    }
    return false;
}

static void cfg_value(Scanner *s, uint32_t word)
{
    uint32_t close = match_of(s, word + 2);
    if (close == RUST_NONE || is_known_call(s, word))
        return;
    RustGate *gate = add(s, RUST_GATE_VALUE, word, close + 1);
    gate->cfg = rust_cfg_parse(s->arena, s->tokens, word + 3, close);
}

static bool starts_arm(const Scanner *s, uint32_t at)
{
    return at > 0 && says(s, at - 1, "else");
}

static void read_word(Scanner *s, uint32_t at)
{
    Str word = rust_token_text(s->tokens, at);
    if (word.at[0] == 'i' && word.len == 2 && says(s, at, "if")) {
        bool is_cfg = says(s, at + 1, "cfg") && is_mark(s, at + 2, '!');
        if (is_cfg && !starts_arm(s, at))
            if_cfg(s, at);
        return;
    }
    if (word.at[0] != 'c' || !is_mark(s, at + 1, '!') ||
        rust_token(s->tokens, at + 2)->kind != RUST_OPEN ||
        match_of(s, at + 2) == RUST_NONE)
        return;
    if (str_eq(word, STR("cfg")))
        cfg_value(s, at);
    else if (str_eq(word, STR("cfg_if")))
        cfg_if(s, at + 2);
    else if (str_eq(word, STR("cfg_select")))
        cfg_select(s, at + 2);
}

static int compare_gates(const void *left, const void *right)
{
    const RustGate *a = left, *b = right;
    if (a->body_begin != b->body_begin)
        return a->body_begin < b->body_begin ? -1 : 1;
    if (a->body_end != b->body_end)
        return a->body_end > b->body_end ? -1 : 1;
    return (a->begin > b->begin) - (a->begin < b->begin);
}

// Sorting moves gates: the links between arms go by their first token.
static void sort_gates(Scanner *s)
{
    RustGates *gates = s->gates;
    uint32_t n = gates->all.len;
    uint32_t *moved = ARENA_ARRAY(s->arena, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        gates->all.at[i].parent = i;
    list_sort(gates->all.at, n, sizeof *gates->all.at, compare_gates);
    for (uint32_t i = 0; i < n; i++)
        moved[gates->all.at[i].parent] = i;
    for (uint32_t i = 0; i < n; i++) {
        RustGate *gate = &gates->all.at[i];
        gate->parent = RUST_NO_GATE;
        if (gate->previous != RUST_NO_GATE)
            gate->previous = moved[gate->previous];
        if (gate->next != RUST_NO_GATE)
            gate->next = moved[gate->next];
    }
}

static void settle_truth(Scanner *s)
{
    RustGates *gates = s->gates;
    LIST(uint32_t) stack = {0};
    for (uint32_t i = 0; i < gates->all.len; i++) {
        RustGate *gate = &gates->all.at[i];
        uint32_t at = gate->kind == RUST_GATE_VALUE ? gate->begin : gate->body_begin;
        while (stack.len && gates->all.at[stack.at[stack.len - 1]].body_end <= at)
            stack.len--;
        gate->parent = stack.len ? stack.at[stack.len - 1] : RUST_NO_GATE;
        bool is_chain = gate->kind == RUST_GATE_ARM || gate->kind == RUST_GATE_SELECT ||
                        gate->kind == RUST_GATE_IF;
        if (!is_chain)
            gate->own = truth_of(gate);
        Truth outer =
            gate->parent == RUST_NO_GATE ? s->around : gates->all.at[gate->parent].live;
        gate->live = truth_and(outer, gate->own);
        if (gate->body_end > gate->body_begin)
            *LIST_PUSH(s->arena, &stack) = i;
    }
}

void rust_gates(Arena *arena, const RustTokens *tokens, Truth around,
                RustGates *ret_gates)
{
    Scanner s = {.arena = arena, .tokens = tokens, .around = around, .gates = ret_gates};
    *ret_gates = (RustGates){0};
    for (uint32_t i = 0; i < tokens->all.len; i++) {
        const RustToken *token = &tokens->all.at[i];
        if (ret_gates->all.len >= RUST_GATES_MAX)
            break;
        if (token->kind == RUST_OPEN && token->match != RUST_NONE)
            *LIST_PUSH(arena, &s.open) = i;
        else if (token->kind == RUST_CLOSE && token->match != RUST_NONE)
            while (s.open.len && s.open.at[s.open.len - 1] >= token->match)
                s.open.len--;
        else if (token->kind == RUST_IDENT)
            read_word(&s, i);
        else if (token->ch == '#')
            attribute(&s, i);
    }
    sort_gates(&s);
    settle_truth(&s);
}

// --- Questions
// --------------------------------------------------------------------------

void rust_gate_cursor_init(RustGateCursor *cursor, const RustGates *gates)
{
    *cursor = (RustGateCursor){.gates = gates, .current = RUST_NO_GATE};
}

uint32_t rust_gate_at(RustGateCursor *cursor, uint32_t token)
{
    const RustGates *gates = cursor->gates;
    for (;;) {
        while (cursor->current != RUST_NO_GATE &&
               gates->all.at[cursor->current].body_end <= token)
            cursor->current = gates->all.at[cursor->current].parent;
        if (cursor->next >= gates->all.len ||
            gates->all.at[cursor->next].body_begin > token)
            return cursor->current;
        const RustGate *gate = &gates->all.at[cursor->next];
        if (gate->body_end > token)
            cursor->current = cursor->next;
        cursor->next++;
    }
}

// The last gate that begins before the token, or one around it: what lies between two
// such gates is nested in the outer one.
Truth rust_live_at(const RustGates *gates, Truth around, uint32_t token)
{
    uint32_t low = 0, high = gates->all.len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gates->all.at[middle].body_begin <= token)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t index = low ? low - 1 : RUST_NO_GATE;
    while (index != RUST_NO_GATE && gates->all.at[index].body_end <= token)
        index = gates->all.at[index].parent;
    return index == RUST_NO_GATE ? around : gates->all.at[index].live;
}
