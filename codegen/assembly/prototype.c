#include "codegen/assembly/prototype.h"

enum { PARAMETERS_MAX = 32, WORDS_MAX = 32, RESULT_BYTES_MAX = 200 };

static const AbiType void_type = {.kind = ABI_VOID};
static const AbiType int_type = {
    .kind = ABI_INT, .bytes = 8, .align = 8, .bits = 64, .is_signed = true};
static const AbiType float_type = {.kind = ABI_FLOAT, .bytes = 4, .align = 4};
static const AbiType double_type = {.kind = ABI_DOUBLE, .bytes = 8, .align = 8};
static const AbiType pointer_type = {.kind = ABI_POINTER, .bytes = 8, .align = 8};

static bool is_among(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

static bool is_qualifier(Str word)
{
    static const Str words[] = {STR_INIT("const"),    STR_INIT("volatile"),
                                STR_INIT("extern"),   STR_INIT("restrict"),
                                STR_INIT("register"), STR_INIT("static"),
                                STR_INIT("__cdecl"),  STR_INIT("__restrict"),
                                STR_INIT("inline"),   STR_INIT("WINAPI")};
    return is_among(word, words, COUNTOF(words));
}

static bool is_integer(Str word)
{
    static const Str words[] = {
        STR_INIT("char"),      STR_INIT("short"),     STR_INIT("int"),
        STR_INIT("long"),      STR_INIT("unsigned"),  STR_INIT("signed"),
        STR_INIT("_Bool"),     STR_INIT("bool"),      STR_INIT("size_t"),
        STR_INIT("ssize_t"),   STR_INIT("ptrdiff_t"), STR_INIT("intptr_t"),
        STR_INIT("uintptr_t"), STR_INIT("int8_t"),    STR_INIT("uint8_t"),
        STR_INIT("int16_t"),   STR_INIT("uint16_t"),  STR_INIT("int32_t"),
        STR_INIT("uint32_t"),  STR_INIT("int64_t"),   STR_INIT("uint64_t"),
        STR_INIT("wchar_t"),   STR_INIT("enum"),      STR_INIT("__int64"),
        STR_INIT("BOOL"),      STR_INIT("BYTE"),      STR_INIT("WORD"),
        STR_INIT("DWORD"),     STR_INIT("DWORD64"),   STR_INIT("ULONG"),
        STR_INIT("LONG"),      STR_INIT("UINT"),      STR_INIT("INT"),
        STR_INIT("HANDLE"),    STR_INIT("PVOID"),     STR_INIT("LPVOID"),
        STR_INIT("NTSTATUS"),  STR_INIT("HRESULT"),   STR_INIT("SIZE_T"),
        STR_INIT("ULONG_PTR"), STR_INIT("HWND"),      STR_INIT("ULONG64")};
    return is_among(word, words, COUNTOF(words));
}

static bool is_name_char(char c)
{
    return is_word(c);
}

// "const uint8_t *src", "float x", "void". NULL: nobody can tell.
static const AbiType *type_of(Str text)
{
    bool is_integral = false, is_long = false;
    const AbiType *type = NULL;
    if (str_find_char(text, '*') < text.len || str_find_char(text, '[') < text.len)
        return &pointer_type;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && is_name_char(text.at[end]))
            end++;
        Str word = str_sub(text, at, end);
        at = end > at ? end : at + 1;
        if (!word.len || is_qualifier(word))
            continue;
        if (str_eq(word, STR("struct")) || str_eq(word, STR("union")))
            return NULL;
        is_long |= str_eq(word, STR("long"));
        if (str_eq(word, STR("float")))
            type = &float_type;
        else if (str_eq(word, STR("double")))
            type = is_long ? NULL : &double_type;
        else if (str_eq(word, STR("void")))
            type = &void_type;
        else if (is_integer(word))
            is_integral = true;
        else // a name behind its type, or a type that nobody knows
            break;
    }
    return is_integral && !type ? &int_type : type;
}

// The parenthesis that closes the one at `open`; text.len: none.
static size_t closing(Str text, size_t open)
{
    uint32_t depth = 0;
    for (size_t at = open; at < text.len && text.at[at] != ';' && text.at[at] != '{';
         at++) {
        depth += text.at[at] == '(';
        if (text.at[at] == ')' && --depth == 0)
            return at;
    }
    return text.len;
}

