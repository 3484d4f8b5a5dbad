#include "codegen/rust/items.h"

#include "codegen/rust/extent.h"

typedef struct Collector {
    Arena *arena;
    const RustTokens *tokens;
    RustItems *items;
    uint32_t macro_end;  // a call of a macro reaches to here
    uint32_t extern_end; // an extern block reaches to here
    Str extern_abi;
    uint32_t extern_abi_token;
    bool is_raw_dylib;
    LIST(RustRange) impls; // bodies of impl and trait
    uint32_t attributes;   // where those of the item in hand begin
} Collector;

static bool says(const Collector *c, uint32_t at, const char *word)
{
    return rust_is_word(c->tokens, at, str_of(word));
}

static bool is_mark(const Collector *c, uint32_t at, char ch)
{
    return rust_is_punct(c->tokens, at, ch);
}

static bool is_name(const Collector *c, uint32_t at)
{
    uint8_t kind = rust_token(c->tokens, at)->kind;
    return kind == RUST_IDENT || kind == RUST_RAW_IDENT;
}

static bool is_arrow(const Collector *c, uint32_t at)
{
    return is_mark(c, at, '-') && is_mark(c, at + 1, '>');
}

static bool is_end(const Collector *c, uint32_t at)
{
    uint8_t kind = rust_token(c->tokens, at)->kind;
    return kind == RUST_END || kind == RUST_CLOSE;
}

// --- Attributes
// -------------------------------------------------------------------------

enum { ATTRIBUTES_MAX = 200 }; // and qualifiers, of an item

// The first token of what stands in front of an item: attributes and qualifiers.
static uint32_t item_begin(const Collector *c, uint32_t at)
{
    for (uint32_t n = 0; at > 0 && n < ATTRIBUTES_MAX; n++) {
        const RustToken *before = rust_token(c->tokens, at - 1);
        bool is_group = before->ch == ']' || before->ch == ')';
        bool is_qualifier = before->kind == RUST_IDENT || before->kind == RUST_STR;
        if (is_group && before->match != RUST_NONE) {
            uint32_t open = before->match;
            if (before->ch == ']' && (!open || !is_mark(c, open - 1, '#')))
                return at;
            at = before->ch == ']' ? open - 1 : open;
        } else if (is_qualifier) {
            at--;
        } else {
            return at;
        }
    }
    return at;
}

// The word `name` of an attribute between two tokens, or RUST_NONE.
static uint32_t attribute(const Collector *c, uint32_t begin, uint32_t end,
                          const char *name)
{
    for (uint32_t i = begin; i < end; i++) {
        bool is_head = i >= 2 && is_mark(c, i - 1, '[') && is_mark(c, i - 2, '#');
        bool is_unsafe = i >= 4 && is_mark(c, i - 1, '(') && says(c, i - 2, "unsafe") &&
                         is_mark(c, i - 3, '[');
        if ((is_head || is_unsafe) && says(c, i, name))
            return i;
    }
    return RUST_NONE;
}

static Str attribute_value(const Collector *c, uint32_t word)
{
    if (word != RUST_NONE && is_mark(c, word + 1, '=') &&
        rust_is_string(c->tokens, word + 2))
        return rust_string_text(c->tokens, word + 2);
    return STR("");
}

static bool attribute_has(const Collector *c, uint32_t word, const char *what)
{
    if (word == RUST_NONE || !is_mark(c, word + 1, '('))
        return false;
    uint32_t end = rust_skip_group(c->tokens, word + 1);
    for (uint32_t i = word + 2; i < end; i++)
        if (says(c, i, what) || (rust_is_string(c->tokens, i) &&
                                 str_eq(rust_string_text(c->tokens, i), str_of(what))))
            return true;
    return false;
}

// --- Functions
// --------------------------------------------------------------------------

enum { TYPE_TOKENS_MAX = 300 }; // groups count once

