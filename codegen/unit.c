// Filling a Unit, and its last step: what was found becomes a Result block.
//
// The order of that step matters. What one of our findings says better than clang goes
// first, so that a suppressed finding of ours does not bring clang's back; suppression
// comes next and may add findings about itself; then equal ones fall together.
#include "codegen/unit.h"

#include "codegen/frontend/suppress.h"

#include <stdlib.h>
#include <string.h>

enum { PATH_SLOTS_MIN = 64 }; // a power of two

void unit_init(Unit *unit, Arena *arena, const Job *job)
{
    *unit = (Unit){.arena = arena, .job = job, .text = job->text};
    lines_init(&unit->lines, unit->text);
    unit->scan_end = (uint32_t)unit->text.len;
    unit_path(unit, job->path);
}

void unit_done(Unit *unit)
{
    if (!unit->cut)
        lines_done(&unit->lines);
    *unit = (Unit){0};
}

// The slot that holds the path or would; FNV-1a.
static uint32_t *path_slot(const Unit *unit, Str path)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < path.len; i++)
        hash = (hash ^ (unsigned char)path.at[i]) * 16777619u;
    for (uint32_t i = hash;; i++) {
        uint32_t *slot = &unit->path_slots[i & (unit->n_path_slots - 1)];
        if (*slot == 0 || str_eq(unit->paths.at[*slot - 1], path))
            return slot;
    }
}

static void grow_path_slots(Unit *unit)
{
    uint32_t n = unit->n_path_slots ? unit->n_path_slots * 2 : PATH_SLOTS_MIN;
    unit->path_slots = ARENA_ARRAY(unit->arena, uint32_t, n);
    unit->n_path_slots = n;
    for (uint32_t i = 0; i < unit->paths.len; i++)
        *path_slot(unit, unit->paths.at[i]) = i + 1;
}

uint32_t unit_path(Unit *unit, Str path)
{
    if (unit->paths.len >= unit->n_path_slots / 2)
        grow_path_slots(unit);
    uint32_t *slot = path_slot(unit, path);
    if (*slot == 0) {
        *LIST_PUSH(unit->arena, &unit->paths) = arena_str(unit->arena, path);
        *slot = unit->paths.len;
    }
    return *slot - 1;
}

Place unit_place(const Unit *unit, uint32_t begin, uint32_t end)
{
    return (Place){0, lines_pos(&unit->lines, unit->text, begin),
                   lines_pos(&unit->lines, unit->text, end)};
}

bool unit_include_place(const Unit *unit, uint32_t path, Place *ret_place)
{
    for (uint32_t i = 0; i < unit->includes.len; i++) {
        if (unit->includes.at[i] != path)
            continue;
        *ret_place = unit->include_places.at[i];
        return true;
    }
    return false;
}

Place unit_first_line(const Unit *unit)
{
    Str line = lines_line(&unit->lines, unit->text, 0);
    return unit_place(unit, 0, (uint32_t)line.len);
}

// The slot behind the last finding: where the next one goes, or scratch.
static Finding *next_slot(Unit *unit)
{
    Finding *slot = LIST_PUSH(unit->arena, &unit->findings);
    unit->findings.len--;
    *slot = (Finding){0};
    return slot;
}

static bool is_scratch(const Unit *unit, const Finding *finding)
{
    return finding == unit->findings.at + unit->findings.len;
}

static Finding *new_finding(Unit *unit)
{
    Finding *finding = next_slot(unit);
    if (unit->findings.len >= FINDINGS_MAX)
        unit->over_limit = true;
    else
        unit->findings.len++;
    return finding;
}

Finding *unit_report(Unit *unit, DiagText text, Place at, size_t n_args, const Str *args)
{
    Finding *finding = new_finding(unit);
    finding->number = (uint16_t)diag_number_of(text);
    finding->severity = diag_spec(finding->number)->severity;
    finding->source = SOURCE_ARM64ECD;
    finding->at = at;
    if (!is_scratch(unit, finding))
        finding->message = diag_format(unit->arena, text, n_args, args);
    return finding;
}

Finding *unit_report_clang(Unit *unit, Severity severity, Place at, Str message)
{
    Finding *finding = new_finding(unit);
    finding->severity = severity;
    finding->source = SOURCE_CLANG;
    finding->at = at;
    if (!is_scratch(unit, finding))
        finding->message = arena_str(unit->arena, message);
    return finding;
}

