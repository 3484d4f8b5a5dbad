// What clang knows before it emits: which expressions have a value by then.
//
// clang folds a condition that is of an integer type and has a value without a side
// effect (CodeGenFunction::ConstantFoldsToSimpleInteger). clang_Cursor_Evaluate asks the
// same evaluator, but does not say whether that passed over one: `(x++, 3)` and `x && 0`
// have a value. It passes over the left sides of `,`, `&&` and `||`, and over what is
// cast to void: these are looked at where there is a value, which is seldom.
#include "codegen/frontend/clang_walk.h"

enum { FOLD_DEPTH_MAX = 64 };

bool evaluate(CXCursor expression, long long *ret_value)
{
    CXEvalResult result = clang_Cursor_Evaluate(expression);
    if (!result)
        return false;
    CXEvalResultKind kind = clang_EvalResult_getKind(result);
    if (kind == CXEval_Int)
        *ret_value = clang_EvalResult_getAsLongLong(result);
    else if (kind == CXEval_Float)
        *ret_value = clang_EvalResult_getAsDouble(result) != 0;
    clang_EvalResult_dispose(result);
    return kind == CXEval_Int || kind == CXEval_Float;
}

static enum CXTypeKind type_kind(CXCursor expression)
{
    return clang_getCanonicalType(clang_getCursorType(expression)).kind;
}

static bool is_floating(enum CXTypeKind kind)
{
    return (kind >= CXType_Float && kind <= CXType_LongDouble) ||
           kind == CXType_Float128 || kind == CXType_Half || kind == CXType_Float16;
}

static bool is_pointer(enum CXTypeKind kind)
{
    switch ((int)kind) {
    case CXType_Pointer:
    case CXType_NullPtr:
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        return true;
    default:
        return false;
    }
}

// Enumerations, _Bool, _BitInt (which libclang has no kind for) and their like.
static bool is_integer(enum CXTypeKind kind)
{
    return kind != CXType_Invalid && kind != CXType_Void && kind != CXType_Record &&
           kind != CXType_Complex && kind != CXType_Vector && kind != CXType_ExtVector &&
           !is_floating(kind) && !is_pointer(kind);
}

bool is_called(CXCursor call, BuiltinTrait trait)
{
    CXString spelling = clang_getCursorSpelling(call);
    bool found = builtin_has(str_of(clang_getCString(spelling)), trait);
    clang_disposeString(spelling);
    return found;
}

// --- Without a side effect
// -----------------------------------------------------------------------

static bool truth(Walk *walk, CXCursor expression, uint32_t depth, long long *ret_value);
static bool is_silent(Walk *walk, CXCursor expression, uint32_t depth);

typedef enum Last { NOT_LAST, IS_LAST } Last; // of ({ ... }): its value
static bool is_silent_statement(Walk *walk, CXCursor statement, Last last, bool can_break,
                                uint32_t depth);

static bool are_silent(Walk *walk, Children children, uint32_t from, uint32_t depth)
{
    for (uint32_t i = from; i < children.n; i++)
        if (!is_silent(walk, child(walk, children, i), depth))
            return false;
    return true;
}

// The left side of a comma, the operand of (void): it may have no value, and then counts
// as a side effect, even a mere variable.
static bool is_ignored_silently(Walk *walk, CXCursor expression, uint32_t depth)
{
    long long ignored;
    if (type_kind(expression) != CXType_Void)
        return truth(walk, expression, depth, &ignored);
    enum CXCursorKind kind = clang_getCursorKind(expression);
    if (kind != CXCursor_CStyleCastExpr && kind != CXCursor_ParenExpr)
        return false;
    Children children = children_push(walk, expression);
    bool silent = children.n &&
                  is_ignored_silently(walk, child(walk, children, children.n - 1), depth);
    children_pop(walk, children);
    return silent;
}

static bool is_silent_logical(Walk *walk, Children children, bool is_and, uint32_t depth)
{
    long long left;
    return truth(walk, child(walk, children, 0), depth, &left) &&
           (!left == is_and || is_silent(walk, child(walk, children, 1), depth));
}