// Behind `<...>`.
static uint32_t skip_generics(const Collector *c, uint32_t at)
{
    uint32_t depth = 0, n = 0;
    if (!is_mark(c, at, '<'))
        return at;
    for (; !is_end(c, at) && n++ < TYPE_TOKENS_MAX;
         at = is_arrow(c, at) ? at + 2 : rust_skip_group(c->tokens, at)) {
        depth += is_mark(c, at, '<');
        depth -= is_mark(c, at, '>');
        if (!depth)
            return at + 1;
    }
    return at;
}

// The end of a type that starts here: at `stop`, ',' or the end of the group.
static uint32_t type_end(const Collector *c, uint32_t at, const char *stops)
{
    uint32_t depth = 0, n = 0;
    while (!is_end(c, at) && n++ < TYPE_TOKENS_MAX) {
        char ch = rust_token(c->tokens, at)->ch;
        if (!depth && ch && str_find_char(str_of(stops), ch) < str_of(stops).len)
            return at;
        if (!depth && says(c, at, "where"))
            return at;
        depth += ch == '<';
        depth -= ch == '>' && depth;
        at = is_arrow(c, at) ? at + 2 : rust_skip_group(c->tokens, at);
    }
    return at;
}

static void read_parameters(const Collector *c, uint32_t open, RustFunction *function)
{
    uint32_t close = rust_token(c->tokens, open)->match;
    for (uint32_t at = open + 1; at < close;) {
        at = rust_skip_attributes(c->tokens, at);
        uint32_t end = type_end(c, at, ","), colon = at;
        if (is_mark(c, at, '.') && is_mark(c, at + 1, '.')) {
            function->is |= RUST_FN_VARIADIC;
            break;
        }
        while (colon < end &&
               !(is_mark(c, colon, ':') && !rust_is_path_sep(c->tokens, colon)))
            colon += rust_is_path_sep(c->tokens, colon) ? 2 : 1;
        uint32_t dots = colon < end ? colon + 1 : at;
        if (is_mark(c, dots, '.') && is_mark(c, dots + 1, '.')) {
            function->is |= RUST_FN_VARIADIC; // args: ...
            break;
        }
        if (end > at) {
            bool has_name = colon > at && colon < end;
            Str name = has_name && is_name(c, colon - 1) ? rust_name(c->tokens, colon - 1)
                                                         : STR("");
            *LIST_PUSH(c->arena, &function->parameters) =
                (RustParameter){str_eq(name, STR("_")) ? STR("") : name,
                                {has_name ? colon + 1 : at, end}};
        }
        at = end + 1;
    }
}

enum { IMPLS_BACK = 64 }; // what is nested deeper is taken for a plain function

static bool is_in_impl(const Collector *c, uint32_t at)
{
    for (uint32_t i = c->impls.len; i-- > 0 && c->impls.len - i <= IMPLS_BACK;)
        if (c->impls.at[i].begin <= at && at < c->impls.at[i].end)
            return true;
    return false;
}

static void read_flags(const Collector *c, uint32_t begin, uint32_t at,
                       RustFunction *function)
{
    uint32_t export_name = attribute(c, begin, at, "export_name");
    uint32_t link_name = attribute(c, begin, at, "link_name");
    function->naked_token = attribute(c, begin, at, "naked");
    function->symbol =
        attribute_value(c, export_name != RUST_NONE ? export_name : link_name);
    if (attribute(c, begin, at, "no_mangle") != RUST_NONE || export_name != RUST_NONE)
        function->is |= RUST_FN_EXPORTED;
    if (function->naked_token != RUST_NONE)
        function->is |= RUST_FN_NAKED;
    for (uint32_t i = begin; i < at; i++)
        if (says(c, i, "pub"))
            function->is |= RUST_FN_PUBLIC;
    if (is_in_impl(c, at))
        function->is |= RUST_FN_METHOD;
    if (at < c->macro_end)
        function->is |= RUST_FN_WRAPPED;
}

