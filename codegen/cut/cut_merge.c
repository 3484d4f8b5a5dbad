#include "codegen/cut/cut_merging.h"

#include <string.h>

enum { MERGE_ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

static RSpan part_rows(Merging *merging, RSpan rows)
{
    RSpan span = {merging->rows.len, rows.len};
    for (uint32_t i = 0; i < rows.len; i++) {
        RRow row = merging->part->rows[rows.at + i];
        RStr *const all[] = {&row.name, &row.type,       &row.x64,
                             &row.ec,   &row.entry_does, &row.exit_does};
        for (size_t k = 0; k < COUNTOF(all); k++)
            *all[k] = merging_part_str(merging, *all[k]);
        *PUSH(merging, rows) = row;
    }
    return span;
}

// --- Functions
// --------------------------------------------------------------------------------

static uint32_t hash_of_symbol(Str symbol)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < symbol.len; i++)
        hash = (hash ^ (unsigned char)symbol.at[i]) * 16777619u;
    return hash;
}

// Of base's functions: the one with that symbol, or the free slot.
static uint32_t *slot_of(const Merging *merging, Str symbol)
{
    for (uint32_t i = hash_of_symbol(symbol);; i++) {
        uint32_t *slot = &merging->slots[i & (merging->n_slots - 1)];
        const Result *base = merging->base;
        if (!*slot || str_eq(result_str(base, base->functions[*slot - 1].symbol), symbol))
            return slot;
    }
}

static void index_base(Merging *merging)
{
    const Result *base = merging->base;
    merging->n_slots = 64;
    while (merging->n_slots < 2 * base->n_functions)
        merging->n_slots *= 2;
    merging->slots = ARENA_ARRAY(&merging->arena, uint32_t, merging->n_slots);
    for (uint32_t i = 0; i < base->n_functions; i++) {
        uint32_t *slot = slot_of(merging, result_str(base, base->functions[i].symbol));
        *slot = *slot ? *slot : i + 1;
    }
}

static const RFunction **matched(Merging *merging, const Result *other, bool *is_met)
{
    const RFunction **all =
        ARENA_ARRAY(&merging->arena, const RFunction *, merging->base->n_functions + 1);
    for (uint32_t i = 0; i < other->n_functions; i++) {
        uint32_t slot = *slot_of(merging, result_str(other, other->functions[i].symbol));
        if (slot && is_met)
            is_met[i] = true;
        if (slot && !all[slot - 1])
            all[slot - 1] = &other->functions[i];
    }
    return all;
}

static const RFunction *find(const Result *result, Str symbol)
{
    for (uint32_t i = 0; i < result->n_functions; i++)
        if (str_eq(result_str(result, result->functions[i].symbol), symbol))
            return &result->functions[i];
    return NULL;
}

static bool same_thunk(const Result *a, const RThunk *in_a, const Result *b,
                       const RThunk *in_b)
{
    return in_a->kind == in_b->kind &&
           str_eq(result_str(a, in_a->name), result_str(b, in_b->name));
}

// The thunk of `function` that is the one of `owner` at that index: of the same kind and
// name, and if there are several, the one that comes as late.
static const RThunk *find_thunk(const Result *in, const RFunction *function,
                                const Result *of, const RFunction *owner, uint32_t index)
{
    const RThunk *wanted = &of->thunks[owner->thunks.at + index];
    uint32_t n_before = 0;
    for (uint32_t i = 0; function && i < index; i++)
        n_before += same_thunk(of, &of->thunks[owner->thunks.at + i], of, wanted);
    for (uint32_t i = 0; function && i < function->thunks.len; i++) {
        const RThunk *thunk = &in->thunks[function->thunks.at + i];
        if (same_thunk(in, thunk, of, wanted) && n_before-- == 0)
            return thunk;
    }
    return NULL;
}

static bool has_site(const Merging *merging, uint32_t from, const RRange *site)
{
    for (uint32_t i = from; i < merging->sites.len; i++) {
        const RRange *there = &merging->sites.at[i];
        if (there->path == site->path && !cut_order(there->start, site->start))
            return true;
    }
    return false;
}

// The calls in the function, and those in headers that base does not know.
static void take_part_sites(Merging *merging, const RThunk *thunk, uint32_t from)
{
    for (uint32_t i = 0; thunk && i < thunk->sites.len; i++) {
        RRange site = merging->part->sites[thunk->sites.at + i];
        bool is_own = merging_in_new(merging, &site);
        if (!is_own && site.path == 0)
            continue;
        site = merging_part_range(merging, site);
        if (is_own || !has_site(merging, from, &site))
            *PUSH(merging, sites) = site;
    }
}