static bool read_parameters(Arena *arena, Str text, AbiSignature *signature)
{
    AbiParameter *parameters = ARENA_ARRAY(arena, AbiParameter, PARAMETERS_MAX);
    uint32_t depth = 0;
    size_t begin = 0;
    if (str_eq(str_trim(text), STR("void")) || str_trim(text).len == 0) {
        signature->parameters = parameters;
        return str_trim(text).len != 0; // "()" says nothing
    }
    for (size_t at = 0; at <= text.len; at++) {
        char c = at < text.len ? text.at[at] : ',';
        depth += c == '(';
        depth -= c == ')' && depth;
        if (c != ',' || (depth && at < text.len))
            continue;
        Str one = str_trim(str_sub(text, begin, at));
        const AbiType *type = type_of(one);
        if (!type || type->kind == ABI_VOID || str_starts(one, STR("...")) ||
            signature->n_parameters >= PARAMETERS_MAX)
            return false;
        parameters[signature->n_parameters++].type = type;
        begin = at + 1;
    }
    signature->parameters = parameters;
    return true;
}

// From the end of the declaration before, or of the line of a comment or directive.
static Str result_before(Str text, size_t name)
{
    size_t begin = name;
    while (begin > 0 && name - begin < RESULT_BYTES_MAX &&
           (is_name_char(text.at[begin - 1]) || text.at[begin - 1] == '*' ||
            text.at[begin - 1] == ' ' || text.at[begin - 1] == '\t'))
        begin--;
    return str_trim(str_sub(text, begin, name));
}

static bool read_at(Arena *arena, Str text, size_t name, size_t open,
                    AbiSignature *signature)
{
    size_t close = closing(text, open);
    Str result = result_before(text, name);
    if (close == text.len || !result.len)
        return false;
    *signature = (AbiSignature){.result = type_of(result)};
    return signature->result &&
           read_parameters(arena, str_sub(text, open + 1, close), signature);
}

static Str on_one_line(Arena *arena, Str text)
{
    char *copy = arena_z(arena, text);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = is_space(copy[i]);
        if (!is_blank || (n && copy[n - 1] != ' '))
            copy[n++] = is_blank ? ' ' : copy[i];
    }
    return (Str){copy, n};
}

// Comment marks between the lines of a prototype are blanks.
static Str without_marks(Arena *arena, Str text)
{
    char *copy = arena_z(arena, text);
    for (size_t i = 0; i < text.len; i++) {
        bool is_start = i == 0 || copy[i - 1] == '\n';
        if (!is_start)
            continue;
        for (size_t k = i;
             k < text.len && (copy[k] == ' ' || copy[k] == '\t' || copy[k] == '/' ||
                              copy[k] == '*' || copy[k] == ';' || copy[k] == '#');
             k++)
            copy[k] = ' ';
    }
    return (Str){copy, text.len};
}

bool asm_prototype_find(Arena *arena, Str text, Str name, AbiSignature *ret_signature,
                        Str *ret_declaration)
{
    if (!name.len || !str_has(text, name))
        return false;
    Str plain = without_marks(arena, text);
    for (size_t at = 0; at < plain.len;) {
        at += str_find(str_from(plain, at), name);
        size_t end = at + name.len, open = end;
        while (open < plain.len && (plain.at[open] == ' ' || plain.at[open] == '\t'))
            open++;
        bool is_whole = at < plain.len && (at == 0 || !is_name_char(plain.at[at - 1])) &&
                        open < plain.len && plain.at[open] == '(';
        if (is_whole && read_at(arena, plain, at, open, ret_signature)) {
            Str result = result_before(plain, at);
            size_t begin = (size_t)(result.at - plain.at);
            *ret_declaration =
                on_one_line(arena, str_sub(plain, begin, closing(plain, open) + 1));
            return true;
        }
        at = end;
    }
    return false;
}

AbiSignature asm_prototype_of(Arena *arena, uint32_t n, bool has_result)
{
    AbiParameter *parameters = ARENA_ARRAY(arena, AbiParameter, n + 1);
    for (uint32_t i = 0; i < n; i++)
        parameters[i].type = &int_type;
    return (AbiSignature){.result = has_result ? &int_type : &void_type,
                          .parameters = parameters,
                          .n_parameters = n};
}
