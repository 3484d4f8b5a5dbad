#include "codegen/rust/types.h"

#include "codegen/abi/lower_type.h"

static AbiType *make(RustTypes *types, AbiKind kind, uint64_t bytes, Str name)
{
    AbiType *type = ARENA_NEW(types->arena, AbiType);
    type->kind = kind;
    type->bytes = type->align = bytes;
    type->bits = (uint32_t)bytes * 8;
    type->name = name;
    return type;
}

// --- Names
// ------------------------------------------------------------------------------

typedef struct Primitive {
    const char *name;
    AbiKind kind;
    uint8_t bytes;
    bool is_signed;
} Primitive;

static const Primitive primitives[] = {
    {"i8", ABI_INT, 1, true},           {"u8", ABI_INT, 1, false},
    {"i16", ABI_INT, 2, true},          {"u16", ABI_INT, 2, false},
    {"i32", ABI_INT, 4, true},          {"u32", ABI_INT, 4, false},
    {"i64", ABI_INT, 8, true},          {"u64", ABI_INT, 8, false},
    {"i128", ABI_INT, 16, true},        {"u128", ABI_INT, 16, false},
    {"isize", ABI_INT, 8, true},        {"usize", ABI_INT, 8, false},
    {"bool", ABI_BOOL, 1, false},       {"char", ABI_INT, 4, false},
    {"f16", ABI_HALF, 2, true},         {"f32", ABI_FLOAT, 4, true},
    {"f64", ABI_DOUBLE, 8, true},       {"c_char", ABI_INT, 1, true},
    {"c_schar", ABI_INT, 1, true},      {"c_uchar", ABI_INT, 1, false},
    {"c_short", ABI_INT, 2, true},      {"c_ushort", ABI_INT, 2, false},
    {"c_int", ABI_INT, 4, true},        {"c_uint", ABI_INT, 4, false},
    {"c_long", ABI_INT, 4, true},       {"c_ulong", ABI_INT, 4, false},
    {"c_longlong", ABI_INT, 8, true},   {"c_ulonglong", ABI_INT, 8, false},
    {"c_float", ABI_FLOAT, 4, true},    {"c_double", ABI_DOUBLE, 8, true},
    {"size_t", ABI_INT, 8, false},      {"ssize_t", ABI_INT, 8, true},
    {"intptr_t", ABI_INT, 8, true},     {"uintptr_t", ABI_INT, 8, false},
    {"int8_t", ABI_INT, 1, true},       {"uint8_t", ABI_INT, 1, false},
    {"int16_t", ABI_INT, 2, true},      {"uint16_t", ABI_INT, 2, false},
    {"int32_t", ABI_INT, 4, true},      {"uint32_t", ABI_INT, 4, false},
    {"int64_t", ABI_INT, 8, true},      {"uint64_t", ABI_INT, 8, false},
    {"wchar_t", ABI_INT, 2, false},     {"BOOL", ABI_INT, 4, true},
    {"BYTE", ABI_INT, 1, false},        {"WORD", ABI_INT, 2, false},
    {"DWORD", ABI_INT, 4, false},       {"DWORD64", ABI_INT, 8, false},
    {"LONG", ABI_INT, 4, true},         {"ULONG", ABI_INT, 4, false},
    {"INT", ABI_INT, 4, true},          {"UINT", ABI_INT, 4, false},
    {"USHORT", ABI_INT, 2, false},      {"ULONGLONG", ABI_INT, 8, false},
    {"LONGLONG", ABI_INT, 8, true},     {"HRESULT", ABI_INT, 4, true},
    {"NTSTATUS", ABI_INT, 4, true},     {"HANDLE", ABI_POINTER, 8, false},
    {"HMODULE", ABI_POINTER, 8, false}, {"HWND", ABI_POINTER, 8, false},
    {"LPVOID", ABI_POINTER, 8, false},  {"PVOID", ABI_POINTER, 8, false},
    {"SIZE_T", ABI_INT, 8, false},      {"ULONG_PTR", ABI_INT, 8, false},
    {"WPARAM", ABI_INT, 8, false},      {"LPARAM", ABI_INT, 8, true},
    {"LRESULT", ABI_INT, 8, true}};

