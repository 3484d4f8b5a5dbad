// Sizes, alignments and offsets are asked of libclang, which computed them for Arm64EC;
// nothing is laid out here. libclang has no kind for __bf16 and _BitInt in all versions:
// their spelling decides (c-abi.md). A type is made once: canonical types are found by
// the address that libclang gives them, and so are the names people gave them.
#include "codegen/frontend/clang_type.h"

#include "codegen/frontend/clang_older.h"

#include <string.h>

enum { FIELDS_MAX = 4096, RECORD_DEPTH_MAX = 64 };

typedef struct TypeSlot {
    const void *key;
    const void *value;
} TypeSlot;

typedef struct TypeTable { // open addressing; a key is stored once
    TypeSlot *at;
    uint32_t n, n_used;
} TypeTable;

struct ClangTypes {
    ClangView *view;
    Arena *arena;
    AbiEnvironment environment;
    TypeTable canonical, named, functions;
    uint32_t depth; // of records within records
};

ClangTypes *clang_types_open(ClangView *view)
{
    ClangTypes *types = ARENA_NEW(view->unit->arena, ClangTypes);
    types->view = view;
    types->arena = view->unit->arena;
    types->environment = str_ends(view->unit->target, STR("msvc")) ? ABI_ENVIRONMENT_MSVC
                                                                   : ABI_ENVIRONMENT_GNU;
    return types;
}

static uint32_t slot_of(const TypeTable *table, const void *key)
{
    uint64_t mixed = ((uint64_t)(uintptr_t)key >> 3) * 0x9E3779B97F4A7C15u;
    uint32_t at = (uint32_t)(mixed >> 32) & (table->n - 1);
    while (table->at[at].key && table->at[at].key != key)
        at = (at + 1) & (table->n - 1);
    return at;
}

static const void *table_find(const TypeTable *table, const void *key)
{
    return table->n ? table->at[slot_of(table, key)].value : NULL;
}

static void table_put(Arena *arena, TypeTable *table, const void *key, const void *value)
{
    if (table->n_used * 2 >= table->n) {
        TypeTable old = *table;
        table->n = old.n ? old.n * 2 : 256;
        table->at = ARENA_ARRAY(arena, TypeSlot, table->n);
        for (uint32_t i = 0; i < old.n; i++)
            if (old.at[i].key)
                table->at[slot_of(table, old.at[i].key)] = old.at[i];
    }
    TypeSlot *slot = &table->at[slot_of(table, key)];
    table->n_used += !slot->key;
    *slot = (TypeSlot){key, value};
}

static Str spelling(ClangTypes *types, CXType type)
{
    return clang_type_name(types->arena, type);
}

// --- Records
// -------------------------------------------------------------------------------------

typedef struct RecordWalk {
    ClangTypes *types;
    CXType record;
    LIST(AbiField) fields;
    LIST(CXCursor) cursors; // of the fields behind the bases
    AbiType *made;
    bool is_unknown;
} RecordWalk;

static void add_nodes(AbiType *made, const AbiType *member)
{
    made->n_nodes += member->n_nodes;
    if (made->n_nodes > ABI_NODES_MAX)
        made->n_nodes = ABI_NODES_MAX + 1;
}

static enum CXVisitorResult on_field(CXCursor field, CXClientData owner)
{
    RecordWalk *walk = owner;
    if (walk->cursors.len == FIELDS_MAX) {
        walk->is_unknown = true;
        return CXVisit_Break;
    }
    const AbiType *type = clang_type(walk->types, clang_getCursorType(field));
    bool is_bit_field = clang_Cursor_isBitField(field) != 0;
    int width = is_bit_field ? clang_getFieldDeclBitWidth(field) : 0;
    walk->is_unknown |= type->kind == ABI_UNKNOWN || width < 0;
    add_nodes(walk->made, type);
    *LIST_PUSH(walk->types->arena, &walk->cursors) = field;
    *LIST_PUSH(walk->types->arena, &walk->fields) =
        (AbiField){.type = type,
                   .name = clang_str(walk->types->arena, clang_getCursorSpelling(field)),
                   .is_bit_field = is_bit_field,
                   .has_attributes = clang_has_attributes(field),
                   .width_bits = width < 0 ? 0 : (uint32_t)width};
    return CXVisit_Continue;
}

