// Two texts and two Results: the last good one ("old") and the one of the broken text
// ("new"). A function of the old text is intact if its lines stand in the new one as they
// were: in the part before the first difference, behind the last, or, found by its text,
// between them. Lines move, columns stay.
#include "codegen/stale.h"

#include "codegen/frontend/c_lexer.h"

#include <string.h>

enum {
    STALE_MEMORIES_MAX = 64, // of documents; a text and a Result each
    STALE_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    STALE_TEXT_BYTES_MAX = 16 * 1024 * 1024, // sqlite3.c has 9.5; larger: no memory
    STALE_FUNCTIONS_MAX = 8192,              // each is looked up among all others
    STALE_LOOKS_MAX = 20 * 1000 * 1000,      // lines that a function is compared with
};

// How far brackets fail to match; all zero in whole text.
typedef struct Balance {
    int32_t braces, parentheses, brackets;
} Balance;

typedef struct Memory {
    char *path;
    char *text;
    size_t n_text;
    Buf block;
    Balance balance;
    uint64_t used;
} Memory;

struct Stale {
    Memory memories[STALE_MEMORIES_MAX];
    uint64_t turn;
};

Stale *stale_new(void)
{
    return mem_new(sizeof(Stale));
}

static void memory_drop(Memory *memory)
{
    mem_free(memory->path);
    mem_free(memory->text);
    if (memory->path)
        buf_done(&memory->block);
    *memory = (Memory){0};
}

void stale_free(Stale *owned_stale)
{
    for (size_t i = 0; owned_stale && i < STALE_MEMORIES_MAX; i++)
        memory_drop(&owned_stale->memories[i]);
    mem_free(owned_stale);
}

static Memory *memory_of(Stale *stale, Str path)
{
    for (size_t i = 0; i < STALE_MEMORIES_MAX; i++)
        if (stale->memories[i].path && str_eq(str_of(stale->memories[i].path), path))
            return &stale->memories[i];
    return NULL;
}

void stale_forget(Stale *stale, Str path)
{
    Memory *memory = memory_of(stale, path);
    if (memory)
        memory_drop(memory);
}

static void remember(Stale *stale, const Job *job, Balance balance, Str block)
{
    Memory *memory = memory_of(stale, job->path);
    for (size_t i = 0; !memory && i < STALE_MEMORIES_MAX; i++)
        if (!stale->memories[i].path)
            memory = &stale->memories[i];
    if (!memory) {
        memory = &stale->memories[0]; // the one that is out of use for longest
        for (size_t i = 1; i < STALE_MEMORIES_MAX; i++)
            if (stale->memories[i].used < memory->used)
                memory = &stale->memories[i];
    }
    memory_drop(memory);
    memory->path = mem_copy(job->path);
    memory->text = mem_copy(job->text);
    memory->n_text = job->text.len;
    memory->balance = balance;
    memory->used = ++stale->turn;
    buf_init(&memory->block, RESULT_BYTES_MAX);
    buf_put(&memory->block, block);
}

// --- Is the text whole?
// -------------------------------------------------------------------

static Balance balance_of(Str text)
{
    Balance balance = {0};
    CLexer lexer;
    c_lexer_init(&lexer, text);
    for (CToken token; (token = c_lexer_next(&lexer)).kind != C_END;) {
        if (token.kind != C_PUNCT || token.in_directive)
            continue;
        char c = text.at[token.begin];
        balance.braces += (c == '{') - (c == '}');
        balance.parentheses += (c == '(') - (c == ')');
        balance.brackets += (c == '[') - (c == ']');
    }
    return balance;
}

static bool is_balanced(Balance balance)
{
    return !balance.braces && !balance.parentheses && !balance.brackets;
}

static bool balance_eq(Balance a, Balance b)
{
    return a.braces == b.braces && a.parentheses == b.parentheses &&
           a.brackets == b.brackets;
}

static bool has_error(const Result *result)
{
    for (uint32_t i = 0; i < result->n_findings; i++)
        if (result->findings[i].source == SOURCE_CLANG &&
            result->findings[i].severity == SEVERITY_ERROR)
            return true;
    return false;
}

static uint32_t n_definitions(const Result *result)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < result->n_functions; i++)
        n += result->functions[i].in_document && result->functions[i].is_defined;
    return n;
}

