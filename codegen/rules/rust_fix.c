// Quick fixes of gates.
#include "codegen/rules/rust.h"

static const RustGate *gate_of(const RustUnit *rust, uint32_t index)
{
    return &rust->gates.all.at[index];
}

static Place at_end_of(const RustUnit *rust, const RustCfg *cfg)
{
    Place at = rust_place(rust, cfg->begin, cfg->end);
    at.start = at.end;
    return at;
}

// The leaf as it is written, with another value: target_arch="arm64ec".
static Str leaf_for_ec(const RustUnit *rust, const RustCfg *leaf)
{
    const RustToken *value = rust_token(&rust->tokens, leaf->value_token);
    uint32_t begin = rust_token(&rust->tokens, leaf->begin)->begin;
    Str key = str_sub(rust->unit->text, begin, value->begin);
    return arena_format(rust->unit->arena, "%.*s\"arm64ec\"", STR_ARG(key));
}

static bool is_last_of_list(const RustCfg *leaf)
{
    static const Str relatives[] = {STR_INIT("x86_64"), STR_INIT("aarch64")};
    for (const RustCfg *next = leaf->next; next; next = next->next)
        for (size_t i = 0; i < COUNTOF(relatives); i++)
            if (next->kind == RUST_CFG_VALUE && str_eq(next->value, relatives[i]) &&
                str_eq(next->key, leaf->key))
                return false;
    return true;
}

static bool has_ec_beside(const RustCfg *list)
{
    for (const RustCfg *part = list->first; part; part = part->next)
        if (part->kind == RUST_CFG_VALUE && str_eq(part->value, STR("arm64ec")))
            return true;
    return false;
}

// Behind every target_arch = `arch` of a predicate. `is_both`: the other relative may
// stand in the same list, and the last of them is taken.
static bool add_beside(RustUnit *rust, Fix *fix, const RustCfg *cfg, Str arch,
                       bool is_both)
{
    bool any = false;
    for (const RustCfg *leaf = NULL; (leaf = rust_cfg_next(cfg, leaf));) {
        if (leaf->kind != RUST_CFG_VALUE || !str_eq(leaf->key, STR("target_arch")) ||
            !str_eq(leaf->value, arch))
            continue;
        Arena *arena = rust->unit->arena;
        Str ec = leaf_for_ec(rust, leaf), text = rust_text(rust, leaf->begin, leaf->end);
        const RustCfg *list = leaf->parent;
        any = true;
        if (list && list->kind == RUST_CFG_ANY && has_ec_beside(list))
            continue;
        if (list && list->kind == RUST_CFG_ANY) {
            const RustCfg *behind = leaf;
            while (is_both && !is_last_of_list(behind))
                behind = behind->next;
            unit_edit(rust->unit, fix, at_end_of(rust, behind),
                      arena_format(arena, ", %.*s", STR_ARG(ec)));
        } else {
            unit_edit(rust->unit, fix, rust_place(rust, leaf->begin, leaf->end),
                      arena_format(arena, "any(%.*s, %.*s)", STR_ARG(text), STR_ARG(ec)));
        }
    }
    return any;
}

static bool mentions(const RustUnit *rust, const RustGate *gate, Str name)
{
    for (uint32_t i = gate->body_begin; i < gate->body_end && name.len; i++)
        if (rust_is_word(&rust->tokens, i, name))
            return true;
    return false;
}

static bool is_complement(const RustUnit *rust, const RustCfg *a, const RustCfg *b)
{
    return a->kind == RUST_CFG_NOT && a->first &&
           rust_cfg_same(&rust->tokens, a->first, b);
}

// Inside of what the edit lets in: the same processor is asked for once more.
static bool is_nested(const RustUnit *rust, uint32_t outer, uint32_t index)
{
    for (uint32_t i = gate_of(rust, index)->parent; i != RUST_NO_GATE;
         i = gate_of(rust, i)->parent)
        if (i == outer)
            return truth_may(gate_of(rust, index)->own, TARGET_A64) &&
                   !truth_may(gate_of(rust, index)->own, TARGET_X64);
    return false;
}

