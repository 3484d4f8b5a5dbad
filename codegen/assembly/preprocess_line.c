// Text with an origin for each byte goes in and comes out. What a macro's body brings has
// the origin of the name that called it; an argument keeps its own.
#include "codegen/assembly/preprocess_line.h"

#include "codegen/assembly/preprocess.h"

#include <string.h>

enum { ARGUMENTS_MAX = 64, EXPANDED_LINE_BYTES_MAX = 1024 * 1024 };

typedef struct Piece {
    Str text;
    const uint32_t *origin;
} Piece;

typedef struct Hidden { // macros whose bodies are being read
    const struct Hidden *up;
    NameId name;
} Hidden;

typedef struct Expander {
    Macros *macros;
    uint32_t world, depth;
    uint32_t n_bytes;
} Expander;

static Piece sub(Piece piece, size_t begin, size_t end)
{
    return (Piece){str_sub(piece.text, begin, end), piece.origin + begin};
}

static Piece trim(Piece piece)
{
    size_t begin = 0, end = piece.text.len;
    while (begin < end && is_space(piece.text.at[begin]))
        begin++;
    while (end > begin && is_space(piece.text.at[end - 1]))
        end--;
    return sub(piece, begin, end);
}

static bool starts_name(char c)
{
    return is_alpha(c) || c == '_';
}

static size_t end_of_name(Str text, size_t at)
{
    while (at < text.len && is_word(text.at[at]))
        at++;
    return at;
}

static size_t end_of_string(Str text, size_t at)
{
    for (at++; at < text.len && text.at[at] != '\n'; at++) {
        if (text.at[at] == '\\' && at + 1 < text.len)
            at++;
        else if (text.at[at] == '"')
            return at + 1;
    }
    return at;
}

static size_t end_of_number(Str text, size_t at)
{
    while (at < text.len && (is_word(text.at[at]) || text.at[at] == '.'))
        at++;
    return at;
}

static bool is_hidden(const Hidden *hidden, NameId name)
{
    for (; hidden; hidden = hidden->up)
        if (hidden->name == name)
            return true;
    return false;
}

static const MacroText *macro_named(const Expander *expander, Str name,
                                    const Hidden *hidden)
{
    if (arch_names_is_full(expander->macros->names))
        return NULL;
    NameId id = arch_name(expander->macros->names, name);
    const Definition *definition = macro_of(expander->macros, id)->in[expander->world];
    return definition && !is_hidden(hidden, id) ? definition->text : NULL;
}

static void put(AsmGrowing *out, Piece piece)
{
    asm_grow_text(out, piece.text, piece.origin, 0);
}

static Piece piece_of(const AsmGrowing *out)
{
    return (Piece){{out->at, out->len}, out->origin};
}

static void expand(Expander *expander, Piece in, const Hidden *hidden, AsmGrowing *out);

// All of one origin: a macro's body.
static Piece body_of(const Expander *expander, const MacroText *macro, uint32_t origin)
{
    uint32_t *origins =
        ARENA_ARRAY(expander->macros->arena, uint32_t, macro->body.len + 1);
    for (size_t i = 0; i < macro->body.len; i++)
        origins[i] = origin;
    return (Piece){macro->body, origins};
}

// Behind the '(' at `at`. Gives the offset behind ')', 0 if there is none.
static size_t take_arguments(Piece in, size_t at, Piece *arguments, uint32_t *ret_n)
{
    uint32_t depth = 0, n = 0;
    size_t begin = ++at;
    for (; at < in.text.len; at++) {
        char c = in.text.at[at];
        if (c == '"') {
            at = end_of_string(in.text, at) - 1;
            continue;
        }
        if (c == '(')
            depth++;
        bool is_end = c == ')' && depth == 0;
        if (is_end || (c == ',' && depth == 0)) {
            if (n < ARGUMENTS_MAX)
                arguments[n++] = trim(sub(in, begin, at));
            begin = at + 1;
        }
        if (is_end) {
            *ret_n = n;
            return at + 1;
        }
        if (c == ')')
            depth--;
    }
    return 0;
}