// Most errors lose nothing, and then nothing dear is done.
static bool has_lost(const Memory *memory, const Result *fresh)
{
    Result old;
    return memory && has_error(fresh) &&
           result_open(buf_str(&memory->block), build_id(), &old) == ERR_NONE &&
           old.n_functions < STALE_FUNCTIONS_MAX &&
           n_definitions(fresh) < n_definitions(&old);
}

// --- What is intact
// ------------------------------------------------------------------------

// Lines of the old text that stand in the new one, moved by `delta` lines.
typedef struct Intact {
    uint32_t first, last;
    int64_t delta;
} Intact;

typedef struct Merge {
    Arena *arena;
    Str old_text, new_text;
    Lines old_lines, new_lines;
    uint32_t n_same_before, n_same_behind; // whole lines that both texts share
    Result old_result, new_result;
    LIST(Intact) intact;
    uint32_t pool_shift; // of the old strings behind the new ones
    LIST(RStr) paths;
    LIST(RFinding) findings;
    LIST(RFunction) functions;
    LIST(RThunk) thunks;
    LIST(RRange) sites;
    LIST(RRow) rows;
    bool only_lost; // whole text: of it only definitions that clang lost behind an error
    uint32_t n_stale;
    uint32_t n_looks; // at lines in the middle, up to STALE_LOOKS_MAX
} Merge;

static Str line_of(const Lines *lines, Str text, uint32_t line)
{
    uint32_t end = line + 1 < lines->len ? lines->start[line + 1] : (uint32_t)text.len;
    return str_sub(text, lines->start[line], end);
}

static Str lines_between(const Lines *lines, Str text, uint32_t first, uint32_t last)
{
    Str end = line_of(lines, text, last);
    return str_sub(text, lines->start[first], (size_t)(end.at - text.at) + end.len);
}

static void find_same_lines(Merge *merge)
{
    uint32_t n_old = merge->old_lines.len, n_new = merge->new_lines.len;
    uint32_t n = n_old < n_new ? n_old : n_new, i = 0, k = 0;
    while (i < n && str_eq(line_of(&merge->old_lines, merge->old_text, i),
                           line_of(&merge->new_lines, merge->new_text, i)))
        i++;
    while (k < n - i &&
           str_eq(line_of(&merge->old_lines, merge->old_text, n_old - 1 - k),
                  line_of(&merge->new_lines, merge->new_text, n_new - 1 - k)))
        k++;
    merge->n_same_before = i;
    merge->n_same_behind = k;
}

// Between the first and the last line that differ, a function is found by its text.
static bool find_in_middle(Merge *merge, uint32_t first, uint32_t last,
                           int64_t *ret_delta)
{
    uint32_t end = merge->new_lines.len - merge->n_same_behind;
    Str wanted = lines_between(&merge->old_lines, merge->old_text, first, last);
    for (uint32_t line = merge->n_same_before; line + (last - first) < end; line++) {
        if (merge->n_looks++ >= STALE_LOOKS_MAX)
            return false;
        Str there = str_from(merge->new_text, merge->new_lines.start[line]);
        if (!str_starts(there, wanted))
            continue;
        *ret_delta = (int64_t)line - first;
        return true;
    }
    return false;
}

static bool is_intact(Merge *merge, uint32_t first, uint32_t last, int64_t *ret_delta)
{
    *ret_delta = 0;
    if (last < merge->n_same_before)
        return true;
    *ret_delta = (int64_t)merge->new_lines.len - merge->old_lines.len;
    if (first >= merge->old_lines.len - merge->n_same_behind)
        return true;
    return find_in_middle(merge, first, last, ret_delta);
}

static void find_intact(Merge *merge)
{
    const Result *old = &merge->old_result;
    for (uint32_t i = 0; i < old->n_symbols; i++) {
        const RSymbol *symbol = &old->symbols[i];
        uint32_t first = symbol->full.start.line, last = symbol->full.end.line;
        int64_t delta;
        if (symbol->full.path || last >= merge->old_lines.len ||
            (symbol->kind != SYMBOL_FUNCTION && symbol->kind != SYMBOL_METHOD))
            continue;
        if (is_intact(merge, first, last, &delta))
            *LIST_PUSH(merge->arena, &merge->intact) = (Intact){first, last, delta};
    }
}