static void take_base_thunk(Merging *merging, const RThunk *thunk, const RThunk *fresh)
{
    RThunk made = *thunk;
    uint32_t from = merging->sites.len;
    bool is_taken = false;
    for (uint32_t i = 0; i < thunk->sites.len; i++) {
        RRange site = merging->base->sites[thunk->sites.at + i];
        if (merging_in_old(merging, &site)) {
            if (!is_taken)
                take_part_sites(merging, fresh, from);
            is_taken = true;
        } else {
            cut_move(merging->in, &site);
            *PUSH(merging, sites) = site;
        }
    }
    if (!is_taken)
        take_part_sites(merging, fresh, from);
    made.sites = (RSpan){from, merging->sites.len - from};
    if (thunk->sites.len == 0 || made.sites.len)
        *PUSH(merging, thunks) = made;
}

// `known`: as the part had the function before; what it had then is not new.
static void take_part_thunk(Merging *merging, const RFunction *function, uint32_t index,
                            const RFunction *known)
{
    const Result *part = merging->part;
    const RThunk *thunk = &part->thunks[function->thunks.at + index];
    RThunk made = *thunk;
    uint32_t from = merging->sites.len;
    take_part_sites(merging, thunk, from);
    made.sites = (RSpan){from, merging->sites.len - from};
    bool is_known = find_thunk(merging->before, known, part, function, index) != NULL;
    if (thunk->sites.len ? !made.sites.len : is_known)
        return;
    made.name = merging_part_str(merging, thunk->name);
    made.assembly = merging_part_str(merging, thunk->assembly);
    made.probe = merging_part_str(merging, thunk->probe);
    made.probe_why = merging_part_str(merging, thunk->probe_why);
    made.rows = part_rows(merging, thunk->rows);
    *PUSH(merging, thunks) = made;
}

static bool is_told(const RFunction *function)
{
    return function->thunks.len || function->is_emitted || function->n_calls ||
           (function->in_document && function->is_defined);
}

static uint32_t n_calls(uint32_t base, const RFunction *before, const RFunction *fresh)
{
    uint32_t less = before ? before->n_calls : 0, more = fresh ? fresh->n_calls : 0;
    return (base > less ? base - less : 0) + more;
}

static void take_base_function(Merging *merging, const RFunction *function)
{
    const Result *base = merging->base, *part = merging->part;
    const RFunction *fresh = merging->fresh_of[function - base->functions];
    const RFunction *before = merging->before_of[function - base->functions];
    RFunction made = *function;
    made.thunks.at = merging->thunks.len;
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &base->thunks[function->thunks.at + i];
        take_base_thunk(merging, thunk, find_thunk(part, fresh, base, function, i));
    }
    bool is_own = function->is_defined && merging_in_old(merging, &function->at);
    for (uint32_t i = 0; fresh && i < fresh->thunks.len; i++) {
        const RThunk *thunk = &part->thunks[fresh->thunks.at + i];
        bool is_there = find_thunk(base, function, part, fresh, i) != NULL;
        if (!is_there && (thunk->sites.len || !is_own))
            take_part_thunk(merging, fresh, i, before);
    }
    made.thunks.len = merging->thunks.len - made.thunks.at;
    made.n_calls = n_calls(function->n_calls, before, fresh);
    cut_move(merging->in, &made.at);
    Pos line = {.line = function->line ? function->line - 1 : 0};
    if (function->line && cut_move_pos(merging->in, &line))
        made.line = line.line + 1;
    if (is_told(&made))
        *PUSH(merging, functions) = made;
}

static void take_part_function(Merging *merging, const RFunction *function)
{
    const Result *part = merging->part;
    RFunction made = *function;
    const RFunction *before = find(merging->before, result_str(part, function->symbol));
    made.thunks.at = merging->thunks.len;
    for (uint32_t i = 0; i < function->thunks.len; i++)
        take_part_thunk(merging, function, i, before);
    made.thunks.len = merging->thunks.len - made.thunks.at;
    made.n_calls = n_calls(0, before, function);
    if (!made.thunks.len && !made.n_calls)
        return;
    made.name = merging_part_str(merging, function->name);
    made.symbol = merging_part_str(merging, function->symbol);
    made.display = merging_part_str(merging, function->display);
    made.convention = merging_part_str(merging, function->convention);
    made.rows = part_rows(merging, function->rows);
    made.at = merging_part_range(merging, function->at);
    *PUSH(merging, functions) = made;
}