static void read_abi(const Collector *c, uint32_t begin, uint32_t at,
                     RustFunction *function)
{
    function->abi_token = RUST_NONE;
    function->abi = STR("");
    if (at < c->extern_end) {
        function->is |= RUST_FN_EXTERN | (c->is_raw_dylib ? RUST_FN_RAW_DYLIB : 0u);
        function->abi = c->extern_abi;
        function->abi_token = c->extern_abi_token;
    }
    for (uint32_t i = at; i-- > begin;) {
        if (!says(c, i, "extern"))
            continue;
        bool has_string = rust_is_string(c->tokens, i + 1);
        function->abi = has_string ? rust_string_text(c->tokens, i + 1) : STR("C");
        function->abi_token = has_string ? i + 1 : RUST_NONE;
        return;
    }
}

static void read_function(Collector *c, uint32_t at)
{
    uint32_t open = skip_generics(c, at + 2);
    if (!is_name(c, at + 1) || !is_mark(c, open, '(') ||
        rust_token(c->tokens, open)->match == RUST_NONE)
        return;
    RustFunction function = {
        .name = rust_name(c->tokens, at + 1), .name_token = at + 1, .fn_token = at};
    uint32_t begin = item_begin(c, at);
    function.is = open > at + 2 ? RUST_FN_GENERIC : 0u;
    if (open > at + 2) { // lifetimes alone do not count
        bool any = false;
        for (uint32_t i = at + 2; i < open; i++)
            any |= is_name(c, i);
        if (!any)
            function.is = 0;
    }
    read_flags(c, begin, at, &function);
    read_abi(c, begin, at, &function);
    read_parameters(c, open, &function);
    uint32_t behind = rust_skip_group(c->tokens, open);
    if (is_arrow(c, behind)) {
        function.result = (RustRange){behind + 2, type_end(c, behind + 2, "{;")};
        behind = function.result.end;
    }
    for (uint32_t n = 0; n < TYPE_TOKENS_MAX && !is_end(c, behind); n++) {
        if (is_mark(c, behind, '{') || is_mark(c, behind, ';'))
            break;
        behind = rust_skip_group(c->tokens, behind);
    }
    if (is_mark(c, behind, '{')) {
        function.is |= RUST_FN_DEFINED;
        function.body = (RustRange){behind, rust_skip_group(c->tokens, behind)};
    }
    *LIST_PUSH(c->arena, &c->items->functions) = function;
}

// --- Types
// ------------------------------------------------------------------------------

static void read_repr(const Collector *c, uint32_t begin, uint32_t at, RustType *type)
{
    static const char *ints[] = {"u8",  "i8",  "u16", "i16",   "u32",
                                 "i32", "u64", "i64", "usize", "isize"};
    for (uint32_t i = begin; i < at; i++) {
        if (attribute(c, i, i + 1, "repr") == RUST_NONE)
            continue;
        type->is_repr_c |= attribute_has(c, i, "C");
        type->is_transparent |= attribute_has(c, i, "transparent");
        type->is_packed |= attribute_has(c, i, "packed");
        for (size_t k = 0; k < COUNTOF(ints); k++)
            if (attribute_has(c, i, ints[k]))
                type->repr_int = str_of(ints[k]);
        uint32_t end = rust_skip_group(c->tokens, i + 1);
        for (uint32_t k = i + 2; k < end; k++) {
            uint64_t value;
            bool is_size = says(c, k, "align") || says(c, k, "packed");
            if (is_size && is_mark(c, k + 1, '(') &&
                str_to_u64(rust_token_text(c->tokens, k + 2), &value) && value <= 4096)
                type->align = (uint32_t)value;
        }
    }
}

