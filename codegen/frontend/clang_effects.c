// What an expression does beside having a value, and whether it has one later.
#include "codegen/frontend/clang_walk.h"

enum { EFFECTS_DEPTH_MAX = 64 };

static enum CXChildVisitResult on_purity(CXCursor cursor, CXCursor above,
                                         CXClientData owner)
{
    (void)above;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    *(bool *)owner |= kind == CXCursor_PureAttr || kind == CXCursor_ConstAttr;
    return kind == CXCursor_CompoundStmt ? CXChildVisit_Break : CXChildVisit_Continue;
}

static bool acts(CXCursor expression, CXCursor first)
{
    bool is_pure = false;
    switch ((int)clang_getCursorKind(expression)) {
    case CXCursor_CallExpr:
        clang_visitChildren(clang_getCursorReferenced(expression), on_purity, &is_pure);
        return !is_pure;
    case CXCursor_CompoundAssignOperator:
        return true;
    case CXCursor_BinaryOperator:
        return clang_getCursorBinaryOperatorKind(expression) == CXBinaryOperator_Assign;
    case CXCursor_UnaryOperator:
        return clang_getCursorUnaryOperatorKind(expression) <= CXUnaryOperator_PreDec;
    case CXCursor_UnexposedExpr: // a read of it
        return clang_isVolatileQualifiedType(clang_getCursorType(first)) != 0;
    default:
        return false;
    }
}

// Whether it does anything but have a value (clang, Expr::HasSideEffects).
bool has_effects(Walk *walk, CXCursor expression, uint32_t depth)
{
    if (clang_getCursorKind(expression) == CXCursor_UnaryExpr)
        return false;
    if (depth >= EFFECTS_DEPTH_MAX)
        return true;
    Children children = children_push(walk, expression);
    bool found =
        acts(expression, children.n ? child(walk, children, 0) : clang_getNullCursor());
    for (uint32_t i = 0; i < children.n && !found; i++)
        found = has_effects(walk, child(walk, children, i), depth + 1);
    children_pop(walk, children);
    return found;
}

// Of what has no value: whether that depends on its parts alone.
static bool is_sum_of_parts(CXCursor expression)
{
    switch ((int)clang_getCursorKind(expression)) {
    case CXCursor_CallExpr:
        return is_called(expression, DEPENDS_ON_PARTS);
    case CXCursor_ParenExpr:
    case CXCursor_UnexposedExpr:
        return true;
    case CXCursor_UnaryOperator:
    case CXCursor_BinaryOperator:
        return !acts(expression, expression);
    default:
        return false;
    }
}

// Whether it has a value once __builtin_constant_p() is answered with no, as it is where
// clang asks whether both sides of ?: are constants (Expr::isEvaluatable).
bool fold_later(Walk *walk, CXCursor expression, uint32_t depth)
{
    long long ignored;
    bool is_call = clang_getCursorKind(expression) == CXCursor_CallExpr;
    if (fold(walk, expression, &ignored) ||
        (is_call && is_called(expression, IS_ANSWERED)))
        return true;
    if (depth >= EFFECTS_DEPTH_MAX || !is_sum_of_parts(expression))
        return false;
    Children children = children_push(walk, expression);
    bool folds = children.n > is_call;
    for (uint32_t i = is_call; i < children.n && folds; i++)
        folds = fold_later(walk, child(walk, children, i), depth + 1);
    children_pop(walk, children);
    return folds;
}