// libclang looks through the whole record for each offset, and through a member's record
// as often as it is there: after the nodes have been counted.
static void take_offsets(RecordWalk *walk)
{
    uint32_t n_bases = walk->fields.len - walk->cursors.len;
    for (uint32_t i = 0; i < walk->cursors.len && !walk->is_unknown; i++) {
        long long offset = clang_Cursor_getOffsetOfField(walk->cursors.at[i]);
        walk->is_unknown |= offset < 0;
        walk->fields.at[n_bases + i].offset_bits = offset < 0 ? 0 : (uint64_t)offset;
    }
}

static void take_base(RecordWalk *walk, CXCursor base)
{
    CXCursor record = clang_getTypeDeclaration(walk->record);
    const AbiType *type = clang_type(walk->types, clang_getCursorType(base));
    add_nodes(walk->made, type);
    long long offset = clang_getOffsetOfBase(record, base);
    walk->made->is_no_cxx14_aggregate = true;
    walk->made->is_non_trivial |= type->is_non_trivial || clang_isVirtualBase(base);
    walk->is_unknown |= type->kind == ABI_UNKNOWN || offset < 0;
    *LIST_PUSH(walk->types->arena, &walk->fields) =
        (AbiField){.type = type,
                   .name = STR(""),
                   .offset_bits = offset < 0 ? 0 : (uint64_t)offset,
                   .is_base = true};
}

static void take_constructor(RecordWalk *walk, CXCursor cursor)
{
    walk->made->is_no_cxx14_aggregate = true;
    bool copies = clang_CXXConstructor_isCopyConstructor(cursor) ||
                  clang_CXXConstructor_isMoveConstructor(cursor);
    if (copies && !clang_CXXMethod_isDefaulted(cursor))
        walk->made->is_non_trivial = true;
}

static void take_attribute(RecordWalk *walk, CXCursor record)
{
    Str text = clang_str(walk->types->arena, clang_getCursorPrettyPrinted(record, NULL));
    walk->made->is_transparent_union |= str_has(text, STR("transparent_union"));
}

// What a record's declaration says beside its fields.
static enum CXChildVisitResult on_member(CXCursor cursor, CXCursor above,
                                         CXClientData owner)
{
    RecordWalk *walk = owner;
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_CXXBaseSpecifier:
        take_base(walk, cursor);
        break;
    case CXCursor_Constructor:
        take_constructor(walk, cursor);
        break;
    case CXCursor_Destructor:
        walk->made->is_no_cxx14_aggregate = true;
        walk->made->is_non_trivial |=
            !clang_CXXMethod_isDefaulted(cursor) || clang_CXXMethod_isVirtual(cursor);
        break;
    case CXCursor_CXXMethod:
        if (clang_CXXMethod_isVirtual(cursor)) {
            walk->made->is_no_cxx14_aggregate = true;
            walk->made->is_non_trivial = true;
        }
        break;
    case CXCursor_FieldDecl:
        if (clang_getCXXAccessSpecifier(cursor) == CX_CXXPrivate ||
            clang_getCXXAccessSpecifier(cursor) == CX_CXXProtected)
            walk->made->is_no_cxx14_aggregate = true;
        break;
    case CXCursor_PackedAttr:
        walk->made->is_packed = true;
        break;
    case CXCursor_AlignedAttr:
        walk->made->is_aligned = true;
        break;
    case CXCursor_UnexposedAttr:
        if (walk->made->is_union)
            take_attribute(walk, above);
        break;
    default:
        break;
    }
    return CXChildVisit_Continue;
}