static bool is_apart(const CutMerge *in, uint32_t line)
{
    return line < in->change_begin.line || line > in->change_old_end.line;
}

// Where as many lines as before are others nothing moves but on these.
static bool stays(const Merging *merging, const RRange *range)
{
    const CutMerge *in = merging->in;
    return in->change_old_end.line == in->change_new_end.line &&
           is_apart(in, range->start.line) && is_apart(in, range->end.line);
}

static void merge_rows(Merging *merging)
{
    const Result *base = merging->base;
    if (base->n_rows)
        memcpy(merging->rows.at, base->rows, base->n_rows * sizeof *base->rows);
    merging->rows.len = base->n_rows;
    for (uint32_t i = 0; i < base->n_rows; i++) {
        RRow *row = &merging->rows.at[i];
        if (row->is_placed && !stays(merging, &row->at) &&
            !cut_move(merging->in, &row->at)) {
            row->is_placed = 0;
            row->at = (RRange){0};
        }
    }
}

static void match_functions(Merging *merging)
{
    index_base(merging);
    merging->is_met = ARENA_ARRAY(&merging->arena, bool, merging->part->n_functions + 1);
    merging->fresh_of = matched(merging, merging->part, merging->is_met);
    merging->before_of = matched(merging, merging->before, NULL);
    merging_find_left(merging);
}

static void merge_functions(Merging *merging)
{
    const Result *base = merging->base, *part = merging->part;
    merge_rows(merging);
    for (uint32_t i = 0; i < base->n_functions; i++)
        take_base_function(merging, &base->functions[i]);
    for (uint32_t i = 0; i < part->n_functions; i++)
        if (!merging->is_met[i])
            take_part_function(merging, &part->functions[i]);
}

// --- The whole
// --------------------------------------------------------------------------------

static void merge_symbols(Merging *merging)
{
    const Result *base = merging->base;
    if (base->n_symbols)
        memcpy(merging->symbols.at, base->symbols,
               base->n_symbols * sizeof *base->symbols);
    merging->symbols.len = base->n_symbols;
    for (uint32_t i = 0; i < base->n_symbols; i++) {
        RSymbol *symbol = &merging->symbols.at[i];
        if (symbol->full.path == 0 && stays(merging, &symbol->full) &&
            stays(merging, &symbol->selection))
            continue;
        cut_move(merging->in, &symbol->full);
        cut_move(merging->in, &symbol->selection);
    }
}

static void take_part_registers(Merging *merging)
{
    for (uint32_t i = 0; i < merging->part->n_registers; i++) {
        RRegister named = merging->part->registers[i];
        named.name = merging_part_str(merging, named.name);
        if (merging_in_new(merging, &named.range))
            *PUSH(merging, registers) = named;
    }
}

static void merge_registers(Merging *merging)
{
    bool is_taken = false;
    for (uint32_t i = 0; i < merging->base->n_registers; i++) {
        RRegister named = merging->base->registers[i];
        bool is_behind = cut_order(named.range.start, merging->in->begin) >= 0;
        if (is_behind && !is_taken) {
            take_part_registers(merging);
            is_taken = true;
        }
        if (!merging_in_old(merging, &named.range) && cut_move(merging->in, &named.range))
            *PUSH(merging, registers) = named;
    }
    if (!is_taken)
        take_part_registers(merging);
}

static bool has_error(const Merging *merging)
{
    for (uint32_t i = 0; i < merging->part->n_findings; i++) {
        const RFinding *finding = &merging->part->findings[i];
        if (finding->source == SOURCE_CLANG && finding->severity == SEVERITY_ERROR &&
            merging_in_new(merging, &finding->range))
            return true;
    }
    return false;
}

// --- Room
// --------------------------------------------------------------------------------

typedef struct Room {
    char *at;
    size_t n_bytes;
} Room;

static void *carve(Room *room, size_t n, size_t item_bytes)
{
    size_t n_bytes = (n * item_bytes + 15) / 16 * 16;
    char *at = room->at ? room->at + room->n_bytes : NULL;
    room->n_bytes += n_bytes;
    return at;
}

// One more of each than the two have together: see PUSH.
#define CARVE(merging, room, list, n)                                                    \
    ((merging)->list.cap = (n),                                                          \
     (merging)->list.at = carve((room), (size_t)(n) + 1, sizeof *(merging)->list.at))