static bool is_silent_call(Walk *walk, CXCursor call, Children children, uint32_t depth)
{
    if (is_called(call, IS_SILENT))
        return true;
    if (is_called(call, HAS_FIRST))
        return children.n > 1 && is_silent(walk, child(walk, children, 1), depth);
    return are_silent(walk, children, 1, depth);
}

// The branch that a constant condition takes.
static bool is_silent_if(Walk *walk, Children children, bool can_break, uint32_t depth)
{
    long long value;
    if (children.n < 2 || !truth(walk, child(walk, children, 0), depth, &value))
        return false;
    uint32_t taken = value ? 1 : 2;
    return taken >= children.n || is_silent_statement(walk, child(walk, children, taken),
                                                      NOT_LAST, can_break, depth);
}

// A switch on a constant, as it is run.
typedef struct Run {
    long long value;
    bool on_default;            // no case has the value
    bool began, ended, is_loud; // loud: it does something that is seen
} Run;

// `case 1: case 2: S`, `default: S`: begins if it is the one, leaves S.
static CXCursor run_cases(Walk *walk, CXCursor statement, Run *run)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(statement);
        long long first = 0, last = 0;
        if (kind != CXCursor_CaseStmt && kind != CXCursor_DefaultStmt)
            return statement;
        Children children = children_push(walk, statement);
        if (kind == CXCursor_DefaultStmt)
            run->began |= run->on_default;
        else if (children.n > 1 && evaluate(child(walk, children, 0), &first)) {
            bool is_range = children.n > 2 && evaluate(child(walk, children, 1), &last);
            last = is_range ? last : first;
            run->began |= !run->on_default && run->value >= first && run->value <= last;
        }
        bool is_empty = children.n == 0;
        if (!is_empty)
            statement = child(walk, children, children.n - 1);
        children_pop(walk, children);
        if (is_empty)
            return statement;
    }
}

// Cases within blocks are found, those within other statements are not.
static void run_statement(Walk *walk, CXCursor statement, Run *run, uint32_t depth)
{
    statement = run_cases(walk, statement, run);
    enum CXCursorKind kind = clang_getCursorKind(statement);
    if (kind == CXCursor_CompoundStmt && depth < FOLD_DEPTH_MAX) {
        Children children = children_push(walk, statement);
        for (uint32_t i = 0; i < children.n && !run->ended && !run->is_loud; i++)
            run_statement(walk, child(walk, children, i), run, depth + 1);
        children_pop(walk, children);
    } else if (run->began && kind == CXCursor_BreakStmt)
        run->ended = true;
    else if (run->began)
        run->is_loud = !is_silent_statement(walk, statement, NOT_LAST, false, depth);
}

static bool is_silent_switch(Walk *walk, Children children, uint32_t depth)
{
    Run run = {0};
    if (children.n != 2 || !truth(walk, child(walk, children, 0), depth, &run.value))
        return false;
    run_statement(walk, child(walk, children, 1), &run, depth);
    if (!run.began) {
        run.on_default = true;
        run_statement(walk, child(walk, children, 1), &run, depth);
    }
    return !run.is_loud;
}

// Loops that end with the first turn.
static bool is_silent_loop(Walk *walk, Children children, bool is_do, uint32_t depth)
{
    long long value;
    if (children.n != 2 || !truth(walk, child(walk, children, is_do), depth, &value))
        return false;
    return !value && (!is_do || is_silent_statement(walk, child(walk, children, 0),
                                                    NOT_LAST, true, depth));
}

static bool is_silent_variable(Walk *walk, CXCursor variable, uint32_t depth)
{
    long long ignored;
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    return clang_Cursor_hasVarDeclGlobalStorage(variable) ||
           clang_Cursor_isNull(initialiser) || truth(walk, initialiser, depth, &ignored);
}

static bool is_silent_within(Walk *walk, CXCursor statement, Children children, Last last,
                             bool can_break, uint32_t depth)
{
    enum CXCursorKind kind = clang_getCursorKind(statement);
    switch ((int)kind) {
    case CXCursor_IfStmt:
        return is_silent_if(walk, children, can_break, depth);
    case CXCursor_SwitchStmt:
        return is_silent_switch(walk, children, depth);
    case CXCursor_DoStmt:
    case CXCursor_WhileStmt:
        return is_silent_loop(walk, children, kind == CXCursor_DoStmt, depth);
    case CXCursor_CompoundStmt:
    case CXCursor_DeclStmt:
        for (uint32_t i = 0; i < children.n; i++)
            if (!is_silent_statement(walk, child(walk, children, i),
                                     i + 1 == children.n ? last : NOT_LAST, can_break,
                                     depth))
                return false;
        return true;
    default:
        return false;
    }
}