static void make_record(ClangTypes *types, CXType type, AbiType *made)
{
    CXCursor declaration = clang_getTypeDeclaration(type);
    RecordWalk walk = {.types = types, .record = type, .made = made};
    made->kind = ABI_RECORD;
    made->is_union = clang_getCursorKind(declaration) == CXCursor_UnionDecl;
    if (types->depth == RECORD_DEPTH_MAX) {
        made->kind = ABI_UNKNOWN;
        return;
    }
    types->depth++;
    clang_visitChildren(declaration, on_member, &walk);
    clang_Type_visitFields(type, on_field, &walk);
    types->depth--;
    walk.is_unknown |= made->n_nodes > ABI_NODES_MAX;
    take_offsets(&walk);
    made->fields = walk.fields.at;
    made->n_fields = walk.fields.len;
    for (uint32_t i = 0; i < made->n_fields; i++) {
        const AbiType *member = made->fields[i].type;
        while (member->kind == ABI_ARRAY || member->kind == ABI_FLEXIBLE)
            member = member->element;
        made->is_non_trivial |= member->is_non_trivial;
    }
    if (walk.is_unknown)
        abi_make_opaque(types->arena, made);
}

// --- Types
// ---------------------------------------------------------------------------------------

static void make_integer(AbiType *made, AbiKind kind, enum CXTypeKind from)
{
    made->kind = kind;
    made->bits = kind == ABI_BOOL ? 1 : (uint32_t)made->bytes * 8;
    made->is_signed = from >= CXType_Char_S && from <= CXType_Int128;
}

// "_BitInt(17)", "unsigned _BitInt(17)", "__bf16", "__SVInt8_t": kinds that libclang does
// not name.
static void make_by_spelling(ClangTypes *types, CXType type, AbiType *made)
{
    Str name = spelling(types, type);
    size_t at = str_find(name, STR("_BitInt("));
    uint64_t bits = 0;
    if (at < name.len) {
        Str rest = str_from(name, at + 8);
        if (str_to_u64(str_sub(rest, 0, str_find_char(rest, ')')), &bits)) {
            made->kind = ABI_BIT_INT;
            made->bits = (uint32_t)bits;
            made->is_signed = !str_starts(name, STR("unsigned"));
        }
    } else if (str_eq(name, STR("__bf16"))) {
        made->kind = ABI_BFLOAT;
    } else if (str_starts(name, STR("__SV")) || str_starts(name, STR("__clang_sv"))) {
        made->kind = ABI_SCALABLE;
    }
}

static void make_array(ClangTypes *types, CXType type, AbiType *made)
{
    made->element = clang_type(types, clang_getArrayElementType(type));
    add_nodes(made, made->element);
    if (type.kind == CXType_ConstantArray) {
        made->kind = ABI_ARRAY;
        made->count = (uint64_t)clang_getArraySize(type);
    } else {
        made->kind = ABI_FLEXIBLE;
        made->bytes = 0;
        made->align = made->element->align;
    }
    if (made->element->kind == ABI_UNKNOWN)
        made->kind = ABI_UNKNOWN;
}

static void make_kind(ClangTypes *types, CXType type, AbiType *made)
{
    switch ((int)type.kind) {
    case CXType_Bool:
        make_integer(made, ABI_BOOL, type.kind);
        break;
    case CXType_Enum: {
        CXType integer = clang_getCanonicalType(
            clang_getEnumDeclIntegerType(clang_getTypeDeclaration(type)));
        make_integer(made, ABI_INT, integer.kind);
        break;
    }
    case CXType_Half:
    case CXType_Float16:
        made->kind = ABI_HALF;
        break;
    case CXType_BFloat16:
        made->kind = ABI_BFLOAT;
        break;
    case CXType_Float:
        made->kind = ABI_FLOAT;
        break;
    case CXType_Double:
        made->kind = ABI_DOUBLE;
        break;
    case CXType_LongDouble:
        made->kind = ABI_LONG_DOUBLE;
        break;
    case CXType_Pointer:
    case CXType_BlockPointer:
    case CXType_NullPtr:
    case CXType_LValueReference:
    case CXType_RValueReference:
        made->kind = ABI_POINTER;
        break;
    case CXType_MemberPointer: // one word is a pointer; more are a struct of our own
        made->kind = made->bytes == 8 ? ABI_POINTER : ABI_UNKNOWN;
        break;
    case CXType_Vector:
    case CXType_ExtVector:
        made->kind = ABI_VECTOR;
        made->element = clang_type(types, clang_getElementType(type));
        made->count = (uint64_t)clang_getNumElements(type);
        made->is_ext_vector = type.kind == CXType_ExtVector;
        break;
    case CXType_Complex:
        made->kind = ABI_COMPLEX;
        made->element = clang_type(types, clang_getElementType(type));
        break;
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
        make_array(types, type, made);
        break;
    case CXType_Record:
        make_record(types, type, made);
        break;
    default:
        if (type.kind >= CXType_Char_U && type.kind <= CXType_Int128)
            make_integer(made, ABI_INT, type.kind);
        else
            make_by_spelling(types, type, made);
    }
}

