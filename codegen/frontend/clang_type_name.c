// Types as clang prints them ("unsigned int", "const struct s *", "int (*)(size_t)"), and
// whether two are compatible. What is no plain C - typeof, attributes, vectors, a typedef
// of which two are about - is unknown, and then so is the answer.
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_walk.h"

enum { SHAPE_DEPTH_MAX = 32 };

enum { QUALIFIER_CONST = 1, QUALIFIER_VOLATILE = 2, QUALIFIER_RESTRICT = 4 };

typedef struct Reader {
    Walk *walk;
    CLexer lexer;
    LIST(CToken) tokens;
} Reader;

static TypeShape *shape_new(Walk *walk, TypeShapeKind kind, TypeShape *inner)
{
    TypeShape *shape = ARENA_NEW(walk->arena, TypeShape);
    *shape = (TypeShape){.kind = kind, .inner = inner, .size = -1};
    return shape;
}

// --- Of libclang's types
// -------------------------------------------------------------------------

static TypeShape *shape_at(Walk *walk, CXType type, uint32_t depth);

static uint32_t qualifiers_of(CXType type)
{
    return (clang_isConstQualifiedType(type) ? QUALIFIER_CONST : 0u) |
           (clang_isVolatileQualifiedType(type) ? QUALIFIER_VOLATILE : 0u) |
           (clang_isRestrictQualifiedType(type) ? QUALIFIER_RESTRICT : 0u);
}

static TypeShape *shape_of_function(Walk *walk, CXType type, uint32_t depth)
{
    TypeShape *result = shape_at(walk, clang_getResultType(type), depth + 1);
    TypeShape *shape = shape_new(walk, SHAPE_FUNCTION, result);
    int n = clang_getNumArgTypes(type);
    shape->has_prototype = type.kind == CXType_FunctionProto;
    shape->is_variadic = shape->has_prototype && clang_isFunctionTypeVariadic(type);
    for (int i = 0; i < n; i++) {
        TypeShape *parameter =
            shape_at(walk, clang_getArgType(type, (unsigned)i), depth + 1);
        parameter->qualifiers = 0;
        *LIST_PUSH(walk->arena, &shape->parameters) = parameter;
    }
    return shape;
}

static Str base_name(Walk *walk, CXType type)
{
    CXType plain = clang_getUnqualifiedType(clang_getCanonicalType(type));
    Str name = clang_str(walk->arena, clang_getTypeSpelling(plain));
    return str_eq(name, STR("_Bool")) ? STR("bool") : name;
}

static TypeShape *shape_of_base(Walk *walk, CXType type)
{
    TypeShape *shape = shape_new(walk, SHAPE_BASE, NULL);
    shape->name = base_name(walk, type);
    shape->type = clang_getUnqualifiedType(type);
    if (type.kind == CXType_Enum && !walk->is_cpp)
        shape->integer =
            base_name(walk, clang_getEnumDeclIntegerType(clang_getTypeDeclaration(type)));
    return shape;
}

// `const int[3]`: canonically that is an array with the qualifier, of int.
static TypeShape *shape_of_array(Walk *walk, CXType type, uint32_t depth)
{
    TypeShape *element = shape_at(walk, clang_getArrayElementType(type), depth + 1);
    TypeShape *shape = shape_new(walk, SHAPE_ARRAY, element);
    if (type.kind == CXType_ConstantArray)
        shape->size = clang_getArraySize(type);
    while (element->kind == SHAPE_ARRAY)
        element = element->inner;
    element->qualifiers |= qualifiers_of(type);
    return shape;
}

static TypeShape *shape_at(Walk *walk, CXType type, uint32_t depth)
{
    TypeShape *shape = NULL;
    type = clang_getCanonicalType(type);
    if (depth >= SHAPE_DEPTH_MAX)
        return shape_new(walk, SHAPE_UNKNOWN, NULL);
    switch ((int)type.kind) {
    case CXType_Pointer:
        shape = shape_new(walk, SHAPE_POINTER,
                          shape_at(walk, clang_getPointeeType(type), depth + 1));
        break;
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
        return shape_of_array(walk, type, depth);
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        return shape_of_function(walk, type, depth);
    case CXType_Invalid:
    case CXType_VariableArray:
    case CXType_DependentSizedArray:
    case CXType_BlockPointer:
        shape = shape_new(walk, SHAPE_UNKNOWN, NULL);
        break;
    default: // of CXType_Unexposed, too: _BitInt, __bf16
        shape = shape_of_base(walk, type);
    }
    shape->qualifiers = qualifiers_of(type);
    return shape;
}

TypeShape *type_shape(Walk *walk, CXType type)
{
    return shape_at(walk, type, 0);
}

// --- Typedefs and enumerations by their names
// ----------------------------------------------------

