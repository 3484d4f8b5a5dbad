#include "server/names.h"

#include "codegen/abi/symbol_key.h"
#include "server/truth.h"

#include <stdlib.h>

// --- What stands there
// ------------------------------------------------------------------------

typedef struct Asked {
    Arena *arena;
    const Doc *doc;
    const Result *result;
    uint32_t offset;
    NameKey *key;
    bool is_found;
} Asked;

static bool starts_later(const RRange *a, const RRange *b)
{
    return a->start.line > b->start.line ||
           (a->start.line == b->start.line && a->start.byte > b->start.byte);
}

// The innermost counts; of two that meet at the cursor the one behind it.
static void offer(Asked *asked, const RRange *at, Str key, uint32_t scope)
{
    if (!key.len || !truth_covers(at, &asked->doc->lines, asked->offset))
        return;
    if (asked->is_found && !starts_later(at, &asked->key->at))
        return;
    *asked->key = (NameKey){key, scope, *at};
    asked->is_found = true;
}

static Str key_of(Arena *arena, const Result *result, const RFunction *function)
{
    return symbol_key(arena, result_str(result, function->symbol));
}

static void offer_functions(Asked *asked)
{
    const Result *r = asked->result;
    for (uint32_t i = 0; i < r->n_functions; i++) {
        const RFunction *function = &r->functions[i];
        Str key = key_of(asked->arena, r, function);
        offer(asked, &function->at, key, 0);
        for (uint32_t t = 0; t < function->thunks.len; t++) {
            const RThunk *thunk = &r->thunks[function->thunks.at + t];
            for (uint32_t k = 0; k < thunk->sites.len; k++)
                offer(asked, &r->sites[thunk->sites.at + k],
                      thunk->kind == THUNK_INDIRECT ? result_str(r, thunk->name) : key,
                      0);
        }
    }
}

bool names_at(Arena *arena, const Doc *doc, const Result *result, uint32_t offset,
              NameKey *ret_key)
{
    Asked asked = {arena, doc, result, offset, ret_key, false};
    for (uint32_t i = 0; i < result->n_names; i++) {
        const RName *name = &result->names[i];
        offer(&asked, &name->at, result_str(result, name->key), name->scope);
    }
    if (!asked.is_found)
        offer_functions(&asked);
    return asked.is_found;
}

// --- Where it stands
// --------------------------------------------------------------------------

typedef struct Finder {
    Arena *arena;
    const Doc *doc;
    const Result *result;
    const NameKey *key;
    NamePlaces places;
} Finder;

static void put(Finder *finder, const RRange *at, NameRole role)
{
    *LIST_PUSH(finder->arena, &finder->places) =
        (NamePlace){finder->doc, finder->result, *at, role};
}

static void put_sites(Finder *finder, const RThunk *thunk)
{
    for (uint32_t i = 0; i < thunk->sites.len; i++)
        put(finder, &finder->result->sites[thunk->sites.at + i], NAME_REFERENCE);
}

static void find_in_function(Finder *finder, const RFunction *function)
{
    const Result *r = finder->result;
    bool is_it = str_eq(key_of(finder->arena, r, function), finder->key->key);
    bool has_place = function->at.start.byte != function->at.end.byte;
    if (is_it && has_place)
        put(finder, &function->at,
            function->is_defined ? NAME_DEFINITION : NAME_DECLARATION);
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &r->thunks[function->thunks.at + i];
        bool is_thunk = str_eq(result_str(r, thunk->name), finder->key->key);
        if (is_thunk && thunk->kind == THUNK_ENTRY && has_place)
            put(finder, &function->at, NAME_REFERENCE);
        if (is_thunk || (is_it && thunk->kind != THUNK_INDIRECT))
            put_sites(finder, thunk);
    }
}

static void find_in(Finder *finder, const Doc *doc, const Result *result)
{
    finder->doc = doc;
    finder->result = result;
    for (uint32_t i = 0; i < result->n_names; i++) {
        const RName *name = &result->names[i];
        if (name->scope == finder->key->scope &&
            str_eq(result_str(result, name->key), finder->key->key))
            put(finder, &name->at, (NameRole)name->role);
    }
    for (uint32_t i = 0; i < result->n_functions && !finder->key->scope; i++)
        find_in_function(finder, &result->functions[i]);
}

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_at(const NamePlace *a, const NamePlace *b)
{
    Str left = a->at.path ? result_path(a->result, a->at.path) : str_of(a->doc->path);
    Str right = b->at.path ? result_path(b->result, b->at.path) : str_of(b->doc->path);
    int order = str_compare(left, right);
    if (!order)
        order = compare(a->at.start.line, b->at.start.line);
    if (!order)
        order = compare(a->at.start.byte, b->at.start.byte);
    return order;
}

// Of one place that is named twice what says most stands first.
static int compare_places(const void *left, const void *right)
{
    const NamePlace *a = left, *b = right;
    int order = compare_at(a, b);
    return order ? order : compare(b->role, a->role);
}

NamePlaces names_find(Arena *arena, Documents *documents, const Doc *doc,
                      const NameKey *key)
{
    Finder finder = {.arena = arena, .key = key};
    List *list = &documents->list;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *other = CONTAINER_OF(at, Doc, link);
        bool is_known = other->result_generation[STAGE_LIVE] && !other->is_lost;
        if (is_known && (!key->scope || other == doc))
            find_in(&finder, other, &other->result[STAGE_LIVE]);
    }
    NamePlaces *places = &finder.places;
    if (!places->len)
        return *places;
    qsort(places->at, places->len, sizeof *places->at, compare_places);
    uint32_t n = 1;
    for (uint32_t i = 1; i < places->len; i++)
        if (compare_at(&places->at[i], &places->at[n - 1]) != 0)
            places->at[n++] = places->at[i];
    places->len = n;
    return *places;
}
