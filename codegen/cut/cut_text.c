// One pass over the text with the scanner of frontend/c_lexer.h. Nothing is known of
// conditions: each branch of an #if begins with the braces that were open before it, and
// what follows has those of the last one. Where that does not come out even, there is no
// cut.
#include "codegen/cut/cut_text.h"

#include "codegen/frontend/c_lexer.h"

#include <string.h>

enum {
    PREFIX_BYTES_MAX = 256 * 1024 * 1024,
    WORDS_MAX = 8, // of what may open a namespace
};

typedef struct Range {
    uint32_t begin, end;
} Range;

typedef struct Cutting {
    Buf *out;
    CutState state;
    CLexer lexer;
    Str functions;
    uint32_t next_function;
    bool is_cpp;
    uint32_t copied; // of the text
    uint32_t n_words;
    CToken words[WORDS_MAX];
    bool is_refused;
} Cutting;

static bool next_range(const Cutting *cutting, Range *ret_range)
{
    size_t at = cutting->next_function * sizeof *ret_range;
    if (at + sizeof *ret_range > cutting->functions.len)
        return false;
    memcpy(ret_range, cutting->functions.at + at, sizeof *ret_range);
    return true;
}

static void copy_until(Cutting *cutting, uint32_t end)
{
    if (end > cutting->copied)
        buf_put(cutting->out, str_sub(cutting->lexer.text, cutting->copied, end));
    cutting->copied = end > cutting->copied ? end : cutting->copied;
}

// A lone CR and an LF further on do not become one line end.
static void put_line_end(const Cutting *cutting, uint32_t at)
{
    Str text = cutting->lexer.text, out = buf_str(cutting->out);
    bool was_return = out.len && out.at[out.len - 1] == '\r';
    if (text.at[at] == '\n' && was_return && at > 0 && text.at[at - 1] != '\r')
        buf_put_char(cutting->out, ' ');
    buf_put_char(cutting->out, text.at[at]);
}

// Nothing but the lines, and the columns of what follows on the last of them.
static void blank_until(Cutting *cutting, uint32_t end)
{
    Str text = cutting->lexer.text;
    uint32_t n_columns = 0;
    for (uint32_t i = cutting->copied; i < end; i++) {
        bool is_end = text.at[i] == '\n' || text.at[i] == '\r';
        n_columns = is_end ? 0 : n_columns + 1;
        if (is_end)
            put_line_end(cutting, i);
    }
    bool is_last = end >= text.len || text.at[end] == '\n' || text.at[end] == '\r';
    if (is_last && n_columns && str_ends(buf_str(cutting->out), STR("\r")))
        n_columns = 1;
    else if (is_last)
        n_columns = 0;
    while (n_columns-- > 0)
        buf_put_char(cutting->out, ' ');
    cutting->copied = end;
}

// --- Directives
// -------------------------------------------------------------------------------

