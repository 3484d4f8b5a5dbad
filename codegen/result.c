// The layout of a Result block, and the check that lets readers trust one.
//
//   Head   magic, build id, size of the whole block, checksum of all that follows
//   Body   stage, and for each ResultArray where it starts and how many elements it has
//   the arrays, each aligned to 8 and padded with zeros; the pool last
//
// Offsets count from the start of the block. Numbers are little endian as on every host
// this runs on; another byte order is another build. The checksum finds damage; it does
// not defend against forgery, so every reference is checked as well.
#include "codegen/result.h"

#include "codegen/abi/thunk.h"
#include "protocol/base/hash.h"

#include <string.h>

enum { MAGIC_BYTES = 8, ALIGN = 8, POSITION_MAX = INT32_MAX }; // as far as LSP counts

static const char magic[MAGIC_BYTES] = {'A', '6', '4', 'E', 'C', 'R', 'E', 'S'};

typedef struct Head {
    char magic[MAGIC_BYTES];
    char build_id[BUILD_ID_BYTES];
    uint64_t n_bytes;
    Hash checksum;
} Head;

typedef struct Body {
    uint32_t stage, n_arrays;
    RSpan array[RESULT_ARRAYS];
} Body;

static const uint32_t element_bytes[RESULT_ARRAYS] = {
    [RESULT_INFO] = sizeof(RInfo),          [RESULT_PATHS] = sizeof(RStr),
    [RESULT_FINDINGS] = sizeof(RFinding),   [RESULT_NOTES] = sizeof(RNote),
    [RESULT_FIXES] = sizeof(RFix),          [RESULT_EDITS] = sizeof(REdit),
    [RESULT_SYMBOLS] = sizeof(RSymbol),     [RESULT_REGISTERS] = sizeof(RRegister),
    [RESULT_FUNCTIONS] = sizeof(RFunction), [RESULT_THUNKS] = sizeof(RThunk),
    [RESULT_SITES] = sizeof(RRange),        [RESULT_ROWS] = sizeof(RRow),
    [RESULT_INCLUDES] = sizeof(uint32_t),   [RESULT_ARGUMENTS] = sizeof(RStr),
    [RESULT_SEMANTICS] = sizeof(RSemantic), [RESULT_FOLDS] = sizeof(RFold),
    [RESULT_NAMES] = sizeof(RName),         [RESULT_POOL] = 1,
};

// Equal input gives equal bytes only if no struct has padding.
_Static_assert(sizeof(Head) == 64 && sizeof(Body) == 8 + 8 * RESULT_ARRAYS, "no padding");
_Static_assert(sizeof(RFinding) == 76 && sizeof(RNote) == 44 && sizeof(RFix) == 20 &&
                   sizeof(REdit) == 44 && sizeof(RSymbol) == 96 &&
                   sizeof(RRegister) == 44 && sizeof(RInfo) == 40 &&
                   sizeof(RFunction) == 120 && sizeof(RThunk) == 52 &&
                   sizeof(RRange) == 36 && sizeof(RRow) == 104 &&
                   sizeof(RSemantic) == 16 && sizeof(RFold) == 12 && sizeof(RName) == 60,
               "no padding");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "blocks are little endian");