static void read_named_fields(const Collector *c, uint32_t open, RustType *type)
{
    uint32_t close = rust_token(c->tokens, open)->match;
    for (uint32_t at = open + 1; at < close;) {
        uint32_t first = at;
        at = rust_skip_attributes(c->tokens, at);
        if (at > first && attribute(c, first, at, "cfg") != RUST_NONE)
            type->is_generic = true; // nobody knows which fields there are
        if (says(c, at, "pub"))
            at = is_mark(c, at + 1, '(') ? rust_skip_group(c->tokens, at + 1) : at + 1;
        if (!is_name(c, at) || !is_mark(c, at + 1, ':'))
            return;
        uint32_t end = type_end(c, at + 2, ",");
        *LIST_PUSH(c->arena, &type->fields) =
            (RustField){rust_name(c->tokens, at), {at + 2, end}};
        at = end + 1;
    }
}

static void read_tuple_fields(const Collector *c, uint32_t open, RustType *type)
{
    uint32_t close = rust_token(c->tokens, open)->match, n = 0;
    for (uint32_t at = open + 1; at < close; n++) {
        at = rust_skip_attributes(c->tokens, at);
        if (says(c, at, "pub"))
            at = is_mark(c, at + 1, '(') ? rust_skip_group(c->tokens, at + 1) : at + 1;
        uint32_t end = type_end(c, at, ",");
        if (end > at)
            *LIST_PUSH(c->arena, &type->fields) =
                (RustField){arena_format(c->arena, "%u", n), {at, end}};
        at = end + 1;
    }
}

static bool has_plain_variants(const Collector *c, uint32_t open)
{
    uint32_t close = rust_token(c->tokens, open)->match;
    for (uint32_t i = open + 1; i < close; i++)
        if (rust_token(c->tokens, i)->kind == RUST_OPEN && is_name(c, i - 1))
            return false;
    return true;
}

static void read_type(Collector *c, uint32_t at, RustTypeKind kind)
{
    RustType type = {.kind = kind, .name_token = at + 1, .repr_int = STR("")};
    uint32_t behind = skip_generics(c, at + 2);
    if (!is_name(c, at + 1))
        return;
    type.name = rust_name(c->tokens, at + 1);
    type.is_generic = behind > at + 2;
    read_repr(c, item_begin(c, at), at, &type);
    if (kind == RUST_TYPE_ALIAS) {
        if (!is_mark(c, behind, '='))
            return;
        *LIST_PUSH(c->arena, &type.fields) =
            (RustField){STR(""), {behind + 1, type_end(c, behind + 1, ";")}};
    } else {
        for (uint32_t n = 0;
             n < TYPE_TOKENS_MAX && !is_end(c, behind) &&
             rust_token(c->tokens, behind)->kind != RUST_OPEN && !is_mark(c, behind, ';');
             n++)
            behind++;
        bool has_body = rust_token(c->tokens, behind)->match != RUST_NONE;
        if (is_mark(c, behind, '{') && has_body && kind == RUST_TYPE_ENUM)
            type.is_plain_enum = has_plain_variants(c, behind);
        else if (is_mark(c, behind, '{') && has_body)
            read_named_fields(c, behind, &type);
        else if (is_mark(c, behind, '(') && has_body)
            read_tuple_fields(c, behind, &type);
    }
    *LIST_PUSH(c->arena, &c->items->types) = type;
}

// --- The text
// ---------------------------------------------------------------------------

static void read_extern(Collector *c, uint32_t at)
{
    bool has_string = rust_is_string(c->tokens, at + 1);
    uint32_t open = at + 1 + has_string;
    if (!is_mark(c, open, '{') || rust_token(c->tokens, open)->match == RUST_NONE)
        return;
    c->extern_end = rust_skip_group(c->tokens, open);
    c->extern_abi = has_string ? rust_string_text(c->tokens, at + 1) : STR("C");
    c->extern_abi_token = has_string ? at + 1 : RUST_NONE;
    uint32_t link = attribute(c, item_begin(c, at), at, "link");
    c->is_raw_dylib = attribute_has(c, link, "raw-dylib");
}

