#include "codegen/assembly/expand_macro.h"

#include <string.h>

enum { SLOTS_MIN = 128, PARAMETERS_MAX = 64 };

static AsmText sub(AsmText in, size_t begin, size_t end)
{
    return (AsmText){str_sub(in.text, begin, end), in.origin ? in.origin + begin : NULL};
}

static AsmText trim(AsmText in)
{
    size_t begin = 0, end = in.text.len;
    while (begin < end && is_space(in.text.at[begin]))
        begin++;
    while (end > begin && is_space(in.text.at[end - 1]))
        end--;
    return sub(in, begin, end);
}

// --- The table
// --------------------------------------------------------------------------

void asm_macros_init(AsmMacros *macros, Arena *arena)
{
    *macros = (AsmMacros){.arena = arena, .n_slots = SLOTS_MIN};
    macros->slots = ARENA_ARRAY(arena, uint32_t, SLOTS_MIN);
}

static uint32_t *slot_of(const AsmMacros *macros, Str name)
{
    uint32_t at = asm_hash(name) & (macros->n_slots - 1);
    while (macros->slots[at] &&
           !str_eq(macros->macros.at[macros->slots[at] - 1]->name, name))
        at = (at + 1) & (macros->n_slots - 1);
    return &macros->slots[at];
}

static void grow(AsmMacros *macros)
{
    macros->n_slots *= 2;
    macros->slots = ARENA_ARRAY(macros->arena, uint32_t, macros->n_slots);
    for (uint32_t i = 0; i < macros->macros.len; i++)
        *slot_of(macros, macros->macros.at[i]->name) = i + 1;
}

const AsmMacro *asm_macros_find(const AsmMacros *macros, Str name)
{
    uint32_t slot = macros->macros.len ? *slot_of(macros, name) : 0;
    const AsmMacro *macro = slot ? macros->macros.at[slot - 1] : NULL;
    return macro && !macro->is_purged ? macro : NULL;
}

void asm_macros_purge(AsmMacros *macros, Str name)
{
    uint32_t slot = *slot_of(macros, str_trim(name));
    if (slot)
        macros->macros.at[slot - 1]->is_purged = true;
}

static size_t end_of_name(Str text, size_t at)
{
    while (at < text.len &&
           (is_word(text.at[at]) || text.at[at] == '.' || text.at[at] == '$'))
        at++;
    return at;
}

static size_t skip_separators(Str text, size_t at)
{
    while (at < text.len && (is_space(text.at[at]) || text.at[at] == ','))
        at++;
    return at;
}

// A default: up to the next comma, or blank outside of quotes.
static size_t end_of_default(Str text, size_t at)
{
    bool in_quotes = false;
    for (; at < text.len; at++) {
        char c = text.at[at];
        if (c == '"')
            in_quotes = !in_quotes;
        if (!in_quotes && (c == ',' || is_space(c)))
            break;
    }
    return at;
}

static void read_parameters(AsmMacros *macros, AsmMacro *macro, AsmText head)
{
    Str text = head.text;
    for (size_t at = skip_separators(text, 0); at < text.len;) {
        size_t end = end_of_name(text, at);
        if (end == at || macro->parameters.len >= PARAMETERS_MAX)
            return;
        AsmParameter *parameter = LIST_PUSH(macros->arena, &macro->parameters);
        *parameter = (AsmParameter){.name = str_sub(text, at, end)};
        at = end;
        if (at < text.len && text.at[at] == ':') {
            end = end_of_name(text, at + 1);
            Str kind = str_sub(text, at + 1, end);
            parameter->is_variadic = str_eq(kind, STR("vararg"));
            at = end;
        }
        size_t equals = at;
        while (equals < text.len && is_space(text.at[equals]))
            equals++;
        if (equals < text.len && text.at[equals] == '=') {
            size_t begin = equals + 1;
            while (begin < text.len && is_space(text.at[begin]))
                begin++;
            at = end_of_default(text, begin);
            parameter->standard = sub(head, begin, at);
        }
        at = skip_separators(text, at);
    }
}

