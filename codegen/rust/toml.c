#include "codegen/rust/toml.h"

#include <string.h>

typedef LIST(TomlKey) Keys;

typedef struct Reader {
    Arena *arena;
    Toml *toml;
    Str text;
    uint32_t i, depth;
} Reader;

static char peek(const Reader *r, uint32_t ahead)
{
    return r->i + ahead < r->text.len ? r->text.at[r->i + ahead] : '\0';
}

static bool is_over(const Reader *r)
{
    return r->i >= r->text.len;
}

static void fault(Reader *r, const char *why)
{
    *LIST_PUSH(r->arena, &r->toml->faults) = (TomlFault){r->i, why};
}

static void skip_line(Reader *r)
{
    while (!is_over(r) && peek(r, 0) != '\n')
        r->i++;
}

static void skip_blanks(Reader *r, bool with_lines)
{
    for (;;) {
        char c = peek(r, 0);
        if (c == '#') {
            uint32_t begin = r->i;
            skip_line(r);
            *LIST_PUSH(r->arena, &r->toml->comments) = (TomlRange){begin, r->i};
        } else if (!is_over(r) &&
                   (c == ' ' || c == '\t' || (with_lines && is_space(c)))) {
            r->i++;
        } else {
            return;
        }
    }
}

// --- Strings
// ----------------------------------------------------------------------------

// Of one line, or behind three quotes of several. False: it has no end.
static bool read_string(Reader *r, TomlRange *ret_at, char *ret_quote)
{
    char quote = peek(r, 0);
    bool is_long = peek(r, 1) == quote && peek(r, 2) == quote;
    r->i += is_long ? 3 : 1;
    *ret_at = (TomlRange){r->i, r->i};
    *ret_quote = quote;
    for (; !is_over(r); r->i++) {
        char c = peek(r, 0);
        if (c == '\n' && !is_long)
            break;
        if (c == '\\' && quote == '"' && r->i + 1 < r->text.len) {
            r->i++;
            continue;
        }
        if (c != quote || (is_long && (peek(r, 1) != quote || peek(r, 2) != quote)))
            continue;
        ret_at->end = r->i;
        r->i += is_long ? 3 : 1;
        return true;
    }
    ret_at->end = r->i;
    fault(r, "a string without its end");
    return false;
}

static bool is_bare(char c)
{
    return is_word(c) || c == '-';
}

// a."b".'c'
static bool read_keys(Reader *r, Keys *keys)
{
    for (;;) {
        TomlKey key = {0};
        skip_blanks(r, false);
        char c = peek(r, 0);
        if (c == '"' || c == '\'') {
            if (!read_string(r, &key.at, &key.quote))
                return false;
        } else if (is_bare(c)) {
            key.at.begin = r->i;
            while (is_bare(peek(r, 0)))
                r->i++;
            key.at.end = r->i;
        } else {
            fault(r, "a key is missing");
            return false;
        }
        key.name = str_sub(r->text, key.at.begin, key.at.end);
        *LIST_PUSH(r->arena, keys) = key;
        skip_blanks(r, false);
        if (peek(r, 0) != '.')
            return true;
        r->i++;
    }
}

// --- Values
// -----------------------------------------------------------------------------

static TomlEntry *add(Reader *r, const Keys *keys, TomlKind kind, bool is_element)
{
    TomlKey *copy = ARENA_ARRAY(r->arena, TomlKey, keys->len + 1);
    if (keys->len)
        memcpy(copy, keys->at, keys->len * sizeof *copy);
    TomlEntry *entry = LIST_PUSH(r->arena, &r->toml->entries);
    *entry = (TomlEntry){.table = r->toml->tables.len - 1,
                         .keys = copy,
                         .n_keys = keys->len,
                         .kind = kind,
                         .value = STR(""),
                         .is_element = is_element};
    return entry;
}

static bool read_value(Reader *r, Keys *keys, bool is_element);

static bool read_array(Reader *r, Keys *keys)
{
    r->i++;
    for (;;) {
        skip_blanks(r, true);
        if (peek(r, 0) == ']') {
            r->i++;
            return true;
        }
        if (is_over(r) || !read_value(r, keys, true)) {
            fault(r, "an array without its end");
            return false;
        }
        skip_blanks(r, true);
        if (peek(r, 0) == ',')
            r->i++;
    }
}