void unit_note(Unit *unit, Finding *finding, Place at, Str message)
{
    if (is_scratch(unit, finding) || finding->notes.len >= NOTES_MAX)
        return;
    *LIST_PUSH(unit->arena, &finding->notes) =
        (Note){at, arena_str(unit->arena, message)};
}

Fix *unit_fix(Unit *unit, Finding *finding, Str title)
{
    Fix *fix = LIST_PUSH(unit->arena, &finding->fixes);
    fix->title = arena_str(unit->arena, title);
    return fix;
}

void unit_edit(Unit *unit, Fix *fix, Place at, Str text)
{
    *LIST_PUSH(unit->arena, &fix->edits) = (Edit){at, arena_str(unit->arena, text)};
}

bool unit_clang_refuses(const Unit *unit, const Place *at, Str name)
{
    Str quoted = arena_format(unit->arena, "'%.*s'", STR_ARG(name));
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *finding = &unit->findings.at[i];
        if (finding->source == SOURCE_CLANG && finding->severity == SEVERITY_ERROR &&
            finding->at.path == at->path && finding->at.start.line == at->start.line &&
            str_has(finding->message, quoted))
            return true;
    }
    return false;
}

// Words of clang and of LLVM's assembler that a finding of ours on the same line says
// better.
typedef struct Explained {
    uint16_t number;
    Str words;
} Explained;

static const Explained explained[] = {
    {115, STR_INIT(" calling convention is not supported for this target")},
    {120, STR_INIT("without a prototype is deprecated")},
    {127, STR_INIT("clobber list contains reserved registers")},
    {205, STR_INIT("'hybrid_patchable'")},
    {501, STR_INIT("is disallowed on ARM64EC")},
    {501, STR_INIT("clobber list contains reserved registers")},
    {502, STR_INIT("is disallowed on ARM64EC")},
    {502, STR_INIT("clobber list contains reserved registers")},
    {517, STR_INIT("is disallowed on ARM64EC")},
};

static bool has_on_line(const Unit *unit, uint16_t number, const Place *at)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *f = &unit->findings.at[i];
        if (f->number == number && f->at.path == at->path &&
            f->severity != SEVERITY_HINT && // which says less than a warning of clang's
            f->at.start.line == at->start.line)
            return true;
    }
    return false;
}

static bool is_explained(const Unit *unit, const Finding *finding)
{
    for (size_t i = 0; i < COUNTOF(explained); i++)
        if (finding->source == SOURCE_CLANG &&
            str_has(finding->message, explained[i].words) &&
            has_on_line(unit, explained[i].number, &finding->at))
            return true;
    return false;
}

static void drop_explained(Unit *unit)
{
    uint32_t n = 0;
    // Only clang's go, so what explains the rest is still there while this runs: ours
    // move towards the front, over places already looked at.
    for (uint32_t i = 0; i < unit->findings.len; i++)
        if (!is_explained(unit, &unit->findings.at[i]))
            unit->findings.at[n++] = unit->findings.at[i];
    unit->findings.len = n;
}

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_pos(Pos a, Pos b)
{
    int order = compare(a.line, b.line);
    return order ? order : compare(a.byte, b.byte);
}

// Same place, code and words: what makes two findings one.
static int compare_sense(const Finding *a, const Finding *b)
{
    int order = compare(a->at.path, b->at.path);
    if (!order)
        order = compare_pos(a->at.start, b->at.start);
    if (!order)
        order = compare(a->number, b->number);
    if (!order)
        order = compare(a->source, b->source);
    if (!order)
        order = compare_pos(a->at.end, b->at.end);
    return order ? order : str_compare(a->message, b->message);
}

static int compare_findings(const void *left, const void *right)
{
    const Finding *a = *(const Finding *const *)left, *b = *(const Finding *const *)right;
    int order = compare_sense(a, b);
    if (!order)
        order = compare(a->quiet, b->quiet);
    if (!order)
        order = compare(a->severity, b->severity);
    return order ? order : compare((uintptr_t)a, (uintptr_t)b); // as they were reported
}

typedef LIST(const Finding *) FindingOrder;

