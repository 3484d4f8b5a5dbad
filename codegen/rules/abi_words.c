#include "codegen/rules/abi_words.h"

#include "codegen/frontend/c_lexer.h"

enum { BRACES_MAX = 64, SLOTS_MIN = 1024, NEAR_TOKENS = 3 };

// An open brace of the text.
typedef struct Brace {
    Str tag;
    bool is_record, has_directive;
} Brace;

struct TextWords {
    TextWord *slots; // open addressing; no text: free
    uint32_t n_slots, n_used;
};

typedef struct Reading {
    Unit *unit;
    struct TextWords *words;
    CLexer lexer;
    Brace braces[BRACES_MAX];
    uint32_t depth;
    uint32_t near; // tokens that still stand near a sizeof
} Reading;

static TextWord *slot_of(const struct TextWords *words, Str word)
{
    uint32_t hash = 2166136261u; // FNV-1a
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.at[i]) * 16777619u;
    for (uint32_t at = hash;; at++) {
        TextWord *slot = &words->slots[at & (words->n_slots - 1)];
        if (!slot->text.len || str_eq(slot->text, word))
            return slot;
    }
}

static void grow(Arena *arena, struct TextWords *words)
{
    struct TextWords old = *words;
    words->n_slots = old.n_slots ? old.n_slots * 2 : SLOTS_MIN;
    words->slots = ARENA_ARRAY(arena, TextWord, words->n_slots);
    for (uint32_t i = 0; i < old.n_slots; i++)
        if (old.slots[i].text.len)
            *slot_of(words, old.slots[i].text) = old.slots[i];
}

static TextWord *word_of(Reading *reading, Str text)
{
    if (reading->words->n_used * 2 >= reading->words->n_slots)
        grow(reading->unit->arena, reading->words);
    TextWord *word = slot_of(reading->words, text);
    reading->words->n_used += !word->text.len;
    word->text = text;
    return word;
}

// As it is without line splices; empty if it is no word.
static Str text_of(const Reading *reading, CToken token)
{
    Str text = c_token_text(&reading->lexer, token);
    if (token.kind != C_WORD)
        return STR("");
    if (str_find_char(text, '\\') == text.len)
        return text;
    Buf plain;
    buf_init(&plain, text.len);
    for (size_t i = 0; i < text.len; i++)
        if (is_word(text.at[i]))
            buf_put_char(&plain, text.at[i]);
    text = arena_str(reading->unit->arena, buf_str(&plain));
    buf_done(&plain);
    return text;
}

static void count(Reading *reading, Str text)
{
    TextWord *word = word_of(reading, text);
    word->n++;
    if (str_eq(text, STR("sizeof")) || str_eq(text, STR("_Alignof")) ||
        str_eq(text, STR("offsetof")))
        reading->near = NEAR_TOKENS + 1; // ( struct tag
    else if (reading->near)
        word->is_size_used = true;
}

static bool is_record_word(Str word)
{
    return str_eq(word, STR("struct")) || str_eq(word, STR("union"));
}

// `before` are the two words in front of the brace, the nearest last.
static void open_brace(Reading *reading, const Str before[2])
{
    if (reading->depth < BRACES_MAX) {
        bool is_tagged = is_record_word(before[0]);
        reading->braces[reading->depth] =
            (Brace){.tag = is_tagged ? before[1] : STR(""),
                    .is_record = is_tagged || is_record_word(before[1])};
    }
    reading->depth++;
}

static void close_brace(Reading *reading, uint32_t close)
{
    if (reading->depth == 0 || --reading->depth >= BRACES_MAX)
        return;
    const Brace *brace = &reading->braces[reading->depth];
    if (brace->has_directive || !brace->is_record)
        return;
    CLexer ahead = reading->lexer;
    Str alias = text_of(reading, c_lexer_next_code(&ahead));
    if (brace->tag.len) {
        TextWord *word = word_of(reading, brace->tag);
        word->n_tags++;
        word->tag_close = close;
    }
    if (alias.len) {
        TextWord *word = word_of(reading, alias);
        word->n_aliases++;
        word->alias_close = close;
    }
}

static void read_text(Reading *reading)
{
    Str before[2] = {{0}};
    for (;;) {
        CToken token = c_lexer_next_code(&reading->lexer);
        if (token.kind == C_END)
            return;
        Str text = text_of(reading, token);
        if (text.len)
            count(reading, text);
        reading->near -= reading->near > 0;
        if (token.in_directive) {
            if (reading->depth && reading->depth <= BRACES_MAX)
                reading->braces[reading->depth - 1].has_directive = true;
            continue;
        }
        if (c_token_is(&reading->lexer, token, '{'))
            open_brace(reading, before);
        else if (c_token_is(&reading->lexer, token, '}'))
            close_brace(reading, token.begin);
        before[0] = before[1];
        before[1] = text;
    }
}

const TextWord *abi_word(Unit *unit, Str word)
{
    if (!unit->words) {
        unit->words = ARENA_NEW(unit->arena, struct TextWords);
        Reading reading = {.unit = unit, .words = unit->words};
        c_lexer_init(&reading.lexer, unit->text);
        grow(unit->arena, unit->words);
        read_text(&reading);
    }
    if (!word.len)
        return NULL;
    const TextWord *slot = slot_of(unit->words, word);
    return slot->text.len ? slot : NULL;
}
