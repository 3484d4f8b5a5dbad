// The grammar of domain.md 2.2, read greedily: digits belong to the size before them.
#include "codegen/abi/thunk.h"

#include "protocol/base/buf.h"

enum { TEXT_BYTES_MAX = 1 << 16 };

Str thunk_kind_name(ThunkKind kind)
{
    switch (kind) {
    case THUNK_ENTRY:
        return STR("entry");
    case THUNK_EXIT:
        return STR("exit");
    case THUNK_GUEST_EXIT:
        return STR("guest-exit");
    case THUNK_INDIRECT:
        return STR("indirect");
    case THUNK_HYBRID_PATCH:
        return STR("hybrid-patch");
    }
    BUG("thunk kind");
}

Str thunk_shape(Str name)
{
    static const Str prefixes[] = {STR_INIT("$ientry_thunk$cdecl$"),
                                   STR_INIT("$iexit_thunk$cdecl$")};
    for (size_t i = 0; i < COUNTOF(prefixes); i++)
        if (str_starts(name, prefixes[i]))
            return str_from(name, prefixes[i].len);
    return (Str){0};
}

typedef struct Item {
    Str words;  // "an 8-byte integer or pointer"
    Str plural; // "8-byte integers or pointers"
} Item;

// Takes digits off the front; empty if there are none.
static Str take_number(Str *rest)
{
    size_t n = 0;
    while (n < rest->len && is_digit(rest->at[n]))
        n++;
    Str digits = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return digits;
}

static bool take(Str *rest, Str word)
{
    if (!str_starts(*rest, word))
        return false;
    *rest = str_from(*rest, word.len);
    return true;
}

static const struct Token {
    Str word;
    bool is_sized;
    Str words, plural;
} tokens[] = {
    {STR_INIT("__llvm_h__"), false, STR_INIT("a half"), STR_INIT("halves")},
    {STR_INIT("__llvm_H__"), true, STR_INIT("of halves"), STR_INIT("")},
    {STR_INIT("i8"), false, STR_INIT("an 8-byte integer or pointer"),
     STR_INIT("8-byte integers or pointers")},
    {STR_INIT("f"), false, STR_INIT("a float"), STR_INIT("floats")},
    {STR_INIT("d"), false, STR_INIT("a double"), STR_INIT("doubles")},
    {STR_INIT("F"), true, STR_INIT("of floats"), STR_INIT("")},
    {STR_INIT("D"), true, STR_INIT("of doubles"), STR_INIT("")},
    {STR_INIT("m"), true, STR_INIT(""), STR_INIT("")},
};

// "an 8-byte", "an 11-byte", "an 80-byte", "a 16-byte": by how the number is said.
static const char *article(Str digits)
{
    bool is_an =
        digits.at[0] == '8' || str_eq(digits, STR("11")) || str_eq(digits, STR("18"));
    return is_an ? "an" : "a";
}

static bool take_item(Arena *arena, Str *rest, bool is_result, Item *item)
{
    const struct Token *token = NULL;
    for (size_t i = 0; i < COUNTOF(tokens) && !token; i++)
        if (take(rest, tokens[i].word))
            token = &tokens[i];
    if (!token)
        return false;
    if (!token->is_sized) {
        *item = (Item){token->words, token->plural};
        return true;
    }
    Str digits = take_number(rest);
    bool is_plain = token->words.len == 0;
    if (!digits.len && !is_plain)
        return false;
    if (!digits.len)
        digits = STR("4");
    Str align = {0};
    // MSVC writes the alignment of an argument, LLVM never does.
    if (!is_result && rest->len > 1 && rest->at[0] == 'a' && is_digit(rest->at[1])) {
        *rest = str_from(*rest, 1);
        Str bytes = take_number(rest);
        align = arena_format(arena, " aligned to %.*s", STR_ARG(bytes));
    }
    Str of = is_plain ? (Str){0} : arena_format(arena, " %.*s", STR_ARG(token->words));
    *item = (Item){arena_format(arena, "%s %.*s-byte aggregate%.*s%.*s", article(digits),
                                STR_ARG(digits), STR_ARG(of), STR_ARG(align)),
                   arena_format(arena, "%.*s-byte aggregates%.*s%.*s", STR_ARG(digits),
                                STR_ARG(of), STR_ARG(align))};
    return true;
}

static const char *number_word(uint32_t n)
{
    static const char *const words[] = {"two", "three", "four",  "five",
                                        "six", "seven", "eight", "nine"};
    return n - 2 < COUNTOF(words) ? words[n - 2] : NULL;
}

static void put_group(Buf *out, const Item *item, uint32_t n)
{
    const char *word = n > 1 ? number_word(n) : NULL;
    if (n == 1)
        buf_put(out, item->words);
    else if (word)
        buf_format(out, "%s %.*s", word, STR_ARG(item->plural));
    else
        buf_format(out, "%u %.*s", n, STR_ARG(item->plural));
}

typedef LIST(Item) Items;

// "two floats, a double and an 8-byte integer or pointer": equal neighbours are counted.
static void put_items(Buf *out, const Items *items)
{
    uint32_t begin = 0;
    while (begin < items->len) {
        uint32_t end = begin + 1;
        while (end < items->len && str_eq(items->at[end].words, items->at[begin].words))
            end++;
        if (begin)
            buf_put(out, end == items->len ? STR(" and ") : STR(", "));
        put_group(out, &items->at[begin], end - begin);
        begin = end;
    }
}

static bool take_arguments(Arena *arena, Str rest, Items *items)
{
    if (!rest.len)
        return false;
    while (rest.len)
        if (!take_item(arena, &rest, false, LIST_PUSH(arena, items)))
            return false;
    return true;
}

bool thunk_describe(Arena *arena, Str name, Str *ret_text)
{
    Str rest = thunk_shape(name);
    size_t dollar = str_find_char(rest, '$');
    if (dollar >= rest.len)
        return false;
    Str result = str_sub(rest, 0, dollar), arguments = str_from(rest, dollar + 1);
    Item returned = {.words = STR("nothing")};
    bool is_void = str_eq(result, STR("v"));
    if (!is_void && (!take_item(arena, &result, true, &returned) || result.len))
        return false;
    Items items = {0};
    bool is_variadic = str_eq(arguments, STR("varargs"));
    bool is_empty = str_eq(arguments, STR("v"));
    if (!is_variadic && !is_empty && !take_arguments(arena, arguments, &items))
        return false;
    Buf out;
    buf_init(&out, TEXT_BYTES_MAX);
    buf_put(&out, STR("takes "));
    if (is_variadic)
        buf_put(&out, STR("variable arguments"));
    else if (is_empty)
        buf_put(&out, STR("nothing"));
    else
        put_items(&out, &items);
    buf_format(&out, ", returns %.*s", STR_ARG(returned.words));
    *ret_text = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return true;
}