static bool read_inline(Reader *r, Keys *keys)
{
    uint32_t n_outer = keys->len;
    r->i++;
    for (;;) {
        keys->len = n_outer;
        skip_blanks(r, true);
        if (peek(r, 0) == '}') {
            r->i++;
            return true;
        }
        if (is_over(r) || !read_keys(r, keys) || peek(r, 0) != '=') {
            fault(r, "an inline table without its end");
            return false;
        }
        r->i++;
        if (!read_value(r, keys, false))
            return false;
        skip_blanks(r, true);
        if (peek(r, 0) == ',')
            r->i++;
    }
}

static bool read_value(Reader *r, Keys *keys, bool is_element)
{
    bool is_read = true;
    skip_blanks(r, is_element);
    char c = peek(r, 0);
    uint32_t begin = r->i, index = r->toml->entries.len;
    if (++r->depth > TOML_DEPTH_MAX) {
        fault(r, "too deep");
        r->depth--;
        return false;
    }
    TomlEntry *entry = add(r, keys,
                           c == '"' || c == '\'' ? TOML_STRING
                           : c == '['            ? TOML_ARRAY
                           : c == '{'            ? TOML_INLINE
                                                 : TOML_OTHER,
                           is_element);
    if (entry->kind == TOML_STRING) {
        is_read = read_string(r, &entry->at, &entry->quote);
    } else if (entry->kind == TOML_ARRAY) {
        is_read = read_array(r, keys);
    } else if (entry->kind == TOML_INLINE) {
        is_read = read_inline(r, keys);
    } else {
        while (!is_over(r) && !strchr(",]}#\n\r", peek(r, 0)))
            r->i++;
        is_read = r->i > begin;
        if (!is_read)
            fault(r, "a value is missing");
    }
    entry = &r->toml->entries.at[index]; // the list may have moved
    if (entry->kind != TOML_STRING)
        entry->at = (TomlRange){begin, r->i};
    entry->value = str_trim(str_sub(r->text, entry->at.begin, entry->at.end));
    r->depth--;
    return is_read;
}

// --- Lines
// ------------------------------------------------------------------------------

static void read_header(Reader *r)
{
    Keys keys = {0};
    uint32_t begin = r->i;
    bool is_array = peek(r, 1) == '[';
    r->i += is_array ? 2 : 1;
    if (!read_keys(r, &keys) || peek(r, 0) != ']') {
        fault(r, "a table's name without its bracket");
        skip_line(r);
    } else {
        r->i += is_array && peek(r, 1) == ']' ? 2 : 1;
    }
    *LIST_PUSH(r->arena, &r->toml->tables) =
        (TomlTable){keys.at, keys.len, {begin, r->i}, is_array};
}

static void read_line(Reader *r)
{
    Keys keys = {0};
    uint32_t begin = r->i;
    if (peek(r, 0) == '[') {
        read_header(r);
    } else if (!read_keys(r, &keys) || peek(r, 0) != '=') {
        fault(r, "a line that is no table and no key with a value");
        skip_line(r);
        return;
    } else {
        r->i++;
        if (!read_value(r, &keys, false)) {
            r->i = begin; // what follows may be whole again
            skip_line(r);
            return;
        }
    }
    skip_blanks(r, false);
    if (!is_over(r) && !is_space(peek(r, 0))) {
        fault(r, "more than one value on a line");
        skip_line(r);
    }
}

void toml_read(Arena *arena, Str text, Toml *ret_toml)
{
    *ret_toml = (Toml){.text = text};
    Reader r = {.arena = arena, .toml = ret_toml, .text = text};
    LIST_PUSH(arena, &ret_toml->tables);
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        r.i = 3;
    for (;;) {
        skip_blanks(&r, true);
        if (is_over(&r))
            return;
        read_line(&r);
    }
}

Str toml_path(const Toml *toml, const TomlEntry *entry, uint32_t depth)
{
    const TomlTable *table = &toml->tables.at[entry->table];
    if (depth < table->n_keys)
        return table->keys[depth].name;
    depth -= table->n_keys;
    return depth < entry->n_keys ? entry->keys[depth].name : STR("");
}

uint32_t toml_depth(const Toml *toml, const TomlEntry *entry)
{
    return toml->tables.at[entry->table].n_keys + entry->n_keys;
}
