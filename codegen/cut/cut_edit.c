#include "codegen/cut/cut_edit.h"

#include "codegen/arch/scan.h"
#include "codegen/frontend/c_lexer.h"

enum {
    GAP_BYTES_MAX = 1024 * 1024, // between two declarations: comments and directives
    FUNCTION_BYTES_MAX = 4 * 1024 * 1024,
    COMMENT_BYTES_MAX = 64 * 1024,
};

static uint32_t offset_of(const Lines *lines, Pos pos)
{
    return pos.line < lines->len ? lines->start[pos.line] + pos.byte : UINT32_MAX;
}

static bool is_function(const RSymbol *symbol)
{
    return symbol->full.path == 0 &&
           (symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD);
}

// Of a class its members are no functions at namespace scope.
static bool is_in_namespace(const Result *base, const RSymbol *symbol)
{
    while (symbol->parent) {
        symbol = &base->symbols[symbol->parent - 1];
        if (symbol->kind != SYMBOL_NAMESPACE)
            return false;
    }
    return true;
}

static int32_t depth_of(const CLexer *lexer, CToken token)
{
    if (token.in_directive || token.kind != C_PUNCT)
        return 0;
    char c = lexer->text.at[token.begin];
    return (c == '{') - (c == '}');
}

// The brace that opens the body, if the one that closes it ends the text.
static bool find_body(Str function, uint32_t *ret_open)
{
    CLexer lexer;
    int32_t depth = 0;
    bool is_open = false, is_closed = false;
    c_lexer_init(&lexer, function);
    for (CToken token; (token = c_lexer_next_code(&lexer)).kind != C_END;) {
        int32_t step = depth_of(&lexer, token);
        if (is_closed)
            return false;
        if (step > 0 && !is_open)
            *ret_open = token.begin;
        is_open |= step > 0;
        depth += step;
        is_closed = step < 0 && depth == 0;
        if (depth < 0)
            return false;
    }
    return is_closed;
}

// Of these the body is more than its own: it is evaluated, deduced from, or instantiated
// elsewhere. Words of C++; C has no function with one of them.
static bool is_used_elsewhere(Str head)
{
    static const Str words[] = {
#define CUT_WORD(where, word) CUT_WORD_##where(word)
#define CUT_WORD_HEAD(word)   STR_INIT(word),
#define CUT_WORD_BODY(word)
#include "codegen/cut/cut_words.def"
#undef CUT_WORD_HEAD
#undef CUT_WORD_BODY
    };
    CLexer lexer;
    c_lexer_init(&lexer, head);
    for (CToken token; (token = c_lexer_next_code(&lexer)).kind != C_END;)
        for (size_t i = 0; i < COUNTOF(words); i++)
            if (c_token_is_word(&lexer, token, words[i]))
                return true;
    return false;
}

// Where the last symbol in front of an offset ends.
static uint32_t end_before(const Result *base, const Lines *lines, uint32_t offset)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < base->n_symbols; i++) {
        const RSymbol *symbol = &base->symbols[i];
        uint32_t end = symbol->full.path ? 0 : offset_of(lines, symbol->full.end);
        if (end <= offset && end > best)
            best = end;
    }
    return best;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

// The start of what stands behind a boundary: of its line, if it stands there alone.
static uint32_t start_behind(Str text, uint32_t boundary, uint32_t limit)
{
    uint32_t at = boundary;
    while (at < limit && is_space(text.at[at]))
        at++;
    while (at > boundary && is_blank(text.at[at - 1]))
        at--;
    return at;
}

// Behind the last ';', brace or directive between two declarations.
static bool find_cut(Str text, uint32_t from, uint32_t to, uint32_t *ret_begin)
{
    CLexer lexer;
    uint32_t boundary = from, n_words = 0;
    if (to - from > GAP_BYTES_MAX)
        return false;
    c_lexer_init(&lexer, str_sub(text, from, to));
    for (CToken token; (token = c_lexer_next(&lexer)).kind != C_END;) {
        bool ends = depth_of(&lexer, token) != 0 ||
                    (!token.in_directive && c_token_is(&lexer, token, ';'));
        if (ends || (token.in_directive && n_words == 0)) {
            boundary = from + token.end;
            n_words = 0;
        } else if (token.kind != C_COMMENT && !token.in_directive) {
            n_words++;
        }
    }
    *ret_begin = start_behind(text, boundary, to);
    return true;
}