static const AbiType *primitive(RustTypes *types, Str name)
{
    for (size_t i = 0; i < COUNTOF(primitives); i++) {
        if (!str_eq(name, str_of(primitives[i].name)))
            continue;
        AbiType *type = make(types, primitives[i].kind, primitives[i].bytes, name);
        type->is_signed = primitives[i].is_signed;
        if (type->kind == ABI_BOOL)
            type->bits = 1;
        return type;
    }
    return NULL;
}

// float32x4_t: element, its bits, their number.
static const AbiType *vector(RustTypes *types, Str name)
{
    static const Str elements[] = {STR_INIT("float"), STR_INIT("uint"), STR_INIT("int"),
                                   STR_INIT("poly")};
    for (size_t i = 0; i < COUNTOF(elements); i++) {
        uint64_t bits, count;
        if (!str_starts(name, elements[i]) || !str_ends(name, STR("_t")))
            continue;
        Str rest = str_sub(name, elements[i].len, name.len - 2);
        size_t x = str_find_char(rest, 'x');
        if (!str_to_u64(str_sub(rest, 0, x), &bits) ||
            !str_to_u64(str_from(rest, x + 1), &count) ||
            (bits * count != 64 && bits * count != 128))
            return NULL;
        AbiKind kind = i            ? ABI_INT
                       : bits == 64 ? ABI_DOUBLE
                       : bits == 32 ? ABI_FLOAT
                                    : ABI_HALF;
        AbiType *type = make(types, ABI_VECTOR, bits * count / 8, name);
        type->element = make(types, kind, bits / 8, STR(""));
        type->count = count;
        return type;
    }
    return NULL;
}

// --- Types of the file
// --------------------------------------------------------------------

static bool add_field(RustTypes *types, AbiType *record, AbiField *field,
                      const RustType *type, const RustField *from)
{
    const AbiType *of = rust_abi_type(types, from->type);
    if (!of || of->kind == ABI_VOID || of->kind == ABI_UNKNOWN || !of->bytes)
        return false;
    uint64_t align = of->align;
    if (type->is_packed)
        align = type->align && type->align < align ? type->align
                : type->align                      ? align
                                                   : 1;
    uint64_t offset = record->is_union ? 0 : align_up(record->bytes, align);
    *field = (AbiField){.type = of, .name = from->name, .offset_bits = offset * 8};
    uint64_t end = offset + of->bytes;
    record->bytes = end > record->bytes ? end : record->bytes;
    record->align = align > record->align ? align : record->align;
    return true;
}

static const AbiType *record_of(RustTypes *types, const RustType *type)
{
    if (type->is_generic || (!type->is_repr_c && !type->is_transparent) ||
        !type->fields.len)
        return NULL;
    if (type->is_transparent && type->fields.len == 1)
        return rust_abi_type(types, type->fields.at[0].type);
    AbiType *record = make(types, ABI_RECORD, 0, type->name);
    AbiField *fields = ARENA_ARRAY(types->arena, AbiField, type->fields.len);
    record->align = 1;
    record->bits = 0;
    record->is_union = type->kind == RUST_TYPE_UNION;
    record->is_packed = type->is_packed;
    for (uint32_t i = 0; i < type->fields.len; i++)
        if (!add_field(types, record, &fields[i], type, &type->fields.at[i]))
            return NULL;
    if (type->align && !type->is_packed) {
        record->is_aligned = true;
        record->align = type->align > record->align ? type->align : record->align;
    }
    record->fields = fields;
    record->n_fields = type->fields.len;
    record->bytes = align_up(record->bytes, record->align);
    return record;
}

static const AbiType *local_type(RustTypes *types, const RustType *type)
{
    switch (type->kind) {
    case RUST_TYPE_STRUCT:
    case RUST_TYPE_UNION:
        return record_of(types, type);
    case RUST_TYPE_ENUM:
        if (!type->is_plain_enum)
            return NULL;
        return type->repr_int.len ? primitive(types, type->repr_int)
               : type->is_repr_c  ? primitive(types, STR("i32"))
                                  : NULL;
    case RUST_TYPE_ALIAS:
        return type->is_generic || !type->fields.len
                   ? NULL
                   : rust_abi_type(types, type->fields.at[0].type);
    }
    return NULL;
}

static const AbiType *named(RustTypes *types, Str name)
{
    const RustType *local = rust_type_of(types->items, name);
    if (local)
        return local_type(types, local);
    const AbiType *type = primitive(types, name);
    return type ? type : vector(types, name);
}