// A place of the document in an intact function, where it is now. False: not there.
static bool move(const Merge *merge, RRange *range)
{
    for (uint32_t i = 0; i < merge->intact.len; i++) {
        const Intact *intact = &merge->intact.at[i];
        if (range->start.line < intact->first || range->end.line > intact->last)
            continue;
        range->start.line = (uint32_t)(range->start.line + intact->delta);
        range->end.line = (uint32_t)(range->end.line + intact->delta);
        return true;
    }
    return false;
}

// --- Taking over
// ---------------------------------------------------------------------------

static RStr old_str(const Merge *merge, RStr s)
{
    return (RStr){s.at + merge->pool_shift, s.len};
}

static uint32_t old_path(Merge *merge, uint32_t path)
{
    Str name = result_path(&merge->old_result, path);
    for (uint32_t i = 0; i < merge->new_result.n_paths; i++)
        if (str_eq(result_path(&merge->new_result, i), name))
            return i;
    *LIST_PUSH(merge->arena, &merge->paths) =
        old_str(merge, merge->old_result.paths[path]);
    return merge->paths.len - 1;
}

static RSpan old_rows(Merge *merge, RSpan old)
{
    RSpan span = {merge->rows.len, old.len};
    for (uint32_t i = 0; i < span.len; i++) {
        RRow row = merge->old_result.rows[old.at + i];
        RStr *const all[] = {&row.name, &row.type,       &row.x64,
                             &row.ec,   &row.entry_does, &row.exit_does};
        for (size_t k = 0; k < COUNTOF(all); k++)
            *all[k] = old_str(merge, *all[k]);
        if (!row.is_placed || !move(merge, &row.at)) {
            row.is_placed = 0;
            row.at = (RRange){0};
        }
        *LIST_PUSH(merge->arena, &merge->rows) = row;
    }
    return span;
}

// Its sites in intact functions and in headers.
static RThunk old_thunk(Merge *merge, const RThunk *thunk)
{
    RThunk made = {.name = old_str(merge, thunk->name),
                   .assembly = old_str(merge, thunk->assembly),
                   .probe = old_str(merge, thunk->probe),
                   .probe_why = old_str(merge, thunk->probe_why),
                   .sites = {merge->sites.len, 0},
                   .kind = thunk->kind,
                   .rows = old_rows(merge, thunk->rows)};
    for (uint32_t i = 0; i < thunk->sites.len; i++) {
        RRange site = merge->old_result.sites[thunk->sites.at + i];
        if (site.path)
            site.path = old_path(merge, site.path);
        else if (!move(merge, &site))
            continue;
        *LIST_PUSH(merge->arena, &merge->sites) = site;
        made.sites.len++;
    }
    return made;
}

// A line outside of functions, where both texts are the same there.
static uint32_t moved_line(Merge *merge, uint32_t line)
{
    int64_t delta;
    bool is_there = line && line <= merge->old_lines.len &&
                    (line <= merge->n_same_before ||
                     line > merge->old_lines.len - merge->n_same_behind) &&
                    is_intact(merge, line - 1, line - 1, &delta);
    return is_there ? (uint32_t)(line + delta) : 0;
}

static void place(Merge *merge, RFunction *function)
{
    uint32_t line = moved_line(merge, function->at.start.line + 1);
    function->line = function->in_document ? moved_line(merge, function->line) : 0;
    if (function->at.path) {
        function->at.path = old_path(merge, function->at.path);
    } else if (!move(merge, &function->at) && line) {
        uint32_t n = function->at.end.line - function->at.start.line;
        function->at.start.line = line - 1;
        function->at.end.line = line - 1 + n;
    } else if (!line && function->in_document && !function->is_defined) {
        function->in_document = 0; // its declaration is not where it was
        function->at = (RRange){0};
    }
    if (function->in_document && !function->line)
        function->line = function->at.start.line + 1;
}

static void take_old(Merge *merge, const RFunction *old)
{
    RFunction made = *old;
    made.name = old_str(merge, old->name);
    made.symbol = old_str(merge, old->symbol);
    made.display = old_str(merge, old->display);
    made.convention = old_str(merge, old->convention);
    made.is_stale = 1;
    place(merge, &made);
    made.rows = old_rows(merge, old->rows);
    made.thunks = (RSpan){merge->thunks.len, 0};
    for (uint32_t i = 0; i < old->thunks.len; i++) {
        const RThunk *thunk = &merge->old_result.thunks[old->thunks.at + i];
        RThunk moved = old_thunk(merge, thunk);
        if (thunk->sites.len && !moved.sites.len)
            continue; // all who needed it stand in changed text
        *LIST_PUSH(merge->arena, &merge->thunks) = moved;
        made.thunks.len++;
    }
    if (!old->is_defined && !made.thunks.len)
        return;
    *LIST_PUSH(merge->arena, &merge->functions) = made;
    merge->n_stale++;
}

