// Parameters are paired by name where the boundary differs, so that one that is put in
// front of others moves them and does not rename them; by number otherwise.
#include "server/cli/contract_diff.h"

typedef struct Differ {
    Arena *arena;
    ContractChange *change;
} Differ;

static void say(Differ *differ, Str sentence)
{
    *LIST_PUSH(differ->arena, &differ->change->details) = sentence;
}

static bool has_name(const ContractRow *row)
{
    return row->name.len && row->name.at[0] != '#';
}

static uint32_t find_name(const ContractFunction *function, const ContractRow *row)
{
    for (uint32_t i = 1; i < function->rows.len && has_name(row); i++)
        if (str_eq(function->rows.at[i].name, row->name))
            return i;
    return 0;
}

// The row of `there` that is meant by row `i` of `here`; 0: none.
static uint32_t partner(const ContractFunction *here, uint32_t i,
                        const ContractFunction *there)
{
    const ContractRow *row = &here->rows.at[i];
    uint32_t named = find_name(there, row);
    if (named || i >= there->rows.len)
        return named;
    return find_name(here, &there->rows.at[i]) ? 0 : i;
}

static Str called(Differ *differ, const ContractRow *row, uint32_t i)
{
    if (i == 0)
        return STR("the result");
    if (!has_name(row))
        return arena_format(differ->arena, "parameter %u", i);
    return arena_format(differ->arena, "parameter %u '%.*s'", i, STR_ARG(row->name));
}

static Str place_of(Str place)
{
    return place.len && !str_eq(place, STR("-")) ? place : STR("nowhere");
}

static void say_moved(Differ *differ, Str what, const char *side, Str from, Str to)
{
    if (!str_eq(from, to))
        say(differ,
            arena_format(differ->arena, "%.*s moved on the %s side from %.*s to %.*s",
                         STR_ARG(what), side, STR_ARG(place_of(from)),
                         STR_ARG(place_of(to))));
}

static void say_row(Differ *differ, const ContractRow *was, const ContractRow *now,
                    uint32_t i)
{
    Str what = called(differ, now, i);
    if (was->bytes != now->bytes)
        say(differ, arena_format(
                        differ->arena,
                        "%.*s is '%.*s' of %llu bytes, it was '%.*s' of %llu bytes",
                        STR_ARG(what), STR_ARG(now->type), (unsigned long long)now->bytes,
                        STR_ARG(was->type), (unsigned long long)was->bytes));
    else if (!str_eq(was->type, now->type))
        say(differ, arena_format(differ->arena, "%.*s is '%.*s', it was '%.*s'",
                                 STR_ARG(what), STR_ARG(now->type), STR_ARG(was->type)));
    say_moved(differ, what, "x64", was->x64, now->x64);
    say_moved(differ, what, "Arm64EC", was->ec, now->ec);
}

static void say_alone(Differ *differ, const ContractRow *row, uint32_t i, bool is_new)
{
    Str what = called(differ, row, i);
    if (contract_row_is_placeless(row)) {
        say(differ, arena_format(differ->arena, "%.*s is %s: '%.*s' of %llu bytes",
                                 STR_ARG(what), is_new ? "new" : "gone",
                                 STR_ARG(row->type), (unsigned long long)row->bytes));
        return;
    }
    say(differ,
        arena_format(differ->arena,
                     is_new ? "%.*s is new: '%.*s', %.*s on the x64 side, %.*s on the "
                              "Arm64EC side"
                            : "%.*s is gone: '%.*s', it was %.*s on the x64 side, %.*s "
                              "on the Arm64EC side",
                     STR_ARG(what), STR_ARG(row->type), STR_ARG(place_of(row->x64)),
                     STR_ARG(place_of(row->ec))));
}

static void say_rows(Differ *differ, const ContractFunction *was,
                     const ContractFunction *now)
{
    if (was->rows.len && now->rows.len)
        say_row(differ, &was->rows.at[0], &now->rows.at[0], 0);
    for (uint32_t i = 1; i < now->rows.len; i++) {
        uint32_t old = partner(now, i, was);
        if (old)
            say_row(differ, &was->rows.at[old], &now->rows.at[i], i);
        else
            say_alone(differ, &now->rows.at[i], i, true);
    }
    for (uint32_t i = 1; i < was->rows.len; i++)
        if (!partner(was, i, now))
            say_alone(differ, &was->rows.at[i], i, false);
}

static void say_thunk(Differ *differ, Str was, Str now)
{
    if (str_eq(was, now))
        return;
    if (!now.len)
        say(differ,
            arena_format(differ->arena, "LLVM cannot make its entry thunk; it was '%.*s'",
                         STR_ARG(was)));
    else if (!was.len)
        say(differ, arena_format(differ->arena, "the entry thunk is '%.*s', it had none",
                                 STR_ARG(now)));
    else
        say(differ,
            arena_format(differ->arena, "the entry thunk is '%.*s', it was '%.*s'",
                         STR_ARG(now), STR_ARG(was)));
}

static void add(Arena *arena, ContractChangeList *list, ContractChangeKind kind,
                const ContractFunction *was, const ContractFunction *now)
{
    ContractChange *change = LIST_PUSH(arena, list);
    *change = (ContractChange){.kind = kind, .was = was, .now = now};
    if (kind != CONTRACT_CHANGED)
        return;
    Differ differ = {arena, change};
    say_rows(&differ, was, now);
    say_thunk(&differ, was->thunk, now->thunk);
}

void contract_diff(Arena *arena, const Contract *was, const Contract *now,
                   ContractChangeList *ret_changes)
{
    uint32_t i = 0, k = 0;
    while (i < was->functions.len || k < now->functions.len) {
        const ContractFunction *a = i < was->functions.len ? &was->functions.at[i] : NULL;
        const ContractFunction *b = k < now->functions.len ? &now->functions.at[k] : NULL;
        int order = !a ? 1 : !b ? -1 : str_compare(a->symbol, b->symbol);
        if (order < 0)
            add(arena, ret_changes, CONTRACT_REMOVED, a, NULL);
        else if (order > 0)
            add(arena, ret_changes, CONTRACT_ADDED, NULL, b);
        else if (!contract_same(a, b))
            add(arena, ret_changes, CONTRACT_CHANGED, a, b);
        i += order <= 0;
        k += order >= 0;
    }
}

Str contract_change_name(ContractChangeKind kind)
{
    switch (kind) {
    case CONTRACT_ADDED:
        return STR("added");
    case CONTRACT_REMOVED:
        return STR("removed");
    case CONTRACT_CHANGED:
        return STR("changed");
    }
    BUG("kind of a change");
}

Str contract_prototype(Arena *arena, const ContractFunction *function)
{
    Str text = function->rows.len ? function->rows.at[0].type : STR("?");
    text = arena_format(arena, "%.*s %.*s(", STR_ARG(text), STR_ARG(function->name));
    for (uint32_t i = 1; i < function->rows.len; i++) {
        const ContractRow *row = &function->rows.at[i];
        Str name = has_name(row) ? row->name : STR("");
        text = arena_format(arena, "%.*s%s%.*s%s%.*s", STR_ARG(text), i > 1 ? ", " : "",
                            STR_ARG(row->type), name.len ? " " : "", STR_ARG(name));
    }
    return arena_format(arena, "%.*s%s)", STR_ARG(text),
                        function->rows.len == 1 ? "void" : "");
}