// --- Forms
// ------------------------------------------------------------------------------

static bool says(const RustTypes *types, uint32_t at, const char *word)
{
    return rust_is_word(types->tokens, at, str_of(word));
}

// What a pointer to this is one word to: not slices, str and trait objects.
static bool is_thin(const RustTypes *types, uint32_t at)
{
    if (rust_is_punct(types->tokens, at, '['))
        for (uint32_t i = at + 1; i < rust_skip_group(types->tokens, at);
             i = rust_skip_group(types->tokens, i))
            if (rust_is_punct(types->tokens, i, ';'))
                return true;
    return !rust_is_punct(types->tokens, at, '[') && !says(types, at, "str") &&
           !says(types, at, "dyn") && !says(types, at, "CStr") &&
           !says(types, at, "impl");
}

static const AbiType *array(RustTypes *types, RustRange range)
{
    uint32_t close = rust_token(types->tokens, range.begin)->match,
             semicolon = range.begin + 1;
    if (close == RUST_NONE)
        return NULL;
    while (semicolon < close && !rust_is_punct(types->tokens, semicolon, ';'))
        semicolon = rust_skip_group(types->tokens, semicolon);
    uint64_t count;
    Str digits = rust_token_text(types->tokens, semicolon + 1);
    if (semicolon + 2 != close || !str_to_u64(digits, &count) || count > 1 << 20)
        return NULL;
    const AbiType *element =
        rust_abi_type(types, (RustRange){range.begin + 1, semicolon});
    if (!element || !element->bytes)
        return NULL;
    AbiType *type = make(types, ABI_ARRAY, element->bytes * count, STR("array"));
    type->align = element->align;
    type->element = element;
    type->count = count;
    return type;
}

// Wrappers: what stands in <...> with the same layout, or a pointer.
static const AbiType *generic(RustTypes *types, Str name, RustRange inside)
{
    static const Str same[] = {STR_INIT("MaybeUninit"), STR_INIT("ManuallyDrop"),
                               STR_INIT("UnsafeCell"), STR_INIT("Cell"),
                               STR_INIT("Wrapping")};
    static const Str pointers[] = {STR_INIT("NonNull"), STR_INIT("Box"),
                                   STR_INIT("AtomicPtr")};
    for (size_t i = 0; i < COUNTOF(same); i++)
        if (str_eq(name, same[i]))
            return rust_abi_type(types, inside);
    for (size_t i = 0; i < COUNTOF(pointers); i++)
        if (str_eq(name, pointers[i]) && is_thin(types, inside.begin))
            return make(types, ABI_POINTER, 8, name);
    if (!str_eq(name, STR("Option")))
        return NULL;
    const AbiType *type = rust_abi_type(types, inside);
    bool may_be_null = rust_is_punct(types->tokens, inside.begin, '*');
    return type && type->kind == ABI_POINTER && !may_be_null ? type : NULL;
}

static const AbiType *path(RustTypes *types, RustRange range)
{
    uint32_t last = range.begin;
    for (uint32_t i = range.begin; i < range.end;) {
        uint8_t kind = rust_token(types->tokens, i)->kind;
        if (kind != RUST_IDENT && kind != RUST_RAW_IDENT)
            return NULL;
        last = i;
        if (i + 1 == range.end)
            return named(types, rust_name(types->tokens, last));
        if (rust_is_punct(types->tokens, i + 1, '<') &&
            rust_is_punct(types->tokens, range.end - 1, '>'))
            return generic(types, rust_name(types->tokens, last),
                           (RustRange){i + 2, range.end - 1});
        if (!rust_is_path_sep(types->tokens, i + 1))
            return NULL;
        i += 3;
    }
    return NULL;
}

static bool is_function(const RustTypes *types, uint32_t at, uint32_t end)
{
    for (; at < end; at++) {
        if (says(types, at, "fn"))
            return true;
        if (!says(types, at, "unsafe") && !says(types, at, "extern") &&
            !rust_is_string(types->tokens, at))
            return false;
    }
    return false;
}