// Of ({ ... }) libclang evaluates the last statement, clang all of them.
static bool is_silent_statement(Walk *walk, CXCursor statement, Last last, bool can_break,
                                uint32_t depth)
{
    enum CXCursorKind kind = clang_getCursorKind(statement);
    if (clang_isExpression(kind))
        return last == IS_LAST ? is_silent(walk, statement, depth)
                               : is_ignored_silently(walk, statement, depth);
    if (kind == CXCursor_NullStmt || kind == CXCursor_BreakStmt)
        return kind == CXCursor_NullStmt || can_break;
    if (kind == CXCursor_VarDecl)
        return is_silent_variable(walk, statement, depth);
    if (depth >= FOLD_DEPTH_MAX)
        return false;
    Children children = children_push(walk, statement);
    bool silent = is_silent_within(walk, statement, children, last, can_break, depth + 1);
    children_pop(walk, children);
    return silent;
}

// INT_MAX + 1: libclang has a value for it, clang none where it emits.
static bool overflows(Walk *walk, CXCursor expression, Children children,
                      enum CXBinaryOperatorKind kind)
{
    long long left, right, sum = 0;
    enum CXTypeKind type = type_kind(expression);
    bool is_int = type == CXType_Int || type == CXType_Long;
    if ((!is_int && type != CXType_LongLong) || kind < CXBinaryOperator_Mul ||
        kind > CXBinaryOperator_Sub || !evaluate(child(walk, children, 0), &left) ||
        !evaluate(child(walk, children, 1), &right))
        return false;
    bool is_over =
        kind == CXBinaryOperator_Add   ? __builtin_add_overflow(left, right, &sum)
        : kind == CXBinaryOperator_Sub ? __builtin_sub_overflow(left, right, &sum)
        : kind == CXBinaryOperator_Mul ? __builtin_mul_overflow(left, right, &sum)
                                       : false;
    return is_over || (is_int && (sum < INT32_MIN || sum > INT32_MAX));
}

static bool is_silent_here(Walk *walk, CXCursor expression, Children children,
                           uint32_t depth)
{
    long long value;
    uint32_t chosen;
    switch ((int)clang_getCursorKind(expression)) {
    case CXCursor_BinaryOperator: {
        enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(expression);
        if (children.n != 2)
            return false;
        if (kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr)
            return is_silent_logical(walk, children, kind == CXBinaryOperator_LAnd,
                                     depth);
        if (overflows(walk, expression, children, kind))
            return false;
        return (kind != CXBinaryOperator_Comma ||
                is_ignored_silently(walk, child(walk, children, 0), depth)) &&
               are_silent(walk, children, kind == CXBinaryOperator_Comma, depth);
    }
    case CXCursor_ConditionalOperator:
        if (children.n < 2 || !truth(walk, child(walk, children, 0), depth, &value))
            return false;
        chosen = value ? 1 : 2;
        return chosen >= children.n ||
               is_silent(walk, child(walk, children, chosen), depth);
    case CXCursor_UnexposedExpr:
        if (children.repeats && children.n >= 2) // a ?: b
            return truth(walk, child(walk, children, 0), depth, &value) &&
                   (value ||
                    is_silent(walk, child(walk, children, children.n - 1), depth));
        if (is_choose(walk, expression, children))
            return evaluate(child(walk, children, 0), &value) &&
                   is_silent(walk, child(walk, children, value ? 1 : 2), depth);
        return are_silent(walk, children, 0, depth);
    case CXCursor_CStyleCastExpr:
        if (type_kind(expression) == CXType_Void)
            return is_ignored_silently(walk, expression, depth);
        return are_silent(walk, children, 0, depth);
    case CXCursor_CallExpr:
        return is_silent_call(walk, expression, children, depth);
    case CXCursor_StmtExpr:
        return children.n == 1 &&
               is_silent_statement(walk, child(walk, children, 0), IS_LAST, false, depth);
    case CXCursor_GenericSelectionExpr:
        chosen = generic_choice(walk, expression, children);
        return chosen < children.n &&
               is_silent(walk, child(walk, children, chosen), depth);
    default:
        return are_silent(walk, children, 0, depth);
    }
}

