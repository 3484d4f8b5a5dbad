// Small facts that rules ask for, taken where the walk comes by: pointers into segments,
// machine numbers that are compared, functions that are compared, pragmas for the linker.
#include "codegen/frontend/clang_older.h"
#include "codegen/frontend/clang_walk.h"

enum { SPACE_GS = 256, SPACE_SS = 258 }; // of x86: gs, fs, ss

void fact_cast(Walk *walk, CXCursor cast, CXCursor operand)
{
    Unit *unit = walk->view->unit;
    CXType pointee =
        clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(cast)));
    unsigned space = pointee.kind == CXType_Invalid ? 0 : clang_getAddressSpace(pointee);
    SegmentUse use = {.space = space};
    long long value;
    if (space < SPACE_GS || space > SPACE_SS ||
        !clang_place(walk->view, clang_getCursorExtent(cast), &use.at) ||
        !clang_place_in_document(&use.at))
        return;
    use.has_address = evaluate(operand, &value);
    use.address = use.has_address ? (uint64_t)value : 0;
    *LIST_PUSH(walk->arena, &unit->segment_uses) = use;
}

static bool is_function_type(CXType type)
{
    return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto;
}

// Of a cast's type and what that points to, both canonical.
bool fact_is_code_cast(CXType type, CXType pointee)
{
    return type.kind == CXType_Pointer &&
           (pointee.kind == CXType_UChar || is_function_type(pointee));
}

static bool is_byte(CXType type)
{
    type = clang_getCanonicalType(type);
    return type.kind == CXType_UChar || type.kind == CXType_SChar ||
           type.kind == CXType_Char_S || type.kind == CXType_Char_U;
}

void fact_code_cast(Walk *walk, CXCursor cast, CXCursor operand)
{
    CodeCast made = {.name = STR("")};
    CXCursor inner = below_casts(walk, operand);
    CXType type = clang_getCanonicalType(clang_getCursorType(inner));
    CXType pointee = clang_getCanonicalType(clang_getPointeeType(type));
    CXType as = clang_getCanonicalType(
        clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(cast))));
    bool is_array =
        type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray;
    bool is_function = is_function_type(type) || is_function_type(pointee);
    bool is_name = clang_getCursorKind(inner) == CXCursor_DeclRefExpr;
    if (as.kind == CXType_UChar && is_function)
        made.kind = CODE_CAST_TO_BYTES;
    else if (is_function_type(as) && is_array && is_name &&
             is_byte(clang_getArrayElementType(type)))
        made.kind = CODE_CAST_FROM_BYTES;
    else
        return;
    if (!clang_place(walk->view, clang_getCursorExtent(cast), &made.at) ||
        !clang_place_in_document(&made.at))
        return;
    if (is_name)
        made.name = clang_str(walk->arena, clang_getCursorSpelling(inner));
    *LIST_PUSH(walk->arena, &walk->view->unit->code_casts) = made;
}

void fact_member_pointer(Walk *walk, CXCursor name, CXCursor method, uint32_t function)
{
    MemberPointer made = {.function = function};
    if (clang_getCursorKind(method) != CXCursor_CXXMethod ||
        !clang_CXXMethod_isVirtual(method) ||
        !clang_place(walk->view, clang_getCursorExtent(name), &made.at) ||
        !clang_place_in_document(&made.at))
        return;
    *LIST_PUSH(walk->arena, &walk->view->unit->member_pointers) = made;
}

// The digits of a literal where they are written, be that in a macro of winnt.h.
static Str literal_text(Walk *walk, CXCursor literal)
{
    CXFile file;
    unsigned offset;
    size_t n_bytes = 0, end;
    clang_getSpellingLocation(clang_getCursorLocation(literal), &file, NULL, NULL,
                              &offset);
    const char *at = file ? clang_getFileContents(walk->view->tu, file, &n_bytes) : NULL;
    if (!at || offset >= n_bytes || !is_digit(at[offset]))
        return STR("");
    for (end = offset; end < n_bytes && is_word(at[end]);)
        end++;
    return (Str){at + offset, end - offset};
}

