#include "server/cutting.h"

#include "codegen/cut/cut_reach.h"

#include <string.h>

enum {
    CUTTING_ARENA_BYTES_MAX = 256 * 1024 * 1024,
    MIDDLE_BYTES_MAX = 256 * 1024, // of text that is parsed again with each edit
};

static void drop(Str *owned)
{
    mem_free(owned->at);
    *owned = (Str){0};
}

void cutting_done(Cutting *cutting)
{
    drop(&cutting->base_block);
    drop(&cutting->before_block);
    drop(&cutting->part_block);
    drop(&cutting->function);
    drop(&cutting->old_block);
    mem_free(cutting->space.at);
    *cutting = (Cutting){0};
}

static void leave(Cutting *cutting)
{
    cutting->has_change = true;
    cutting->is_inside = false;
    cutting->key = 0;
}

void cutting_lose(Cutting *cutting)
{
    leave(cutting);
    cutting->prefix_key = 0;
}

void cutting_shun(Cutting *cutting)
{
    cutting->key = 0;
    cutting->is_refused = true;
    cutting->shunned = cutting->place.begin + 1;
}

// The part that was merged last is of the function as the new base has it.
static void forget_base(Cutting *cutting)
{
    drop(&cutting->before_block);
    drop(&cutting->function);
    cutting->base = (Result){0};
    cutting->before = (Result){0};
    cutting->has_change = cutting->is_inside = cutting->is_refused = false;
}

void cutting_rebase(Cutting *cutting)
{
    forget_base(cutting);
    drop(&cutting->base_block);
    drop(&cutting->old_block);
    mem_free(cutting->space.at);
    cutting->space = cutting->shown = (CutSpace){0};
}

// What was merged for another function lies in that one's base in part.
static bool take_base(Cutting *cutting, const Result *live)
{
    Buf copy;
    cutting->base = *live;
    if (!cutting->base_block.at)
        return true;
    buf_init(&copy, RESULT_BYTES_MAX);
    bool is_copied = result_copy(&copy, build_id(), live, &cutting->base) == ERR_NONE;
    drop(&cutting->old_block);
    cutting->old_block = cutting->base_block;
    cutting->base_block = (Str){0};
    if (is_copied)
        cutting->base_block = (Str){copy.at, copy.len};
    else
        buf_done(&copy);
    return is_copied;
}

static void begin(Cutting *cutting, const Result *live, uint64_t generation, Str text,
                  const Lines *lines, EditSpan span)
{
    forget_base(cutting);
    cutting->has_change = true;
    cutting->is_inside =
        cut_find(live, text, lines, span.begin, span.old_end, &cutting->place) &&
        take_base(cutting, live);
    if (!cutting->is_inside) {
        cutting->key = 0;
        return;
    }
    const CutPlace *place = &cutting->place;
    cutting->is_refused = cutting->shunned == place->begin + 1;
    if (!cutting->is_refused)
        cutting->shunned = 0;
    Str function = str_sub(text, place->begin, place->end);
    cutting->function = (Str){mem_copy(function), function.len};
    cutting->new_end = place->end;
    cutting->change = (EditSpan){span.begin, span.begin, span.begin};
    bool is_known = cutting->key && cutting->key_begin == place->begin &&
                    cutting->part_block.at && cutting->part_generation == generation;
    if (is_known &&
        result_open(cutting->part_block, build_id(), &cutting->before) == ERR_NONE) {
        cutting->before_block = cutting->part_block;
        cutting->part_block = (Str){0};
    } else {
        cutting->key = 0;
    }
}

static bool is_in_body(const Cutting *cutting, EditSpan span)
{
    return span.begin >= cutting->place.body && span.old_end < cutting->new_end;
}

// The union of what was changed and what changes now.
static void widen(Cutting *cutting, EditSpan span)
{
    EditSpan *change = &cutting->change;
    uint32_t end = change->new_end > span.old_end ? change->new_end : span.old_end;
    change->old_end += end - change->new_end;
    change->new_end = end + span.new_end - span.old_end; // modulo 2^32
    if (span.begin < change->begin)
        change->begin = span.begin;
    cutting->new_end += span.new_end - span.old_end;
}

void cutting_edit(Cutting *cutting, const Result *live, uint64_t live_generation,
                  uint64_t generation, Str text, const Lines *lines, EditSpan span)
{
    bool stays = cutting->has_change && cutting->is_inside && is_in_body(cutting, span);
    bool is_fresh = live->block.at && live_generation == generation;
    if (span.begin < cutting->prefix_end)
        cutting->prefix_key = 0;
    if (!stays && is_fresh)
        begin(cutting, live, generation, text, lines, span);
    else if (!stays)
        leave(cutting);
    if (cutting->is_inside)
        widen(cutting, span);
}