static void read_block(Collector *c, uint32_t at)
{
    for (uint32_t n = 0; n < TYPE_TOKENS_MAX && !is_end(c, at); n++) {
        if (is_mark(c, at, '{') || is_mark(c, at, ';'))
            break;
        at = rust_skip_group(c->tokens, at);
    }
    if (is_mark(c, at, '{'))
        *LIST_PUSH(c->arena, &c->impls) = (RustRange){at, rust_skip_group(c->tokens, at)};
}

static void read_static(Collector *c, uint32_t at)
{
    uint32_t name = at + 1 + says(c, at + 1, "mut");
    bool is_argument = at > 0 && (is_mark(c, at - 1, '<') || is_mark(c, at - 1, ','));
    if (is_argument) // of a generic
        return;
    if (!is_name(c, name) || !is_mark(c, name + 1, ':'))
        return;
    *LIST_PUSH(c->arena, &c->items->statics) =
        (RustStatic){rust_name(c->tokens, name),
                     name,
                     {name + 2, type_end(c, name + 2, "=;")},
                     at < c->extern_end};
}

static void read_word(Collector *c, uint32_t at)
{
    Str word = rust_token_text(c->tokens, at);
    switch (word.at[0]) {
    case 'f':
        if (str_eq(word, STR("fn")))
            read_function(c, at);
        return;
    case 's':
        if (str_eq(word, STR("struct")))
            read_type(c, at, RUST_TYPE_STRUCT);
        else if (str_eq(word, STR("static")))
            read_static(c, at);
        return;
    case 'c':
        if (str_eq(word, STR("const")) && is_name(c, at + 1) && !says(c, at + 1, "fn"))
            read_static(c, at);
        return;
    case 'u':
        if (str_eq(word, STR("union")) && is_name(c, at + 1))
            read_type(c, at, RUST_TYPE_UNION);
        return;
    case 'e':
        if (str_eq(word, STR("enum")))
            read_type(c, at, RUST_TYPE_ENUM);
        else if (str_eq(word, STR("extern")))
            read_extern(c, at);
        return;
    case 't':
        if (str_eq(word, STR("type")))
            read_type(c, at, RUST_TYPE_ALIAS);
        else if (str_eq(word, STR("trait")))
            read_block(c, at);
        return;
    case 'i':
        if (str_eq(word, STR("impl")))
            read_block(c, at);
        return;
    case 'm':
        return;
    default:
        return;
    }
}

void rust_items(const RustUnit *rust, RustItems *ret_items)
{
    Collector c = {
        .arena = rust->unit->arena, .tokens = &rust->tokens, .items = ret_items};
    *ret_items = (RustItems){0};
    for (uint32_t i = 0; i < rust->tokens.all.len; i++) {
        if (rust->tokens.all.at[i].kind != RUST_IDENT)
            continue;
        bool is_call = is_mark(&c, i + 1, '!') && is_mark(&c, i + 2, '{');
        if (is_call && i >= c.macro_end && !says(&c, i, "cfg_if") &&
            !says(&c, i, "cfg_select"))
            c.macro_end = rust_skip_group(&rust->tokens, i + 2);
        if (says(&c, i, "macro_rules") && is_mark(&c, i + 1, '!'))
            i = rust_skip_group(&rust->tokens, i + 3) - 1;
        else
            read_word(&c, i);
    }
}

const RustFunction *rust_function_of(const RustItems *items, Str name)
{
    for (uint32_t i = 0; i < items->functions.len; i++)
        if (str_eq(items->functions.at[i].name, name) &&
            !(items->functions.at[i].is & RUST_FN_METHOD))
            return &items->functions.at[i];
    return NULL;
}

const RustType *rust_type_of(const RustItems *items, Str name)
{
    for (uint32_t i = 0; i < items->types.len; i++)
        if (str_eq(items->types.at[i].name, name))
            return &items->types.at[i];
    return NULL;
}