static const AbiType *canonical_type(ClangTypes *types, CXType type)
{
    CXType canonical = clang_getUnqualifiedType(clang_getCanonicalType(type));
    const AbiType *known = table_find(&types->canonical, canonical.data[0]);
    if (known)
        return known;
    AbiType *made = ARENA_NEW(types->arena, AbiType);
    *made =
        (AbiType){.kind = ABI_UNKNOWN, .n_nodes = 1, .name = spelling(types, canonical)};
    long long bytes = clang_Type_getSizeOf(canonical);
    long long align = clang_Type_getAlignOf(canonical);
    bool is_function = canonical.kind == CXType_FunctionProto ||
                       canonical.kind == CXType_FunctionNoProto;
    if (canonical.kind == CXType_Void) {
        made->kind = ABI_VOID;
    } else if (is_function || canonical.kind == CXType_VariableArray) {
        made->kind = ABI_POINTER;
        made->bytes = made->align = 8;
    } else if ((bytes >= 0 && align > 0) || canonical.kind == CXType_IncompleteArray) {
        made->bytes = bytes < 0 ? 0 : (uint64_t)bytes;
        made->align = align < 1 ? 1 : (uint64_t)align;
        if (canonical.kind == CXType_Atomic) {
            CXType inner = clang_Type_getValueType(canonical);
            const AbiType *value = canonical_type(types, inner);
            AbiType own = *made;
            *made = *value; // enlarged and aligned, perhaps
            made->is_atomic = true;
            made->bytes = own.bytes, made->align = own.align;
        } else {
            make_kind(types, canonical, made);
        }
    } else {
        make_by_spelling(types, canonical, made); // scalable types have no size
    }
    table_put(types->arena, &types->canonical, canonical.data[0], made);
    return made;
}

// A copy under the name the source gives the type.
const AbiType *clang_type(ClangTypes *types, CXType type)
{
    if (type.kind == CXType_Invalid || !type.data[0]) {
        static const AbiType unknown = {.kind = ABI_UNKNOWN};
        return &unknown;
    }
    const AbiType *known = table_find(&types->named, type.data[0]);
    if (known)
        return known;
    const AbiType *canonical = canonical_type(types, type);
    Str name = spelling(types, type);
    if (!str_eq(name, canonical->name)) {
        AbiType *named = ARENA_NEW(types->arena, AbiType);
        *named = *canonical;
        named->name = name;
        canonical = named;
    }
    table_put(types->arena, &types->named, type.data[0], canonical);
    return canonical;
}

// Arrays and functions as parameters are pointers. libclang adjusts them in the
// function's type, but not all in the parameter's.
static const AbiType *parameter_type(ClangTypes *types, CXType type)
{
    const AbiType *made = clang_type(types, type);
    if (made->kind != ABI_ARRAY && made->kind != ABI_FLEXIBLE)
        return made;
    AbiType *pointer = ARENA_NEW(types->arena, AbiType);
    *pointer = (AbiType){.kind = ABI_POINTER, .bytes = 8, .align = 8, .name = made->name};
    return pointer;
}

// --- Signatures
// ----------------------------------------------------------------------------------