// Of what has a value.
static bool is_silent(Walk *walk, CXCursor expression, uint32_t depth)
{
    switch ((int)clang_getCursorKind(expression)) {
    case CXCursor_IntegerLiteral:
    case CXCursor_FloatingLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_StringLiteral:
    case CXCursor_UnaryExpr: // sizeof and its like
    case CXCursor_DeclRefExpr:
    case CXCursor_TypeRef:
        return true;
    default:
        break;
    }
    if (depth >= FOLD_DEPTH_MAX)
        return false;
    Children children = children_push(walk, expression);
    bool silent = is_silent_here(walk, expression, children, depth + 1);
    children_pop(walk, children);
    return silent;
}

// --- Pointers, of which libclang does not give the value
// -----------------------------------------

static bool is_weak(Walk *walk, CXCursor declaration)
{
    uint32_t entity = entity_of_reference(walk, declaration);
    return entity && walk->entities.at[entity - 1].attributes & ATTRIBUTE_WEAK;
}

// Whether clang knows where an lvalue is, and that it is somewhere.
static bool is_place(Walk *walk, CXCursor lvalue, uint32_t depth)
{
    long long ignored;
    enum CXCursorKind kind = clang_getCursorKind(lvalue);
    if (depth >= FOLD_DEPTH_MAX)
        return false;
    if (kind == CXCursor_DeclRefExpr)
        return !is_weak(walk, clang_getCursorReferenced(lvalue));
    if (kind == CXCursor_StringLiteral || kind == CXCursor_CompoundLiteralExpr)
        return true;
    Children children = children_push(walk, lvalue);
    bool is = false;
    if (kind == CXCursor_ParenExpr || kind == CXCursor_MemberRefExpr)
        is = children.n && type_kind(child(walk, children, 0)) != CXType_Pointer && // ->
             is_place(walk, child(walk, children, 0), depth + 1);
    else if (kind == CXCursor_ArraySubscriptExpr)
        is = children.n == 2 &&
             truth(walk, child(walk, children, 0), depth + 1, &ignored) &&
             truth(walk, child(walk, children, 1), depth + 1, &ignored);
    children_pop(walk, children);
    return is;
}

// `static const char *const name = 0`, in C too.
static bool variable_truth(Walk *walk, CXCursor variable, uint32_t depth,
                           long long *ret_value)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(variable));
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    if (clang_Cursor_isNull(initialiser))
        initialiser =
            clang_Cursor_getVarDeclInitializer(clang_getCursorDefinition(variable));
    return clang_isConstQualifiedType(type) && !clang_isVolatileQualifiedType(type) &&
           !clang_Cursor_isNull(initialiser) && !is_weak(walk, variable) &&
           truth(walk, initialiser, depth, ret_value);
}

static bool pointer_truth(Walk *walk, CXCursor expression, uint32_t depth,
                          long long *ret_value)
{
    enum CXCursorKind kind = clang_getCursorKind(expression);
    CXCursor named = clang_getCursorReferenced(expression);
    long long value;
    bool known = false;
    *ret_value = 1;
    if (kind == CXCursor_StringLiteral || kind == CXCursor_AddrLabelExpr)
        return true;
    if (kind == CXCursor_DeclRefExpr && type_kind(named) == CXType_Pointer)
        return clang_getCursorKind(named) == CXCursor_VarDecl &&
               variable_truth(walk, named, depth, ret_value);
    if (kind == CXCursor_DeclRefExpr || kind == CXCursor_CompoundLiteralExpr)
        return is_place(walk, expression, depth);
    Children children = children_push(walk, expression);
    uint32_t chosen = children.n;
    if (kind == CXCursor_ParenExpr || kind == CXCursor_CStyleCastExpr ||
        (kind == CXCursor_UnexposedExpr && children.n == 1))
        chosen = children.n - 1;
    else if (kind == CXCursor_GenericSelectionExpr)
        chosen = generic_choice(walk, expression, children);
    else if (kind == CXCursor_ConditionalOperator && children.n == 3 &&
             truth(walk, child(walk, children, 0), depth, &value))
        chosen = value ? 1 : 2;
    else if (kind == CXCursor_UnaryOperator && children.n == 1 &&
             clang_getCursorUnaryOperatorKind(expression) == CXUnaryOperator_AddrOf)
        known = is_place(walk, child(walk, children, 0), depth);
    if (chosen < children.n)
        known = truth(walk, child(walk, children, chosen), depth, ret_value);
    children_pop(walk, children);
    return known;
}