// In order of place, each said once: of equal ones the loudest stays.
static FindingOrder order_findings(Unit *unit)
{
    FindingOrder order = {0};
    for (uint32_t i = 0; i < unit->findings.len; i++)
        *LIST_PUSH(unit->arena, &order) = &unit->findings.at[i];
    if (order.len == 0)
        return order;
    qsort(order.at, order.len, sizeof *order.at, compare_findings);
    uint32_t n = 1;
    for (uint32_t i = 1; i < order.len; i++)
        if (compare_sense(order.at[i], order.at[n - 1]) != 0)
            order.at[n++] = order.at[i];
    order.len = n;
    return order;
}

// The arrays of the block while they fill.
typedef struct Block {
    Unit *unit;
    Buf pool;
    RInfo info;
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
    LIST(RStr) arguments;
    const uint32_t *n_calls; // by index of Unit.functions
} Block;

static RStr pool_str(Block *block, Str s)
{
    RStr ref = {(uint32_t)block->pool.len, (uint32_t)s.len};
    buf_put(&block->pool, s);
    return buf_is_over(&block->pool) ? (RStr){0} : ref;
}

// libclang's range of a macro may end before it starts; what is left is a point.
static RRange range_of(const Block *block, const Place *at)
{
    CHECK_BUG(at->path < block->unit->paths.len);
    bool is_ordered = compare_pos(at->start, at->end) <= 0;
    return (RRange){at->path, at->start, is_ordered ? at->end : at->start};
}

static RSpan add_notes(Block *block, const Finding *finding)
{
    RSpan span = {block->notes.len, finding->notes.len};
    for (uint32_t i = 0; i < span.len; i++) {
        const Note *note = &finding->notes.at[i];
        *LIST_PUSH(block->unit->arena, &block->notes) =
            (RNote){range_of(block, &note->at), pool_str(block, note->message)};
    }
    return span;
}

static RSpan add_edits(Block *block, const Fix *fix)
{
    RSpan span = {block->edits.len, fix->edits.len};
    for (uint32_t i = 0; i < span.len; i++) {
        const Edit *edit = &fix->edits.at[i];
        *LIST_PUSH(block->unit->arena, &block->edits) =
            (REdit){range_of(block, &edit->at), pool_str(block, edit->text)};
    }
    return span;
}

static RSpan add_fixes(Block *block, const Finding *finding)
{
    RSpan span = {block->fixes.len, finding->fixes.len};
    for (uint32_t i = 0; i < span.len; i++) {
        const Fix *fix = &finding->fixes.at[i];
        RFix made = {pool_str(block, fix->title), add_edits(block, fix), fix->preferred};
        *LIST_PUSH(block->unit->arena, &block->fixes) = made;
    }
    return span;
}

static void add_finding(Block *block, const Finding *finding)
{
    RFinding made = {
        .range = range_of(block, &finding->at),
        .message = pool_str(block, finding->message),
        .option = pool_str(block, finding->option),
        .notes = add_notes(block, finding),
        .fixes = add_fixes(block, finding),
        .number = finding->number,
        .severity = (uint8_t)finding->severity,
        .source = (uint8_t)finding->source,
        .tags = finding->tags,
        .quiet = finding->quiet,
        .target = finding->target,
    };
    *LIST_PUSH(block->unit->arena, &block->findings) = made;
}

static void add_symbol(Block *block, const Symbol *symbol)
{
    CHECK_BUG(symbol->parent <= block->symbols.len);
    RSymbol made = {
        .name = pool_str(block, symbol->name),
        .detail = pool_str(block, symbol->detail),
        .full = range_of(block, &symbol->full),
        .selection = range_of(block, &symbol->selection),
        .kind = (uint32_t)symbol->kind,
        .parent = symbol->parent,
    };
    *LIST_PUSH(block->unit->arena, &block->symbols) = made;
}

// Of a row's parameter: row 0 is the result.
static RRange parameter_range(const Block *block, const Function *function, uint32_t row)
{
    bool is_placed = row > 0 && row <= function->parameters.len;
    return is_placed ? range_of(block, &function->parameters.at[row - 1]) : (RRange){0};
}

