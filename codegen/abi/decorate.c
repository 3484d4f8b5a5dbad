// Arm64EC's second decoration (domain.md 2.5): '#' before a C name, "$$h" behind the
// qualified name of a Microsoft C++ one.
//
// Where that name ends only a parser of the mangling knows: template arguments hold whole
// types and symbols, with '@' of their own. So this is a demangler that builds nothing:
// each function takes one production off the front, or fails, and then the name is left
// alone, as LLVM does with what it cannot parse.
#include "codegen/abi/thunk.h"

#include <string.h>

enum { DEPTH_MAX = 100 };

typedef struct Mangled {
    Str rest;
    uint32_t depth;
} Mangled;

static bool take(Mangled *m, Str word)
{
    if (!str_starts(m->rest, word))
        return false;
    m->rest = str_from(m->rest, word.len);
    return true;
}

static char peek(const Mangled *m)
{
    return m->rest.len ? m->rest.at[0] : 0;
}

static bool take_one_of(Mangled *m, const char *set)
{
    if (!peek(m) || !strchr(set, peek(m)))
        return false;
    m->rest = str_from(m->rest, 1);
    return true;
}

static bool take_digit(Mangled *m)
{
    return take_one_of(m, "0123456789");
}

static bool skip_type(Mangled *m);
static bool skip_symbol(Mangled *m);
static bool skip_qualified(Mangled *m);

// "name@"
static bool skip_simple(Mangled *m)
{
    size_t end = str_find_char(m->rest, '@');
    if (end == 0 || end >= m->rest.len)
        return false;
    m->rest = str_from(m->rest, end + 1);
    return true;
}

// "5", "BA@", "?3"
static bool skip_number(Mangled *m)
{
    take(m, STR("?"));
    if (take_digit(m))
        return true;
    while (take_one_of(m, "ABCDEFGHIJKLMNOP"))
        continue;
    return take(m, STR("@"));
}

static bool skip_numbers(Mangled *m, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (!skip_number(m))
            return false;
    return true;
}

// An argument that is an address or a pointer to a member.
static bool skip_address_argument(Mangled *m)
{
    static const struct Form {
        Str word;
        uint32_t n_numbers;
    } forms[] = {{STR_INIT("$1"), 0},
                 {STR_INIT("$E"), 0},
                 {STR_INIT("$H"), 1},
                 {STR_INIT("$I"), 2},
                 {STR_INIT("$J"), 3}};
    for (size_t i = 0; i < COUNTOF(forms); i++) {
        if (!take(m, forms[i].word))
            continue;
        return (take(m, STR("@")) || skip_symbol(m)) &&
               skip_numbers(m, forms[i].n_numbers);
    }
    if (take(m, STR("$F")))
        return skip_numbers(m, 2);
    return take(m, STR("$G")) && skip_numbers(m, 3);
}

static bool skip_template_argument(Mangled *m)
{
    static const Str empties[] = {STR_INIT("$$V"), STR_INIT("$$$V"), STR_INIT("$$Z"),
                                  STR_INIT("$S")};
    for (size_t i = 0; i < COUNTOF(empties); i++)
        if (take(m, empties[i]))
            return true;
    if (take(m, STR("$$Y"))) // an alias template
        return skip_qualified(m);
    if (take(m, STR("$$C"))) // cv-qualified
        return take_one_of(m, "ABCD") && skip_type(m);
    if (take(m, STR("$$B"))) // an array
        return skip_type(m);
    if (str_starts(m->rest, STR("$$")))
        return skip_type(m);
    if (take(m, STR("$M"))) // auto: the type, then the value
        return skip_type(m) &&
               (take(m, STR("0"))
                    ? skip_number(m)
                    : take(m, STR("1")) && (take(m, STR("@")) || skip_symbol(m)));
    if (take(m, STR("$0")))
        return skip_number(m);
    if (peek(m) == '$')
        return skip_address_argument(m);
    return skip_type(m);
}

// "?$" was taken: the template's name and its arguments up to '@'.
static bool skip_operator(Mangled *m);

static bool skip_template(Mangled *m)
{
    bool named = take(m, STR("?")) ? skip_operator(m) : skip_simple(m);
    if (!named)
        return false;
    while (!take(m, STR("@")))
        if (!skip_template_argument(m))
            return false;
    return true;
}

