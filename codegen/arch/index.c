#include "codegen/arch/index.h"

enum { OPEN_MAX = 256, CHAIN_NAMES_MAX = 24 };

// An open chain: what all of its conditions so far ask for, and what stands in the branch
// that is open.
typedef struct Level {
    NameId names[CHAIN_NAMES_MAX];
    uint32_t n_names;
    uint32_t kinds, begin;
    bool is_guard; // #ifndef X, and X is defined next
} Level;

typedef struct Indexer {
    Arena *arena;
    const ArchText *scanned;
    ArchIndexed *out;
    Level *levels;
    uint32_t n_levels, n_beyond; // open; of those not kept: too deep
    uint32_t bare;               // bits of ArchKind: of hardware outside all conditions
} Indexer;

// --- Names of conditions
// ----------------------------------------------------------------

typedef void EachName(void *owner, NameId name);

static void each_name(const Expr *expr, EachName *each, void *owner)
{
    if (!expr)
        return;
    if (expr->kind == EXPR_DEFINED || expr->kind == EXPR_NAME || expr->kind == EXPR_CALL)
        each(owner, expr->name);
    for (uint32_t i = 0; expr->kind == EXPR_CALL && i < expr->n_arguments; i++)
        for (uint32_t k = 0; k < expr->arguments[i].len; k++)
            if (expr->arguments[i].at[k].kind == TOKEN_NAME)
                each(owner, expr->arguments[i].at[k].name);
    each_name(expr->a, each, owner);
    each_name(expr->b, each, owner);
    each_name(expr->c, each, owner);
}

static void add_name(void *owner, NameId name)
{
    Level *level = owner;
    for (uint32_t i = 0; i < level->n_names; i++)
        if (level->names[i] == name)
            return;
    if (level->n_names < CHAIN_NAMES_MAX)
        level->names[level->n_names++] = name;
}

// #ifndef X, #if !defined(X), with "#define X" behind it.
static bool is_guard(const ArchText *scanned, uint32_t index)
{
    const ArchItem *item = &scanned->items.at[index], *next = item + 1;
    const Expr *condition = item->condition;
    return item->kind == ITEM_IF && index + 1 < scanned->items.len &&
           next->kind == ITEM_DEFINE && condition && condition->kind == EXPR_UNARY &&
           condition->op == '!' && condition->a->kind == EXPR_DEFINED &&
           condition->a->name == next->name;
}

// --- What they guard
// --------------------------------------------------------------------

static void add_guard(Indexer *indexer, NameId name, uint32_t kinds, uint32_t begin)
{
    ArchIndexed *out = indexer->out;
    for (uint32_t i = 0; i < out->guards.len; i++)
        if (out->guards.at[i].name == name) {
            out->guards.at[i].kinds |= kinds;
            return;
        }
    if (out->guards.len < INDEX_GUARDS_MAX)
        *LIST_PUSH(indexer->arena, &out->guards) = (IndexGuard){name, kinds, begin};
}

// A branch ends: what stood in it hangs on all that was asked so far, and stands in the
// branch around it, too.
static void settle(Indexer *indexer)
{
    Level *level = &indexer->levels[indexer->n_levels - 1];
    if (!level->kinds)
        return;
    for (uint32_t i = 0; i < level->n_names; i++)
        add_guard(indexer, level->names[i], level->kinds, level->begin);
    if (indexer->n_levels > 1) {
        Level *around = level - 1;
        if (!around->kinds)
            around->begin = level->begin;
        around->kinds |= level->kinds;
    }
    level->kinds = 0;
}

static void open_level(Indexer *indexer, uint32_t index)
{
    if (indexer->n_levels == OPEN_MAX) {
        indexer->n_beyond++;
        return;
    }
    Level *level = &indexer->levels[indexer->n_levels++];
    level->n_names = level->kinds = 0;
    level->is_guard = is_guard(indexer->scanned, index);
    if (!level->is_guard)
        each_name(indexer->scanned->items.at[index].condition, add_name, level);
}

static void next_branch(Indexer *indexer, const ArchItem *item)
{
    if (indexer->n_beyond || !indexer->n_levels)
        return;
    settle(indexer);
    Level *level = &indexer->levels[indexer->n_levels - 1];
    if (item->kind == ITEM_ELIF)
        each_name(item->condition, add_name, level);
}

static void close_level(Indexer *indexer)
{
    if (indexer->n_beyond) {
        indexer->n_beyond--;
    } else if (indexer->n_levels) {
        settle(indexer);
        indexer->n_levels--;
    }
}

static void take_kind(Indexer *indexer, uint32_t kind, uint32_t begin)
{
    if (!indexer->n_levels)
        return;
    Level *level = &indexer->levels[indexer->n_levels - 1];
    if (!level->kinds)
        level->begin = begin;
    level->kinds |= kind;
}

static void take_hardware(Indexer *indexer, ArchKind kind, uint32_t begin)
{
    bool is_bare = true;
    if (!arch_kind_is_x86(kind) && !arch_kind_is_arm(kind))
        return;
    for (uint32_t i = 0; i < indexer->n_levels && is_bare; i++)
        is_bare = indexer->levels[i].is_guard;
    indexer->out->kinds |= 1u << kind;
    indexer->bare |= is_bare ? 1u << kind : 0;
    take_kind(indexer, 1u << kind, begin);
}

static void take_define(Indexer *indexer, NameId name)
{
    ArchIndexed *out = indexer->out;
    for (uint32_t i = 0; i < indexer->n_levels && out->links.len < INDEX_LINKS_MAX; i++)
        for (uint32_t k = 0; k < indexer->levels[i].n_names; k++)
            if (indexer->levels[i].names[k] != name && out->links.len < INDEX_LINKS_MAX)
                *LIST_PUSH(indexer->arena, &out->links) =
                    (IndexLink){indexer->levels[i].names[k], name};
}