static uint32_t hash_bucket(Str name)
{
    uint32_t hash = 2166136261u; // FNV-1a
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    return (hash ^ hash >> 16) % TYPE_NAME_BUCKETS;
}

// libclang shows no cursor for the types within an expression, but its index has every
// reference in the document, those out of macros and to headers too.
static void on_type_reference(CXClientData owner, const CXIdxEntityRefInfo *reference)
{
    Walk *walk = owner;
    CXCursor cursor = reference->referencedEntity->cursor;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind != CXCursor_TypedefDecl && kind != CXCursor_EnumDecl)
        return;
    CXType type = kind == CXCursor_TypedefDecl
                      ? clang_getTypedefDeclUnderlyingType(cursor)
                      : clang_getCursorType(cursor);
    Str name = str_of(reference->referencedEntity->name);
    uint32_t *bucket = &walk->type_names.buckets[hash_bucket(name)];
    for (uint32_t i = *bucket; i; i = walk->type_names.at.at[i - 1].next) {
        TypeNamed *known = &walk->type_names.at.at[i - 1];
        if (known->kind == kind && str_eq(known->name, name)) {
            known->is_ambiguous |= !clang_equalTypes(clang_getCanonicalType(known->type),
                                                     clang_getCanonicalType(type));
            return;
        }
    }
    *LIST_PUSH(walk->arena, &walk->type_names.at) =
        (TypeNamed){.name = arena_str(walk->arena, name),
                    .kind = kind,
                    .type = type,
                    .next = *bucket};
    *bucket = walk->type_names.at.len;
}

static void read_type_names(Walk *walk)
{
    IndexerCallbacks on = {.indexEntityReference = on_type_reference};
    CXIndexAction action = clang_IndexAction_create(walk->view->index);
    clang_indexTranslationUnit(action, walk, &on, sizeof on,
                               CXIndexOpt_IndexFunctionLocalSymbols, walk->view->tu);
    clang_IndexAction_dispose(action);
    walk->type_names.is_read = true;
}

// False: the document does not name it. CXType_Invalid: two have the name.
static bool type_named(Walk *walk, Str name, enum CXCursorKind kind, CXType *ret_type)
{
    if (!walk->type_names.is_read)
        read_type_names(walk);
    for (uint32_t i = walk->type_names.buckets[hash_bucket(name)]; i;
         i = walk->type_names.at.at[i - 1].next) {
        const TypeNamed *known = &walk->type_names.at.at[i - 1];
        if (known->kind != kind || !str_eq(known->name, name))
            continue;
        *ret_type = known->is_ambiguous ? (CXType){0} : known->type;
        return true;
    }
    return false;
}

// --- Of text
// -------------------------------------------------------------------------------------

static Str word_at(const Reader *reader, uint32_t at)
{
    CToken token = reader->tokens.at[at];
    return token.kind == C_WORD ? c_token_text(&reader->lexer, token) : STR("");
}

static bool is_punct(const Reader *reader, uint32_t at, char punct)
{
    return c_token_is(&reader->lexer, reader->tokens.at[at], punct);
}

static uint32_t qualifier(Str word)
{
    if (str_eq(word, STR("const")))
        return QUALIFIER_CONST;
    if (str_eq(word, STR("volatile")))
        return QUALIFIER_VOLATILE;
    if (str_eq(word, STR("restrict")) || str_eq(word, STR("__restrict")))
        return QUALIFIER_RESTRICT;
    return 0;
}