// Members that say which machine something is for, and what they are compared with:
// IMAGE_FILE_MACHINE_ARM64EC, PROCESSOR_ARCHITECTURE_ARM64.
typedef struct MachineMember {
    Str member, literal;
    uint64_t value;
} MachineMember;

static const MachineMember machine_members[] = {
    {STR_INIT("Machine"), STR_INIT("0xA641"), MACHINE_ARM64EC},
    {STR_INIT("wProcessorArchitecture"), STR_INIT("12"), PROCESSOR_ARM64},
};

static bool is_member(Walk *walk, CXCursor side, Str name)
{
    CXCursor inner = peel(walk, side);
    if (clang_getCursorKind(inner) != CXCursor_MemberRefExpr)
        return false;
    CXString spelling = clang_getCursorSpelling(inner);
    bool is = str_eq(str_of(clang_getCString(spelling)), name);
    clang_disposeString(spelling);
    return is;
}

static const MachineMember *machine_member(Walk *walk, const CXCursor sides[2],
                                           uint32_t literal)
{
    if (clang_getCursorKind(sides[literal]) != CXCursor_IntegerLiteral)
        return NULL;
    Str text = literal_text(walk, sides[literal]);
    for (size_t i = 0; i < COUNTOF(machine_members); i++)
        if (str_eq_nocase(text, machine_members[i].literal) &&
            is_member(walk, sides[1 - literal], machine_members[i].member))
            return &machine_members[i];
    return NULL;
}

void fact_comparison(Walk *walk, CXCursor expression, const CXCursor sides[2])
{
    for (uint32_t i = 0; i < 2; i++) {
        const MachineMember *member = machine_member(walk, sides, i);
        MachineComparison made = {.value = member ? member->value : 0};
        if (!member ||
            !clang_place(walk->view, clang_getCursorExtent(expression), &made.at) ||
            !clang_place(walk->view, clang_getCursorExtent(sides[1 - i]), &made.member) ||
            !clang_place_in_document(&made.at))
            continue;
        *LIST_PUSH(walk->arena, &walk->view->unit->machine_comparisons) = made;
    }
}

// Addresses kept as data are the module's own business: a callback is compared.
static bool is_function_pointer(CXCursor expression)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(expression));
    return is_function_type(clang_getCanonicalType(clang_getPointeeType(type)));
}

static bool is_null(Walk *walk, CXCursor expression)
{
    CXCursor inner = below_casts(walk, expression);
    long long value;
    return clang_getCursorKind(inner) == CXCursor_CXXNullPtrLiteralExpr ||
           clang_getCursorKind(inner) == CXCursor_GNUNullExpr ||
           (evaluate(inner, &value) && value == 0);
}

void fact_function_comparison(Walk *walk, CXCursor name, CXCursor function,
                              CXCursor other)
{
    FunctionComparison made = {0};
    if (!is_function_pointer(other) || is_null(walk, other))
        return;
    uint32_t entity = entity_of_reference(walk, function);
    if (!entity || !clang_place(walk->view, clang_getCursorExtent(name), &made.at) ||
        !clang_place_in_document(&made.at))
        return;
    made.function = walk->entities.at[entity - 1].function - 1;
    *LIST_PUSH(walk->arena, &walk->view->unit->function_comparisons) = made;
}

// clang has a declaration for what it takes from `#pragma comment`, which libclang gives
// no kind. It stands at the word behind `pragma`; one in the preamble is not from the
// main file to libclang.
void fact_pragma(Walk *walk, CXCursor declaration)
{
    Unit *unit = walk->view->unit;
    uint32_t file, offset;
    CXSourceLocation at = clang_getCursorLocation(declaration);
    CXFile in = NULL;
    clang_getFileLocation(at, &in, NULL, NULL, NULL);
    if (!in || !clang_is_same_file(in, walk->view->document) ||
        !clang_point(walk->view, at, &file, &offset) ||
        !str_starts(str_from(unit->text, offset), STR("comment")))
        return;
    *LIST_PUSH(walk->arena, &unit->linker_pragmas) = offset;
}