// `function`: whose parameters the rows are; NULL: nobody's, of a call through a pointer.
static RSpan add_rows(Block *block, const Boundary *boundary, const Function *function)
{
    Arena *arena = block->unit->arena;
    RSpan span = {block->rows.len, boundary->known ? boundary->n_rows : 0};
    for (uint32_t i = 0; i < span.len; i++) {
        const BoundaryRow *row = &boundary->rows[i];
        RRow made = {
            .name = pool_str(block, row->name),
            .type = pool_str(block, row->type),
            .x64 = pool_str(block, abi_place_text(arena, &row->x64, true)),
            .ec = pool_str(block, abi_place_text(arena, &row->ec, false)),
            .entry_does = pool_str(block, row->entry_does),
            .exit_does = pool_str(block, row->exit_does),
            .bytes = row->bytes,
            .entry_faults = row->entry_faults,
            .exit_faults = row->exit_faults,
            .at = function ? parameter_range(block, function, i) : (RRange){0},
        };
        made.is_placed = compare_pos(made.at.start, made.at.end) < 0;
        *LIST_PUSH(arena, &block->rows) = made;
    }
    return span;
}

static RSpan add_sites(Block *block, const FunctionThunk *thunk)
{
    RSpan span = {block->sites.len, thunk->at.len};
    for (uint32_t i = 0; i < span.len; i++)
        *LIST_PUSH(block->unit->arena, &block->sites) = range_of(block, &thunk->at.at[i]);
    return span;
}

static RSpan add_thunks(Block *block, const Function *function)
{
    RSpan span = {block->thunks.len, function->thunks.len};
    for (uint32_t i = 0; i < span.len; i++) {
        const FunctionThunk *thunk = &function->thunks.at[i];
        RThunk made = {
            .name = pool_str(block, thunk->name),
            .assembly = pool_str(block, thunk->assembly),
            .probe = pool_str(block, thunk->probe),
            .probe_why = pool_str(block, thunk->probe_why),
            .sites = add_sites(block, thunk),
            .kind = (uint32_t)thunk->kind,
            .rows = add_rows(block, &thunk->boundary, NULL),
        };
        *LIST_PUSH(block->unit->arena, &block->thunks) = made;
    }
    return span;
}

// In the document, from 1; 0: it is declared elsewhere.
static uint32_t first_line(const Function *function)
{
    if (!function->in_document || function->at.path != 0)
        return 0;
    const Place *first = &function->declared;
    bool is_earlier = first->path == 0 && compare_pos(first->start, first->end) < 0 &&
                      compare_pos(first->start, function->at.start) < 0;
    return (is_earlier ? first : &function->at)->start.line + 1;
}

static void add_function(Block *block, uint32_t index)
{
    Arena *arena = block->unit->arena;
    const Function *function = &block->unit->functions.at[index];
    bool in_document = function->in_document && function->at.path == 0;
    Str symbol = function->symbol.len  ? function->symbol
                 : function->label.len ? function->label
                                       : function->name;
    RFunction made = {
        .name = pool_str(block, function->name),
        .symbol = pool_str(block, decorate(arena, symbol)),
        .display = pool_str(block, function->name),
        .at = range_of(block, &function->at),
        .thunks = add_thunks(block, function),
        .rows = add_rows(block, &function->boundary, function),
        .in_document = in_document,
        .is_defined = function->is_defined,
        .entry_faults = function->boundary.entry_faults,
        .exit_faults = function->boundary.exit_faults,
        .line = first_line(function),
        .n_calls = block->n_calls[index],
        .reach = function->reach,
        .is_emitted = function->is_emitted,
        .convention = pool_str(block, function->twin_key),
    };
    *LIST_PUSH(arena, &block->functions) = made;
}

// Headers define thousands of inline functions that nobody asks about.
static bool is_told(const Block *block, uint32_t index)
{
    const Function *function = &block->unit->functions.at[index];
    return function->thunks.len || function->is_emitted || block->n_calls[index] ||
           (function->in_document && function->is_defined);
}

static void add_functions(Block *block)
{
    const Unit *unit = block->unit;
    uint32_t *n_calls = ARENA_ARRAY(unit->arena, uint32_t, unit->functions.len + 1);
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        if (call->callee == CALLEE_UNKNOWN || call->takes_address ||
            call->caller == CALLER_FILE_SCOPE)
            continue;
        const Function *caller = &unit->functions.at[call->caller];
        n_calls[call->callee] += caller->is_emitted || caller->in_document;
    }
    block->n_calls = n_calls;
    for (uint32_t i = 0; i < unit->functions.len; i++)
        if (is_told(block, i))
            add_function(block, i);
}

