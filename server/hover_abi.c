// The word under the cursor decides: a parameter where it is declared or used, a call
// through a pointer, a function of that name, a type that crosses by value. Fields of
// records, behind "." and "->", are nobody's.
#include "server/hover_abi.h"

#include "codegen/frontend/c_lexer.h"
#include "server/markdown.h"
#include "server/table.h"
#include "server/truth.h"

enum { TYPE_ROWS_MAX = 8, NAMESAKES_MAX = 4, SITES_TOLD_MAX = 6 };

typedef struct Word {
    Str text;
    uint32_t begin, end;
} Word;

void hover_rule(bool is_markdown, Buf *out)
{
    if (out->len)
        buf_put(out, is_markdown ? STR("\n\n---\n\n") : STR("\n\n"));
}

// The identifier that holds the offset or ends there.
static Word word_at(Str text, uint32_t offset)
{
    uint32_t begin = offset < text.len ? offset : (uint32_t)text.len, end = begin;
    while (begin > 0 && is_word(text.at[begin - 1]))
        begin--;
    while (end < text.len && is_word(text.at[end]))
        end++;
    return (Word){str_sub(text, begin, end), begin, end};
}

// The last place at or before the offset where a symbol starts or ends: a scanner may
// start there.
static uint32_t scan_start(const HoverAbi *ask, uint32_t offset)
{
    uint32_t start = 0;
    for (uint32_t i = 0; i < ask->result->n_symbols; i++) {
        const RRange *full = &ask->result->symbols[i].full;
        uint32_t edges[] = {truth_offset(ask->lines, full->start),
                            truth_offset(ask->lines, full->end)};
        for (size_t k = 0; k < COUNTOF(edges); k++)
            if (full->path == 0 && edges[k] <= offset && edges[k] > start)
                start = edges[k];
    }
    return start;
}

// Not in a comment or a literal.
static bool is_code(const HoverAbi *ask, const Word *word)
{
    uint32_t start = scan_start(ask, word->begin);
    CLexer lexer;
    CToken token;
    c_lexer_init(&lexer, str_from(ask->text, start));
    do
        token = c_lexer_next(&lexer);
    while (token.kind != C_END && token.end <= word->begin - start);
    return token.kind == C_WORD;
}

bool hover_is_code(const HoverAbi *ask, uint32_t offset)
{
    Word word = word_at(ask->text, offset);
    return word.text.len && is_code(ask, &word);
}

static bool is_field(Str text, const Word *word)
{
    Str before = str_trim(str_sub(text, 0, word->begin));
    return str_ends(before, STR(".")) || str_ends(before, STR("->"));
}

static Str cell(const HoverAbi *ask, RStr s)
{
    return result_str(ask->result, s);
}

// "WRONG (EC101): takes the pointer that x64 passes for the value"
static Str thunk_cell(const HoverAbi *ask, RStr words, uint32_t faults)
{
    Str text = cell(ask, words);
    return faults ? arena_format(ask->arena, "WRONG (%.*s): %.*s",
                                 STR_ARG(truth_codes(ask->arena, faults)), STR_ARG(text))
                  : text;
}

static void put_code(const HoverAbi *ask, Str text, Buf *out)
{
    if (ask->is_markdown)
        markdown_code(out, text);
    else
        buf_put(out, text);
}

static void put_bold(const HoverAbi *ask, Str text, Buf *out)
{
    if (!ask->is_markdown) {
        buf_put(out, text);
        return;
    }
    buf_put(out, STR("**"));
    markdown_text(out, text);
    buf_put(out, STR("**"));
}

// --- Tables
// ------------------------------------------------------------------------------

static void table_open(const HoverAbi *ask, Table *table, const char *const *headings,
                       uint32_t n_headings)
{
    table_init(table, ask->arena, n_headings);
    table->is_markdown = ask->is_markdown;
    table->has_headings = true;
    for (uint32_t i = 0; i < n_headings; i++)
        table_cell(table, str_of(headings[i]));
}