bool cut_find(const Result *base, Str text, const Lines *lines, uint32_t begin,
              uint32_t end, CutPlace *ret_place)
{
    for (uint32_t i = 0; i < base->n_symbols; i++) {
        const RSymbol *symbol = &base->symbols[i];
        if (!is_function(symbol))
            continue;
        uint32_t first = offset_of(lines, symbol->full.start), open = 0;
        uint32_t last = offset_of(lines, symbol->full.end);
        if (first >= begin || last <= end || last > text.len ||
            last - first > FUNCTION_BYTES_MAX)
            continue;
        CutPlace place = {.end = last};
        if (is_in_namespace(base, symbol) &&
            find_body(str_sub(text, first, last), &open) && begin > first + open &&
            find_cut(text, end_before(base, lines, first), first, &place.begin) &&
            !is_used_elsewhere(str_sub(text, place.begin, first + open))) {
            place.body = first + open + 1;
            *ret_place = place;
            return true;
        }
        return false;
    }
    return false;
}

// --- Does it stay?
// ------------------------------------------------------------------------------

typedef LIST(CToken) CTokens;

static CTokens tokens_of(Arena *arena, Str text)
{
    CTokens tokens = {0};
    CLexer lexer;
    c_lexer_init(&lexer, text);
    for (CToken token; (token = c_lexer_next(&lexer)).kind != C_END;)
        *LIST_PUSH(arena, &tokens) = token;
    return tokens;
}

static bool is_same(const CToken *a, const CToken *b, uint32_t shift)
{
    return a->kind == b->kind && a->begin + shift == b->begin &&
           a->end + shift == b->end && a->in_directive == b->in_directive;
}