static AbiConvention convention_of(CXType function, Str *ret_name)
{
    *ret_name = STR("");
    switch ((int)clang_getFunctionTypeCallingConv(function)) {
    case CXCallingConv_X86VectorCall:
        *ret_name = STR("__vectorcall");
        return ABI_VECTORCALL;
    case CXCallingConv_PreserveMost:
        *ret_name = STR("preserve_most");
        return ABI_CONTRACT;
    case CXCallingConv_PreserveAll:
        *ret_name = STR("preserve_all");
        return ABI_CONTRACT;
    case CXCallingConv_PreserveNone:
        *ret_name = STR("preserve_none");
        return ABI_CONTRACT;
    case CXCallingConv_Swift:
        *ret_name = STR("swiftcall");
        return ABI_CONTRACT;
    case CXCallingConv_SwiftAsync:
        *ret_name = STR("swiftasynccall");
        return ABI_CONTRACT;
    case CXCallingConv_X86RegCall:
        *ret_name = STR("__regcall");
        return ABI_IGNORED;
    case CXCallingConv_X86_64SysV:
        *ret_name = STR("sysv_abi");
        return ABI_IGNORED;
    case CXCallingConv_AArch64VectorCall:
        *ret_name = STR("aarch64_vector_pcs");
        return ABI_IGNORED;
    default:
        return ABI_CDECL;
    }
}

static AbiSignature *signature_of_type(ClangTypes *types, CXType function)
{
    AbiSignature *made = ARENA_NEW(types->arena, AbiSignature);
    bool unprototyped = clang_getCanonicalType(function).kind == CXType_FunctionNoProto;
    int n = unprototyped ? 0 : clang_getNumArgTypes(function);
    made->result = clang_type(types, clang_getResultType(function));
    made->n_parameters = n < 0 ? 0 : (uint32_t)n;
    made->is_unprototyped = unprototyped;
    made->is_variadic = !unprototyped && clang_isFunctionTypeVariadic(function);
    made->convention = convention_of(function, &made->convention_name);
    AbiParameter *parameters =
        ARENA_ARRAY(types->arena, AbiParameter, made->n_parameters + 1);
    for (uint32_t i = 0; i < made->n_parameters; i++)
        parameters[i] =
            (AbiParameter){parameter_type(types, clang_getArgType(function, i)), STR("")};
    made->parameters = parameters;
    return made;
}

const LowSignature *clang_lower(ClangTypes *types, const AbiSignature *signature)
{
    if (signature->is_unprototyped || !abi_is_known(signature))
        return NULL;
    LowSignature *low = ARENA_NEW(types->arena, LowSignature);
    *low = abi_lower(types->arena, signature, types->environment, LLVM_VERSION_MAJOR);
    return low;
}

const ClangFunctionType *clang_function_type(ClangTypes *types, CXType function)
{
    CXType canonical = clang_getCanonicalType(function);
    const ClangFunctionType *known = table_find(&types->functions, canonical.data[0]);
    if (known)
        return known;
    ClangFunctionType *made = ARENA_NEW(types->arena, ClangFunctionType);
    made->abi = signature_of_type(types, canonical);
    made->low = clang_lower(types, made->abi);
    made->traits = clang_signature(types->view, canonical, false);
    made->is_noreturn = str_has(spelling(types, canonical), STR("noreturn"));
    table_put(types->arena, &types->functions, canonical.data[0], made);
    return made;
}

// The type as it crosses. In the definition `int f(a) float a; {...}` the parameter is
// the float that the body sees, and the function's type has the double that callers pass
// (C17 6.5.2.2). Otherwise the two differ in sugar, and the parameter's is the source's.
static const AbiType *crossing(const AbiType *in_type, const AbiType *as_written)
{
    bool is_promoted =
        in_type->kind != as_written->kind || in_type->bytes != as_written->bytes;
    return is_promoted ? in_type : as_written;
}

