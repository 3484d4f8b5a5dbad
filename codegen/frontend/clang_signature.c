// Which types of a signature LLVM's Arm64EC lowering cannot digest.
//
// The killers of domain.md 3.1 are told here by type alone, so that they are never
// lowered: C1 (__bf16), C4 (results of three 16-bit floats, small vectors of a size that
// no register has), C9 (scalable vectors). Each boundary was found by running clang 22.
#include "codegen/frontend/clang_unit.h"

static Str spelling(Arena *arena, CXType type)
{
    return clang_str(arena, clang_getTypeSpelling(type));
}

// libclang has no kind for __bf16 in all versions we load: the spelling decides.
static bool is_named(Arena *arena, CXType type, Str name)
{
    return str_eq(spelling(arena, clang_getUnqualifiedType(clang_getCanonicalType(type))),
                  name);
}

static bool is_scalable(Arena *arena, CXType type)
{
    Str name = spelling(arena, clang_getUnqualifiedType(clang_getCanonicalType(type)));
    return str_starts(name, STR("__SV")) || str_starts(name, STR("__clang_sv"));
}

// Counts the leaves of a homogeneous aggregate of 16-bit floats.
typedef struct Halves {
    Arena *arena;
    uint32_t n_fields; // of the outermost record, without empty ones
    uint64_t n_leaves;
    bool other; // some leaf is none
    bool is_union;
    bool lone_array; // the only field, or the largest of a union, is an array
    uint32_t depth;
    uint32_t n_visited; // empty members take no bytes, so that six bytes may have many
} Halves;

static void count_halves(Halves *halves, CXType type);

static bool is_flat_array(CXType type)
{
    return type.kind == CXType_ConstantArray &&
           clang_getCanonicalType(clang_getArrayElementType(type)).kind !=
               CXType_ConstantArray;
}

static enum CXVisitorResult on_field(CXCursor field, CXClientData owner)
{
    Halves *halves = owner;
    CXType type = clang_getCanonicalType(clang_getCursorType(field));
    if (halves->depth == 1) {
        halves->n_fields++;
        if (!halves->is_union)
            halves->lone_array = is_flat_array(type);
    }
    uint64_t before = halves->n_leaves;
    count_halves(halves, type);
    uint64_t here = halves->n_leaves - before;
    if (halves->is_union && halves->depth == 1) { // the first of the largest members
        if (here > before)
            halves->lone_array = is_flat_array(type);
        halves->n_leaves = here > before ? here : before;
    }
    return halves->other ? CXVisit_Break : CXVisit_Continue;
}

static void count_halves(Halves *halves, CXType type)
{
    type = clang_getCanonicalType(type);
    if (type.kind == CXType_ConstantArray) {
        uint64_t before = halves->n_leaves;
        count_halves(halves, clang_getArrayElementType(type));
        long long n = clang_getArraySize(type);
        halves->n_leaves =
            before + (halves->n_leaves - before) * (uint64_t)(n > 0 ? n : 0);
    } else if (type.kind == CXType_Record) {
        halves->depth++;
        if (halves->depth < 32 && halves->n_visited++ < ABI_NODES_MAX)
            clang_Type_visitFields(type, on_field, halves);
        else
            halves->other = true;
        halves->depth--;
    } else if (type.kind == CXType_Complex) {
        uint64_t before = halves->n_leaves;
        count_halves(halves, clang_getElementType(type));
        halves->n_leaves += halves->n_leaves - before;
    } else if (type.kind == CXType_Float16 || type.kind == CXType_Half ||
               is_named(halves->arena, type, STR("__bf16"))) {
        halves->n_leaves++;
    } else {
        halves->other = true;
    }
}

static bool is_odd_record(Arena *arena, CXType type)
{
    if (clang_Type_getSizeOf(type) != 6)
        return false;
    CXCursor declaration = clang_getTypeDeclaration(type);
    Halves halves = {.arena = arena,
                     .is_union = clang_getCursorKind(declaration) == CXCursor_UnionDecl};
    count_halves(&halves, type);
    if (halves.other || halves.n_leaves != 3)
        return false;
    // struct { _Float16 x[3]; } becomes a plain array in LLVM, and that survives.
    return !(halves.lone_array && (halves.n_fields == 1 || halves.is_union));
}