static uint64_t align_up(uint64_t n)
{
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

static void write(Buf *out, Str build_id, const ResultParts *parts, Head *ret_head,
                  Body *ret_body)
{
    CHECK_BUG(build_id.len == BUILD_ID_BYTES);
    Head head = {0};
    Body body = {.stage = (uint32_t)parts->stage, .n_arrays = RESULT_ARRAYS};
    uint64_t at = sizeof head + sizeof body;
    for (int i = 0; i < RESULT_ARRAYS; i++) {
        // A block over the limit is cut by `out` or refused by its reader.
        body.array[i] = (RSpan){(uint32_t)at, parts->array[i].n};
        at = align_up(at + (uint64_t)parts->array[i].n * element_bytes[i]);
    }
    memcpy(head.magic, magic, MAGIC_BYTES);
    memcpy(head.build_id, build_id.at, BUILD_ID_BYTES);
    head.n_bytes = at;

    buf_put_bytes(out, &head, sizeof head);
    buf_put_bytes(out, &body, sizeof body);
    for (int i = 0; i < RESULT_ARRAYS; i++) {
        size_t n_bytes = (size_t)parts->array[i].n * element_bytes[i];
        buf_put_bytes(out, parts->array[i].at, n_bytes);
        buf_put_bytes(out, (const char[ALIGN]){0}, align_up(n_bytes) - n_bytes);
    }
    *ret_head = head;
    *ret_body = body;
}

void result_write(Buf *out, Str build_id, const ResultParts *parts)
{
    Head head;
    Body body;
    size_t begin = out->len;
    write(out, build_id, parts, &head, &body);
    if (buf_is_over(out))
        return;
    head.checksum = hash_of(str_from(buf_str(out), begin + sizeof head));
    memcpy(out->at + begin, &head, sizeof head);
}

static bool span_fits(RSpan span, uint32_t n)
{
    return span.at <= n && span.len <= n - span.at;
}

static bool str_fits(const Result *result, RStr s)
{
    return s.at <= result->pool.len && s.len <= result->pool.len - s.at;
}

static bool pos_fits(Pos pos)
{
    return pos.line <= POSITION_MAX && pos.byte <= POSITION_MAX &&
           pos.utf16 <= POSITION_MAX && pos.utf32 <= POSITION_MAX;
}

static bool range_fits(const Result *result, const RRange *range)
{
    const Pos *a = &range->start, *b = &range->end;
    if (range->path >= result->n_paths || !pos_fits(*a) || !pos_fits(*b))
        return false;
    return a->line < b->line || (a->line == b->line && a->byte <= b->byte);
}

static bool finding_fits(const Result *result, const RFinding *f)
{
    if (!range_fits(result, &f->range) || !str_fits(result, f->message) ||
        !str_fits(result, f->option) || !span_fits(f->notes, result->n_notes) ||
        !span_fits(f->fixes, result->n_fixes))
        return false;
    bool is_ours = f->source == SOURCE_ARM64ECD && diag_spec(f->number) != NULL;
    bool is_a_compilers =
        (f->source == SOURCE_CLANG || f->source == SOURCE_RUSTC) && f->number == 0;
    return (is_ours || is_a_compilers) && f->severity >= SEVERITY_ERROR &&
           f->severity <= SEVERITY_HINT && f->quiet <= QUIET_FOLDED && f->target <= 1 &&
           f->tags <= (TAG_UNNECESSARY | TAG_DEPRECATED) && f->pad == 0;
}

static bool symbol_kind_fits(uint32_t kind)
{
    switch ((SymbolKind)kind) {
    case SYMBOL_MODULE:
    case SYMBOL_NAMESPACE:
    case SYMBOL_CLASS:
    case SYMBOL_METHOD:
    case SYMBOL_FIELD:
    case SYMBOL_ENUM:
    case SYMBOL_FUNCTION:
    case SYMBOL_VARIABLE:
    case SYMBOL_CONSTANT:
    case SYMBOL_KEY:
    case SYMBOL_ENUM_MEMBER:
    case SYMBOL_STRUCT:
    case SYMBOL_TYPE:
        return true;
    }
    return false;
}

static bool symbol_fits(const Result *result, uint32_t index)
{
    const RSymbol *s = &result->symbols[index];
    return str_fits(result, s->name) && str_fits(result, s->detail) &&
           range_fits(result, &s->full) && range_fits(result, &s->selection) &&
           symbol_kind_fits(s->kind) && s->parent <= index;
}

static bool findings_fit(const Result *r)
{
    for (uint32_t i = 0; i < r->n_findings; i++)
        if (!finding_fits(r, &r->findings[i]))
            return false;
    for (uint32_t i = 0; i < r->n_notes; i++)
        if (!range_fits(r, &r->notes[i].range) || !str_fits(r, r->notes[i].message))
            return false;
    for (uint32_t i = 0; i < r->n_fixes; i++)
        if (!str_fits(r, r->fixes[i].title) || r->fixes[i].preferred > 1 ||
            !span_fits(r->fixes[i].edits, r->n_edits))
            return false;
    for (uint32_t i = 0; i < r->n_edits; i++)
        if (!range_fits(r, &r->edits[i].range) || !str_fits(r, r->edits[i].text))
            return false;
    return true;
}

static bool function_fits(const Result *r, const RFunction *f)
{
    bool is_placed = f->in_document ? f->at.path == 0 : f->at.path < r->n_paths;
    return str_fits(r, f->name) && str_fits(r, f->symbol) && str_fits(r, f->display) &&
           range_fits(r, &f->at) && is_placed && span_fits(f->thunks, r->n_thunks) &&
           span_fits(f->rows, r->n_rows) && f->in_document <= 1 && f->is_defined <= 1 &&
           f->is_stale <= 1 && f->is_emitted <= 1 && f->reach <= REACH_BITS &&
           str_fits(r, f->convention);
}

static bool row_fits(const Result *r, const RRow *row)
{
    return str_fits(r, row->name) && str_fits(r, row->type) && str_fits(r, row->x64) &&
           str_fits(r, row->ec) && str_fits(r, row->entry_does) &&
           str_fits(r, row->exit_does) && range_fits(r, &row->at) && row->at.path == 0 &&
           row->is_placed <= 1;
}

static bool functions_fit(const Result *r)
{
    for (uint32_t i = 0; i < r->n_functions; i++)
        if (!function_fits(r, &r->functions[i]))
            return false;
    for (uint32_t i = 0; i < r->n_thunks; i++)
        if (!str_fits(r, r->thunks[i].name) || !str_fits(r, r->thunks[i].assembly) ||
            !str_fits(r, r->thunks[i].probe) || !str_fits(r, r->thunks[i].probe_why) ||
            !span_fits(r->thunks[i].sites, r->n_sites) ||
            !span_fits(r->thunks[i].rows, r->n_rows) ||
            r->thunks[i].kind > THUNK_HYBRID_PATCH)
            return false;
    for (uint32_t i = 0; i < r->n_sites; i++)
        if (!range_fits(r, &r->sites[i]))
            return false;
    for (uint32_t i = 0; i < r->n_rows; i++)
        if (!row_fits(r, &r->rows[i]))
            return false;
    return true;
}

static bool semantic_fits(const RSemantic *token, const RSemantic *before)
{
    if (token->line > POSITION_MAX || token->byte > POSITION_MAX ||
        token->n_bytes > POSITION_MAX || token->n_bytes == 0 ||
        token->type >= SEMANTIC_TYPES || token->modifiers > SEMANTIC_MODIFIER_BITS)
        return false;
    return !before || before->line < token->line ||
           (before->line == token->line && before->byte + before->n_bytes <= token->byte);
}

static bool seen_fits(const Result *r)
{
    for (uint32_t i = 0; i < r->n_semantics; i++)
        if (!semantic_fits(&r->semantics[i], i ? &r->semantics[i - 1] : NULL))
            return false;
    for (uint32_t i = 0; i < r->n_folds; i++)
        if (r->folds[i].first >= r->folds[i].last || r->folds[i].last > POSITION_MAX ||
            r->folds[i].kind >= FOLD_KINDS)
            return false;
    for (uint32_t i = 0; i < r->n_names; i++) {
        const RName *name = &r->names[i];
        if (!str_fits(r, name->name) || !str_fits(r, name->key) ||
            !range_fits(r, &name->at) || name->role >= NAME_ROLES)
            return false;
    }
    return true;
}

static bool rest_fits(const Result *r)
{
    for (uint32_t i = 0; i < r->n_paths; i++)
        if (!str_fits(r, r->paths[i]))
            return false;
    for (uint32_t i = 0; i < r->n_symbols; i++)
        if (!symbol_fits(r, i))
            return false;
    for (uint32_t i = 0; i < r->n_registers; i++)
        if (!range_fits(r, &r->registers[i].range) || !str_fits(r, r->registers[i].name))
            return false;
    for (uint32_t i = 0; i < r->n_includes; i++)
        if (r->includes[i] >= r->n_paths)
            return false;
    for (uint32_t i = 0; i < r->n_arguments; i++)
        if (!str_fits(r, r->arguments[i]))
            return false;
    const RInfo *info = r->info;
    return str_fits(r, info->builder) && str_fits(r, info->target) &&
           str_fits(r, info->headers) && str_fits(r, info->command) &&
           str_fits(r, info->compiler);
}

// The arrays stand one behind another in order, without gap, up to the end of the block.
static bool arrays_fit(const Body *body, uint64_t n_bytes)
{
    uint64_t at = sizeof(Head) + sizeof(Body);
    for (int i = 0; i < RESULT_ARRAYS; i++) {
        if (body->array[i].at != at)
            return false;
        at = align_up(at + (uint64_t)body->array[i].len * element_bytes[i]);
        if (at > n_bytes)
            return false;
    }
    return at == n_bytes && body->array[RESULT_INFO].len == 1 &&
           body->array[RESULT_PATHS].len >= 1;
}

static Result view_of(Str block, const Body *body)
{
    const RSpan *array = body->array;
#define ARRAY(which) ((const void *)(block.at + array[which].at))
    return (Result){
        .stage = (Stage)body->stage,
        .info = ARRAY(RESULT_INFO),
        .paths = ARRAY(RESULT_PATHS),
        .findings = ARRAY(RESULT_FINDINGS),
        .notes = ARRAY(RESULT_NOTES),
        .fixes = ARRAY(RESULT_FIXES),
        .edits = ARRAY(RESULT_EDITS),
        .symbols = ARRAY(RESULT_SYMBOLS),
        .registers = ARRAY(RESULT_REGISTERS),
        .functions = ARRAY(RESULT_FUNCTIONS),
        .thunks = ARRAY(RESULT_THUNKS),
        .sites = ARRAY(RESULT_SITES),
        .rows = ARRAY(RESULT_ROWS),
        .includes = ARRAY(RESULT_INCLUDES),
        .arguments = ARRAY(RESULT_ARGUMENTS),
        .semantics = ARRAY(RESULT_SEMANTICS),
        .folds = ARRAY(RESULT_FOLDS),
        .names = ARRAY(RESULT_NAMES),
        .n_paths = array[RESULT_PATHS].len,
        .n_findings = array[RESULT_FINDINGS].len,
        .n_notes = array[RESULT_NOTES].len,
        .n_fixes = array[RESULT_FIXES].len,
        .n_edits = array[RESULT_EDITS].len,
        .n_symbols = array[RESULT_SYMBOLS].len,
        .n_registers = array[RESULT_REGISTERS].len,
        .n_functions = array[RESULT_FUNCTIONS].len,
        .n_thunks = array[RESULT_THUNKS].len,
        .n_sites = array[RESULT_SITES].len,
        .n_rows = array[RESULT_ROWS].len,
        .n_includes = array[RESULT_INCLUDES].len,
        .n_arguments = array[RESULT_ARGUMENTS].len,
        .n_semantics = array[RESULT_SEMANTICS].len,
        .n_folds = array[RESULT_FOLDS].len,
        .n_names = array[RESULT_NAMES].len,
        .pool = {ARRAY(RESULT_POOL), array[RESULT_POOL].len},
        .block = block,
    };
#undef ARRAY
}

Err result_copy(Buf *out, Str build_id, const Result *result, Result *ret_result)
{
    const Result *r = result;
    ResultParts parts = {.stage = r->stage,
                         .array = {
                             [RESULT_INFO] = {r->info, 1},
                             [RESULT_PATHS] = {r->paths, r->n_paths},
                             [RESULT_FINDINGS] = {r->findings, r->n_findings},
                             [RESULT_NOTES] = {r->notes, r->n_notes},
                             [RESULT_FIXES] = {r->fixes, r->n_fixes},
                             [RESULT_EDITS] = {r->edits, r->n_edits},
                             [RESULT_SYMBOLS] = {r->symbols, r->n_symbols},
                             [RESULT_REGISTERS] = {r->registers, r->n_registers},
                             [RESULT_FUNCTIONS] = {r->functions, r->n_functions},
                             [RESULT_THUNKS] = {r->thunks, r->n_thunks},
                             [RESULT_SITES] = {r->sites, r->n_sites},
                             [RESULT_ROWS] = {r->rows, r->n_rows},
                             [RESULT_INCLUDES] = {r->includes, r->n_includes},
                             [RESULT_ARGUMENTS] = {r->arguments, r->n_arguments},
                             [RESULT_SEMANTICS] = {r->semantics, r->n_semantics},
                             [RESULT_FOLDS] = {r->folds, r->n_folds},
                             [RESULT_NAMES] = {r->names, r->n_names},
                             [RESULT_POOL] = {r->pool.at, (uint32_t)r->pool.len},
                         }};
    Head head;
    Body body;
    write(out, build_id, &parts, &head, &body);
    if (buf_is_over(out) || head.n_bytes > RESULT_BYTES_MAX)
        return ERR_LIMIT;
    *ret_result = view_of(buf_str(out), &body);
    return ERR_NONE;
}

Err result_open(Str block, Str build_id, Result *ret_result)
{
    Head head;
    Body body;
    if (block.len > RESULT_BYTES_MAX || block.len < sizeof head + sizeof body ||
        (uintptr_t)block.at % ALIGN != 0)
        return ERR_FORMAT;
    memcpy(&head, block.at, sizeof head);
    memcpy(&body, block.at + sizeof head, sizeof body);
    if (memcmp(head.magic, magic, MAGIC_BYTES) != 0 || head.n_bytes != block.len ||
        !str_eq((Str){head.build_id, BUILD_ID_BYTES}, build_id) ||
        !hash_eq(head.checksum, hash_of(str_from(block, sizeof head))))
        return ERR_FORMAT;
    if (body.stage >= STAGE_COUNT || body.n_arrays != RESULT_ARRAYS ||
        !arrays_fit(&body, block.len))
        return ERR_FORMAT;
    Result result = view_of(block, &body);
    if (!findings_fit(&result) || !functions_fit(&result) || !seen_fits(&result) ||
        !rest_fits(&result))
        return ERR_FORMAT;
    *ret_result = result;
    return ERR_NONE;
}

Str result_str(const Result *result, RStr s)
{
    return (Str){result->pool.at + s.at, s.len};
}

Str result_path(const Result *result, uint32_t path)
{
    return path < result->n_paths ? result_str(result, result->paths[path]) : STR("");
}