static bool is_basic(Str word)
{
    static const Str words[] = {
        STR_INIT("void"),     STR_INIT("char"),     STR_INIT("short"),
        STR_INIT("int"),      STR_INIT("long"),     STR_INIT("float"),
        STR_INIT("double"),   STR_INIT("signed"),   STR_INIT("unsigned"),
        STR_INIT("_Bool"),    STR_INIT("bool"),     STR_INIT("__int128"),
        STR_INIT("_Complex"), STR_INIT("_Float16"), STR_INIT("__fp16"),
        STR_INIT("__bf16"),   STR_INIT("_BitInt"),  STR_INIT("__float128")};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

// For Microsoft's environment clang declares size_t itself: its index does not have that.
static TypeShape *named_shape(Walk *walk, Str name, enum CXCursorKind kind)
{
    CXType type;
    if (type_named(walk, name, kind, &type))
        return type_shape(walk, type);
    bool is_own = kind == CXCursor_TypedefDecl && str_eq(name, STR("size_t"));
    TypeShape *shape = shape_new(walk, is_own ? SHAPE_BASE : SHAPE_UNKNOWN, NULL);
    shape->name = is_own ? STR("unsigned long long") : STR("");
    return shape;
}

// "const unsigned int", "struct s", "size_t", "_BitInt(7)"; `*at` ends behind it.
static TypeShape *read_base(Reader *reader, uint32_t *at, uint32_t end)
{
    Walk *walk = reader->walk;
    TypeShape *shape = NULL;
    Str name = STR("");
    uint32_t qualifiers = 0;
    for (; *at < end && reader->tokens.at[*at].kind == C_WORD; ++*at) {
        Str word = word_at(reader, *at);
        bool is_enum = str_eq(word, STR("enum"));
        bool is_tag =
            is_enum || str_eq(word, STR("struct")) || str_eq(word, STR("union"));
        if (qualifier(word)) {
            qualifiers |= qualifier(word);
        } else if (is_basic(word) && !shape) {
            name = name.len ? arena_format(walk->arena, "%.*s %.*s", STR_ARG(name),
                                           STR_ARG(word))
                            : word;
            if (str_eq(word, STR("_BitInt")) && *at + 4 <= end) {
                name = arena_format(
                    walk->arena, "%.*s(%.*s)", STR_ARG(name),
                    STR_ARG(c_token_text(&reader->lexer, reader->tokens.at[*at + 2])));
                *at += 3;
            }
        } else if (shape || name.len || (is_tag && *at + 1 >= end)) {
            return shape_new(walk, SHAPE_UNKNOWN, NULL);
        } else if (is_enum) {
            shape = named_shape(walk, word_at(reader, ++*at), CXCursor_EnumDecl);
        } else if (is_tag) {
            Str tag = word_at(reader, ++*at);
            shape = shape_new(walk, SHAPE_BASE, NULL);
            shape->name =
                arena_format(walk->arena, "%.*s %.*s", STR_ARG(word), STR_ARG(tag));
        } else {
            shape = named_shape(walk, word, CXCursor_TypedefDecl);
        }
    }
    if (!shape) {
        shape = shape_new(walk, name.len ? SHAPE_BASE : SHAPE_UNKNOWN, NULL);
        shape->name = str_eq(name, STR("_Bool")) ? STR("bool") : name;
    }
    if (qualifiers && (shape->kind == SHAPE_ARRAY || shape->kind == SHAPE_FUNCTION))
        return shape_new(walk, SHAPE_UNKNOWN, NULL);
    shape->qualifiers |= qualifiers;
    return shape;
}

static TypeShape *read_type(Reader *reader, uint32_t begin, uint32_t end, uint32_t depth);

// Behind the bracket that closes the one at `at`; `end` if none does.
static uint32_t behind_bracket(const Reader *reader, uint32_t at, uint32_t end)
{
    uint32_t depth = 0;
    for (; at < end; at++) {
        if (is_punct(reader, at, '(') || is_punct(reader, at, '['))
            depth++;
        else if ((is_punct(reader, at, ')') || is_punct(reader, at, ']')) && --depth == 0)
            return at + 1;
    }
    return end;
}

// A parameter is a pointer where an array or a function is written.
static TypeShape *as_parameter(Walk *walk, TypeShape *shape)
{
    if (shape->kind == SHAPE_FUNCTION)
        return shape_new(walk, SHAPE_POINTER, shape);
    if (shape->kind == SHAPE_ARRAY)
        return shape_new(walk, SHAPE_POINTER, shape->inner);
    shape->qualifiers = 0;
    return shape;
}

// What stands between the parentheses of a function.
static void read_parameters(Reader *reader, TypeShape *function, uint32_t begin,
                            uint32_t end, uint32_t depth)
{
    function->has_prototype = begin < end || reader->walk->is_cpp;
    if (end - begin == 1 && str_eq(word_at(reader, begin), STR("void")))
        return;
    while (begin < end) {
        uint32_t at = begin;
        while (at < end && !is_punct(reader, at, ','))
            at = is_punct(reader, at, '(') || is_punct(reader, at, '[')
                     ? behind_bracket(reader, at, end)
                     : at + 1;
        if (is_punct(reader, begin, '.'))
            function->is_variadic = true;
        else
            *LIST_PUSH(reader->walk->arena, &function->parameters) =
                as_parameter(reader->walk, read_type(reader, begin, at, depth + 1));
        begin = at + 1;
    }
}

static TypeShape *read_array(Reader *reader, TypeShape *element, uint32_t begin,
                             uint32_t end)
{
    uint64_t size;
    TypeShape *shape = shape_new(reader->walk, SHAPE_ARRAY, element);
    if (begin == end)
        return shape;
    if (end - begin != 1 ||
        !str_to_u64(c_token_text(&reader->lexer, reader->tokens.at[begin]), &size))
        return shape_new(reader->walk, SHAPE_UNKNOWN, NULL);
    shape->size = (long long)size;
    return shape;
}

// What `begin` .. `end` makes of `base`: the declarator without a name.
static TypeShape *read_declarator(Reader *reader, TypeShape *base, uint32_t begin,
                                  uint32_t end, uint32_t depth)
{
    TypeShape *shape = base;
    uint32_t at = begin;
    for (; at < end && (is_punct(reader, at, '*') || qualifier(word_at(reader, at)));
         at++) {
        if (is_punct(reader, at, '*'))
            shape = shape_new(reader->walk, SHAPE_POINTER, shape);
        else if (shape->kind == SHAPE_POINTER && at > begin)
            shape->qualifiers |= qualifier(word_at(reader, at));
    }
    bool is_nested = at + 1 < end && is_punct(reader, at, '(') &&
                     (is_punct(reader, at + 1, '*') || is_punct(reader, at + 1, '(') ||
                      is_punct(reader, at + 1, '['));
    uint32_t inside = at + 1, inside_end = at;
    if (is_nested) {
        at = behind_bracket(reader, at, end);
        inside_end = at - 1;
    }
    // The suffix that is written last is applied first.
    uint32_t suffixes[SHAPE_DEPTH_MAX], n = 0;
    while (at < end && n < SHAPE_DEPTH_MAX &&
           (is_punct(reader, at, '(') || is_punct(reader, at, '['))) {
        suffixes[n++] = at;
        at = behind_bracket(reader, at, end);
    }
    if (at != end)
        return shape_new(reader->walk, SHAPE_UNKNOWN, NULL);
    while (n-- > 0) {
        uint32_t last = behind_bracket(reader, suffixes[n], end) - 1;
        if (is_punct(reader, suffixes[n], '[')) {
            shape = read_array(reader, shape, suffixes[n] + 1, last);
        } else {
            shape = shape_new(reader->walk, SHAPE_FUNCTION, shape);
            read_parameters(reader, shape, suffixes[n] + 1, last, depth);
        }
    }
    return is_nested && depth < SHAPE_DEPTH_MAX
               ? read_declarator(reader, shape, inside, inside_end, depth + 1)
               : shape;
}

static TypeShape *read_type(Reader *reader, uint32_t begin, uint32_t end, uint32_t depth)
{
    if (depth >= SHAPE_DEPTH_MAX)
        return shape_new(reader->walk, SHAPE_UNKNOWN, NULL);
    TypeShape *base = read_base(reader, &begin, end);
    return read_declarator(reader, base, begin, end, depth);
}

TypeShape *type_shape_of_text(Walk *walk, Str text)
{
    Reader reader = {.walk = walk};
    c_lexer_init(&reader.lexer, text);
    for (;;) {
        CToken token = c_lexer_next_code(&reader.lexer);
        if (token.kind == C_END)
            break;
        *LIST_PUSH(walk->arena, &reader.tokens) = token;
    }
    return read_type(&reader, 0, reader.tokens.len, 0);
}

// --- Compatible (clang, ASTContext::typesAreCompatible)
// ------------------------------------------

static Likeness bases_alike(const TypeShape *a, const TypeShape *b)
{
    bool has_types = a->type.kind != CXType_Invalid && b->type.kind != CXType_Invalid;
    if (has_types && clang_equalTypes(a->type, b->type))
        return ALIKE;
    if (str_eq(a->name, b->name))
        return has_types ? UNLIKE : ALIKE;
    bool is_enum = (a->integer.len && str_eq(a->integer, b->name)) ||
                   (b->integer.len && str_eq(b->integer, a->name));
    return is_enum ? ALIKE : UNLIKE;
}

static Likeness functions_alike(const TypeShape *a, const TypeShape *b)
{
    if (!a->has_prototype || !b->has_prototype)
        return a->has_prototype == b->has_prototype ? ALIKE : UNSURE;
    if (a->is_variadic != b->is_variadic || a->parameters.len != b->parameters.len)
        return UNLIKE;
    Likeness all = ALIKE;
    for (uint32_t i = 0; i < a->parameters.len && all != UNLIKE; i++) {
        Likeness one = types_alike(a->parameters.at[i], b->parameters.at[i]);
        all = one == ALIKE ? all : one;
    }
    return all;
}

Likeness types_alike(const TypeShape *a, const TypeShape *b)
{
    Likeness here = ALIKE;
    if (a->kind == SHAPE_UNKNOWN || b->kind == SHAPE_UNKNOWN)
        return UNSURE;
    if (a->kind != b->kind || a->qualifiers != b->qualifiers)
        return UNLIKE;
    if (a->kind == SHAPE_BASE)
        return bases_alike(a, b);
    if (a->kind == SHAPE_FUNCTION)
        here = functions_alike(a, b);
    if (a->kind == SHAPE_ARRAY && a->size >= 0 && b->size >= 0 && a->size != b->size)
        return UNLIKE;
    if (here == UNLIKE)
        return UNLIKE;
    Likeness inner = types_alike(a->inner, b->inner);
    return inner == ALIKE ? here : inner;
}