// It would be left out of step: a fallback that Arm64EC would take, too, or an item that
// names what only this gate lets in.
static bool hangs_on(const RustUnit *rust, uint32_t index, uint32_t other, Str arch)
{
    const RustGate *gate = gate_of(rust, index), *own = gate_of(rust, other);
    bool is_item = gate->kind == own->kind &&
                   (gate->kind == RUST_GATE_ITEM || gate->kind == RUST_GATE_ATTR);
    if (!gate->cfg || !own->cfg || !rust_cfg_arch(own->cfg, arch) ||
        rust_cfg_arch(own->cfg, STR("arm64ec")))
        return false;
    if (is_nested(rust, index, other) && str_eq(arch, STR("aarch64")))
        return true;
    if (!is_item || gate->scope != own->scope)
        return false;
    if (is_complement(rust, own->cfg, gate->cfg) ||
        is_complement(rust, gate->cfg, own->cfg))
        return true;
    if (rust_cfg_same(&rust->tokens, gate->cfg, own->cfg))
        return mentions(rust, own, gate->name);
    bool is_twin = gate->name.len && str_eq(gate->name, own->name);
    return is_twin && truth_may(own->live, TARGET_EC) &&
           !truth_may(own->live, TARGET_A64);
}

typedef LIST(uint32_t) Edited;

static bool is_edited(const Edited *edited, uint32_t index)
{
    for (uint32_t i = 0; i < edited->len; i++)
        if (edited->at[i] == index)
            return true;
    return false;
}

enum { EDITED_MAX = 400 }; // gates of one fix

// All gates that one edit draws along, and what these draw along.
static void draw_along(const RustUnit *rust, Edited *edited, Str arch)
{
    for (uint32_t at = 0; at < edited->len; at++)
        for (uint32_t i = 0; i < rust->gates.all.len && edited->len < EDITED_MAX; i++)
            if (!is_edited(edited, i) && hangs_on(rust, edited->at[at], i, arch))
                *LIST_PUSH(rust->unit->arena, edited) = i;
}

void rust_fix_gate(RustUnit *rust, Finding *finding, const RustVerdict *verdict,
                   RustSide side, bool is_preferred)
{
    static const Str archs[] = {STR_INIT(""), STR_INIT("x86_64"), STR_INIT("aarch64")};
    uint32_t index = verdict->gate;
    Str arch = archs[side];
    if (side == RUST_SIDE_X64 && verdict->kind == RUST_MISSED_NONE &&
        verdict->other != RUST_NO_GATE && verdict->side == RUST_SIDE_NOBODY_KNOWS)
        index = verdict->other;
    const RustGate *gate = gate_of(rust, index);
    if (!gate->cfg)
        return;
    if (!rust_cfg_arch(gate->cfg, arch))
        arch = archs[side == RUST_SIDE_A64 ? RUST_SIDE_X64 : RUST_SIDE_A64];
    if (!rust_cfg_arch(gate->cfg, arch))
        return;
    bool is_both = verdict->kind == RUST_MISSED_BOTH || verdict->kind == RUST_FALLBACK ||
                   verdict->kind == RUST_MISSED_STOP;
    if (verdict->more.len >= EDITED_MAX)
        return;
    Fix *fix =
        unit_fix(rust->unit, finding,
                 arena_format(rust->unit->arena, "Add arm64ec to %.*s", STR_ARG(arch)));
    fix->preferred = is_preferred;
    Edited edited = {0};
    *LIST_PUSH(rust->unit->arena, &edited) = index;
    for (uint32_t i = 0; i < verdict->more.len; i++)
        *LIST_PUSH(rust->unit->arena, &edited) = verdict->more.at[i];
    draw_along(rust, &edited, arch);
    for (uint32_t i = 0; i < edited.len; i++)
        add_beside(rust, fix, gate_of(rust, edited.at[i])->cfg, arch, is_both);
}