static Str without_dots(Str name)
{
    while (str_starts(name, STR("./")) || str_starts(name, STR("../")))
        name = str_from(name, name.at[1] == '/' ? 2 : 3);
    return name;
}

static void take_include(Indexer *indexer, const ArchItem *item)
{
    if (item->is_computed)
        return;
    ArchKind kind = arch_header(item->text);
    if (kind == ARCH_NONE)
        take_kind(indexer, INDEX_INCLUDE, item->text_begin);
    take_hardware(indexer, kind, item->text_begin);
    Str name = without_dots(item->text);
    if (name.len && indexer->out->includes.len < INDEX_INCLUDES_MAX)
        *LIST_PUSH(indexer->arena, &indexer->out->includes) = name;
}

static void take_item(Indexer *indexer, uint32_t index)
{
    const ArchItem *item = &indexer->scanned->items.at[index];
    switch ((ArchItemKind)item->kind) {
    case ITEM_IF:
        open_level(indexer, index);
        return;
    case ITEM_ELIF:
    case ITEM_ELSE:
        next_branch(indexer, item);
        return;
    case ITEM_ENDIF:
        close_level(indexer);
        return;
    case ITEM_DEFINE:
        take_define(indexer, item->name);
        return;
    case ITEM_INCLUDE:
        take_include(indexer, item);
        return;
    case ITEM_TOKEN:
        take_hardware(indexer, (ArchKind)item->hardware, item->begin);
        return;
    case ITEM_UNDEF:
    case ITEM_ERROR:
    case ITEM_ONCE:
        return;
    }
}

// One step: #if A, #define B; and B guards hardware in this file.
static void follow_links(Indexer *indexer)
{
    ArchIndexed *out = indexer->out;
    uint32_t n_guards = out->guards.len;
    for (uint32_t i = 0; i < out->links.len; i++)
        for (uint32_t k = 0; k < n_guards; k++)
            if (out->guards.at[k].name == out->links.at[i].defined)
                add_guard(indexer, out->links.at[i].asked, out->guards.at[k].kinds,
                          out->guards.at[k].begin);
}

static uint32_t kinds_of(bool (*is_one)(ArchKind))
{
    uint32_t kinds = 0;
    for (uint32_t kind = 0; kind < ARCH_KIND_COUNT; kind++)
        kinds |= is_one((ArchKind)kind) ? 1u << kind : 0;
    return kinds;
}

static void drop_bare(ArchIndexed *out, uint32_t bare)
{
    uint32_t x86 = kinds_of(arch_kind_is_x86), arm = kinds_of(arch_kind_is_arm), n = 0;
    uint32_t dropped = (bare & x86 ? x86 : 0) | (bare & arm ? arm : 0);
    for (uint32_t i = 0; i < out->guards.len; i++) {
        IndexGuard guard = out->guards.at[i];
        guard.kinds &= ~dropped;
        if (guard.kinds)
            out->guards.at[n++] = guard;
    }
    out->guards.len = n;
}

void arch_index(Arena *arena, const ArchText *scanned, ArchIndexed *ret_indexed)
{
    *ret_indexed = (ArchIndexed){0};
    Indexer indexer = {.arena = arena,
                       .scanned = scanned,
                       .out = ret_indexed,
                       .levels = ARENA_ARRAY(arena, Level, OPEN_MAX)};
    for (uint32_t i = 0; i < scanned->items.len; i++)
        take_item(&indexer, i);
    while (indexer.n_levels) { // chains that nothing ends
        settle(&indexer);
        indexer.n_levels--;
    }
    follow_links(&indexer);
    drop_bare(ret_indexed, indexer.bare);
}

// --- What a header sets
// -----------------------------------------------------------------

typedef struct Asked {
    const ArchNames *names;
    bool is_target;
} Asked;

static void look_for_target(void *owner, NameId name)
{
    Asked *asked = owner;
    asked->is_target |= asked->names->names.at[name].is_target;
}

// In a condition, or in a body: #define IS_X64 defined(_M_X64).
static bool asks_for_target(const ArchNames *names, const ArchText *scanned)
{
    static const Str marks[] = {STR_INIT("_M_"), STR_INIT("x86_64"), STR_INIT("amd64"),
                                STR_INIT("aarch64")};
    Asked asked = {names, false};
    for (uint32_t i = 0; i < scanned->items.len && !asked.is_target; i++) {
        const ArchItem *item = &scanned->items.at[i];
        if (item->kind <= ITEM_ELIF)
            each_name(item->condition, look_for_target, &asked);
        for (size_t k = 0; item->kind == ITEM_DEFINE && k < COUNTOF(marks); k++)
            asked.is_target |= str_has(item->macro->body, marks[k]);
    }
    return asked.is_target;
}

uint32_t arch_index_settings(const ArchNames *names, const ArchText *scanned,
                             NameId *ret_names, uint32_t max)
{
    uint32_t n = 0, depth = 0, n_ifs = 0;
    if (!asks_for_target(names, scanned))
        return 0;
    for (uint32_t i = 0; i < scanned->items.len && n < max; i++) {
        const ArchItem *item = &scanned->items.at[i];
        depth += item->kind == ITEM_IF;
        n_ifs += item->kind == ITEM_IF;
        depth -= item->kind == ITEM_ENDIF && depth > 0;
        bool is_own_guard = i > 0 && n_ifs == 1 && is_guard(scanned, i - 1);
        bool is_known = item->kind != ITEM_DEFINE || !depth || is_own_guard;
        for (uint32_t k = 0; k < n && !is_known; k++)
            is_known = ret_names[k] == item->name;
        if (!is_known)
            ret_names[n++] = item->name;
    }
    return n;
}