// Which thunks a function's table tells of: those that it has. What has none meets no x64
// code, and nothing is wrong with it.
typedef struct Sides {
    bool inward, outward; // entry thunks, exit thunks
} Sides;

static Sides sides_of(const HoverAbi *ask, const RFunction *function)
{
    return (Sides){truth_has_entry(ask->result, function),
                   truth_has_exit(ask->result, function)};
}

static void put_row(const HoverAbi *ask, Table *table, const RRow *row, Sides sides)
{
    Str type = cell(ask, row->type);
    bool is_rest = str_eq(type, STR("...")); // of any size
    table_cell(table, is_rest ? type
                              : arena_format(ask->arena, "%.*s (%llu)", STR_ARG(type),
                                             (unsigned long long)row->bytes));
    table_cell(table, cell(ask, row->x64));
    table_cell(table, cell(ask, row->ec));
    if (sides.inward)
        table_cell(table, thunk_cell(ask, row->entry_does, row->entry_faults));
    if (sides.outward)
        table_cell(table, thunk_cell(ask, row->exit_does, row->exit_faults));
}

// `only`: a parameter's row alone; NULL: all.
static void put_table(const HoverAbi *ask, RSpan rows, Sides sides, const RRow *only,
                      Buf *out)
{
    const char *headings[] = {"parameter",
                              "type (bytes)",
                              "x64",
                              "Arm64EC",
                              sides.inward ? "called from x64, the thunk"
                                           : "calling x64, the thunk",
                              "calling x64, the thunk"};
    Table table;
    table_open(ask, &table, headings, 4u + sides.inward + sides.outward);
    for (uint32_t i = 0; i < rows.len; i++) {
        const RRow *row = &ask->result->rows[rows.at + i];
        if (only && row != only)
            continue;
        table_cell(&table, cell(ask, row->name));
        put_row(ask, &table, row, sides);
    }
    table_put(&table, 0, out);
}

// --- Functions
// ------------------------------------------------------------------------------

// "entry thunk $ientry_thunk$cdecl$m16$D16D16: takes two ..., returns ..."
static void put_thunk(const HoverAbi *ask, const RThunk *thunk, Buf *out)
{
    Str name = cell(ask, thunk->name), meaning;
    buf_format(out, "%s%.*s thunk ", ask->is_markdown ? "- " : "",
               STR_ARG(thunk_kind_name((ThunkKind)thunk->kind)));
    if (name.len)
        put_code(ask, name, out);
    else
        buf_put(out, truth_nameless(ask->result));
    if (thunk_describe(ask->arena, name, &meaning))
        buf_format(out, ": %.*s", STR_ARG(meaning));
    if (thunk->sites.len)
        buf_put(out, STR("; for the calls in line"));
    uint32_t n_told = 0;
    for (uint32_t i = 0; i < thunk->sites.len; i++) {
        const RRange *site = &ask->result->sites[thunk->sites.at + i];
        if (n_told++ == SITES_TOLD_MAX) {
            buf_put(out, STR(", ..."));
            break;
        }
        buf_format(out, "%s %u", i ? "," : "", site->start.line + 1);
    }
    buf_put_char(out, '\n');
}

static void put_spelling(const HoverAbi *ask, Buf *out)
{
    if (!truth_names_are_exact(ask->result))
        buf_put(out,
                STR("\nnames of thunks as LLVM writes them; cl writes some otherwise\n"));
}

static void put_head(const HoverAbi *ask, const RFunction *function, Buf *out)
{
    put_bold(ask, cell(ask, function->display), out);
    buf_put(out, STR(" is the symbol "));
    put_code(ask, cell(ask, function->symbol), out);
    if (function->is_stale)
        buf_put(out, STR(" (as it was before the text broke)"));
    Str wrong = truth_wrong(ask->arena, ask->result, function);
    if (wrong.len) {
        buf_put(out, STR("; "));
        put_bold(ask, wrong, out);
    }
    buf_put(out, STR("\n\n"));
}