// --- The wrong side
// ----------------------------------------------------------------------

static void remove_leaf(RustUnit *rust, Fix *fix, const RustCfg *leaf)
{
    const RustCfg *list = leaf->parent, *before = NULL;
    uint32_t n = 0;
    for (const RustCfg *part = list->first; part; part = part->next) {
        n++;
        if (part->next == leaf)
            before = part;
    }
    if (n == 2) { // any(a, arm64ec) is a
        const RustCfg *other = before ? before : leaf->next;
        unit_edit(rust->unit, fix, rust_place(rust, list->begin, list->end),
                  rust_text(rust, other->begin, other->end));
        return;
    }
    Place at = rust_place(rust, leaf->begin, leaf->end);
    if (before)
        at.start = at_end_of(rust, before).start;
    else if (leaf->next)
        at.end = rust_token_place(rust, leaf->next->begin).start;
    unit_edit(rust->unit, fix, at, STR(""));
}

void rust_fix_side(RustUnit *rust, Finding *finding, const RustVerdict *verdict)
{
    const RustGate *gate = gate_of(rust, verdict->gate);
    Str arch = verdict->side == RUST_SIDE_A64 ? STR("aarch64") : STR("x86_64");
    const RustCfg *leaf = gate->cfg ? rust_cfg_arch(gate->cfg, STR("arm64ec")) : NULL;
    if (!leaf || !leaf->parent || leaf->parent->kind != RUST_CFG_ANY)
        return;
    Fix *fix =
        unit_fix(rust->unit, finding,
                 arena_format(rust->unit->arena, "Move arm64ec to %.*s", STR_ARG(arch)));
    remove_leaf(rust, fix, leaf);
    RustGroup group;
    bool is_moved = false;
    rust_group(rust, verdict->gate, &group);
    for (uint32_t i = 0; i < group.len; i++) {
        const RustGate *other = gate_of(rust, group.at[i]);
        if (group.at[i] != verdict->gate && other->cfg && !is_moved)
            is_moved = add_beside(rust, fix, other->cfg, arch, false);
    }
    fix->preferred = is_moved;
    if (!is_moved)
        fix->title = STR("Take arm64ec out of this condition");
}

// --- A guard
// -----------------------------------------------------------------------------

void rust_fix_guard(RustUnit *rust, Finding *finding, uint32_t token)
{
    const RustTokens *tokens = &rust->tokens;
    uint32_t begin = token;
    while (begin > 0) {
        const RustToken *before = rust_token(tokens, begin - 1);
        bool is_list =
            before->ch == '{' && begin >= 2 && rust_is_punct(tokens, begin - 2, ':');
        if (before->ch == ';' || (before->ch == '{' && !is_list) || before->ch == '}' ||
            before->ch == ']')
            break;
        begin--;
    }
    bool is_use = rust_is_word(tokens, begin, STR("use")) ||
                  (rust_is_word(tokens, begin, STR("pub")) &&
                   rust_is_word(tokens, begin + 1, STR("use")));
    if (!is_use)
        return;
    Place at = rust_token_place(rust, begin);
    uint32_t offset = rust_token(tokens, begin)->begin;
    uint32_t line = rust->unit->lines.start[at.start.line];
    Str indent = str_sub(rust->unit->text, line, offset);
    if (str_trim(indent).len)
        indent = STR("");
    at.end = at.start;
    Fix *fix = unit_fix(rust->unit, finding, STR("Guard it for x86_64"));
    fix->preferred = true;
    unit_edit(rust->unit, fix, at,
              arena_format(rust->unit->arena, "#[cfg(target_arch = \"x86_64\")]\n%.*s",
                           STR_ARG(indent)));
}