// --- Answers
// -------------------------------------------------------------------------------------

// `f() && (...)`: without a value on the left there is none without a side effect. The
// evaluator goes on to the right all the same, which over a chain nested there is as much
// work as its square.
static bool may_be_silent(Walk *walk, CXCursor expression)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(expression);
        enum CXBinaryOperatorKind operator= kind == CXCursor_BinaryOperator
            ? clang_getCursorBinaryOperatorKind(expression)
            : CXBinaryOperator_Invalid;
        bool is_logical = operator== CXBinaryOperator_LAnd || operator==
            CXBinaryOperator_LOr;
        if (!is_logical && kind != CXCursor_ParenExpr)
            return true;
        long long ignored;
        Children children = children_push(walk, expression);
        if (children.n)
            expression = child(walk, children, 0);
        bool is_inner = children.n == 1;
        children_pop(walk, children);
        if (!is_inner)
            return is_pointer(type_kind(expression)) || evaluate(expression, &ignored);
    }
}

// What clang evaluates as a condition without a side effect, of any type.
static bool truth(Walk *walk, CXCursor expression, uint32_t depth, long long *ret_value)
{
    if (depth >= FOLD_DEPTH_MAX)
        return false;
    if (is_pointer(type_kind(expression)))
        return pointer_truth(walk, expression, depth + 1, ret_value);
    return may_be_silent(walk, expression) && evaluate(expression, ret_value) &&
           is_silent(walk, expression, depth);
}

bool fold_truth(Walk *walk, CXCursor expression, long long *ret_value)
{
    return truth(walk, expression, 0, ret_value);
}

bool fold_pointer(Walk *walk, CXCursor expression, long long *ret_value)
{
    return is_pointer(type_kind(expression)) &&
           pointer_truth(walk, expression, 0, ret_value);
}

bool fold(Walk *walk, CXCursor expression, long long *ret_value)
{
    return is_integer(type_kind(expression)) && may_be_silent(walk, expression) &&
           evaluate(expression, ret_value) && is_silent(walk, expression, 0) &&
           !has_label(walk, expression);
}

// In the initialiser of what has static storage everything is a constant.
bool fold_here(Walk *walk, CXCursor expression, long long *ret_value)
{
    return walk->variable ? fold_truth(walk, expression, ret_value)
                          : fold(walk, expression, ret_value);
}

// Of arguments that are plainly none, so that the evaluator need not be asked.
static bool may_be_constant(CXCursor argument)
{
    CXCursor named = clang_getCursorReferenced(argument);
    enum CXCursorKind kind = clang_getCursorKind(named);
    if (clang_getCursorKind(argument) == CXCursor_CallExpr)
        return false;
    if (kind != CXCursor_VarDecl)
        return kind != CXCursor_ParmDecl;
    CXType type = clang_getCanonicalType(clang_getCursorType(named));
    while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray)
        type = clang_getCanonicalType(clang_getArrayElementType(type));
    return clang_isConstQualifiedType(type) != 0;
}

// strlen("abc"), fabs(-1.0): clang emits the value.
bool fold_call(Walk *walk, CXCursor call, Children children, bool is_reserved)
{
    long long ignored;
    for (uint32_t i = 1; i < children.n && !is_reserved; i++)
        if (!may_be_constant(child(walk, children, i)))
            return false;
    return children.n > 1 && evaluate(call, &ignored) && is_silent(walk, call, 0);
}
