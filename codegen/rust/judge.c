#include "codegen/rust/judge.h"

#include "codegen/frontend/asm_text.h"

#include <stdlib.h>

typedef struct Judge {
    RustUnit *rust;
    RustVerdicts *verdicts;
    Arena *arena;
} Judge;

static RustGate *gate_of(const RustUnit *rust, uint32_t index)
{
    return &rust->gates.all.at[index];
}

// --- Who takes it
// ------------------------------------------------------------------------

enum { X64 = 1, A64 = 2, EC = 4 };

static uint32_t takers(Truth truth)
{
    return (truth_may(truth, TARGET_X64) ? X64 : 0u) |
           (truth_may(truth, TARGET_A64) ? A64 : 0u) |
           (truth_may(truth, TARGET_EC) ? EC : 0u);
}

static Truth outer_truth(const RustUnit *rust, const RustGate *gate)
{
    return gate->parent == RUST_NO_GATE ? rust->around
                                        : gate_of(rust, gate->parent)->live;
}

// Of a gate that Arm64EC may come to at all, and that does not say what it thinks of it.
static uint32_t gate_takers(const RustUnit *rust, const RustGate *gate)
{
    Truth outer = outer_truth(rust, gate);
    bool is_decided = gate->cfg && !truth_may(gate->own, TARGET_EC) &&
                      rust_cfg_arch(gate->cfg, STR("arm64ec"));
    if (is_decided)
        return 0;
    return takers(outer) & EC ? takers(gate->own) : 0;
}

// --- Groups
// -----------------------------------------------------------------------------

static bool is_chain(const RustGate *gate)
{
    return gate->kind == RUST_GATE_ARM || gate->kind == RUST_GATE_SELECT ||
           gate->kind == RUST_GATE_IF;
}

static void add_chain(const RustUnit *rust, uint32_t index, RustGroup *group)
{
    while (gate_of(rust, index)->previous != RUST_NO_GATE)
        index = gate_of(rust, index)->previous;
    for (; index != RUST_NO_GATE; index = gate_of(rust, index)->next)
        *LIST_PUSH(rust->unit->arena, group) = index;
}

// Nameless statements and globs follow each other without anything between them.
static bool is_next_to(const RustGate *a, const RustGate *b)
{
    return a->body_end == b->body_begin || b->body_end == a->body_begin;
}

static bool is_module(const RustGate *gate)
{
    return gate->item == RUST_ITEM_MOD || gate->item == RUST_ITEM_MOD_FILE;
}