static void put_function(const HoverAbi *ask, const RFunction *function, Buf *out)
{
    hover_rule(ask->is_markdown, out);
    put_head(ask, function, out);
    if (function->rows.len) {
        put_table(ask, function->rows, sides_of(ask, function), NULL, out);
        buf_put_char(out, '\n');
    }
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &ask->result->thunks[function->thunks.at + i];
        if (thunk->kind != THUNK_INDIRECT) // told at the calls that need it
            put_thunk(ask, thunk, out);
    }
    if (function->thunks.len)
        put_spelling(ask, out);
    if (!truth_has_entry(ask->result, function) && !truth_has_exit(ask->result, function))
        buf_put(out, function->is_defined
                         ? STR("no thunk: x64 code cannot call it\n")
                         : STR("no thunk: nothing here calls it directly\n"));
}

// A function without rows and thunks is one that nothing is known of.
static bool is_known(const RFunction *function)
{
    return function->rows.len || function->thunks.len;
}

// Exactly the one whose name stands there, else those of that name.
static bool put_functions(const HoverAbi *ask, const Word *word, Buf *out)
{
    const Result *result = ask->result;
    uint32_t n_put = 0;
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        if (function->in_document && is_known(function) &&
            truth_covers(&function->at, ask->lines, word->begin)) {
            put_function(ask, function, out);
            return true;
        }
    }
    for (uint32_t i = 0; i < result->n_functions && n_put < NAMESAKES_MAX; i++) {
        const RFunction *function = &result->functions[i];
        if (!is_known(function) || !str_eq(cell(ask, function->name), word->text))
            continue;
        put_function(ask, function, out);
        n_put++;
    }
    return n_put > 0;
}

// --- Parameters, calls through pointers
// -----------------------------------------------------

static void put_parameter(const HoverAbi *ask, const RFunction *function, const RRow *row,
                          Buf *out)
{
    hover_rule(ask->is_markdown, out);
    put_bold(ask, cell(ask, row->name), out);
    buf_put(out, STR(" of "));
    put_bold(ask, cell(ask, function->display), out);
    buf_put(out, STR(" between x64 and Arm64EC\n\n"));
    put_table(ask, function->rows, sides_of(ask, function), row, out);
}

static const RRow *row_named(const HoverAbi *ask, const RFunction *function, Str name)
{
    for (uint32_t i = 1; i < function->rows.len; i++) {
        const RRow *row = &ask->result->rows[function->rows.at + i];
        if (row->is_placed && str_eq(cell(ask, row->name), name))
            return row;
    }
    return NULL;
}

static bool put_parameters(const HoverAbi *ask, const Word *word, Buf *out)
{
    const RFunction *function = truth_enclosing(ask->result, ask->lines, word->begin);
    const RRow *row = function ? row_named(ask, function, word->text) : NULL;
    if (row)
        put_parameter(ask, function, row, out);
    return row != NULL;
}

static bool put_indirect(const HoverAbi *ask, const Word *word, Buf *out)
{
    bool has_any = false;
    const RFunction *function = truth_enclosing(ask->result, ask->lines, word->begin);
    for (uint32_t i = 0; function && i < function->thunks.len; i++) {
        const RThunk *thunk = &ask->result->thunks[function->thunks.at + i];
        if (thunk->kind != THUNK_INDIRECT)
            continue;
        for (uint32_t k = 0; k < thunk->sites.len; k++) {
            const RRange *site = &ask->result->sites[thunk->sites.at + k];
            if (!truth_covers(site, ask->lines, word->begin))
                continue;
            hover_rule(ask->is_markdown, out);
            buf_put(out, STR("a call through a pointer; where it meets x64 code:\n\n"));
            if (thunk->rows.len) {
                put_table(ask, thunk->rows, (Sides){false, true}, NULL, out);
                buf_put_char(out, '\n');
            }
            put_thunk(ask, thunk, out);
            put_spelling(ask, out);
            has_any = true;
            break;
        }
    }
    return has_any;
}

