#include "codegen/cut/cut_merge.h"

#include "codegen/cut/cut_move.h"
#include "protocol/base/arena.h"

enum { MERGE_ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

typedef struct Merging {
    Arena arena;
    const CutMerge *in;
    const Result *base, *before, *part;
    uint32_t *slots, n_slots; // of base's functions by symbol: index + 1
    // By index of base's functions: the same in the two others; NULL: not there.
    const RFunction **fresh_of, **before_of;
    bool *is_met;    // of part's functions
    bool has_errors; // of clang's, in the function
    LIST(RStr) paths;
    LIST(RFinding) findings;
    LIST(RNote) notes;
    LIST(RFix) fixes;
    LIST(REdit) edits;
    LIST(RSymbol) symbols;
    LIST(RRegister) registers;
    LIST(RFunction) functions;
    LIST(RThunk) thunks;
    LIST(RRange) sites;
    LIST(RRow) rows;
} Merging;

static bool is_in_old(const Merging *merging, const RRange *range)
{
    return cut_lies_in(range, merging->in->begin, merging->in->old_end);
}

static bool is_in_new(const Merging *merging, const RRange *range)
{
    return cut_lies_in(range, merging->in->begin, merging->in->new_end);
}

// --- What comes from the part
// ---------------------------------------------------------------------

static RStr part_str(const Merging *merging, RStr s)
{
    return (RStr){s.at + (uint32_t)merging->base->pool.len, s.len};
}

static RRange part_range(Merging *merging, RRange range)
{
    if (range.path == 0)
        return range;
    Str name = result_path(merging->part, range.path);
    for (uint32_t i = 0; i < merging->paths.len; i++) {
        RStr path = merging->paths.at[i];
        Str known = i < merging->base->n_paths
                        ? result_str(merging->base, path)
                        : str_sub(merging->part->pool, path.at - merging->base->pool.len,
                                  path.at - merging->base->pool.len + path.len);
        if (str_eq(known, name)) {
            range.path = i;
            return range;
        }
    }
    *LIST_PUSH(&merging->arena, &merging->paths) =
        part_str(merging, merging->part->paths[range.path]);
    range.path = merging->paths.len - 1;
    return range;
}

static RSpan part_rows(Merging *merging, RSpan rows)
{
    RSpan span = {merging->rows.len, rows.len};
    for (uint32_t i = 0; i < rows.len; i++) {
        RRow row = merging->part->rows[rows.at + i];
        RStr *const all[] = {&row.name, &row.type,       &row.x64,
                             &row.ec,   &row.entry_does, &row.exit_does};
        for (size_t k = 0; k < COUNTOF(all); k++)
            *all[k] = part_str(merging, *all[k]);
        *LIST_PUSH(&merging->arena, &merging->rows) = row;
    }
    return span;
}

// --- Findings
// ---------------------------------------------------------------------------------

// What clang says at the end of a file, which the part has not.
static bool is_of_file_end(const Result *result, const RFinding *finding)
{
    static const Str options[] = {
        STR_INIT("unused-function"),          STR_INIT("unneeded-internal-declaration"),
        STR_INIT("unneeded-member-function"), STR_INIT("unused-member-function"),
        STR_INIT("unused-template"),          STR_INIT("undefined-internal"),
        STR_INIT("undefined-inline"),         STR_INIT("undefined-func-template"),
    };
    Str option = result_str(result, finding->option);
    for (size_t i = 0; i < COUNTOF(options) && option.len; i++)
        if (str_eq(option, options[i]))
            return true;
    return false;
}

// Ours in front of the body speak of the signature, and of who calls it.
static bool is_of_base(const Merging *merging, const Result *result,
                       const RFinding *finding)
{
    bool is_in_head = cut_order(finding->range.start, merging->in->body) < 0;
    return is_of_file_end(result, finding) ||
           (finding->source == SOURCE_ARM64ECD && is_in_head);
}

static void take_base_notes(Merging *merging, RFinding *made, RSpan notes)
{
    made->notes = (RSpan){merging->notes.len, 0};
    for (uint32_t i = 0; i < notes.len; i++) {
        RNote note = merging->base->notes[notes.at + i];
        if (!cut_move(merging->in, &note.range))
            continue;
        *LIST_PUSH(&merging->arena, &merging->notes) = note;
        made->notes.len++;
    }
}

// A fix of which a part is gone is none.
static void take_base_fixes(Merging *merging, RFinding *made, RSpan fixes)
{
    made->fixes = (RSpan){merging->fixes.len, 0};
    for (uint32_t i = 0; i < fixes.len; i++) {
        RFix fix = merging->base->fixes[fixes.at + i];
        RSpan edits = {merging->edits.len, fix.edits.len};
        bool is_there = true;
        for (uint32_t k = 0; k < edits.len; k++) {
            REdit edit = merging->base->edits[fix.edits.at + k];
            is_there &= cut_move(merging->in, &edit.range);
            *LIST_PUSH(&merging->arena, &merging->edits) = edit;
        }
        fix.edits = edits;
        if (!is_there) {
            merging->edits.len = edits.at;
            continue;
        }
        *LIST_PUSH(&merging->arena, &merging->fixes) = fix;
        made->fixes.len++;
    }
}

// What clang says elsewhere because of the function: a note points into it; or a call of
// what nobody declares is told once, where it comes first.
static bool follows_from_function(const Merging *merging, const RFinding *finding)
{
    const Result *base = merging->base, *part = merging->part;
    if (finding->source != SOURCE_CLANG)
        return false;
    for (uint32_t i = 0; i < finding->notes.len; i++)
        if (is_in_old(merging, &base->notes[finding->notes.at + i].range))
            return true;
    if (!str_eq(result_str(base, finding->option), STR("implicit-function-declaration")))
        return false;
    Str message = result_str(base, finding->message);
    for (uint32_t i = 0; i < part->n_findings; i++)
        if (is_in_new(merging, &part->findings[i].range) &&
            str_eq(result_str(part, part->findings[i].message), message))
            return true;
    return false;
}

// Before clang's first error a suppression that suppresses nothing is told; then not.
static void take_base_finding(Merging *merging, const RFinding *finding)
{
    RFinding made = *finding;
    if (!cut_move(merging->in, &made.range) ||
        (made.number == 906 && merging->has_errors))
        return;
    take_base_notes(merging, &made, finding->notes);
    take_base_fixes(merging, &made, finding->fixes);
    *LIST_PUSH(&merging->arena, &merging->findings) = made;
}

static void take_part_finding(Merging *merging, const RFinding *finding)
{
    RFinding made = *finding;
    made.message = part_str(merging, made.message);
    made.option = part_str(merging, made.option);
    made.notes.at = merging->notes.len;
    for (uint32_t i = 0; i < finding->notes.len; i++) {
        RNote note = merging->part->notes[finding->notes.at + i];
        note.message = part_str(merging, note.message);
        note.range = part_range(merging, note.range);
        *LIST_PUSH(&merging->arena, &merging->notes) = note;
    }
    made.fixes.at = merging->fixes.len;
    for (uint32_t i = 0; i < finding->fixes.len; i++) {
        RFix fix = merging->part->fixes[finding->fixes.at + i];
        RSpan edits = fix.edits;
        fix.title = part_str(merging, fix.title);
        fix.edits.at = merging->edits.len;
        for (uint32_t k = 0; k < edits.len; k++) {
            REdit edit = merging->part->edits[edits.at + k];
            edit.text = part_str(merging, edit.text);
            edit.range = part_range(merging, edit.range);
            *LIST_PUSH(&merging->arena, &merging->edits) = edit;
        }
        *LIST_PUSH(&merging->arena, &merging->fixes) = fix;
    }
    *LIST_PUSH(&merging->arena, &merging->findings) = made;
}

static bool comes_first(const Merging *merging, const RFinding *base,
                        const RFinding *part)
{
    RRange moved = base->range;
    cut_move(merging->in, &moved);
    int order = cut_order(moved.start, part->range.start);
    return order ? order < 0 : base->number <= part->number;
}

// Both lists are in the order of places: what is replaced is one run.
static void merge_findings(Merging *merging)
{
    const Result *base = merging->base, *part = merging->part;
    uint32_t i = 0, k = 0;
    for (; i < base->n_findings && base->findings[i].range.path == 0 &&
           cut_order(base->findings[i].range.start, merging->in->begin) < 0;
         i++)
        take_base_finding(merging, &base->findings[i]);
    for (;;) {
        while (k < part->n_findings && (!is_in_new(merging, &part->findings[k].range) ||
                                        is_of_base(merging, part, &part->findings[k])))
            k++;
        while (i < base->n_findings && is_in_old(merging, &base->findings[i].range) &&
               !is_of_base(merging, base, &base->findings[i]))
            i++;
        bool is_old =
            i < base->n_findings && is_in_old(merging, &base->findings[i].range);
        bool is_new = k < part->n_findings;
        if (!is_old && !is_new)
            break;
        if (is_old &&
            (!is_new || comes_first(merging, &base->findings[i], &part->findings[k])))
            take_base_finding(merging, &base->findings[i++]);
        else
            take_part_finding(merging, &part->findings[k++]);
    }
    for (; i < base->n_findings; i++)
        if (!follows_from_function(merging, &base->findings[i]))
            take_base_finding(merging, &base->findings[i]);
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

static const RThunk *find_thunk(const Result *in, const RFunction *function, Str name,
                                uint32_t kind)
{
    for (uint32_t i = 0; function && i < function->thunks.len; i++) {
        const RThunk *thunk = &in->thunks[function->thunks.at + i];
        if (thunk->kind == kind && str_eq(result_str(in, thunk->name), name))
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
        bool is_own = is_in_new(merging, &site);
        if (!is_own && site.path == 0)
            continue;
        site = part_range(merging, site);
        if (is_own || !has_site(merging, from, &site))
            *LIST_PUSH(&merging->arena, &merging->sites) = site;
    }
}

static void take_base_thunk(Merging *merging, const RThunk *thunk, const RThunk *fresh)
{
    RThunk made = *thunk;
    uint32_t from = merging->sites.len;
    bool is_taken = false;
    for (uint32_t i = 0; i < thunk->sites.len; i++) {
        RRange site = merging->base->sites[thunk->sites.at + i];
        if (is_in_old(merging, &site)) {
            if (!is_taken)
                take_part_sites(merging, fresh, from);
            is_taken = true;
        } else {
            cut_move(merging->in, &site);
            *LIST_PUSH(&merging->arena, &merging->sites) = site;
        }
    }
    if (!is_taken)
        take_part_sites(merging, fresh, from);
    made.sites = (RSpan){from, merging->sites.len - from};
    if (thunk->sites.len == 0 || made.sites.len)
        *LIST_PUSH(&merging->arena, &merging->thunks) = made;
}

// `known`: as the part had the function before; what it had then is not new.
static void take_part_thunk(Merging *merging, const RThunk *thunk, const RFunction *known)
{
    const Result *part = merging->part;
    RThunk made = *thunk;
    uint32_t from = merging->sites.len;
    take_part_sites(merging, thunk, from);
    made.sites = (RSpan){from, merging->sites.len - from};
    bool is_known = find_thunk(merging->before, known, result_str(part, thunk->name),
                               thunk->kind) != NULL;
    if (thunk->sites.len ? !made.sites.len : is_known)
        return;
    made.name = part_str(merging, thunk->name);
    made.assembly = part_str(merging, thunk->assembly);
    made.probe = part_str(merging, thunk->probe);
    made.probe_why = part_str(merging, thunk->probe_why);
    made.rows = part_rows(merging, thunk->rows);
    *LIST_PUSH(&merging->arena, &merging->thunks) = made;
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
        take_base_thunk(
            merging, thunk,
            find_thunk(part, fresh, result_str(base, thunk->name), thunk->kind));
    }
    bool is_own = function->is_defined && is_in_old(merging, &function->at);
    for (uint32_t i = 0; fresh && i < fresh->thunks.len; i++) {
        const RThunk *thunk = &part->thunks[fresh->thunks.at + i];
        bool is_there = find_thunk(base, function, result_str(part, thunk->name),
                                   thunk->kind) != NULL;
        if (!is_there && (thunk->sites.len || !is_own))
            take_part_thunk(merging, thunk, before);
    }
    made.thunks.len = merging->thunks.len - made.thunks.at;
    made.n_calls = n_calls(function->n_calls, before, fresh);
    cut_move(merging->in, &made.at);
    Pos line = {.line = function->line ? function->line - 1 : 0};
    if (function->line && cut_move_pos(merging->in, &line))
        made.line = line.line + 1;
    if (is_told(&made))
        *LIST_PUSH(&merging->arena, &merging->functions) = made;
}

static void take_part_function(Merging *merging, const RFunction *function)
{
    const Result *part = merging->part;
    RFunction made = *function;
    const RFunction *before = find(merging->before, result_str(part, function->symbol));
    made.thunks.at = merging->thunks.len;
    for (uint32_t i = 0; i < function->thunks.len; i++)
        take_part_thunk(merging, &part->thunks[function->thunks.at + i], before);
    made.thunks.len = merging->thunks.len - made.thunks.at;
    made.n_calls = n_calls(0, before, function);
    if (!made.thunks.len && !made.n_calls)
        return;
    made.name = part_str(merging, function->name);
    made.symbol = part_str(merging, function->symbol);
    made.display = part_str(merging, function->display);
    made.convention = part_str(merging, function->convention);
    made.rows = part_rows(merging, function->rows);
    made.at = part_range(merging, function->at);
    *LIST_PUSH(&merging->arena, &merging->functions) = made;
}

static void merge_functions(Merging *merging)
{
    const Result *base = merging->base, *part = merging->part;
    index_base(merging);
    merging->is_met = ARENA_ARRAY(&merging->arena, bool, part->n_functions + 1);
    merging->fresh_of = matched(merging, part, merging->is_met);
    merging->before_of = matched(merging, merging->before, NULL);
    for (uint32_t i = 0; i < base->n_rows; i++) {
        RRow row = base->rows[i];
        if (row.is_placed && !cut_move(merging->in, &row.at)) {
            row.is_placed = 0;
            row.at = (RRange){0};
        }
        *LIST_PUSH(&merging->arena, &merging->rows) = row;
    }
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
    for (uint32_t i = 0; i < merging->base->n_symbols; i++) {
        RSymbol symbol = merging->base->symbols[i];
        cut_move(merging->in, &symbol.full);
        cut_move(merging->in, &symbol.selection);
        *LIST_PUSH(&merging->arena, &merging->symbols) = symbol;
    }
}

static void take_part_registers(Merging *merging)
{
    for (uint32_t i = 0; i < merging->part->n_registers; i++) {
        RRegister named = merging->part->registers[i];
        named.name = part_str(merging, named.name);
        if (is_in_new(merging, &named.range))
            *LIST_PUSH(&merging->arena, &merging->registers) = named;
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
        if (!is_in_old(merging, &named.range) && cut_move(merging->in, &named.range))
            *LIST_PUSH(&merging->arena, &merging->registers) = named;
    }
    if (!is_taken)
        take_part_registers(merging);
}

static bool has_error(const Merging *merging)
{
    for (uint32_t i = 0; i < merging->part->n_findings; i++) {
        const RFinding *finding = &merging->part->findings[i];
        if (finding->source == SOURCE_CLANG && finding->severity == SEVERITY_ERROR &&
            is_in_new(merging, &finding->range))
            return true;
    }
    return false;
}

static Err write(const Merging *merging, Buf *out, Result *ret_result)
{
    const Result *base = merging->base;
    Buf pool;
    buf_init(&pool, RESULT_BYTES_MAX);
    buf_put(&pool, base->pool);
    buf_put(&pool, merging->part->pool);
    ResultParts parts = {
        .stage = base->stage,
        .array = {
            [RESULT_INFO] = {base->info, 1},
            [RESULT_PATHS] = {merging->paths.at, merging->paths.len},
            [RESULT_FINDINGS] = {merging->findings.at, merging->findings.len},
            [RESULT_NOTES] = {merging->notes.at, merging->notes.len},
            [RESULT_FIXES] = {merging->fixes.at, merging->fixes.len},
            [RESULT_EDITS] = {merging->edits.at, merging->edits.len},
            [RESULT_SYMBOLS] = {merging->symbols.at, merging->symbols.len},
            [RESULT_REGISTERS] = {merging->registers.at, merging->registers.len},
            [RESULT_FUNCTIONS] = {merging->functions.at, merging->functions.len},
            [RESULT_THUNKS] = {merging->thunks.at, merging->thunks.len},
            [RESULT_SITES] = {merging->sites.at, merging->sites.len},
            [RESULT_ROWS] = {merging->rows.at, merging->rows.len},
            [RESULT_INCLUDES] = {base->includes, base->n_includes},
            [RESULT_ARGUMENTS] = {base->arguments, base->n_arguments},
            [RESULT_POOL] = {pool.at, (uint32_t)pool.len},
        }};
    Err err = result_make(out, build_id(), &parts, ret_result);
    buf_done(&pool);
    return err;
}

Err cut_merge(const CutMerge *merge, Buf *out, Result *ret_result)
{
    Merging merging = {
        .in = merge, .base = merge->base, .before = merge->before, .part = merge->part};
    arena_init(&merging.arena, MERGE_ARENA_BYTES_MAX);
    for (uint32_t i = 0; i < merge->base->n_paths; i++)
        *LIST_PUSH(&merging.arena, &merging.paths) = merge->base->paths[i];
    merging.has_errors = has_error(&merging);
    merge_findings(&merging);
    merge_functions(&merging);
    merge_symbols(&merging);
    merge_registers(&merging);
    Err err = write(&merging, out, ret_result);
    arena_done(&merging.arena);
    return err;
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