static void fill_block(Block *block)
{
    Unit *unit = block->unit;
    block->info = (RInfo){
        .builder = pool_str(block, builder_name(unit->arena, unit->builder)),
        .target = pool_str(block, unit->target),
        .headers = pool_str(block, unit->headers),
        .command = pool_str(block, unit->command),
        .compiler = pool_str(block, unit->compiler),
    };
    for (uint32_t i = 0; i < unit->paths.len; i++)
        *LIST_PUSH(unit->arena, &block->paths) = pool_str(block, unit->paths.at[i]);
    FindingOrder order = order_findings(unit);
    for (uint32_t i = 0; i < order.len; i++)
        add_finding(block, order.at[i]);
    for (uint32_t i = 0; i < unit->symbols.len; i++)
        add_symbol(block, &unit->symbols.at[i]);
    for (uint32_t i = 0; i < unit->registers.len; i++) {
        const RegisterUse *use = &unit->registers.at[i];
        *LIST_PUSH(unit->arena, &block->registers) =
            (RRegister){range_of(block, &use->at), pool_str(block, use->name)};
    }
    add_functions(block);
    for (uint32_t i = 0; i < unit->arguments.len; i++)
        *LIST_PUSH(unit->arena, &block->arguments) =
            pool_str(block, unit->arguments.at[i]);
}

static void write_block(const Block *block, Stage stage, Buf *out)
{
    const Unit *unit = block->unit;
    ResultParts parts = {
        .stage = stage,
        .array = {
            [RESULT_INFO] = {&block->info, 1},
            [RESULT_PATHS] = {block->paths.at, block->paths.len},
            [RESULT_FINDINGS] = {block->findings.at, block->findings.len},
            [RESULT_NOTES] = {block->notes.at, block->notes.len},
            [RESULT_FIXES] = {block->fixes.at, block->fixes.len},
            [RESULT_EDITS] = {block->edits.at, block->edits.len},
            [RESULT_SYMBOLS] = {block->symbols.at, block->symbols.len},
            [RESULT_REGISTERS] = {block->registers.at, block->registers.len},
            [RESULT_FUNCTIONS] = {block->functions.at, block->functions.len},
            [RESULT_THUNKS] = {block->thunks.at, block->thunks.len},
            [RESULT_SITES] = {block->sites.at, block->sites.len},
            [RESULT_ROWS] = {block->rows.at, block->rows.len},
            [RESULT_INCLUDES] = {unit->includes.at, unit->includes.len},
            [RESULT_ARGUMENTS] = {block->arguments.at, block->arguments.len},
            [RESULT_POOL] = {block->pool.at, (uint32_t)block->pool.len},
        }};
    result_write(out, build_id(), &parts);
}

// Past the limit of findings this one still has room.
static void report_limit(Unit *unit)
{
    Finding *finding = next_slot(unit);
    unit->findings.len++;
    Str limit = arena_format(unit->arena, "%d", FINDINGS_MAX);
    *finding = (Finding){
        .number = EC905,
        .severity = diag_spec(EC905)->severity,
        .source = SOURCE_ARM64ECD,
        .at = unit_first_line(unit),
        .message = diag_format(unit->arena, EC905_findings, 1, &limit),
    };
}

// What lies in a header is told where the document includes it: the reader of the
// document sees that something is wrong, and the note says where.
static void tell_headers_at_includes(Unit *unit)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        Finding *finding = &unit->findings.at[i];
        Place there = finding->at;
        if (there.path == 0 || !unit_include_place(unit, there.path, &finding->at))
            continue;
        unit_note(unit, finding, there, STR("it lies in this included file"));
        if (finding->source == SOURCE_CLANG)
            finding->message = arena_format(unit->arena, "in included file: %.*s",
                                            STR_ARG(finding->message));
        finding->fixes.len = 0;
    }
}

void unit_finish(Unit *unit, Stage stage, Buf *out)
{
    if (!unit->sees_other_files)
        tell_headers_at_includes(unit);
    drop_explained(unit);
    suppress_apply(unit, stage);
    if (unit->over_limit)
        report_limit(unit);
    Block block = {.unit = unit};
    buf_init(&block.pool, RESULT_BYTES_MAX);
    fill_block(&block);
    write_block(&block, stage, out);
    buf_done(&block.pool);
}