static int parameter_of(const Expander *expander, const MacroText *macro, Str name)
{
    if (macro->is_variadic && str_eq(name, STR("__VA_ARGS__")))
        return (int)macro->n_parameters;
    for (uint32_t i = 0; i < macro->n_parameters; i++)
        if (str_eq(expander->macros->names->names.at[macro->parameters[i]].text, name))
            return (int)i;
    return -1;
}

typedef struct MacroCall {
    const MacroText *macro;
    Piece arguments[ARGUMENTS_MAX];
    uint32_t n;
    const Hidden *hidden;
} MacroCall;

static Piece argument(const MacroCall *call, int index)
{
    return (uint32_t)index < call->n ? call->arguments[index] : (Piece){STR(""), NULL};
}

static bool is_paste(Str text, size_t at)
{
    while (at < text.len && is_space(text.at[at]))
        at++;
    return at + 1 < text.len && text.at[at] == '#' && text.at[at + 1] == '#';
}

static void drop_blanks(AsmGrowing *out)
{
    while (out->len && is_space(out->at[out->len - 1]))
        out->len--;
}

static void put_argument(Expander *expander, const MacroCall *call, int index,
                         bool is_raw, AsmGrowing *out)
{
    if (is_raw) {
        put(out, argument(call, index));
        // the rest of a variadic call
        for (uint32_t i = (uint32_t)index + 1;
             (uint32_t)index == call->macro->n_parameters && i < call->n; i++) {
            asm_grow_put(out, ',',
                         call->arguments[i].text.len ? call->arguments[i].origin[0] : 0);
            put(out, call->arguments[i]);
        }
        return;
    }
    AsmGrowing raw = {.arena = out->arena};
    put_argument(expander, call, index, true, &raw);
    expand(expander, piece_of(&raw), call->hidden, out);
}

static void substitute(Expander *expander, const MacroCall *call, Piece body,
                       AsmGrowing *out)
{
    bool pastes = false;
    for (size_t i = 0; i < body.text.len;) {
        char c = body.text.at[i];
        size_t end = i + 1;
        if (is_paste(body.text, i) && (c == '#' || is_space(c))) {
            drop_blanks(out);
            i = str_find(str_from(body.text, i), STR("##")) + i + 2;
            while (i < body.text.len && is_space(body.text.at[i]))
                i++;
            pastes = true;
            continue;
        }
        if (c == '"') {
            end = end_of_string(body.text, i);
        } else if (starts_name(c)) {
            end = end_of_name(body.text, i);
            int index = parameter_of(expander, call->macro, str_sub(body.text, i, end));
            if (index >= 0) {
                put_argument(expander, call, index, pastes || is_paste(body.text, end),
                             out);
                pastes = false;
                i = end;
                continue;
            }
        } else if (c == '#' && i + 1 < body.text.len &&
                   starts_name(body.text.at[i + 1])) {
            end = end_of_name(body.text, i + 1);
            int index =
                parameter_of(expander, call->macro, str_sub(body.text, i + 1, end));
            if (index >= 0) { // a string of it
                asm_grow_put(out, '"', body.origin[i]);
                put_argument(expander, call, index, true, out);
                asm_grow_put(out, '"', body.origin[i]);
                i = end;
                continue;
            }
        } else if (is_digit(c)) {
            end = end_of_number(body.text, i);
        }
        put(out, sub(body, i, end));
        pastes = false;
        i = end;
    }
}

// The macro whose name stands at [at, end). Gives the offset behind the call, 0: it is
// none.
static size_t expand_name(Expander *expander, Piece in, size_t at, size_t end,
                          const Hidden *hidden, AsmGrowing *out)
{
    const MacroText *macro = macro_named(expander, str_sub(in.text, at, end), hidden);
    if (!macro || expander->depth >= ASM_EXPANSION_DEPTH_MAX ||
        expander->n_bytes > EXPANDED_LINE_BYTES_MAX)
        return 0;
    MacroCall *call = ARENA_NEW(expander->macros->arena, MacroCall);
    call->macro = macro;
    call->hidden = hidden;
    if (macro->is_function_like) {
        size_t open = end;
        while (open < in.text.len && is_space(in.text.at[open]))
            open++;
        if (open == in.text.len || in.text.at[open] != '(')
            return 0;
        end = take_arguments(in, open, call->arguments, &call->n);
        if (!end)
            return 0;
    }
    AsmGrowing replaced = {.arena = out->arena};
    substitute(expander, call, body_of(expander, macro, in.origin[at]), &replaced);
    Hidden here = {hidden, macro->name};
    expander->depth++;
    expander->n_bytes += replaced.len;
    expand(expander, piece_of(&replaced), &here, out);
    expander->depth--;
    return end;
}