// A vector whose bits fill no register: LLVM keeps <3 x i8> and cannot name it.
static bool is_odd_vector(Arena *arena, CXType type)
{
    if (type.kind != CXType_ExtVector && type.kind != CXType_Vector)
        return false;
    CXType element = clang_getElementType(type);
    long long n = clang_getNumElements(type), bytes = clang_Type_getSizeOf(element);
    bool is_bool =
        is_named(arena, element, STR("bool")) || is_named(arena, element, STR("_Bool"));
    long long bits = n * (is_bool ? 1 : bytes * 8);
    return bits < 64 && bits != 8 && bits != 16 && bits != 32;
}

static void look(Arena *arena, CXType type, Signature *signature)
{
    if (type.kind == CXType_Atomic)
        type = clang_getCanonicalType(clang_Type_getValueType(type));
    if (is_named(arena, type, STR("__bf16")))
        signature->traits |= TRAIT_BFLOAT;
    if (!(signature->traits & TRAIT_SCALABLE) && is_scalable(arena, type)) {
        signature->traits |= TRAIT_SCALABLE;
        signature->scalable = spelling(arena, type);
    }
}

// Almost all types of a program are of these kinds, and none of them is a killer.
static bool is_plain(CXType canonical)
{
    return (canonical.kind >= CXType_Void && canonical.kind <= CXType_LongDouble) ||
           canonical.kind == CXType_Pointer || canonical.kind == CXType_Enum ||
           canonical.kind == CXType_LValueReference;
}

static enum CXChildVisitResult on_member(CXCursor cursor, CXCursor above,
                                         CXClientData owner)
{
    (void)above;
    bool *is_plain_record = owner;
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_CXXBaseSpecifier:
        *is_plain_record = false;
        return CXChildVisit_Break;
    case CXCursor_FieldDecl:
        if (clang_getCXXAccessSpecifier(cursor) == CX_CXXPrivate ||
            clang_getCXXAccessSpecifier(cursor) == CX_CXXProtected)
            *is_plain_record = false;
        return CXChildVisit_Continue;
    case CXCursor_CXXMethod:
        if (clang_CXXMethod_isVirtual(cursor))
            *is_plain_record = false;
        return CXChildVisit_Continue;
    default:
        return CXChildVisit_Continue;
    }
}

// Microsoft's C++ rules return what is no plain record, and everything from a member
// function, through a hidden pointer, whatever its size.
static bool is_returned_by_pointer(const ClangView *view, CXType result, bool is_method)
{
    bool is_plain_record = true;
    if (result.kind != CXType_Record || !str_ends(view->unit->target, STR("msvc")))
        return false;
    clang_visitChildren(clang_getTypeDeclaration(result), on_member, &is_plain_record);
    return is_method || !is_plain_record;
}

Signature clang_signature(ClangView *view, CXType function, bool is_method)
{
    Arena *arena = view->unit->arena;
    Signature signature = {0};
    CXType canonical = clang_getCanonicalType(function);
    if (clang_getFunctionTypeCallingConv(canonical) == CXCallingConv_X86VectorCall)
        signature.traits |= TRAIT_VECTORCALL;
    CXType result = clang_getCanonicalType(clang_getResultType(canonical));
    if (!is_plain(result)) {
        look(arena, result, &signature);
        bool odd = result.kind == CXType_Record ? is_odd_record(arena, result)
                                                : is_odd_vector(arena, result);
        if (odd && !is_returned_by_pointer(view, result, is_method)) {
            signature.traits |= TRAIT_ODD_FLOAT_RESULT;
            signature.result = spelling(arena, clang_getResultType(function));
            signature.bytes = (uint64_t)clang_Type_getSizeOf(result);
        }
    }
    int n = clang_getNumArgTypes(canonical);
    for (int i = 0; i < n; i++) {
        CXType argument =
            clang_getCanonicalType(clang_getArgType(canonical, (unsigned)i));
        if (!is_plain(argument) && argument.kind != CXType_Record)
            look(arena, argument, &signature);
    }
    return signature;
}
