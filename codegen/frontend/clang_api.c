// The arguments of calls that rules ask about: of the functions named here, and of no
// others, so that the walk pays for them only.
#include "codegen/frontend/clang_walk.h"

enum { ARGUMENTS_MAX = 16, LOOK_DEPTH_MAX = 16 };

bool api_is_asked_about(Str name)
{
    static const Str names[] = {
        // executable memory, and its unwind data
        STR_INIT("VirtualAlloc"),
        STR_INIT("VirtualAllocEx"),
        STR_INIT("VirtualAllocExNuma"),
        STR_INIT("VirtualAllocFromApp"),
        STR_INIT("VirtualAlloc2"),
        STR_INIT("VirtualProtect"),
        STR_INIT("VirtualProtectFromApp"),
        STR_INIT("CreateFileMappingA"),
        STR_INIT("CreateFileMappingW"),
        STR_INIT("RtlAddFunctionTable"),
        STR_INIT("RtlInstallFunctionTableCallback"),
        STR_INIT("RtlAddGrowableFunctionTable"),
        // processor contexts
        STR_INIT("GetThreadContext"),
        STR_INIT("SetThreadContext"),
        STR_INIT("RtlCaptureContext"),
        STR_INIT("RtlCaptureContext2"),
        STR_INIT("RtlRestoreContext"),
        STR_INIT("RtlVirtualUnwind"),
        STR_INIT("StackWalk64"),
        STR_INIT("StackWalk"),
        STR_INIT("StackWalkEx"),
        // code that is patched
        STR_INIT("FlushInstructionCache"),
        STR_INIT("WriteProcessMemory"),
        STR_INIT("DetourAttach"),
        STR_INIT("DetourAttachEx"),
        STR_INIT("MH_CreateHook"),
        STR_INIT("MH_CreateHookApi"),
        STR_INIT("MH_CreateHookApiEx"),
        // processors
        STR_INIT("_ReadWriteBarrier"),
        STR_INIT("__builtin_cpu_supports"),
        // x86's segments
        STR_INIT("__readgsbyte"),
        STR_INIT("__readgsword"),
        STR_INIT("__readgsdword"),
        STR_INIT("__readgsqword"),
        STR_INIT("__readfsbyte"),
        STR_INIT("__readfsword"),
        STR_INIT("__readfsdword"),
        STR_INIT("__readfsqword"),
        STR_INIT("__writegsbyte"),
        STR_INIT("__writegsword"),
        STR_INIT("__writegsdword"),
        STR_INIT("__writegsqword"),
    };
    if (name.len < 9 || !(name.at[0] == '_' || (name.at[0] >= 'A' && name.at[0] <= 'Z')))
        return false;
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

static bool is_cast(CXCursor cursor)
{
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_UnexposedExpr:
    case CXCursor_ParenExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXConstCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
        return true;
    case CXCursor_UnaryOperator:
        return clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_AddrOf;
    default:
        return false;
    }
}

CXCursor below_casts(Walk *walk, CXCursor cursor)
{
    for (uint32_t i = 0; i < LOOK_DEPTH_MAX && is_cast(cursor); i++) {
        Children children = children_push(walk, cursor);
        CXCursor last =
            children.n ? child(walk, children, children.n - 1) : clang_getNullCursor();
        children_pop(walk, children);
        if (!children.n || !clang_isExpression(clang_getCursorKind(last)))
            break;
        cursor = last;
    }
    return cursor;
}

static uint64_t constants_of(Walk *walk, CXCursor cursor, uint32_t depth);

static uint64_t constants_of_variable(Walk *walk, CXCursor name, uint32_t depth)
{
    CXCursor variable = clang_getCursorReferenced(name);
    if (clang_getCursorKind(variable) != CXCursor_VarDecl)
        return 0;
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    if (clang_Cursor_isNull(initialiser))
        return 0;
    return constants_of(walk, initialiser, depth + 1);
}

static uint64_t constants_of(Walk *walk, CXCursor cursor, uint32_t depth)
{
    long long value;
    if (depth > LOOK_DEPTH_MAX)
        return 0;
    if (evaluate(cursor, &value))
        return (uint64_t)value;
    if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr)
        return constants_of_variable(walk, cursor, depth);
    bool is_choice = clang_getCursorKind(cursor) == CXCursor_ConditionalOperator;
    bool is_or = clang_getCursorKind(cursor) == CXCursor_BinaryOperator &&
                 clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_Or;
    if (!is_choice && !is_or && !is_cast(cursor))
        return 0;
    uint64_t bits = 0;
    Children children = children_push(walk, cursor);
    for (uint32_t i = is_choice ? 1 : 0; i < children.n; i++)
        if (clang_isExpression(clang_getCursorKind(child(walk, children, i))))
            bits |= constants_of(walk, child(walk, children, i), depth + 1);
    children_pop(walk, children);
    return bits;
}

static Str record_of(Walk *walk, CXType type)
{
    for (uint32_t i = 0; i < LOOK_DEPTH_MAX; i++) {
        type = clang_getCanonicalType(type);
        CXType inner = clang_getPointeeType(type);
        if (inner.kind == CXType_Invalid)
            inner = clang_getArrayElementType(type);
        if (inner.kind == CXType_Invalid)
            break;
        type = inner;
    }
    if (type.kind != CXType_Record)
        return STR("");
    return clang_str(walk->arena,
                     clang_getCursorSpelling(clang_getTypeDeclaration(type)));
}

static ApiArgument argument_of(Walk *walk, CXCursor cursor)
{
    ApiArgument argument = {0};
    long long value;
    if (!clang_place(walk->view, clang_getCursorExtent(cursor), &argument.at))
        return argument;
    argument.is_constant = evaluate(cursor, &value);
    argument.value = argument.is_constant ? (uint64_t)value : 0;
    argument.bits = constants_of(walk, cursor, 0);
    CXCursor inner = below_casts(walk, cursor);
    enum CXCursorKind kind = clang_getCursorKind(inner);
    if (kind == CXCursor_DeclRefExpr || kind == CXCursor_MemberRefExpr)
        argument.name = clang_str(walk->arena, clang_getCursorSpelling(inner));
    argument.record = record_of(walk, clang_getCursorType(inner));
    return argument;
}

void api_call(Walk *walk, CXCursor cursor, uint32_t callee)
{
    Unit *unit = walk->view->unit;
    ApiCall api = {.callee = callee};
    if (clang_getCursorKind(cursor) != CXCursor_CallExpr ||
        !clang_place(walk->view, clang_getCursorExtent(cursor), &api.at) ||
        !clang_place_in_document(&api.at))
        return;
    int n = clang_Cursor_getNumArguments(cursor);
    for (int i = 0; i < n && i < ARGUMENTS_MAX; i++)
        *LIST_PUSH(walk->arena, &api.arguments) =
            argument_of(walk, clang_Cursor_getArgument(cursor, (unsigned)i));
    *LIST_PUSH(walk->arena, &unit->api_calls) = api;
}