const AbiSignature *clang_function_signature(ClangTypes *types, CXCursor function)
{
    CXType type = clang_getCursorType(function);
    int n = clang_Cursor_getNumArguments(function);
    AbiSignature *made = signature_of_type(types, type);
    uint32_t n_known = n < 0 ? 0 : (uint32_t)n;
    enum CXCursorKind kind = clang_getCursorKind(function);
    made->is_member = kind == CXCursor_CXXMethod && !clang_CXXMethod_isStatic(function);
    if (made->is_unprototyped && clang_isCursorDefinition(function))
        made->is_unprototyped = n_known > 0; // `int f() {...}` takes nothing
    if (n_known != made->n_parameters)
        return made;
    AbiParameter *parameters = ARENA_ARRAY(types->arena, AbiParameter, n_known + 1);
    for (uint32_t i = 0; i < n_known; i++) {
        CXCursor parameter = clang_Cursor_getArgument(function, i);
        const AbiType *as_written = parameter_type(types, clang_getCursorType(parameter));
        parameters[i] =
            (AbiParameter){crossing(made->parameters[i].type, as_written),
                           clang_str(types->arena, clang_getCursorSpelling(parameter))};
    }
    made->parameters = parameters;
    return made;
}

const AbiSignature *clang_call_signature(ClangTypes *types, CXType result,
                                         const CXType *arguments, uint32_t n)
{
    AbiSignature *made = ARENA_NEW(types->arena, AbiSignature);
    AbiParameter *parameters = ARENA_ARRAY(types->arena, AbiParameter, n + 1);
    for (uint32_t i = 0; i < n; i++)
        parameters[i] = (AbiParameter){parameter_type(types, arguments[i]), STR("")};
    *made = (AbiSignature){
        .result = clang_type(types, result), .parameters = parameters, .n_parameters = n};
    return made;
}

// --- The run-time library
// ------------------------------------------------------------------------

static const AbiType *letter_type(ClangTypes *types, char letter)
{
    static const struct {
        char letter;
        AbiType type;
    } rows[] = {
        {'v', {.kind = ABI_VOID, .name = STR_INIT("void")}},
        {'b',
         {.kind = ABI_BOOL, .bytes = 1, .align = 1, .bits = 1, .name = STR_INIT("bool")}},
        {'i',
         {.kind = ABI_INT,
          .bytes = 4,
          .align = 4,
          .bits = 32,
          .is_signed = true,
          .name = STR_INIT("int")}},
        {'l',
         {.kind = ABI_INT,
          .bytes = 8,
          .align = 8,
          .bits = 64,
          .is_signed = true,
          .name = STR_INIT("long long")}},
        {'p', {.kind = ABI_POINTER, .bytes = 8, .align = 8, .name = STR_INIT("void *")}},
        {'h', {.kind = ABI_HALF, .bytes = 2, .align = 2, .name = STR_INIT("_Float16")}},
        {'f', {.kind = ABI_FLOAT, .bytes = 4, .align = 4, .name = STR_INIT("float")}},
        {'d', {.kind = ABI_DOUBLE, .bytes = 8, .align = 8, .name = STR_INIT("double")}},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++)
        if (rows[i].letter == letter)
            return &rows[i].type;
    AbiType *complex = ARENA_NEW(types->arena, AbiType);
    const AbiType *element = letter_type(types, (char)(letter - 'A' + 'a'));
    *complex = (AbiType){
        .kind = ABI_COMPLEX,
        .bytes = element->bytes * 2,
        .align = element->align,
        .element = element,
        .name = arena_format(types->arena, "_Complex %.*s", STR_ARG(element->name))};
    return complex;
}

const AbiSignature *clang_library_signature(ClangTypes *types, Str letters)
{
    AbiSignature *made = ARENA_NEW(types->arena, AbiSignature);
    uint32_t n = (uint32_t)letters.len - 1;
    AbiParameter *parameters = ARENA_ARRAY(types->arena, AbiParameter, n + 1);
    for (uint32_t i = 0; i < n; i++)
        parameters[i] = (AbiParameter){letter_type(types, letters.at[i + 1]), STR("")};
    *made = (AbiSignature){.result = letter_type(types, letters.at[0]),
                           .parameters = parameters,
                           .n_parameters = n};
    return made;
}
