#include "codegen/unit_write.h"

#include <stdlib.h>

// --- Order
// --------------------------------------------------------------------------------------

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

// --- Arrays
// -------------------------------------------------------------------------------------

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
    LIST(RSemantic) semantics;
    LIST(RName) names;
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

// Of a signature whose places are not known: what it says of itself, if its types are
// complete.
static RSpan add_placeless_rows(Block *block, const Function *function)
{
    const AbiSignature *abi = function->abi;
    RSpan span = {block->rows.len, abi->n_parameters + 1};
    if (!abi->result->align && abi->result->kind == ABI_UNKNOWN)
        return (RSpan){0};
    for (uint32_t i = 0; i < abi->n_parameters; i++)
        if (!abi->parameters[i].type->align &&
            abi->parameters[i].type->kind == ABI_UNKNOWN)
            return (RSpan){0};
    RStr unknown = pool_str(block, STR(RESULT_PLACE_UNKNOWN));
    RStr why = pool_str(block, STR("not known: a type of the signature is too large"));
    for (uint32_t i = 0; i < span.len; i++) {
        const AbiType *type = i ? abi->parameters[i - 1].type : abi->result;
        Str name = i ? abi->parameters[i - 1].name : STR("result");
        if (!name.len)
            name = arena_format(block->unit->arena, "#%u", i);
        RRow made = {.name = pool_str(block, name),
                     .type = pool_str(block, type->name),
                     .x64 = unknown,
                     .ec = unknown,
                     .entry_does = why,
                     .exit_does = why,
                     .bytes = type->bytes};
        *LIST_PUSH(block->unit->arena, &block->rows) = made;
    }
    return span;
}

// `function`: whose parameters the rows are; NULL: nobody's, of a call through a pointer.
static RSpan add_rows(Block *block, const Boundary *boundary, const Function *function)
{
    Arena *arena = block->unit->arena;
    if (!boundary->known && function && function->abi)
        return add_placeless_rows(block, function);
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
    const VariadicRest *rest = &boundary->rest;
    if (!boundary->known || !rest->x64.len)
        return span;
    span.len++;
    RStr dots = pool_str(block, STR("..."));
    *LIST_PUSH(arena, &block->rows) =
        (RRow){.name = dots,
               .type = dots,
               .x64 = pool_str(block, rest->x64),
               .ec = pool_str(block, rest->ec),
               .entry_does = pool_str(block, rest->entry_does),
               .exit_does = pool_str(block, rest->exit_does),
               .exit_faults = rest->exit_faults};
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
    bool is_plain = block->unit->thunks_off == THUNKS_OFF_ALL && function->is_defined;
    RFunction made = {
        .name = pool_str(block, function->name),
        .symbol = pool_str(block, is_plain ? symbol : decorate(arena, symbol)),
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

// Of a cut the calls in its function alone.
static bool is_counted(const Unit *unit, const Call *call)
{
    if (call->callee == CALLEE_UNKNOWN || call->takes_address ||
        call->caller == CALLER_FILE_SCOPE)
        return false;
    if (!unit->cut)
        return true;
    uint32_t at = unit->lines.start[call->at.start.line] + call->at.start.byte;
    return call->at.path == 0 && at >= unit->scan_begin && at < unit->scan_end;
}

static void add_functions(Block *block)
{
    const Unit *unit = block->unit;
    uint32_t *n_calls = ARENA_ARRAY(unit->arena, uint32_t, unit->functions.len + 1);
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Call *call = &unit->calls.at[i];
        if (!is_counted(unit, call))
            continue;
        const Function *caller = &unit->functions.at[call->caller];
        n_calls[call->callee] += caller->is_emitted || caller->in_document;
    }
    block->n_calls = n_calls;
    for (uint32_t i = 0; i < unit->functions.len; i++)
        if (is_told(block, i))
            add_function(block, i);
}

// --- Tokens and names
// ---------------------------------------------------------------------------

static int compare_semantics(const void *left, const void *right)
{
    const Semantic *a = *(const Semantic *const *)left,
                   *b = *(const Semantic *const *)right;
    int order = compare(a->begin, b->begin);
    return order ? order : compare((uintptr_t)a, (uintptr_t)b);
}

// Without its line's end.
static void put_semantic_line(Block *block, const Semantic *token, uint32_t line)
{
    const Unit *unit = block->unit;
    uint32_t start = unit->lines.start[line];
    Str text = lines_line(&unit->lines, unit->text, line);
    uint32_t begin = token->begin > start ? token->begin - start : 0;
    uint32_t end =
        token->end - start < text.len ? token->end - start : (uint32_t)text.len;
    if (begin < end)
        *LIST_PUSH(unit->arena, &block->semantics) = (RSemantic){
            line, begin, end - begin, (uint16_t)token->type, (uint16_t)token->modifiers};
}

// Scanners bring them in order, and of a large text there are millions.
static bool is_in_order(const Unit *unit)
{
    for (uint32_t i = 1; i < unit->semantics.len; i++)
        if (unit->semantics.at[i].begin < unit->semantics.at[i - 1].begin)
            return false;
    return true;
}

static void add_semantics(Block *block)
{
    const Unit *unit = block->unit;
    uint32_t n = unit->semantics.len, line = 0, end = 0;
    const Semantic **order = ARENA_ARRAY(unit->arena, const Semantic *, n + 1);
    for (uint32_t i = 0; i < n; i++)
        order[i] = &unit->semantics.at[i];
    if (!is_in_order(unit))
        qsort(order, n, sizeof *order, compare_semantics);
    for (uint32_t i = 0; i < n; i++) {
        const Semantic *token = order[i];
        if (token->begin < end || token->end > unit->text.len)
            continue; // it lies in another one
        end = token->end;
        while (line + 1 < unit->lines.len && unit->lines.start[line + 1] <= token->begin)
            line++;
        for (uint32_t at = line;
             at < unit->lines.len && unit->lines.start[at] < token->end; at++)
            put_semantic_line(block, token, at);
    }
}

static void add_names(Block *block)
{
    const Unit *unit = block->unit;
    for (uint32_t i = 0; i < unit->names.len; i++) {
        const Name *name = &unit->names.at[i];
        RStr written = pool_str(block, name->name);
        bool is_key = str_eq(name->name, name->key);
        *LIST_PUSH(unit->arena, &block->names) =
            (RName){written, is_key ? written : pool_str(block, name->key),
                    range_of(block, &name->at), name->role, name->scope};
    }
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
    add_semantics(block);
    add_names(block);
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
            [RESULT_SEMANTICS] = {block->semantics.at, block->semantics.len},
            [RESULT_FOLDS] = {unit->folds.at, unit->folds.len},
            [RESULT_NAMES] = {block->names.at, block->names.len},
            [RESULT_POOL] = {block->pool.at, (uint32_t)block->pool.len},
        }};
    result_write(out, build_id(), &parts);
}

void unit_write(Unit *unit, Stage stage, Buf *out)
{
    Block block = {.unit = unit};
    buf_init(&block.pool, RESULT_BYTES_MAX);
    fill_block(&block);
    write_block(&block, stage, out);
    buf_done(&block.pool);
}
