// One string -> words, as the program that reads it would split it.
//
// Unquoting never makes a text longer, so all words of a command share one allocation.
#include "codegen/frontend/flags.h"

typedef struct Splitter {
    Arena *arena;
    Str rest;
    char *out; // the next free byte
    LIST(Str) words;
    const char *word; // of the word being read; NULL between words
    bool is_open;     // a quote, at the end
} Splitter;

static void put(Splitter *s, char c)
{
    if (!s->word)
        s->word = s->out;
    *s->out++ = c;
}

// Quotes make a word even when they hold nothing.
static void begin(Splitter *s)
{
    if (!s->word)
        s->word = s->out;
}

static void end(Splitter *s)
{
    if (!s->word)
        return;
    *LIST_PUSH(s->arena, &s->words) = (Str){s->word, (size_t)(s->out - s->word)};
    *s->out++ = '\0';
    s->word = NULL;
}

static char take(Splitter *s)
{
    char c = s->rest.at[0];
    s->rest = str_from(s->rest, 1);
    return c;
}

static void escaped_posix(Splitter *s)
{
    if (!s->rest.len) {
        put(s, '\\');
        return;
    }
    char c = take(s);
    if (c != '\n')
        put(s, c);
}

static void quoted_posix(Splitter *s, char quote)
{
    begin(s);
    while (s->rest.len) {
        char c = take(s);
        if (c == quote)
            return;
        bool escapes = quote == '"' && c == '\\' && s->rest.len &&
                       str_find_char(STR("\"\\$`\n"), s->rest.at[0]) < 5;
        if (escapes)
            escaped_posix(s);
        else
            put(s, c);
    }
    s->is_open = true;
}

static void split_posix(Splitter *s)
{
    while (s->rest.len) {
        char c = take(s);
        if (is_space(c))
            end(s);
        else if (c == '\'' || c == '"')
            quoted_posix(s, c);
        else if (c == '\\')
            escaped_posix(s);
        else
            put(s, c);
    }
}

// Backslashes count only in front of a quote: 2n make n, 2n+1 make n and a plain quote.
static void backslashes_windows(Splitter *s)
{
    size_t n = 0;
    while (n < s->rest.len && s->rest.at[n] == '\\')
        n++;
    bool quote = n < s->rest.len && s->rest.at[n] == '"';
    s->rest = str_from(s->rest, n);
    for (size_t i = 0; i < (quote ? n / 2 : n); i++)
        put(s, '\\');
    if (quote && n % 2 == 1)
        put(s, take(s));
}

static void split_windows(Splitter *s)
{
    bool quoted = false;
    while (s->rest.len) {
        char c = s->rest.at[0];
        if (c == '\\') {
            backslashes_windows(s);
            continue;
        }
        c = take(s);
        if (c == '"' && quoted && s->rest.len && s->rest.at[0] == '"') {
            put(s, take(s));
        } else if (c == '"') {
            begin(s);
            quoted = !quoted;
        } else if (is_space(c) && !quoted) {
            end(s);
        } else {
            put(s, c);
        }
    }
    s->is_open = quoted;
}

static Splitter split(Arena *arena, Str command, Quoting quoting)
{
    // A word of n bytes costs n + 1, and a word has a blank or the end behind it.
    Splitter splitter = {
        .arena = arena, .rest = command, .out = arena_alloc(arena, command.len + 1)};
    switch (quoting) {
    case QUOTING_POSIX:
        split_posix(&splitter);
        break;
    case QUOTING_WINDOWS:
        split_windows(&splitter);
        break;
    }
    end(&splitter);
    return splitter;
}

StrSpan flags_split(Arena *arena, Str command, Quoting quoting)
{
    Splitter splitter = split(arena, command, quoting);
    return (StrSpan){splitter.words.at, splitter.words.len};
}

bool flags_quotes_close(Arena *scratch, Str command, Quoting quoting)
{
    return !split(scratch, command, quoting).is_open;
}