static const AbiType *form(RustTypes *types, RustRange range)
{
    const RustTokens *tokens = types->tokens;
    uint32_t at = range.begin;
    if (rust_is_punct(tokens, at, '&')) {
        at++;
        at += rust_token(tokens, at)->kind == RUST_LIFETIME;
        at += says(types, at, "mut");
        return is_thin(types, at) ? make(types, ABI_POINTER, 8, STR("reference")) : NULL;
    }
    if (rust_is_punct(tokens, at, '*'))
        return is_thin(types, at + 2) ? make(types, ABI_POINTER, 8, STR("pointer"))
                                      : NULL;
    if (rust_is_punct(tokens, at, '('))
        return range.end - at == 2 ? make(types, ABI_VOID, 0, STR("()")) : NULL;
    if (rust_is_punct(tokens, at, '!'))
        return make(types, ABI_VOID, 0, STR("!"));
    if (rust_is_punct(tokens, at, '['))
        return array(types, range);
    if (is_function(types, at, range.end))
        return make(types, ABI_POINTER, 8, STR("fn"));
    if (rust_is_path_sep(tokens, at))
        range.begin += 2;
    return path(types, range);
}

const AbiType *rust_abi_type(RustTypes *types, RustRange range)
{
    const AbiType *type;
    if (range.begin >= range.end)
        return make(types, ABI_VOID, 0, STR("()"));
    if (types->depth >= RUST_TYPE_DEPTH_MAX || ++types->n_nodes > ABI_NODES_MAX)
        return NULL;
    types->depth++;
    type = form(types, range);
    types->depth--;
    return type;
}

// --- Signatures
// -------------------------------------------------------------------------

bool rust_is_single_float(const AbiType *type)
{
    while (type->kind == ABI_RECORD && type->n_fields == 1 && !type->is_union &&
           type->fields[0].type->bytes == type->bytes) {
        type = type->fields[0].type;
        if (type->kind == ABI_FLOAT || type->kind == ABI_DOUBLE)
            return true;
    }
    return false;
}

// As the text has it, for people.
static const AbiType *with_name(RustTypes *types, const AbiType *type, RustRange range)
{
    if (range.begin >= range.end)
        return type;
    const RustToken *first = rust_token(types->tokens, range.begin);
    const RustToken *last = rust_token(types->tokens, range.end - 1);
    AbiType *copy = ARENA_NEW(types->arena, AbiType);
    *copy = *type;
    copy->name = str_sub(types->tokens->text, first->begin, last->begin + last->len);
    return copy;
}

// An array is no parameter of C's, and rustc's single floats are numbers.
static const AbiType *value_type(RustTypes *types, RustRange range)
{
    const AbiType *type = rust_abi_type(types, range);
    if (!type || type->kind == ABI_ARRAY)
        return NULL;
    if (rust_is_single_float(type)) {
        AbiType *number = make(types, type->bytes == 4 ? ABI_FLOAT : ABI_DOUBLE,
                               type->bytes, type->name);
        number->is_signed = true;
        type = number;
    }
    return with_name(types, type, range);
}

const AbiSignature *rust_abi_signature(RustTypes *types, const RustFunction *function)
{
    static const Str conventions[] = {STR_INIT("C"), STR_INIT("system"),
                                      STR_INIT("C-unwind"), STR_INIT("system-unwind")};
    bool is_c = false;
    for (size_t i = 0; i < COUNTOF(conventions); i++)
        is_c |= str_eq(function->abi, conventions[i]);
    if (!is_c || (function->is & (RUST_FN_GENERIC | RUST_FN_METHOD)))
        return NULL;
    types->n_nodes = 0;
    AbiSignature *signature = ARENA_NEW(types->arena, AbiSignature);
    AbiParameter *parameters =
        ARENA_ARRAY(types->arena, AbiParameter, function->parameters.len + 1);
    signature->result = value_type(types, function->result);
    for (uint32_t i = 0; i < function->parameters.len; i++) {
        const RustParameter *parameter = &function->parameters.at[i];
        parameters[i] =
            (AbiParameter){value_type(types, parameter->type), parameter->name};
        if (!parameters[i].type || parameters[i].type->kind == ABI_VOID)
            return NULL;
    }
    signature->parameters = parameters;
    signature->n_parameters = function->parameters.len;
    signature->is_variadic = (function->is & RUST_FN_VARIADIC) != 0;
    signature->convention_name = STR("");
    return signature->result ? signature : NULL;
}