// '?' was taken: "0" a constructor, "_G", "__L".
static bool skip_operator(Mangled *m)
{
    if (take(m, STR("__"))) {
        if (take(m, STR("K"))) // a literal operator carries its suffix
            return skip_simple(m);
        if (take_one_of(m, "EF")) // what initialises or destroys a variable
            return peek(m) == '?' ? skip_symbol(m) && take(m, STR("@")) : skip_simple(m);
        return take_one_of(m, "ABCDGHIJLM");
    }
    if (take(m, STR("_R")))
        return take_one_of(m, "234") || (take(m, STR("0")) && skip_type(m)) ||
               (take(m, STR("1")) && skip_numbers(m, 4));
    take(m, STR("_"));
    if (!is_word(peek(m)))
        return false;
    m->rest = str_from(m->rest, 1);
    return true;
}

// One name of a chain.
static bool skip_piece(Mangled *m, bool is_first)
{
    if (take_digit(m))
        return true;
    if (take(m, STR("?$")))
        return skip_template(m);
    if (!take(m, STR("?")))
        return skip_simple(m);
    if (is_first)
        return skip_operator(m);
    if (take(m, STR("A"))) { // an unnamed namespace, or a number that starts with 0
        if (str_starts(m->rest, STR("0x")) || peek(m) == '@')
            return peek(m) == '@' ? take(m, STR("@")) : skip_simple(m);
        m->rest = (Str){m->rest.at - 1, m->rest.len + 1};
    }
    // A scope inside a function: its number, then the function.
    return skip_number(m) && take(m, STR("?")) && skip_symbol(m);
}

static bool skip_qualified(Mangled *m)
{
    bool is_first = false; // a type's name is no operator
    do {
        if (!skip_piece(m, is_first))
            return false;
    } while (!take(m, STR("@")));
    return true;
}

static bool skip_symbol_name(Mangled *m)
{
    if (!skip_piece(m, true))
        return false;
    return take(m, STR("@")) || skip_qualified(m);
}

static bool skip_list(Mangled *m)
{
    if (take(m, STR("X")))
        return true;
    while (!take(m, STR("@")) && !take(m, STR("Z")))
        if (!skip_type(m))
            return false;
    return true;
}

static bool skip_this(Mangled *m)
{
    while (take_one_of(m, "EFIGH"))
        continue;
    return take_one_of(m, "ABCD");
}

// Calling convention, result, parameters, exception specification.
static bool skip_function_type(Mangled *m, bool has_this)
{
    if (has_this && !skip_this(m))
        return false;
    take(m, STR("$$h")); // decorated already, inside a template argument
    if (!take_one_of(m, "ABCDEFGHIJMNOPQSwx"))
        return false;
    if (!take(m, STR("@"))) {
        if (take(m, STR("?")) && !take_one_of(m, "ABCD"))
            return false;
        if (!skip_type(m))
            return false;
    }
    if (!skip_list(m))
        return false;
    return take(m, STR("Z")) || take(m, STR("_E"));
}

// Behind the letter of a pointer or reference: "EA" and what is pointed to.
static bool skip_pointee(Mangled *m)
{
    if (take(m, STR("6")))
        return skip_function_type(m, false);
    if (take(m, STR("8")))
        return skip_qualified(m) && skip_function_type(m, true);
    while (take_one_of(m, "EFI"))
        continue;
    if (take_one_of(m, "QRST")) // to a data member
        return skip_qualified(m) && skip_type(m);
    return take_one_of(m, "ABCD") && skip_type(m);
}

static bool skip_array(Mangled *m)
{
    Mangled at = *m;
    uint32_t n = 0;
    while (n == 0 && take_digit(&at))
        n = (uint32_t)(at.rest.at[-1] - '0') + 1;
    if (n == 0 || !skip_numbers(&at, n))
        return false;
    *m = at;
    if (take(m, STR("$$C")) && !take_one_of(m, "ABCD"))
        return false;
    return skip_type(m);
}