// Without memory it counts how much is needed.
static char *lay_out(Merging *merging, Room *room)
{
    const Result *a = merging->base, *b = merging->part;
    CARVE(merging, room, paths, a->n_paths + b->n_paths);
    CARVE(merging, room, findings, a->n_findings + b->n_findings);
    CARVE(merging, room, notes, a->n_notes + b->n_notes);
    CARVE(merging, room, fixes, a->n_fixes + b->n_fixes);
    CARVE(merging, room, edits, a->n_edits + b->n_edits);
    CARVE(merging, room, symbols, a->n_symbols);
    CARVE(merging, room, registers, a->n_registers + b->n_registers);
    CARVE(merging, room, functions, a->n_functions + b->n_functions);
    CARVE(merging, room, thunks, a->n_thunks + b->n_thunks);
    CARVE(merging, room, sites, a->n_sites + b->n_sites);
    CARVE(merging, room, rows, a->n_rows + b->n_rows);
    return carve(room, a->pool.len + b->pool.len, 1);
}

static char *make_room(Merging *merging, CutSpace *space)
{
    Room room = {0};
    lay_out(merging, &room);
    if (room.n_bytes > RESULT_BYTES_MAX)
        return NULL;
    if (room.n_bytes > space->n_bytes) {
        mem_free(space->at);
        space->n_bytes = room.n_bytes + room.n_bytes / 8;
        space->at = mem_new(space->n_bytes);
    }
    room = (Room){.at = space->at};
    return lay_out(merging, &room);
}

static Result view(const Merging *merging, const CutSpace *space, char *pool)
{
    const Result *a = merging->base, *b = merging->part;
    if (a->pool.len)
        memcpy(pool, a->pool.at, a->pool.len);
    if (b->pool.len)
        memcpy(pool + a->pool.len, b->pool.at, b->pool.len);
    return (Result){
        .stage = a->stage,
        .info = a->info,
        .paths = merging->paths.at,
        .findings = merging->findings.at,
        .notes = merging->notes.at,
        .fixes = merging->fixes.at,
        .edits = merging->edits.at,
        .symbols = merging->symbols.at,
        .registers = merging->registers.at,
        .functions = merging->functions.at,
        .thunks = merging->thunks.at,
        .sites = merging->sites.at,
        .rows = merging->rows.at,
        .includes = a->includes,
        .arguments = a->arguments,
        .n_paths = merging->paths.len,
        .n_findings = merging->findings.len,
        .n_notes = merging->notes.len,
        .n_fixes = merging->fixes.len,
        .n_edits = merging->edits.len,
        .n_symbols = merging->symbols.len,
        .n_registers = merging->registers.len,
        .n_functions = merging->functions.len,
        .n_thunks = merging->thunks.len,
        .n_sites = merging->sites.len,
        .n_rows = merging->rows.len,
        .n_includes = a->n_includes,
        .n_arguments = a->n_arguments,
        .pool = {pool, a->pool.len + b->pool.len},
        .block = {space->at, space->n_bytes},
    };
}

Err cut_merge(const CutMerge *merge, CutSpace *space, Result *ret_result)
{
    Merging merging = {
        .in = merge, .base = merge->base, .before = merge->before, .part = merge->part};
    char *pool = make_room(&merging, space);
    if (!pool)
        return ERR_LIMIT;
    arena_init(&merging.arena, MERGE_ARENA_BYTES_MAX);
    for (uint32_t i = 0; i < merge->base->n_paths; i++)
        *PUSH(&merging, paths) = merge->base->paths[i];
    merging.has_errors = has_error(&merging);
    match_functions(&merging);
    merging_findings(&merging);
    merge_functions(&merging);
    merge_symbols(&merging);
    merge_registers(&merging);
    *ret_result = view(&merging, space, pool);
    arena_done(&merging.arena);
    return merging.is_over ? ERR_LIMIT : ERR_NONE;
}

bool cut_is_whole(const CutMerge *merge)
{
    for (uint32_t i = 0; i < merge->part->n_symbols; i++) {
        const RSymbol *symbol = &merge->part->symbols[i];
        bool is_function =
            symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
        if (is_function && cut_lies_in(&symbol->full, merge->begin, merge->new_end) &&
            !cut_order(symbol->full.end, merge->new_end))
            return true;
    }
    return false;
}