static bool is_arch_name(Str name)
{
    static const Str names[] = {STR_INIT("x86"),   STR_INIT("x86_64"),  STR_INIT("x64"),
                                STR_INIT("amd64"), STR_INIT("aarch64"), STR_INIT("arm64"),
                                STR_INIT("arm")};
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

static bool stand_for_each_other(const RustGate *a, const RustGate *b)
{
    bool is_kind = a->kind == RUST_GATE_ITEM || a->kind == RUST_GATE_ATTR;
    if (!is_kind || a->kind != b->kind || a->scope != b->scope)
        return false;
    bool are_modules = is_module(a) && is_module(b) && is_arch_name(a->name) &&
                       is_arch_name(b->name); // mod x86; mod aarch64;
    if (a->name.len || b->name.len)
        return str_eq(a->name, b->name) || are_modules;
    return a->item == b->item && is_next_to(a, b);
}

enum { ROW_GATES_MAX = 64 }; // of nameless statements, with what is nested in them

static void add_row(const RustUnit *rust, uint32_t index, RustGroup *group)
{
    const RustGate *first = gate_of(rust, index);
    uint32_t from = index > ROW_GATES_MAX ? index - ROW_GATES_MAX : 0;
    for (uint32_t i = from; i < index; i++)
        if (stand_for_each_other(first, gate_of(rust, i)))
            *LIST_PUSH(rust->unit->arena, group) = i;
    *LIST_PUSH(rust->unit->arena, group) = index;
    for (uint32_t i = index + 1; i < rust->gates.all.len && i < index + ROW_GATES_MAX;
         i++) {
        const RustGate *last = gate_of(rust, group->at[group->len - 1]);
        if (stand_for_each_other(last, gate_of(rust, i)))
            *LIST_PUSH(rust->unit->arena, group) = i;
    }
}

// Items by scope and name, for the question who stands for whom.
static uint32_t key_of(const RustGate *gate)
{
    uint32_t hash = 2166136261u ^ gate->scope;
    Str name = is_module(gate) && is_arch_name(gate->name) ? STR("*") : gate->name;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    return hash;
}

static int compare_keys(const void *left, const void *right)
{
    const RustGateKey *a = left, *b = right;
    int order = (a->key > b->key) - (a->key < b->key);
    return order ? order : (a->gate > b->gate) - (a->gate < b->gate);
}

static void index_items(RustUnit *rust)
{
    uint32_t n = rust->gates.all.len, k = 0;
    rust->by_name = ARENA_ARRAY(rust->unit->arena, RustGateKey, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (gate_of(rust, i)->name.len)
            rust->by_name[k++] = (RustGateKey){key_of(gate_of(rust, i)), i};
    rust->n_by_name = k;
    qsort(rust->by_name, k, sizeof *rust->by_name, compare_keys);
}

enum { GROUP_GATES_MAX = 64 }; // more items of one name are no text of a person's

static void add_named(const RustUnit *rust, uint32_t index, RustGroup *group)
{
    uint32_t key = key_of(gate_of(rust, index)), low = 0, high = rust->n_by_name;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rust->by_name[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < rust->n_by_name && rust->by_name[low].key == key &&
           group->len < GROUP_GATES_MAX;
         low++) {
        uint32_t other = rust->by_name[low].gate;
        if (other == index ||
            stand_for_each_other(gate_of(rust, index), gate_of(rust, other)))
            *LIST_PUSH(rust->unit->arena, group) = other;
    }
}

void rust_group(const RustUnit *rust, uint32_t index, RustGroup *ret_group)
{
    const RustGate *gate = gate_of(rust, index);
    *ret_group = (RustGroup){0};
    if (is_chain(gate))
        add_chain(rust, index, ret_group);
    else if (gate->name.len)
        add_named(rust, index, ret_group);
    else
        add_row(rust, index, ret_group);
}

// --- What it holds
// -----------------------------------------------------------------------

// `path = "..."` among the attributes in front of token `mod`.
static Str path_attribute(const RustUnit *rust, uint32_t begin, uint32_t mod)
{
    const RustTokens *tokens = &rust->tokens;
    for (uint32_t i = begin; i + 2 < mod; i++)
        if (rust_is_word(tokens, i, STR("path")) && rust_is_punct(tokens, i + 1, '=') &&
            rust_is_string(tokens, i + 2))
            return rust_string_text(tokens, i + 2);
    return STR("");
}

// By the name of a module whose file is not to be had.
static uint32_t holds_by_name(Str name)
{
    static const Str arm[] = {STR_INIT("neon"), STR_INIT("aarch64_simd")};
    static const Str x86[] = {STR_INIT("sse"),   STR_INIT("sse2"),  STR_INIT("ssse3"),
                              STR_INIT("sse41"), STR_INIT("sse42"), STR_INIT("avx"),
                              STR_INIT("avx2"),  STR_INIT("avx512")};
    for (size_t i = 0; i < COUNTOF(arm); i++)
        if (str_eq(name, arm[i]))
            return RUST_HOLDS(RUST_ARM_CODE);
    for (size_t i = 0; i < COUNTOF(x86); i++)
        if (str_eq(name, x86[i]))
            return RUST_HOLDS(RUST_X86_CODE);
    return 0;
}

// With the files of the modules that it declares.
static uint32_t gate_holds(RustUnit *rust, uint32_t index)
{
    const RustGate *gate = gate_of(rust, index);
    const RustTokens *tokens = &rust->tokens;
    uint32_t holds = gate->holds;
    for (uint32_t i = gate->body_begin; i < gate->body_end; i++) {
        uint32_t below = 0;
        if (!rust_is_word(tokens, i, STR("mod")) || !rust_is_punct(tokens, i + 2, ';'))
            continue;
        Str name = rust_name(tokens, i + 1);
        Str at = path_attribute(rust, gate->body_begin, i);
        if (!rust_module_holds(&rust->files, rust->unit->job->path, name, at, &below))
            below = holds_by_name(name);
        holds |= below;
    }
    return holds;
}

static Str first_word(const RustUnit *rust, uint32_t index, uint32_t kinds)
{
    const RustGate *gate = gate_of(rust, index);
    for (uint32_t i = 0; i < rust->sinks.all.len; i++) {
        const RustSink *sink = &rust->sinks.all.at[i];
        if (sink->token >= gate->body_begin && sink->token < gate->body_end &&
            (kinds & RUST_HOLDS(sink->kind)))
            return sink->word;
    }
    return STR("");
}

// Its assembly uses registers that Arm64EC has not, or defines functions.
static bool holds_foul_assembly(const RustUnit *rust, uint32_t index)
{
    const RustGate *gate = gate_of(rust, index);
    for (uint32_t i = 0; i < rust->sinks.asms.len; i++) {
        const RustAsm *block = &rust->sinks.asms.at[i].block;
        AsmRegisters registers = {0};
        if (block->begin < gate->body_begin || block->begin >= gate->body_end)
            continue;
        if (block->kind != RUST_ASM)
            return true;
        asm_scan(rust->unit->arena, block->text, &registers);
        for (uint32_t k = 0; k < registers.len; k++)
            if (registers.at[k].verdict != ASM_FINE)
                return true;
        for (uint32_t k = 0; k < block->operands.len; k++)
            if (block->operands.at[k].is_explicit &&
                asm_register_verdict(block->operands.at[k].place_text) != ASM_FINE)
                return true;
    }
    return false;
}

// --- Names that are used
// -----------------------------------------------------------------

enum { SEARCHES_MAX = 200 }; // through a whole text; later ones find nothing

// Somewhere that Arm64EC comes to, outside of what defines it.
static bool is_used(RustUnit *rust, Str name, const RustGroup *group)
{
    if (++rust->n_searches > SEARCHES_MAX)
        return false;
    const RustTokens *tokens = &rust->tokens;
    for (uint32_t i = 0; i < tokens->all.len && name.len; i++) {
        const RustToken *token = &tokens->all.at[i];
        if (token->kind != RUST_IDENT || token->len != name.len ||
            !rust_is_word(tokens, i, name))
            continue;
        bool is_inside = false;
        for (uint32_t k = 0; k < group->len && !is_inside; k++) {
            const RustGate *gate = gate_of(rust, group->at[k]);
            is_inside = i >= gate->body_begin && i < gate->body_end;
        }
        if (!is_inside && truth_may(rust_live(rust, i), TARGET_EC))
            return true;
    }
    return false;
}

// --- Verdicts
// ---------------------------------------------------------------------------

enum { FOLD_BACK = 16 }; // verdicts that are looked at

// A row of items under one and the same condition is told once.
static RustVerdict *fold(Judge *judge, RustVerdictKind kind, uint32_t index)
{
    RustVerdicts *verdicts = judge->verdicts;
    const RustGate *gate = gate_of(judge->rust, index);
    for (uint32_t i = verdicts->all.len; i-- > 0 && verdicts->all.len - i <= FOLD_BACK;) {
        RustVerdict *verdict = &verdicts->all.at[i];
        const RustGate *first = gate_of(judge->rust, verdict->gate);
        bool is_row = first->kind == RUST_GATE_ITEM && gate->kind == RUST_GATE_ITEM;
        if (!is_row || verdict->kind != kind || first->scope != gate->scope ||
            first->parent != gate->parent ||
            !rust_cfg_same(&judge->rust->tokens, first->cfg, gate->cfg))
            continue;
        *LIST_PUSH(judge->arena, &verdict->more) = index;
        return verdict;
    }
    return NULL;
}

static RustVerdict *tell(Judge *judge, RustVerdictKind kind, uint32_t gate, RustSide side,
                         Str word)
{
    RustVerdict *known = fold(judge, kind, gate);
    if (known)
        return known;
    RustVerdict *verdict = LIST_PUSH(judge->arena, &judge->verdicts->all);
    *verdict = (RustVerdict){
        .kind = kind, .side = side, .gate = gate, .other = RUST_NO_GATE, .word = word};
    return verdict;
}

typedef struct Sides {
    uint32_t all;          // takers of the whole group
    uint32_t x64, a64, ec; // a gate that each alone takes, or RUST_NO_GATE
    uint32_t x64_holds, a64_holds;
    bool has_own;  // a gate names arm64ec and is taken by it
    bool is_stop;  // what Arm64EC takes is a compile_error! or a panic
    bool is_empty; // or nothing
} Sides;

static bool is_empty_body(const RustUnit *rust, const RustGate *gate)
{
    const RustToken *first = rust_token(&rust->tokens, gate->body_begin);
    bool is_brace = gate->body_end - gate->body_begin == 2 && first->ch == '{';
    return gate->body_begin >= gate->body_end || is_brace;
}

// Another condition in front of the same item says more: all of them must hold.
static bool has_stricter_beside(const RustUnit *rust, const RustGroup *group,
                                uint32_t index)
{
    const RustGate *gate = gate_of(rust, index);
    for (uint32_t i = 0; i < group->len; i++) {
        const RustGate *other = gate_of(rust, group->at[i]);
        if (group->at[i] != index && other->body_end == gate->body_end &&
            other->body_begin == gate->body_begin &&
            gate_takers(rust, other) != (X64 | A64 | EC))
            return true;
    }
    return false;
}

static void see_sides(RustUnit *rust, const RustGroup *group, Sides *ret_sides)
{
    *ret_sides = (Sides){.x64 = RUST_NO_GATE, .a64 = RUST_NO_GATE, .ec = RUST_NO_GATE};
    for (uint32_t i = 0; i < group->len; i++) {
        uint32_t index = group->at[i];
        const RustGate *gate = gate_of(rust, index);
        uint32_t taken = gate_takers(rust, gate);
        if (taken == (X64 | A64 | EC) && has_stricter_beside(rust, group, index))
            continue;
        ret_sides->all |= taken;
        if (taken == X64 && ret_sides->x64 == RUST_NO_GATE)
            ret_sides->x64 = index;
        if (taken == A64 && ret_sides->a64 == RUST_NO_GATE)
            ret_sides->a64 = index;
        if (taken == X64)
            ret_sides->x64_holds |= gate_holds(rust, index);
        if (taken == A64)
            ret_sides->a64_holds |= gate_holds(rust, index);
        if (taken & EC) {
            bool is_else_if = gate->kind == RUST_GATE_IF && !gate->cfg;
            ret_sides->ec = index;
            ret_sides->has_own |= gate->cfg && rust_cfg_arch(gate->cfg, STR("arm64ec"));
            ret_sides->is_stop |= (gate->holds & RUST_HOLDS(RUST_STOP)) != 0;
            ret_sides->is_empty |= is_empty_body(rust, gate) && !is_else_if;
        }
    }
}

static bool is_os(uint32_t holds)
{
    return (holds & RUST_HOLDS_OS) != 0;
}

// cfg_attr of documentation and lints changes no code.
static bool is_idle_attribute(const RustUnit *rust, const RustGate *gate)
{
    static const Str idle[] = {
        STR_INIT("feature"),  STR_INIT("doc"),          STR_INIT("allow"),
        STR_INIT("warn"),     STR_INIT("deny"),         STR_INIT("expect"),
        STR_INIT("ignore"),   STR_INIT("forbid"),       STR_INIT("deprecated"),
        STR_INIT("must_use"), STR_INIT("assert_instr"), STR_INIT("should_panic")};
    uint32_t at = gate->cfg->end;
    if (gate->kind != RUST_GATE_ATTR)
        return false;
    if (rust_is_punct(&rust->tokens, at, ','))
        at++;
    for (size_t i = 0; i < COUNTOF(idle); i++)
        if (rust_is_word(&rust->tokens, at, idle[i]))
            return true;
    return false;
}

// A crate that ends in compile_error! may be of one platform by design: only one that
// speaks of Windows is told of it.
static bool speaks_of_windows(const RustUnit *rust)
{
    for (uint32_t i = 0; i < rust->gates.all.len; i++) {
        const RustCfg *cfg = gate_of(rust, i)->cfg;
        for (const RustCfg *leaf = NULL; cfg && (leaf = rust_cfg_next(cfg, leaf));)
            if (str_eq(leaf->key, STR("windows")) ||
                str_eq(leaf->value, STR("windows")) || str_eq(leaf->value, STR("msvc")))
                return true;
    }
    return false;
}

static void judge_both(Judge *judge, uint32_t index)
{
    RustUnit *rust = judge->rust;
    const RustGate *gate = gate_of(rust, index);
    RustGroup group;
    Sides sides;
    if (is_idle_attribute(rust, gate))
        return;
    rust_group(rust, index, &group);
    see_sides(rust, &group, &sides);
    if (sides.has_own || (sides.is_stop && !speaks_of_windows(rust)))
        return;
    RustVerdict *verdict =
        tell(judge, sides.is_stop ? RUST_MISSED_STOP : RUST_MISSED_BOTH, index,
             RUST_SIDE_A64, STR(""));
    bool is_named = gate->kind == RUST_GATE_ITEM && gate->item != RUST_ITEM_OTHER &&
                    gate->item != RUST_ITEM_USE && gate->item != RUST_ITEM_IMPL;
    verdict->is_undefined |= sides.is_stop || (is_named && !(sides.all & EC) &&
                                               is_used(rust, gate->name, &group));
}

// Only Arm64EC takes it: told, unless the gate that it misses is.
static void judge_fallback(Judge *judge, uint32_t index)
{
    RustUnit *rust = judge->rust;
    const RustGate *gate = gate_of(rust, index);
    RustGroup group;
    rust_group(rust, index, &group);
    if (!gate->cfg || rust_cfg_arch(gate->cfg, STR("arm64ec")) ||
        is_idle_attribute(rust, gate))
        return;
    for (uint32_t i = 0; i < group.len; i++) {
        uint32_t taken = gate_takers(rust, gate_of(rust, group.at[i]));
        if (group.at[i] != index && (taken & (X64 | A64)))
            return;
    }
    for (uint32_t i = 0; i < rust->gates.all.len; i++) { // its complement beside it
        const RustGate *other = gate_of(rust, i);
        const RustCfg *inner = gate->cfg->kind == RUST_CFG_NOT ? gate->cfg->first : NULL;
        if (inner && other->cfg && gate_takers(rust, other) == (X64 | A64) &&
            rust_cfg_same(&rust->tokens, inner, other->cfg))
            return;
    }
    bool is_stop = (gate->holds & RUST_HOLDS(RUST_STOP)) != 0;
    if (is_stop && !speaks_of_windows(rust))
        return;
    RustVerdict *verdict = tell(judge, is_stop ? RUST_MISSED_STOP : RUST_FALLBACK, index,
                                RUST_SIDE_A64, STR(""));
    verdict->is_undefined |= is_stop;
}

// With arm64ec beside its relative it would be true: the relative is named, and no
// feature that Arm64EC never has is asked for.
static bool may_have_arm64ec(const RustGate *gate, uint32_t taken)
{
    if (!gate->cfg ||
        !rust_cfg_arch(gate->cfg, taken == X64 ? STR("x86_64") : STR("aarch64")))
        return false;
    for (const RustCfg *leaf = NULL; (leaf = rust_cfg_next(gate->cfg, leaf));)
        if (str_eq(leaf->key, STR("target_feature")) && rust_feature_is_sve(leaf->value))
            return false;
    return true;
}

// One of the two relatives takes it; the group tells the rest.
static void judge_one(Judge *judge, uint32_t index, uint32_t taken)
{
    RustUnit *rust = judge->rust;
    const RustGate *gate = gate_of(rust, index);
    RustGroup group;
    Sides sides;
    uint32_t holds = gate_holds(rust, index);
    bool is_arm = (holds & RUST_HOLDS_ARM) != 0 && !(holds & RUST_HOLDS_X86);
    if (gate->kind == RUST_GATE_ATTR || gate->kind == RUST_GATE_VALUE ||
        !may_have_arm64ec(gate, taken))
        return;
    rust_group(rust, index, &group);
    see_sides(rust, &group, &sides);
    if (sides.has_own)
        return;
    bool falls = !(sides.all & EC) || sides.is_stop || sides.is_empty;
    bool is_pair = sides.x64 != RUST_NO_GATE && sides.a64 != RUST_NO_GATE && falls;
    if (taken == A64 && is_arm) {
        RustVerdict *verdict = tell(judge, RUST_MISSED_ARM, index, RUST_SIDE_A64,
                                    first_word(rust, index, RUST_HOLDS_ARM));
        verdict->needs_review |= holds_foul_assembly(rust, index);
        verdict->is_undefined |= is_pair && is_used(rust, gate->name, &group);
        return;
    }
    if (taken == X64 && is_os(holds) &&
        !(holds & (RUST_HOLDS_X86 & ~RUST_HOLDS(RUST_X86_CODE)))) {
        RustVerdict *verdict = tell(judge, RUST_MISSED_OS, index, RUST_SIDE_X64,
                                    first_word(rust, index, RUST_HOLDS_OS));
        verdict->is_undefined |= falls && is_used(rust, gate->name, &group);
        return;
    }
    bool is_told = (sides.a64_holds & RUST_HOLDS_ARM) != 0 ||
                   (is_os(sides.x64_holds) && !(sides.x64_holds & RUST_HOLDS_X86));
    bool is_nameless = !is_chain(gate) && gate->item == RUST_ITEM_OTHER;
    if (!is_pair || is_told || is_nameless || taken != A64 || index != sides.a64)
        return;
    RustSide side = sides.x64_holds & RUST_HOLDS_X86 ? RUST_SIDE_A64
                    : is_os(sides.a64_holds)         ? RUST_SIDE_X64
                                                     : RUST_SIDE_NOBODY_KNOWS;
    RustVerdict *verdict =
        tell(judge, sides.is_stop ? RUST_MISSED_STOP : RUST_MISSED_NONE,
             side == RUST_SIDE_X64 ? sides.x64 : index, side, STR(""));
    verdict->other = side == RUST_SIDE_X64 ? index : sides.x64;
    verdict->is_undefined |= sides.is_stop || is_used(rust, gate->name, &group);
}

// Arm64EC shares it with one relative.
static void judge_shared(Judge *judge, uint32_t index, uint32_t taken)
{
    RustUnit *rust = judge->rust;
    const RustGate *gate = gate_of(rust, index);
    if (!gate->cfg || !rust_cfg_names_arch(gate->cfg))
        return;
    if (taken == (X64 | EC) && (gate->holds_ec & RUST_HOLDS_X86))
        tell(judge, RUST_HARDWARE_SIDE, index, RUST_SIDE_A64,
             first_word(rust, index, RUST_HOLDS_X86));
    else if (taken == (A64 | EC) && (gate->holds_ec & RUST_HOLDS(RUST_OS_ARM)) &&
             !(gate->holds_ec & RUST_HOLDS_ARM))
        tell(judge, RUST_OS_SIDE, index, RUST_SIDE_X64,
             first_word(rust, index, RUST_HOLDS(RUST_OS_ARM)));
}

void rust_judge(RustUnit *rust, RustVerdicts *ret_verdicts)
{
    Judge judge = {.rust = rust, .verdicts = ret_verdicts, .arena = rust->unit->arena};
    *ret_verdicts = (RustVerdicts){0};
    index_items(rust);
    for (uint32_t i = 0; i < rust->gates.all.len && !rust->is_foreign; i++) {
        const RustGate *gate = gate_of(rust, i);
        uint32_t taken = gate_takers(rust, gate);
        switch (taken) {
        case X64 | A64:
            judge_both(&judge, i);
            break;
        case EC:
            judge_fallback(&judge, i);
            break;
        case X64:
        case A64:
            judge_one(&judge, i, taken);
            break;
        case X64 | EC:
        case A64 | EC:
            judge_shared(&judge, i, taken);
            break;
        default:
            break;
        }
    }
}
