// The block: the findings of words.c, and the live stage's functions with the thunks of
// the object. Strings of the live Result keep their places in the pool; what is new
// stands behind them.
#include "codegen/full/full.h"

#include "codegen/full/parts.h"

#include <stdlib.h>

enum { FULL_ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

typedef struct Full {
    Arena *arena;
    const Result *live;
    Result said; // what words.c found, as a block of its own
    Buf pool;
    uint32_t shift; // of the strings of `said`
    LIST(RStr) paths;
    LIST(RFinding) findings;
    LIST(RNote) notes;
    LIST(RFunction) functions;
    LIST(RThunk) thunks;
    LIST(RRange) sites;
    ObjectThunks object;
    bool has_object;
} Full;

// --- Findings
// -----------------------------------------------------------------------------

static RStr said_str(const Full *full, RStr s)
{
    return (RStr){s.at + full->shift, s.len};
}

static uint32_t said_path(Full *full, uint32_t path)
{
    Str name = result_path(&full->said, path);
    for (uint32_t i = 0; i < full->live->n_paths; i++)
        if (str_eq(result_path(full->live, i), name))
            return i;
    *LIST_PUSH(full->arena, &full->paths) = said_str(full, full->said.paths[path]);
    return full->paths.len - 1;
}

static void take_findings(Full *full)
{
    const Result *said = &full->said;
    for (uint32_t i = 0; i < said->n_findings; i++) {
        RFinding finding = said->findings[i];
        if (finding.number == EC906 || finding.number == EC907)
            continue; // of suppression comments: the live stage has said it
        RSpan notes = {full->notes.len, finding.notes.len};
        for (uint32_t k = 0; k < notes.len; k++) {
            RNote note = said->notes[finding.notes.at + k];
            note.message = said_str(full, note.message);
            note.range.path = said_path(full, note.range.path);
            *LIST_PUSH(full->arena, &full->notes) = note;
        }
        finding.message = said_str(full, finding.message);
        finding.option = said_str(full, finding.option);
        finding.notes = notes;
        finding.fixes = (RSpan){0};
        *LIST_PUSH(full->arena, &full->findings) = finding;
    }
}

// --- Functions
// ----------------------------------------------------------------------------

static RStr pool_str(Full *full, Str text)
{
    RStr made = {(uint32_t)full->pool.len, (uint32_t)text.len};
    buf_put(&full->pool, text);
    return made;
}

// The live stage knows the calls; which of them are left, the object does not say.
static RSpan take_sites(Full *full, const RFunction *function, const ObjectThunk *thunk)
{
    const Result *live = full->live;
    RSpan span = {full->sites.len, 0};
    for (uint32_t i = 0; function && i < function->thunks.len; i++) {
        const RThunk *known = &live->thunks[function->thunks.at + i];
        bool is_same = known->kind == (uint32_t)thunk->kind &&
                       (thunk->kind != THUNK_INDIRECT ||
                        str_eq(result_str(live, known->name), thunk->name));
        for (uint32_t k = 0; is_same && k < known->sites.len; k++)
            *LIST_PUSH(full->arena, &full->sites) = live->sites[known->sites.at + k];
    }
    span.len = full->sites.len - span.at;
    return span;
}

// What the live stage has of that name; NULL: nothing.
static const RThunk *known_thunk(const Full *full, const RFunction *function, Str name)
{
    for (uint32_t i = 0; function && i < function->thunks.len; i++) {
        const RThunk *known = &full->live->thunks[function->thunks.at + i];
        if (str_eq(result_str(full->live, known->name), name))
            return known;
    }
    return NULL;
}

static void add_thunk(Full *full, RFunction *made, const RFunction *known,
                      const ObjectThunk *thunk)
{
    const RThunk *same = known_thunk(full, known, thunk->name);
    RThunk added = same ? *same : (RThunk){0};
    added.name = pool_str(full, thunk->name);
    added.sites = take_sites(full, known, thunk);
    added.kind = (uint32_t)thunk->kind;
    *LIST_PUSH(full->arena, &full->thunks) = added;
    made->thunks.len++;
}

static int order_of(const ObjectThunk *thunk)
{
    static const int order[] = {[THUNK_ENTRY] = 0,
                                [THUNK_EXIT] = 1,
                                [THUNK_GUEST_EXIT] = 2,
                                [THUNK_INDIRECT] = 3,
                                [THUNK_HYBRID_PATCH] = 4};
    return order[thunk->kind];
}

static int by_function(const void *a, const void *b)
{
    const ObjectThunk *x = a, *y = b;
    int names = str_compare(x->function, y->function);
    int kinds = order_of(x) - order_of(y);
    return names ? names : kinds ? kinds : str_compare(x->name, y->name);
}

// The run of the object's thunks that belong to a function.
static ObjectThunk *run_of(const Full *full, Str function, uint32_t *ret_n)
{
    uint32_t low = 0, high = full->object.len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare(full->object.at[middle].function, function) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t end = low;
    while (end < full->object.len && str_eq(full->object.at[end].function, function))
        end++;
    *ret_n = end - low;
    return full->object.at + low;
}

static void take_functions(Full *full)
{
    const Result *live = full->live;
    bool *is_taken = ARENA_ARRAY(full->arena, bool, full->object.len + 1);
    for (uint32_t i = 0; i < live->n_functions; i++) {
        const RFunction *known = &live->functions[i];
        RFunction made = *known;
        uint32_t n;
        ObjectThunk *run =
            run_of(full, undecorate(full->arena, result_str(live, known->symbol)), &n);
        made.thunks = (RSpan){full->thunks.len, 0};
        for (uint32_t k = 0; k < n; k++) {
            add_thunk(full, &made, known, &run[k]);
            is_taken[run + k - full->object.at] = true;
        }
        *LIST_PUSH(full->arena, &full->functions) = made;
    }
    for (uint32_t i = 0; i < full->object.len;) { // what libclang does not show
        uint32_t n;
        ObjectThunk *run = run_of(full, full->object.at[i].function, &n);
        RFunction made = {.thunks = {full->thunks.len, 0}};
        made.name = made.display = pool_str(full, run->function);
        made.symbol = pool_str(full, decorate(full->arena, run->function));
        for (uint32_t k = 0; k < n && !is_taken[i]; k++) {
            made.is_defined |= run[k].kind == THUNK_ENTRY;
            add_thunk(full, &made, NULL, &run[k]);
        }
        if (made.thunks.len)
            *LIST_PUSH(full->arena, &full->functions) = made;
        i += n;
    }
}

// --- The block
// ----------------------------------------------------------------------------

static void write(const Full *full, Buf *out)
{
    const Result *live = full->live;
    ResultParts parts = {
        .stage = STAGE_FULL,
        .array = {
            [RESULT_INFO] = {live->info, 1},
            [RESULT_PATHS] = {full->paths.at, full->paths.len},
            [RESULT_FINDINGS] = {full->findings.at, full->findings.len},
            [RESULT_NOTES] = {full->notes.at, full->notes.len},
            [RESULT_SYMBOLS] = {live->symbols, live->n_symbols},
            [RESULT_REGISTERS] = {live->registers, live->n_registers},
            [RESULT_FUNCTIONS] = {full->functions.at, full->functions.len},
            [RESULT_THUNKS] = {full->thunks.at, full->thunks.len},
            [RESULT_SITES] = {full->sites.at, full->sites.len},
            [RESULT_ROWS] = {live->rows, live->n_rows},
            [RESULT_INCLUDES] = {live->includes, live->n_includes},
            [RESULT_ARGUMENTS] = {live->arguments,
                                  full->has_object ? live->n_arguments : 0},
            [RESULT_POOL] = {full->pool.at, (uint32_t)full->pool.len},
        }};
    result_write(out, build_id(), &parts);
}

// Findings go through a Unit of their own, as all findings do: suppression comments are
// read, equal ones fall together.
static void say(Arena *arena, const Job *job, const Result *live,
                const FullCompile *compile, Str why_unread, Buf *out)
{
    Unit unit;
    unit_init(&unit, arena, job);
    unit.sees_other_files = true; // of what suppression comments say, it knows a part
    full_words(&unit, live, compile);
    if (why_unread.len)
        REPORT(&unit, EC905_object, unit_first_line(&unit), why_unread);
    unit_finish(&unit, STAGE_FULL, out);
    unit_done(&unit);
}

bool full_has_object(const Result *full)
{
    return full->n_arguments > 0;
}

void full_write(const Job *job, const Result *live, const FullCompile *compile, Buf *out)
{
    Arena arena;
    Buf said;
    Str why = STR("");
    Full full = {.arena = &arena, .live = live};
    arena_init(&arena, FULL_ARENA_BYTES_MAX);
    buf_init(&said, RESULT_BYTES_MAX);
    buf_init(&full.pool, RESULT_BYTES_MAX);
    full.has_object = compile->end == FULL_COMPILED &&
                      full_object_thunks(&arena, compile->object, &full.object, &why);
    say(&arena, job, live, compile, why, &said);
    if (result_open(buf_str(&said), build_id(), &full.said) != ERR_NONE)
        BUG("a block that was just written");
    buf_put(&full.pool, live->pool);
    full.shift = (uint32_t)full.pool.len;
    buf_put(&full.pool, full.said.pool);
    for (uint32_t i = 0; i < live->n_paths; i++)
        *LIST_PUSH(&arena, &full.paths) = live->paths[i];
    take_findings(&full);
    if (full.has_object) {
        if (full.object.len)
            qsort(full.object.at, full.object.len, sizeof *full.object.at, by_function);
        take_functions(&full);
    }
    if (!buf_is_over(&full.pool))
        write(&full, out);
    buf_done(&full.pool);
    buf_done(&said);
    arena_done(&arena);
}