void asm_macros_define(AsmMacros *macros, AsmText head, AsmText body)
{
    size_t end = end_of_name(head.text, 0);
    Str name = str_sub(head.text, 0, end);
    if (!name.len)
        return;
    if (macros->macros.len >= macros->n_slots / 2)
        grow(macros);
    uint32_t *slot = slot_of(macros, name);
    if (!*slot) {
        *LIST_PUSH(macros->arena, &macros->macros) = ARENA_NEW(macros->arena, AsmMacro);
        *slot = macros->macros.len;
    }
    AsmMacro *macro = macros->macros.at[*slot - 1];
    *macro = (AsmMacro){.name = name, .body = body};
    read_parameters(macros, macro, sub(head, end, head.text.len));
}

// --- Arguments
// --------------------------------------------------------------------------

static bool is_operator(char c)
{
    return c && strchr("+-*/|&^~!=<>%", c) != NULL;
}

// The end of one argument: a comma, or a blank between two operands.
static size_t end_of_argument(Str text, size_t at)
{
    uint32_t depth = 0;
    bool in_quotes = false;
    for (size_t i = at; i < text.len; i++) {
        char c = text.at[i];
        if (c == '"' && (i == at || text.at[i - 1] != '\\'))
            in_quotes = !in_quotes;
        if (in_quotes)
            continue;
        if (c == '(' || c == '[' || c == '{')
            depth++;
        else if ((c == ')' || c == ']' || c == '}') && depth)
            depth--;
        else if (c == ',' && depth == 0)
            return i;
        else if (is_space(c) && depth == 0) {
            size_t next = i;
            while (next < text.len && is_space(text.at[next]))
                next++;
            bool goes_on = next == text.len || is_operator(text.at[next]) ||
                           text.at[next] == ',' || is_operator(text.at[i - (i > at)]);
            if (!goes_on)
                return i;
            i = next - 1;
        }
    }
    return text.len;
}

typedef struct Arguments {
    AsmText of[PARAMETERS_MAX];
} Arguments;

static int parameter_named(const AsmMacro *macro, Str name)
{
    for (uint32_t i = 0; i < macro->parameters.len; i++)
        if (str_eq(macro->parameters.at[i].name, name))
            return (int)i;
    return -1;
}

static AsmText unquoted(AsmText in)
{
    size_t n = in.text.len;
    bool is_quoted = n >= 2 && in.text.at[0] == '"' && in.text.at[n - 1] == '"';
    return is_quoted ? sub(in, 1, n - 1) : in;
}

// "name=value" names its parameter.
static int keyword_of(const AsmMacro *macro, Str text, size_t at, size_t *ret_value)
{
    size_t end = end_of_name(text, at), equals = end;
    while (equals < text.len && is_space(text.at[equals]))
        equals++;
    if (end == at || equals >= text.len || text.at[equals] != '=' ||
        (equals + 1 < text.len && text.at[equals + 1] == '='))
        return -1;
    *ret_value = equals + 1;
    return parameter_named(macro, str_sub(text, at, end));
}

static void read_arguments(const AsmMacro *macro, AsmText in, Arguments *arguments)
{
    for (uint32_t i = 0; i < macro->parameters.len; i++)
        arguments->of[i] = unquoted(macro->parameters.at[i].standard);
    Str text = in.text;
    uint32_t next = 0;
    for (size_t at = 0; at < text.len && next <= macro->parameters.len;) {
        while (at < text.len && is_space(text.at[at]))
            at++;
        size_t begin = at;
        int index = keyword_of(macro, text, at, &begin);
        if (index < 0) {
            begin = at;
            if (next >= macro->parameters.len)
                return;
            index = (int)next++;
        }
        bool is_rest = macro->parameters.at[index].is_variadic;
        size_t end = is_rest ? text.len : end_of_argument(text, begin);
        AsmText value = trim(sub(in, begin, end));
        if (value.text.len)
            arguments->of[index] = is_rest ? value : unquoted(value);
        at = end;
        while (at < text.len && is_space(text.at[at]))
            at++;
        if (at < text.len && text.at[at] == ',')
            at++;
    }
}