static const RFunction *find_new(const Merge *merge, Str symbol)
{
    const Result *result = &merge->new_result;
    for (uint32_t i = 0; i < result->n_functions; i++)
        if (str_eq(result_str(result, result->functions[i].symbol), symbol))
            return &result->functions[i];
    return NULL;
}

// Thunks and their calls, where they are still to be counted.
static uint32_t weight_of(const Merge *merge, const Result *result,
                          const RFunction *function, bool is_old)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        uint32_t n_sites = 0;
        for (uint32_t k = 0; k < thunk->sites.len; k++) {
            RRange site = result->sites[thunk->sites.at + k];
            n_sites += !is_old || site.path || move(merge, &site);
        }
        n += n_sites + (thunk->sites.len == 0);
    }
    return n;
}

// The old one, if it is intact and the new one knows less; else the new one.
static void merge_function(Merge *merge, const RFunction *old)
{
    const Result *result = &merge->old_result;
    const RFunction *fresh = find_new(merge, result_str(result, old->symbol));
    RRange at = old->at;
    bool is_intact_here = !old->in_document || !old->is_defined || move(merge, &at);
    uint32_t kept = weight_of(merge, result, old, true);
    bool knows_less =
        !fresh || weight_of(merge, &merge->new_result, fresh, false) < kept ||
        (old->is_defined && !fresh->is_defined) || (old->rows.len && !fresh->rows.len);
    if (merge->only_lost)
        knows_less = old->is_defined && (!fresh || !fresh->is_defined);
    if (is_intact_here && knows_less && (kept || old->is_defined))
        take_old(merge, old);
    else if (fresh)
        *LIST_PUSH(merge->arena, &merge->functions) = *fresh;
}

static bool is_in_old(const Merge *merge, const RFunction *fresh)
{
    Str symbol = result_str(&merge->new_result, fresh->symbol);
    for (uint32_t i = 0; i < merge->old_result.n_functions; i++)
        if (str_eq(result_str(&merge->old_result, merge->old_result.functions[i].symbol),
                   symbol))
            return true;
    return false;
}

// What the ABI rules say of an intact function does not flicker with a brace. Notes and
// fixes come back with the whole text.
static void merge_findings(Merge *merge)
{
    const Result *old = &merge->old_result, *fresh = &merge->new_result;
    for (uint32_t i = 0; i < old->n_findings && !merge->only_lost; i++) {
        RFinding made = old->findings[i];
        bool is_of_abi = made.source == SOURCE_ARM64ECD && made.number / 100 <= 2;
        if (!is_of_abi || made.range.path || !move(merge, &made.range))
            continue;
        bool is_there = false;
        for (uint32_t k = 0; k < fresh->n_findings && !is_there; k++)
            is_there = fresh->findings[k].number == made.number &&
                       fresh->findings[k].range.start.line == made.range.start.line &&
                       fresh->findings[k].range.start.byte == made.range.start.byte;
        if (is_there)
            continue;
        made.message = old_str(merge, made.message);
        made.option = old_str(merge, made.option);
        made.notes = made.fixes = (RSpan){0};
        *LIST_PUSH(merge->arena, &merge->findings) = made;
    }
}

#define TAKE_ALL(merge, list, from, n)                                                   \
    for (uint32_t i_ = 0; i_ < (n); i_++)                                                \
    *LIST_PUSH((merge)->arena, &(merge)->list) = (from)[i_]

static void take_new(Merge *merge)
{
    const Result *fresh = &merge->new_result;
    TAKE_ALL(merge, paths, fresh->paths, fresh->n_paths);
    TAKE_ALL(merge, findings, fresh->findings, fresh->n_findings);
    TAKE_ALL(merge, thunks, fresh->thunks, fresh->n_thunks);
    TAKE_ALL(merge, sites, fresh->sites, fresh->n_sites);
    TAKE_ALL(merge, rows, fresh->rows, fresh->n_rows);
    merge->pool_shift = (uint32_t)fresh->pool.len;
}