bool cutting_prepare(Cutting *cutting, const Result *live, uint64_t live_generation,
                     uint64_t generation, Str text, const Lines *lines, uint32_t at)
{
    EditSpan span = {at, at, at};
    bool is_there = cutting->has_change && cutting->is_inside;
    if (!live->block.at || live_generation != generation ||
        (is_there && is_in_body(cutting, span)))
        return false;
    begin(cutting, live, generation, text, lines, span);
    return cutting->is_inside && !cutting->is_refused &&
           !(cutting->key && cutting->before_block.at);
}

bool cutting_is_unchanged(const Cutting *cutting)
{
    EditSpan change = cutting->change;
    return change.begin == change.old_end && change.begin == change.new_end;
}

static Str function_now(const Cutting *cutting, Str text)
{
    return str_sub(text, cutting->place.begin, cutting->new_end);
}

bool cutting_can(const Cutting *cutting, Str text)
{
    if (!cutting->has_change || !cutting->is_inside || cutting->is_refused)
        return false;
    Arena arena;
    uint32_t begin = cutting->place.begin;
    if (!cut_is_apart(text, begin, cutting->new_end))
        return false;
    EditSpan change = cutting->change;
    arena_init(&arena, CUTTING_ARENA_BYTES_MAX);
    bool can =
        cut_stays(&arena, cutting->function, function_now(cutting, text),
                  change.begin - begin, change.old_end - begin, change.new_end - begin) &&
        cut_has_no_hardware(&arena, cutting->function) &&
        cut_has_no_hardware(&arena, function_now(cutting, text));
    arena_done(&arena);
    return can;
}

// Behind `function`, which begins at `begin`.
static Pos end_of(Pos begin, Str function)
{
    Lines lines;
    lines_init(&lines, function);
    Pos end = lines_pos(&lines, function, (uint32_t)function.len);
    lines_done(&lines);
    if (end.line == 0) {
        end.byte += begin.byte;
        end.utf16 += begin.utf16;
        end.utf32 += begin.utf32;
    }
    end.line += begin.line;
    return end;
}

bool cutting_reaches_out(const Cutting *cutting, Str text, const Lines *lines)
{
    if (!cutting->is_inside || !cutting->has_change)
        return false;
    Pos begin = lines_pos(lines, text, cutting->place.begin);
    EditSpan change = cutting->change;
    CutReach reach = {.base = &cutting->base,
                      .begin = begin,
                      .end = end_of(begin, cutting->function),
                      .text = text,
                      .lines = lines,
                      .typed = cut_words(text, change.begin, change.new_end)};
    return cut_reaches_out(&reach);
}

// --- The Job
// ----------------------------------------------------------------------------------

// Functions with a body in front of the cut. Until there both texts are the same.
static Str functions_before(const Cutting *cutting, Arena *arena, Str text,
                            const Lines *lines)
{
    const Result *base = &cutting->base;
    uint32_t *pairs = ARENA_ARRAY(arena, uint32_t, 2 * base->n_symbols + 1), n = 0;
    for (uint32_t i = 0; i < base->n_symbols; i++) {
        const RSymbol *symbol = &base->symbols[i];
        bool is_function =
            symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
        if (!is_function || symbol->full.path || symbol->full.end.line >= lines->len)
            continue;
        uint32_t first = lines->start[symbol->full.start.line] + symbol->full.start.byte;
        uint32_t last = lines->start[symbol->full.end.line] + symbol->full.end.byte;
        if (last <= cutting->place.begin && last > first && text.at[last - 1] == '}' &&
            (n == 0 || first >= pairs[n - 1])) {
            pairs[n++] = first;
            pairs[n++] = last;
        }
    }
    return (Str){(const char *)pairs, n * sizeof *pairs};
}

// Whether a place of base's text lies before, in (0) or behind the function.
static int side_of(Pos begin, Pos end, Pos at)
{
    if (at.line < begin.line || (at.line == begin.line && at.byte < begin.byte))
        return -1;
    return at.line > end.line || (at.line == end.line && at.byte >= end.byte);
}

static void read_base(const Cutting *cutting, Arena *arena, Pos begin, Pos end, Job *job)
{
    const Result *base = &cutting->base;
    Str *later = ARENA_ARRAY(arena, Str, base->n_functions + 1);
    size_t n_later = 0;
    for (uint32_t i = 0; i < base->n_functions; i++) {
        const RFunction *function = &base->functions[i];
        if (!function->is_defined || !function->in_document)
            continue;
        int side = side_of(begin, end, function->at.start);
        if (side == 0)
            job->cut.is_emitted |= function->is_emitted != 0;
        if (side > 0)
            later[n_later++] = result_str(base, function->name);
    }
    for (uint32_t i = 0; i < base->n_findings; i++) {
        const RFinding *finding = &base->findings[i];
        if (finding->source == SOURCE_CLANG && finding->severity == SEVERITY_ERROR &&
            (finding->range.path || side_of(begin, end, finding->range.start) != 0))
            job->cut.has_errors = true;
    }
    job->cut.later = (StrSpan){later, n_later};
}