static bool find_value(const AsmMacro *macro, const Arguments *arguments, Str name,
                       AsmText *ret_value)
{
    int index = parameter_named(macro, name);
    if (index < 0)
        return false;
    *ret_value = arguments->of[index];
    return true;
}

static void put(AsmGrowing *out, AsmText text)
{
    asm_grow_text(out, text.text, text.origin, 0);
}

static size_t end_of_parameter(Str text, size_t at)
{
    while (at < text.len && is_word(text.at[at]))
        at++;
    return at;
}

// `serial` is what \@ stands for.
static AsmText fill(Arena *arena, const AsmMacro *macro, const Arguments *arguments,
                    uint32_t serial)
{
    AsmGrowing out = {.arena = arena};
    Str text = macro->body.text;
    asm_grow_reserve(&out, text.len + text.len / 4 + 16);
    for (size_t at = 0; at < text.len;) {
        size_t slash = at + str_find_char(str_from(text, at), '\\');
        put(&out, sub(macro->body, at, slash));
        if (slash + 1 >= text.len) {
            put(&out, sub(macro->body, slash, text.len));
            break;
        }
        char next = text.at[slash + 1];
        size_t end = end_of_parameter(text, slash + 1);
        AsmText value;
        if (next == '@') {
            Str number = arena_format(arena, "%u", serial);
            for (size_t i = 0; i < number.len; i++)
                asm_grow_put(&out, number.at[i], macro->body.origin[slash]);
            at = slash + 2;
        } else if (next == '(' && slash + 2 < text.len && text.at[slash + 2] == ')') {
            at = slash + 3;
        } else if (end > slash + 1 &&
                   find_value(macro, arguments, str_sub(text, slash + 1, end), &value)) {
            put(&out, value);
            at = end;
        } else {
            put(&out, sub(macro->body, slash, slash + 1));
            at = slash + 1;
        }
    }
    return (AsmText){{out.at, out.len}, out.origin};
}

AsmText asm_macro_body(Arena *arena, const AsmMacro *macro, AsmText arguments,
                       uint32_t serial)
{
    Arguments *values = ARENA_NEW(arena, Arguments);
    read_arguments(macro, arguments, values);
    return fill(arena, macro, values, serial);
}

// --- Repetitions
// ------------------------------------------------------------------------

bool asm_repeat_read(Arena *arena, const AsmText *arguments, bool is_by_character,
                     AsmRepeat *ret_repeat)
{
    Str text = arguments->text;
    size_t end = end_of_name(text, 0);
    *ret_repeat = (AsmRepeat){.name = str_sub(text, 0, end)};
    if (!end)
        return false;
    AsmText rest = trim(sub(*arguments, end, text.len));
    if (rest.text.len && rest.text.at[0] == ',')
        rest = trim(sub(rest, 1, rest.text.len));
    for (size_t at = 0; at < rest.text.len;) {
        size_t stop = is_by_character ? at + 1 : end_of_argument(rest.text, at);
        *LIST_PUSH(arena, &ret_repeat->values) = unquoted(trim(sub(rest, at, stop)));
        at = stop;
        while (!is_by_character && at < rest.text.len &&
               (is_space(rest.text.at[at]) || rest.text.at[at] == ','))
            at++;
    }
    if (!ret_repeat->values.len)
        *LIST_PUSH(arena, &ret_repeat->values) = (AsmText){STR(""), NULL};
    ret_repeat->n = ret_repeat->values.len;
    return true;
}

AsmText asm_repeat_body(Arena *arena, const AsmRepeat *repeat, uint32_t index,
                        AsmText body)
{
    AsmMacro macro = {.body = body};
    *LIST_PUSH(arena, &macro.parameters) = (AsmParameter){.name = repeat->name};
    Arguments *values = ARENA_NEW(arena, Arguments);
    values->of[0] = repeat->values.at[index];
    return fill(arena, &macro, values, index);
}