static void expand(Expander *expander, Piece in, const Hidden *hidden, AsmGrowing *out)
{
    for (size_t i = 0; i < in.text.len;) {
        char c = in.text.at[i];
        size_t end = i + 1, behind = 0;
        if (c == '"') {
            end = end_of_string(in.text, i);
        } else if (c == '/' && i + 1 < in.text.len && in.text.at[i + 1] == '/') {
            end = in.text.len;
        } else if (is_digit(c)) {
            end = end_of_number(in.text, i);
        } else if (c == '\\' && i + 1 < in.text.len) {
            end = end_of_name(in.text, i + 1); // \argument of an assembler's macro
            end = end > i + 1 ? end : i + 2;
        } else if (starts_name(c)) {
            end = end_of_name(in.text, i);
            behind = expand_name(expander, in, i, end, hidden, out);
        }
        if (behind) {
            i = behind;
            continue;
        }
        put(out, sub(in, i, end));
        i = end;
    }
}

static bool calls_macro(const Expander *expander, Str text)
{
    for (size_t i = 0; i < text.len;) {
        char c = text.at[i];
        if (c == '/' && i + 1 < text.len && text.at[i + 1] == '/')
            return false;
        if (c == '"') {
            i = end_of_string(text, i);
        } else if (is_digit(c)) {
            i = end_of_number(text, i);
        } else if (starts_name(c)) {
            size_t end = end_of_name(text, i);
            if (macro_named(expander, str_sub(text, i, end), NULL))
                return true;
            i = end;
        } else {
            i++;
        }
    }
    return false;
}

// Block comments become blanks, in a copy if there are any; so do splices.
static Str without_comments(Arena *arena, Str text, bool *in_comment)
{
    if (!*in_comment && !str_has(text, STR("/*")) && !str_has(text, STR("\\\n")) &&
        !str_has(text, STR("\\\r\n")))
        return text;
    char *copy = arena_z(arena, text);
    for (size_t i = 0; i < text.len; i++) {
        bool two = i + 1 < text.len;
        if (*in_comment) {
            bool is_end = two && copy[i] == '*' && copy[i + 1] == '/';
            if (copy[i] != '\n')
                copy[i] = ' ';
            if (is_end) {
                copy[++i] = ' ';
                *in_comment = false;
            }
        } else if (copy[i] == '"') {
            i = end_of_string((Str){copy, text.len}, i) - 1;
        } else if (two && copy[i] == '/' && copy[i + 1] == '/') {
            break;
        } else if (two && copy[i] == '/' && copy[i + 1] == '*') {
            copy[i] = copy[i + 1] = ' ';
            i++;
            *in_comment = true;
        } else if (two && copy[i] == '\\' &&
                   (copy[i + 1] == '\n' || copy[i + 1] == '\r')) {
            copy[i] = ' ';
            while (i + 1 < text.len && (copy[i + 1] == '\n' || copy[i + 1] == '\r'))
                copy[++i] = ' ';
        }
    }
    return (Str){copy, text.len};
}

void asm_preprocess_line(Macros *macros, uint32_t world, const AsmLine *line,
                         bool *in_comment, AsmGrowing *out)
{
    Expander expander = {.macros = macros, .world = world};
    Str text = without_comments(out->arena, line->text, in_comment);
    if (!calls_macro(&expander, text)) {
        asm_grow_text(out, text, NULL, line->origin);
        return;
    }
    AsmGrowing plain = {.arena = out->arena};
    asm_grow_text(&plain, text, NULL, line->origin);
    expand(&expander, piece_of(&plain), NULL, out);
}