// The text that base speaks of.
static Str base_text(const Cutting *cutting, Arena *arena, Str text)
{
    size_t before = cutting->place.begin, behind = text.len - cutting->new_end;
    size_t n = before + cutting->function.len + behind;
    char *copy = ARENA_ARRAY(arena, char, n + 1);
    memcpy(copy, text.at, before);
    memcpy(copy + before, cutting->function.at, cutting->function.len);
    memcpy(copy + before + cutting->function.len, text.at + cutting->new_end, behind);
    return (Str){copy, n};
}

void cutting_job(Cutting *cutting, Arena *arena, Str text, const Lines *lines,
                 uint32_t new_key, Job *job)
{
    const CutPlace *place = &cutting->place;
    CHECK_BUG(cutting->is_inside);
    Pos begin = lines_pos(lines, text, place->begin);
    job->kind = JOB_CUT;
    job->text = STR("");
    read_base(cutting, arena, begin, end_of(begin, cutting->function), job);
    job->cut.begin = place->begin;
    job->cut.end = place->end;
    job->cut.function = function_now(cutting, text);
    if (!cutting->key || !cutting->before_block.at) {
        cutting->key = new_key;
        cutting->key_begin = place->begin;
        if (!cutting->prefix_key || cutting->prefix_end > place->begin ||
            place->begin - cutting->prefix_end > MIDDLE_BYTES_MAX) {
            cutting->prefix_key = new_key;
            cutting->prefix_end = place->begin;
        }
        drop(&cutting->before_block);
        job->text = base_text(cutting, arena, text);
        job->cut.functions = functions_before(cutting, arena, text, lines);
    } else {
        job->cut.later = (StrSpan){0};
    }
    job->cut.key = cutting->key;
    job->cut.prefix_key = cutting->prefix_key;
}

// --- Results
// ----------------------------------------------------------------------------------

static CutMerge merge_of(const Cutting *cutting, const Result *before, const Result *part,
                         const Lines *lines, Str text)
{
    EditSpan change = cutting->change;
    Pos change_begin = lines_pos(lines, text, change.begin);
    Pos begin = lines_pos(lines, text, cutting->place.begin);
    Str replaced = str_sub(cutting->function, change.begin - cutting->place.begin,
                           change.old_end - cutting->place.begin);
    return (CutMerge){
        .base = &cutting->base,
        .before = before,
        .part = part,
        .begin = begin,
        .body = lines_pos(lines, text, cutting->place.body),
        .old_end = end_of(begin, cutting->function),
        .new_end = lines_pos(lines, text, cutting->new_end),
        .change_begin = change_begin,
        .change_old_end = end_of(change_begin, replaced),
        .change_new_end = lines_pos(lines, text, change.new_end),
        .replaced = cut_words(cutting->function, change.begin - cutting->place.begin,
                              change.old_end - cutting->place.begin),
        .replacing = cut_words(text, change.begin, change.new_end),
    };
}

bool cutting_check(Cutting *cutting, Str block, const Lines *lines, Str text)
{
    drop(&cutting->before_block);
    cutting->before_block = (Str){mem_copy(block), block.len};
    Result merged;
    CutSpace space = {0};
    bool is_sound =
        result_open(cutting->before_block, build_id(), &cutting->before) == ERR_NONE;
    if (is_sound) {
        CutMerge merge =
            merge_of(cutting, &cutting->before, &cutting->before, lines, text);
        merge.new_end = merge.old_end; // nothing has changed
        merge.change_old_end = merge.change_new_end = merge.change_begin;
        merge.replaced = merge.replacing = STR("");
        is_sound = cut_is_whole(&merge) &&
                   cut_merge(&merge, &space, &merged) == ERR_NONE &&
                   cut_same(&cutting->base, &merged);
    }
    mem_free(space.at);
    cutting->is_refused = !is_sound;
    return is_sound;
}

// The space of what is shown now is free once another Result is shown; the first Result
// of all is the base, and outlives it.
static CutSpace retire(Cutting *cutting, const Result *live)
{
    CutSpace next = cutting->shown;
    if (!cutting->base_block.at) {
        cutting->base_block = live->block;
        return (CutSpace){0};
    }
    if (live->block.at == next.at)
        return next;
    mem_free(live->block.at);
    return (CutSpace){0};
}

bool cutting_merge(Cutting *cutting, Str block, uint64_t generation, const Lines *lines,
                   Str text, Result *live)
{
    drop(&cutting->part_block);
    cutting->part_block = (Str){mem_copy(block), block.len};
    cutting->part_generation = generation;
    Result part, merged;
    if (result_open(cutting->part_block, build_id(), &part) != ERR_NONE)
        return false;
    CutMerge merge = merge_of(cutting, &cutting->before, &part, lines, text);
    if (!cut_is_whole(&merge) || cut_merge(&merge, &cutting->space, &merged) != ERR_NONE)
        return false;
    CutSpace next = retire(cutting, live);
    cutting->shown = cutting->space;
    cutting->space = next;
    drop(&cutting->old_block);
    *live = merged;
    return true;
}