static bool is_one_of(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

// Pragmas that clang does not know it passes over.
static bool is_bound(Str pragma)
{
    static const Str words[] = {
#define CUT_PRAGMA(name) STR_INIT(name),
#include "codegen/cut/cut_pragmas.def"
#undef CUT_PRAGMA
    };
    return is_one_of(pragma, words, COUNTOF(words));
}

static void read_pragma(Cutting *cutting)
{
    CLexer ahead = cutting->lexer;
    CToken word = c_lexer_next_code(&ahead);
    if (c_token_is_word(&ahead, word, STR("GCC")) ||
        c_token_is_word(&ahead, word, STR("clang")))
        word = c_lexer_next_code(&ahead);
    if (word.in_directive && is_bound(c_token_text(&ahead, word)))
        cutting->is_refused = true;
}

// The lexer stands behind the '#'.
static void read_directive(Cutting *cutting)
{
    static const Str opens[] = {STR_INIT("if"), STR_INIT("ifdef"), STR_INIT("ifndef")};
    static const Str branches[] = {STR_INIT("else"), STR_INIT("elif"),
                                   STR_INIT("elifdef"), STR_INIT("elifndef")};
    CLexer ahead = cutting->lexer;
    CToken word = c_lexer_next_code(&ahead);
    if (!word.in_directive)
        return;
    cutting->lexer = ahead;
    Str text = c_token_text(&cutting->lexer, word);
    bool is_open = cutting->state.n_ifs > 0;
    if (is_one_of(text, opens, COUNTOF(opens))) {
        is_open = cutting->state.n_ifs < CUT_IFS_MAX;
        if (is_open)
            cutting->state.opened_before[cutting->state.n_ifs++] =
                cutting->state.n_opened;
    } else if (is_one_of(text, branches, COUNTOF(branches))) {
        if (is_open)
            cutting->state.n_opened =
                cutting->state.opened_before[cutting->state.n_ifs - 1];
    } else if (str_eq(text, STR("endif"))) {
        cutting->state.n_ifs -= is_open;
    } else {
        is_open = !str_eq(text, STR("include_next"));
        if (str_eq(text, STR("pragma")))
            read_pragma(cutting);
    }
    cutting->is_refused |= !is_open;
}

static void skip_directive(Cutting *cutting)
{
    for (;;) {
        CLexer before = cutting->lexer;
        CToken token = c_lexer_next(&cutting->lexer);
        if (token.kind != C_END && token.in_directive && token.kind != C_HASH)
            continue;
        cutting->lexer = before;
        return;
    }
}

// --- Braces
// -----------------------------------------------------------------------------------

static Str word_at(const Cutting *cutting, uint32_t i)
{
    return i < cutting->n_words ? c_token_text(&cutting->lexer, cutting->words[i])
                                : STR("");
}

// `namespace a::b`, `inline namespace a`, `namespace`, `extern "C"`.
static bool is_namespace(const Cutting *cutting)
{
    uint32_t i = str_eq(word_at(cutting, 0), STR("inline")), n = cutting->n_words;
    if (n > WORDS_MAX)
        return false;
    if (n == 2 && str_eq(word_at(cutting, 0), STR("extern")))
        return cutting->words[1].kind == C_STRING;
    if (!str_eq(word_at(cutting, i), STR("namespace")))
        return false;
    for (i++; i < n; i++)
        if (cutting->words[i].kind != C_WORD && !str_eq(word_at(cutting, i), STR(":")))
            return false;
    return true;
}

static void open_brace(Cutting *cutting, CToken brace)
{
    if (cutting->state.n_opened == CUT_OPEN_MAX) {
        cutting->is_refused = true;
        return;
    }
    bool is_again = is_namespace(cutting);
    bool is_c_linkage = is_again && str_eq(word_at(cutting, 0), STR("extern"));
    cutting->state.opened[cutting->state.n_opened++] =
        (CutOpened){.begin = cutting->n_words ? cutting->words[0].begin : brace.begin,
                    .end = brace.end,
                    .is_again = is_again && cutting->is_cpp,
                    .is_nothing = is_c_linkage && !cutting->is_cpp};
    cutting->n_words = 0;
}

static void read_token(Cutting *cutting, CToken token)
{
    if (c_token_is(&cutting->lexer, token, '{')) {
        open_brace(cutting, token);
    } else if (c_token_is(&cutting->lexer, token, '}')) {
        cutting->is_refused |= cutting->state.n_opened == 0;
        cutting->state.n_opened -= cutting->state.n_opened > 0;
        cutting->n_words = 0;
    } else if (c_token_is(&cutting->lexer, token, ';')) {
        cutting->n_words = 0;
    } else {
        if (cutting->n_words < WORDS_MAX)
            cutting->words[cutting->n_words] = token;
        cutting->n_words += cutting->n_words <= WORDS_MAX;
    }
}

// --- Bodies
// -----------------------------------------------------------------------------------

// Where a function's body opens, if the brace that closes it is the function's end.
static bool body_of(const Cutting *cutting, Range range, uint32_t *ret_open)
{
    CLexer lexer;
    int32_t depth = 0;
    bool is_open = false;
    c_lexer_init(&lexer, str_sub(cutting->lexer.text, 0, range.end));
    lexer.at = range.begin;
    for (CToken token; (token = c_lexer_next_code(&lexer)).kind != C_END;) {
        if (token.in_directive || token.kind != C_PUNCT)
            continue;
        bool opens = c_token_is(&lexer, token, '{');
        bool closes = c_token_is(&lexer, token, '}');
        if (opens && !is_open)
            *ret_open = token.begin;
        is_open |= opens;
        depth += opens - closes;
        if (closes && depth <= 0)
            return depth == 0 && token.end == range.end;
    }
    return false;
}

// Directives stay, the rest goes.
static void empty_body(Cutting *cutting, uint32_t end)
{
    while (cutting->lexer.at < end) {
        CToken token = c_lexer_next(&cutting->lexer);
        if (token.kind == C_END || token.begin >= end)
            break;
        if (token.kind != C_HASH)
            continue;
        blank_until(cutting, token.begin);
        read_directive(cutting);
        skip_directive(cutting);
        copy_until(cutting, cutting->lexer.at);
    }
    blank_until(cutting, end);
}

static void pass_function(Cutting *cutting, Range range)
{
    uint32_t open = 0;
    if (!cutting->is_cpp && body_of(cutting, range, &open)) {
        copy_until(cutting, open + 1);
        cutting->lexer.at = open + 1;
        cutting->lexer.line_start = false;
        empty_body(cutting, range.end - 1);
    } else {
        while (cutting->lexer.at < range.end) {
            CToken token = c_lexer_next(&cutting->lexer);
            if (token.kind == C_HASH)
                read_directive(cutting);
        }
    }
    copy_until(cutting, range.end);
    cutting->lexer.at = range.end;
    cutting->lexer.line_start = cutting->lexer.in_directive = false;
    cutting->n_words = 0;
}

// --- The whole
// --------------------------------------------------------------------------------

static void pass(Cutting *cutting)
{
    for (;;) {
        Range range;
        CLexer before = cutting->lexer;
        CToken token = c_lexer_next(&cutting->lexer);
        if (token.kind == C_END || cutting->is_refused)
            return;
        while (next_range(cutting, &range) &&
               (range.end <= token.begin || range.begin < before.at))
            cutting->next_function++; // it is behind us, or none of this text
        if (next_range(cutting, &range) && range.begin <= token.begin &&
            range.end <= before.text.len && token.kind != C_COMMENT &&
            !token.in_directive) {
            cutting->lexer = before;
            cutting->next_function++;
            pass_function(cutting, range);
        } else if (token.kind == C_HASH) {
            read_directive(cutting);
        } else if (token.kind == C_COMMENT && !token.in_directive) {
            copy_until(cutting, token.begin);
            blank_until(cutting, token.end);
        } else if (!token.in_directive) {
            read_token(cutting, token);
        }
    }
}

// In the order of the text: braces of an #if that is open lie in it.
static bool close_all(const CutState *state, Buf *out)
{
    bool can = true;
    for (uint32_t i = 0; i < state->n_ifs; i++)
        buf_put(out, STR("\n#endif"));
    buf_put_char(out, '\n');
    for (uint32_t i = 0; i < state->n_opened; i++) {
        if (state->opened[i].is_nothing)
            continue;
        can &= state->opened[i].is_again;
        buf_put(out, STR("}\n"));
    }
    return can;
}

// The #ifs must open again before anything is read: they are directives.
static void reopen_all(const CutState *state, Str text, Buf *out)
{
    for (uint32_t i = 0; i < state->n_ifs; i++)
        buf_put(out, STR("#if 1\n"));
    for (uint32_t i = 0; i < state->n_opened; i++) {
        const CutOpened *opened = &state->opened[i];
        Str words = str_sub(text, opened->begin, opened->end);
        for (size_t k = 0; k < words.len && !opened->is_nothing; k++)
            buf_put_char(out, is_space(words.at[k]) ? ' ' : words.at[k]);
        buf_put(out, opened->is_nothing ? STR("") : STR(" "));
    }
}

bool cut_prefix_make(CutPrefix *prefix, Str text, uint32_t cut, Str path, Str functions,
                     bool is_cpp)
{
    Cutting cutting = {.out = &prefix->text, .functions = functions, .is_cpp = is_cpp};
    buf_init(&prefix->text, PREFIX_BYTES_MAX);
    buf_init(&prefix->reopened, PREFIX_BYTES_MAX);
    c_lexer_init(&cutting.lexer, str_sub(text, 0, cut));
    buf_format(&prefix->text, "#line 1 \"%.*s\"\n", STR_ARG(path));
    if (str_has(path, STR("\"")) || str_has(path, STR("\\")) ||
        str_has(path, STR("\n")) || str_has(text, STR("__INCLUDE_LEVEL__")))
        return false;
    pass(&cutting);
    copy_until(&cutting, cut);
    prefix->state = cutting.state;
    reopen_all(&prefix->state, text, &prefix->reopened);
    return close_all(&prefix->state, &prefix->text) && !cutting.is_refused &&
           !buf_is_over(&prefix->text);
}

bool cut_middle_make(const CutPrefix *prefix, Str text, uint32_t from, uint32_t to,
                     Str functions, bool is_cpp, Buf *ret_middle, Buf *ret_closing)
{
    Cutting cutting = {.out = ret_middle,
                       .state = prefix->state,
                       .functions = functions,
                       .is_cpp = is_cpp,
                       .copied = from};
    c_lexer_init(&cutting.lexer, str_sub(text, 0, to));
    if (from)
        cutting.lexer.at = from;
    pass(&cutting);
    copy_until(&cutting, to);
    return close_all(&cutting.state, ret_closing) && !cutting.is_refused &&
           !buf_is_over(ret_middle);
}

void cut_prefix_done(CutPrefix *prefix)
{
    buf_done(&prefix->text);
    buf_done(&prefix->reopened);
}