// What a token does to whatever comes behind the body.
static bool reaches_out(Str text, const CToken *token)
{
    static const Str words[] = {
#define CUT_WORD_HEAD(word)
#define CUT_WORD_BODY(word) STR_INIT(word),
#include "codegen/cut/cut_words.def"
#undef CUT_WORD
#undef CUT_WORD_HEAD
#undef CUT_WORD_BODY
    };
    Str word = str_sub(text, token->begin, token->end);
    if (token->in_directive || token->kind == C_HASH)
        return true;
    for (size_t i = 0; i < COUNTOF(words) && token->kind == C_WORD; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

// Behind an open parenthesis clang looks for its end outside of the body, too.
static bool is_closed(Str text, const CToken *tokens, uint32_t first, uint32_t last)
{
    int32_t braces = 0, parentheses = 0, brackets = 0;
    for (uint32_t i = first; i < last; i++) {
        char c = tokens[i].kind == C_PUNCT ? text.at[tokens[i].begin] : ' ';
        braces += (c == '{') - (c == '}');
        parentheses += (c == '(') - (c == ')');
        brackets += (c == '[') - (c == ']');
        if (braces < 0 || parentheses < 0 || brackets < 0 ||
            reaches_out(text, &tokens[i]))
            return false;
    }
    return !braces && !parentheses && !brackets;
}

bool cut_stays(Arena *arena, Str old_function, Str new_function, uint32_t begin,
               uint32_t old_end, uint32_t new_end)
{
    CTokens old = tokens_of(arena, old_function), now = tokens_of(arena, new_function);
    uint32_t n = old.len < now.len ? old.len : now.len, front = 0, back = 0;
    uint32_t shift = new_end - old_end; // modulo 2^32
    while (front < n && old.at[front].end <= begin &&
           is_same(&old.at[front], &now.at[front], 0))
        front++;
    while (back < n - front && old.at[old.len - 1 - back].begin >= old_end &&
           now.at[now.len - 1 - back].begin >= new_end &&
           is_same(&old.at[old.len - 1 - back], &now.at[now.len - 1 - back], shift))
        back++;
    return front > 0 && back > 0 &&
           is_closed(old_function, old.at, front, old.len - back) &&
           is_closed(new_function, now.at, front, now.len - back);
}

bool cut_has_no_hardware(Arena *arena, Str function)
{
    ArchNames names;
    ArchText text;
    bool has_condition = false, has_x86 = false, has_arm = false;
    arch_names_init(&names, arena);
    arch_scan(arena, &names, function, &text);
    for (uint32_t i = 0; i < text.items.len; i++) {
        const ArchItem *item = &text.items.at[i];
        ArchKind kind = item->kind == ITEM_TOKEN ? (ArchKind)item->hardware : ARCH_NONE;
        has_condition |= item->kind == ITEM_IF;
        has_x86 |= arch_kind_is_x86(kind);
        has_arm |= kind != ARCH_NONE;
    }
    return !has_x86 && !(has_arm && has_condition);
}

// --- Words
// --------------------------------------------------------------------------------------

bool cut_is_word(char c)
{
    return c == '_' || c == '$' || (unsigned char)c >= 0x80 || is_digit(c) || is_alpha(c);
}

Str cut_words(Str text, uint32_t begin, uint32_t end)
{
    while (begin > 0 && cut_is_word(text.at[begin - 1]))
        begin--;
    while (end < text.len && cut_is_word(text.at[end]))
        end++;
    return str_sub(text, begin, end);
}

bool cut_has_word(Str text, Str word)
{
    for (;;) {
        size_t at = str_find(text, word);
        if (at >= text.len)
            return false;
        Str rest = str_from(text, at + word.len);
        bool begins = at == 0 || !cut_is_word(text.at[at - 1]);
        if (begins && (!rest.len || !cut_is_word(rest.at[0])))
            return true;
        text = str_from(text, at + 1);
    }
}

// --- Suppressions
// -------------------------------------------------------------------------------

static const Str mark = STR_INIT("arm64ecd:"); // as frontend/suppress.c reads it

static uint32_t line_begin(Str text, uint32_t at)
{
    while (at > 0 && text.at[at - 1] != '\n')
        at--;
    return at;
}

static uint32_t line_end(Str text, uint32_t at)
{
    return at + (uint32_t)str_find_char(str_from(text, at), '\n');
}

// Where comments begin that end in a line or in the one in front of it.
static uint32_t comments_begin(Str text, uint32_t at)
{
    uint32_t begin = line_begin(text, at), lowest;
    begin = begin ? line_begin(text, begin - 1) : 0;
    lowest = begin > COMMENT_BYTES_MAX ? begin - COMMENT_BYTES_MAX : 0;
    size_t close = str_find(str_sub(text, begin, at), STR("*/"));
    size_t open = str_find(str_sub(text, begin, at), STR("/*"));
    if (begin + close < at && open > close)
        while (begin > lowest && !str_starts(str_from(text, begin), STR("/*")))
            begin--;
    while (begin > lowest + 1 && text.at[begin - 2] == '\\')
        begin = line_begin(text, begin - 1);
    return begin;
}

bool cut_is_apart(Str text, uint32_t begin, uint32_t end)
{
    uint32_t first = line_begin(text, begin), last = line_begin(text, end);
    uint32_t behind = line_end(text, end);
    bool is_first = !str_trim(str_sub(text, first, begin)).len;
    bool is_last = !str_trim(str_sub(text, end, behind)).len;
    uint32_t tail = is_last ? last : comments_begin(text, end);
    if (str_has(str_sub(text, comments_begin(text, begin), begin), mark) ||
        str_has(str_sub(text, end, behind), mark))
        return false;
    if (!is_first && str_has(str_sub(text, begin, line_end(text, begin)), mark))
        return false;
    return !str_has(str_sub(text, tail > begin ? tail : begin, end), mark);
}