// --- Types
// ------------------------------------------------------------------------------

// "const struct RGB" is RGB; pointers are not.
static bool is_type(Str spelling, Str name)
{
    static const Str words[] = {STR_INIT("const "), STR_INIT("volatile "),
                                STR_INIT("struct "), STR_INIT("union "),
                                STR_INIT("enum ")};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_starts(spelling, words[i]))
            spelling = str_from(spelling, words[i].len);
    return str_eq(spelling, name);
}

// What has no thunk of one direction says nothing of it.
static void put_type_row(const HoverAbi *ask, Table *table, Str in, const RRow *row,
                         Sides sides)
{
    RRow shown = *row;
    if (!sides.inward)
        shown.entry_does = (RStr){0}, shown.entry_faults = 0;
    if (!sides.outward)
        shown.exit_does = (RStr){0}, shown.exit_faults = 0;
    table_cell(table, in);
    table_cell(table, cell(ask, row->name));
    put_row(ask, table, &shown, (Sides){true, true});
}

static Str through_pointer(const HoverAbi *ask, const RFunction *function)
{
    return arena_format(ask->arena, "%.*s, through a pointer",
                        STR_ARG(cell(ask, function->display)));
}

static bool put_type(const HoverAbi *ask, const Word *word, Buf *out)
{
    static const char *const headings[] = {"in",
                                           "as",
                                           "type (bytes)",
                                           "x64",
                                           "Arm64EC",
                                           "called from x64, the thunk",
                                           "calling x64, the thunk"};
    const Result *result = ask->result;
    Table table;
    uint32_t n = 0;
    table_open(ask, &table, headings, COUNTOF(headings));
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        Sides sides = sides_of(ask, function);
        bool crosses = sides.inward || sides.outward;
        for (uint32_t k = 0; k < function->rows.len && crosses; k++) {
            const RRow *row = &result->rows[function->rows.at + k];
            if (is_type(cell(ask, row->type), word->text) && n++ < TYPE_ROWS_MAX)
                put_type_row(ask, &table, cell(ask, function->display), row, sides);
        }
        for (uint32_t k = 0; k < function->thunks.len; k++) {
            const RThunk *thunk = &result->thunks[function->thunks.at + k];
            for (uint32_t r = 0; r < thunk->rows.len; r++) {
                const RRow *row = &result->rows[thunk->rows.at + r];
                if (is_type(cell(ask, row->type), word->text) && n++ < TYPE_ROWS_MAX)
                    put_type_row(ask, &table, through_pointer(ask, function), row,
                                 (Sides){false, true});
            }
        }
    }
    if (!n)
        return false;
    hover_rule(ask->is_markdown, out);
    put_bold(ask, word->text, out);
    buf_put(out, STR(" crosses between x64 and Arm64EC by value\n\n"));
    table_put(&table, 0, out);
    if (n > TYPE_ROWS_MAX)
        buf_format(out, "\nand in %u more place%s\n", n - TYPE_ROWS_MAX,
                   n - TYPE_ROWS_MAX == 1 ? "" : "s");
    return true;
}

bool hover_abi(const HoverAbi *ask, uint32_t offset, Buf *out, uint32_t *ret_begin,
               uint32_t *ret_end)
{
    Word word = word_at(ask->text, offset);
    if (!word.text.len || is_digit(word.text.at[0]))
        return false;
    if (!is_code(ask, &word))
        return false;
    bool has_any = false;
    if (!is_field(ask->text, &word))
        has_any = put_parameters(ask, &word, out) || put_functions(ask, &word, out);
    has_any |= put_indirect(ask, &word, out);
    if (!has_any)
        has_any = put_type(ask, &word, out);
    *ret_begin = word.begin;
    *ret_end = word.end;
    return has_any;
}