static void write_merged(const Merge *merge, Buf *block)
{
    const Result *fresh = &merge->new_result;
    Buf pool, out;
    buf_init(&pool, RESULT_BYTES_MAX);
    buf_init(&out, RESULT_BYTES_MAX);
    buf_put(&pool, fresh->pool);
    buf_put(&pool, merge->old_result.pool);
    ResultParts parts = {
        .stage = fresh->stage,
        .array = {
            [RESULT_INFO] = {fresh->info, 1},
            [RESULT_PATHS] = {merge->paths.at, merge->paths.len},
            [RESULT_FINDINGS] = {merge->findings.at, merge->findings.len},
            [RESULT_NOTES] = {fresh->notes, fresh->n_notes},
            [RESULT_FIXES] = {fresh->fixes, fresh->n_fixes},
            [RESULT_EDITS] = {fresh->edits, fresh->n_edits},
            [RESULT_SYMBOLS] = {fresh->symbols, fresh->n_symbols},
            [RESULT_REGISTERS] = {fresh->registers, fresh->n_registers},
            [RESULT_FUNCTIONS] = {merge->functions.at, merge->functions.len},
            [RESULT_THUNKS] = {merge->thunks.at, merge->thunks.len},
            [RESULT_SITES] = {merge->sites.at, merge->sites.len},
            [RESULT_ROWS] = {merge->rows.at, merge->rows.len},
            [RESULT_INCLUDES] = {fresh->includes, fresh->n_includes},
            [RESULT_ARGUMENTS] = {fresh->arguments, fresh->n_arguments},
            [RESULT_SEMANTICS] = {fresh->semantics, fresh->n_semantics},
            [RESULT_FOLDS] = {fresh->folds, fresh->n_folds},
            [RESULT_NAMES] = {fresh->names, fresh->n_names},
            [RESULT_POOL] = {pool.at, (uint32_t)pool.len},
        }};
    result_write(&out, build_id(), &parts);
    if (!buf_is_over(&pool) && !buf_is_over(&out)) {
        buf_clear(block);
        buf_put(block, buf_str(&out));
    }
    buf_done(&out);
    buf_done(&pool);
}

static void complete(const Memory *memory, const Job *job, bool only_lost,
                     const Result *fresh, Buf *block)
{
    Arena arena;
    Merge merge = {.arena = &arena,
                   .old_text = {memory->text, memory->n_text},
                   .new_text = job->text,
                   .new_result = *fresh,
                   .only_lost = only_lost};
    if (result_open(buf_str(&memory->block), build_id(), &merge.old_result) != ERR_NONE)
        return;
    arena_init(&arena, STALE_ARENA_BYTES_MAX);
    lines_init(&merge.old_lines, merge.old_text);
    lines_init(&merge.new_lines, merge.new_text);
    find_same_lines(&merge);
    find_intact(&merge);
    take_new(&merge);
    for (uint32_t i = 0; i < merge.old_result.n_functions; i++)
        merge_function(&merge, &merge.old_result.functions[i]);
    for (uint32_t i = 0; i < fresh->n_functions; i++)
        if (!is_in_old(&merge, &fresh->functions[i]))
            *LIST_PUSH(&arena, &merge.functions) = fresh->functions[i];
    merge_findings(&merge);
    if (merge.n_stale || merge.findings.len > fresh->n_findings)
        write_merged(&merge, block);
    lines_done(&merge.old_lines);
    lines_done(&merge.new_lines);
    arena_done(&arena);
}

void stale_settle(Stale *stale, const Job *job, Buf *block)
{
    Result fresh;
    if (result_open(buf_str(block), build_id(), &fresh) != ERR_NONE)
        return;
    const Memory *memory = memory_of(stale, job->path);
    bool is_poorer = has_lost(memory, &fresh);
    Balance balance = is_poorer ? balance_of(job->text) : (Balance){0};
    bool is_whole = is_balanced(balance) || balance_eq(balance, memory->balance);
    if (is_poorer && fresh.n_functions < STALE_FUNCTIONS_MAX)
        complete(memory, job, is_whole, &fresh, block);
    if (is_whole && job->text.len <= STALE_TEXT_BYTES_MAX)
        remember(stale, job, balance, buf_str(block));
}