static bool skip_type_inside(Mangled *m)
{
    if (take_digit(m))
        return true;
    if (take(m, STR("$$Q")) || take(m, STR("$$R")))
        return skip_pointee(m);
    if (take(m, STR("$$A6")))
        return skip_function_type(m, false);
    if (take(m, STR("$$A8@@")))
        return skip_function_type(m, true);
    if (take(m, STR("$$T")))
        return true;
    if (take(m, STR("$$C")))
        return take_one_of(m, "ABCD") && skip_type(m);
    if (take(m, STR("?")))
        return take_one_of(m, "ABCD") ? skip_type(m) : skip_qualified(m);
    if (take_one_of(m, "TUV"))
        return skip_qualified(m);
    if (take(m, STR("W")))
        return take_digit(m) && skip_qualified(m);
    if (take_one_of(m, "PQRSAB"))
        return skip_pointee(m);
    if (take(m, STR("Y")))
        return skip_array(m);
    if (take(m, STR("_")))
        return take_one_of(m, "DEFGHIJKLMNPQSTUW");
    return take_one_of(m, "CDEFGHIJKMNOX");
}

static bool skip_type(Mangled *m)
{
    if (m->depth >= DEPTH_MAX)
        return false;
    m->depth++;
    bool ok = skip_type_inside(m);
    m->depth--;
    return ok;
}

static bool skip_variable(Mangled *m)
{
    if (!skip_type(m))
        return false;
    while (take_one_of(m, "EFI"))
        continue;
    if (take_one_of(m, "QRST"))
        return skip_qualified(m);
    return take_one_of(m, "ABCD");
}

static bool skip_encoding(Mangled *m)
{
    take(m, STR("$$h"));
    if (take_one_of(m, "01234"))
        return skip_variable(m);
    if (take_one_of(m, "67"))
        return take_one_of(m, "ABCD") && (take(m, STR("@")) || skip_qualified(m));
    if (take(m, STR("9"))) // extern "C" in a scope: no type
        return true;
    if (take_one_of(m, "YZCDKLST"))
        return skip_function_type(m, false);
    if (take_one_of(m, "ABEFIJMNQRUV"))
        return skip_function_type(m, true);
    return take_one_of(m, "GHOPWX") && skip_number(m) && skip_function_type(m, true);
}

static bool skip_symbol(Mangled *m)
{
    if (m->depth >= DEPTH_MAX || !take(m, STR("?")))
        return false;
    m->depth++;
    bool ok = skip_symbol_name(m) && skip_encoding(m);
    m->depth--;
    return ok;
}

static const Str tag = STR_INIT("$$h");

static bool is_hashed(Str symbol)
{
    return str_starts(symbol, STR("??@")) && str_ends(symbol, STR("@"));
}

bool is_decorated(Str symbol)
{
    if (str_starts(symbol, STR("#")))
        return true;
    return str_starts(symbol, STR("?")) && str_has(symbol, STR("@$$h"));
}

static Str insert_tag(Arena *arena, Str symbol, size_t at, Str text)
{
    Str head = str_sub(symbol, 0, at), tail = str_from(symbol, at);
    return arena_format(arena, "%.*s%.*s%.*s", STR_ARG(head), STR_ARG(text),
                        STR_ARG(tail));
}

Str decorate(Arena *arena, Str symbol)
{
    bool is_escaped = str_starts(symbol, STR("\01"));
    if (is_escaped)
        symbol = str_from(symbol, 1);
    if (!symbol.len || is_decorated(symbol))
        return symbol;
    if (symbol.at[0] != '?')
        return arena_format(arena, "#%.*s", STR_ARG(symbol));
    if (is_hashed(symbol))
        return insert_tag(arena, symbol, symbol.len, STR("$$h@"));
    Mangled m = {.rest = str_from(symbol, 1)};
    if (!skip_symbol_name(&m))
        return symbol;
    return insert_tag(arena, symbol, symbol.len - m.rest.len, tag);
}

Str undecorate(Arena *arena, Str symbol)
{
    if (str_starts(symbol, STR("\01")))
        symbol = str_from(symbol, 1);
    if (str_starts(symbol, STR("#")))
        return str_from(symbol, 1);
    if (!is_decorated(symbol))
        return symbol;
    if (str_starts(symbol, STR("??@")) && str_ends(symbol, STR("@$$h@")))
        return str_sub(symbol, 0, symbol.len - 4);
    // The symbol's own tag stands behind its name; a template argument may have another.
    Mangled m = {.rest = str_from(symbol, 1)};
    size_t at = skip_symbol_name(&m) && str_starts(m.rest, tag)
                    ? symbol.len - m.rest.len
                    : str_find(symbol, STR("@$$h")) + 1;
    Str head = str_sub(symbol, 0, at), tail = str_from(symbol, at + tag.len);
    return arena_format(arena, "%.*s%.*s", STR_ARG(head), STR_ARG(tail));
}
