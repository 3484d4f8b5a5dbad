// Expressions as clang emits them: what is called, what is referred to, what is left out.
//
// libclang shows operands that are not evaluated (typeof, sizeof, the types in casts)
// like others; here each kind of expression says which of its children run.
#include "codegen/frontend/clang_walk.h"

// "__atomic_load", "__builtin_choose_expr" where an expression is written: libclang has
// no name for either.
static Str written_word(Walk *walk, CXCursor expression)
{
    CXFile file;
    unsigned offset;
    size_t n_bytes = 0, end;
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(expression)),
                              &file, NULL, NULL, &offset);
    const char *at = file ? clang_getFileContents(walk->view->tu, file, &n_bytes) : NULL;
    if (!at || offset >= n_bytes)
        return STR("");
    for (end = offset; end < n_bytes && is_word(at[end]);)
        end++;
    return (Str){at + offset, end - offset};
}

static bool is_transparent(CXCursor cursor)
{
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_UnexposedExpr:
    case CXCursor_ParenExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_GenericSelectionExpr:
    case CXCursor_ConditionalOperator:
        return true;
    case CXCursor_UnaryOperator:
        switch (clang_getCursorUnaryOperatorKind(cursor)) {
        case CXUnaryOperator_Deref:
        case CXUnaryOperator_AddrOf:
        case CXUnaryOperator_Extension:
            return true;
        default:
            return false;
        }
    default:
        return false;
    }
}

static bool is_choose(Walk *walk, CXCursor expression, Children children)
{
    return children.n == 3 &&
           str_eq(written_word(walk, expression), STR("__builtin_choose_expr"));
}

// The one operand whose value this expression has, by what clang knows; n: none.
static uint32_t only_operand(Walk *walk, CXCursor expression, Children children)
{
    enum CXCursorKind kind = clang_getCursorKind(expression);
    uint32_t found = children.n, n = 0;
    long long value;
    if (kind == CXCursor_GenericSelectionExpr)
        return generic_choice(walk, expression, children);
    if (kind == CXCursor_ConditionalOperator || is_choose(walk, expression, children))
        return children.n == 3 && fold(walk, child(walk, children, 0), &value)
                   ? (value ? 1 : 2)
                   : children.n;
    for (uint32_t i = 0; i < children.n; i++) {
        if (clang_isExpression(clang_getCursorKind(child(walk, children, i)))) {
            found = i;
            n++;
        }
    }
    return n == 1 ? found : children.n;
}

CXCursor peel(Walk *walk, CXCursor expression)
{
    while (is_transparent(expression)) {
        Children children = children_push(walk, expression);
        uint32_t i = only_operand(walk, expression, children);
        bool found = i < children.n;
        if (found)
            expression = child(walk, children, i);
        children_pop(walk, children);
        if (!found)
            break;
    }
    return expression;
}

bool walk_mention(Walk *walk, CXCursor expression)
{
    CXCursor inner = peel(walk, expression);
    if (clang_getCursorKind(inner) != CXCursor_DeclRefExpr)
        return false;
    CXCursor target = clang_getCursorReferenced(inner);
    if (clang_getCursorKind(target) != CXCursor_FunctionDecl)
        return false;
    uint32_t entity = entity_of_reference(walk, target);
    add_address(walk, inner, walk->entities.at[entity - 1].function - 1, true);
    return true;
}

static void walk_name(Walk *walk, CXCursor expression)
{
    uint32_t entity = entity_of_reference(walk, clang_getCursorReferenced(expression));
    if (!entity)
        return;
    const Entity *named = &walk->entities.at[entity - 1];
    if (named->function)
        add_address(walk, expression, named->function - 1, false);
    else
        add_variable_use(walk, named->variable - 1);
}

static void walk_parts(Walk *walk, Children children)
{
    for (uint32_t i = 0; i < children.n; i++)
        walk_expression(walk, child(walk, children, i));
}

// --- Atomics and complex numbers
// -------------------------------------------------------------------

static bool is_large(CXType type)
{
    long long bytes = clang_Type_getSizeOf(type), align = clang_Type_getAlignOf(type);
    bool is_power = bytes > 0 && (bytes & (bytes - 1)) == 0;
    return bytes > 0 && (bytes > 16 || !is_power || align < bytes);
}

static bool is_large_atomic(CXType type)
{
    type = clang_getCanonicalType(type);
    return type.kind == CXType_Atomic && is_large(type);
}

// What no instruction can do at once is a call of compiler-rt (clang, EmitAtomicExpr).
static void walk_atomic(Walk *walk, CXCursor expression, Children children)
{
    CXType pointer =
        clang_getCanonicalType(clang_getCursorType(child(walk, children, 0)));
    if (pointer.kind != CXType_Pointer || !is_large(clang_getPointeeType(pointer)))
        return;
    Str word = written_word(walk, expression);
    if (!str_starts(word, STR("__atomic_")) && !str_starts(word, STR("__c11_atomic_")))
        return;
    if (str_has(word, STR("compare_exchange")))
        walk_library_call(walk, expression, STR("__atomic_compare_exchange"),
                          STR("blpppii"));
    else if (str_has(word, STR("exchange")))
        walk_library_call(walk, expression, STR("__atomic_exchange"), STR("vlpppi"));
    else if (str_has(word, STR("load")))
        walk_library_call(walk, expression, STR("__atomic_load"), STR("vlppi"));
    else if (str_has(word, STR("store")))
        walk_library_call(walk, expression, STR("__atomic_store"), STR("vlppi"));
}

static char complex_letter(CXType element)
{
    switch ((int)element.kind) {
    case CXType_Half:
    case CXType_Float16:
        return 'h';
    case CXType_Float:
        return 'f';
    case CXType_Double:
    case CXType_LongDouble:
        return 'd';
    default:
        return 0;
    }
}

// Multiplication of two complex numbers, and division by one, end in compiler-rt.
static void walk_complex(Walk *walk, CXCursor expression, Children children,
                         bool is_division)
{
    CXType left = clang_getCanonicalType(clang_getCursorType(child(walk, children, 0)));
    CXType right = clang_getCanonicalType(clang_getCursorType(child(walk, children, 1)));
    if (right.kind != CXType_Complex || (!is_division && left.kind != CXType_Complex))
        return;
    char letter = complex_letter(clang_getCanonicalType(clang_getElementType(right)));
    if (!letter)
        return;
    char letters[6] = {(char)(letter - 'a' + 'A'), letter, letter, letter, letter, 0};
    char kind = letter == 'h' ? 'h' : letter == 'f' ? 's' : 'd';
    Str name = arena_format(walk->arena, "__%s%cc3", is_division ? "div" : "mul", kind);
    walk_library_call(walk, expression, name, arena_str(walk->arena, str_of(letters)));
}

// --- Operators
// -----------------------------------------------------------------------------------

static void walk_right_side(Walk *walk, CXCursor expression)
{
    if (!walk_mention(walk, expression))
        walk_expression(walk, expression);
}

static void walk_logical(Walk *walk, Children children, bool is_and)
{
    CXCursor left = child(walk, children, 0), right = child(walk, children, 1);
    long long value;
    if (fold(walk, left, &value)) {
        bool skips = is_and ? !value : !!value;
        if (!skips) {
            walk_right_side(walk, right);
            return;
        }
        if (!has_label(walk, right)) {
            collect_asm(walk, right);
            return;
        }
    }
    walk_right_side(walk, left);
    uint32_t more = new_block(walk), after = new_block(walk);
    if (!fold_late(walk, left, &value) || !value == !is_and)
        flow(walk, walk->body.block, more);
    flow(walk, walk->body.block, after);
    walk->body.block = more;
    walk_right_side(walk, right);
    flow(walk, walk->body.block, after);
    walk->body.block = after;
}

static void walk_binary(Walk *walk, CXCursor expression, Children children)
{
    enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(expression);
    if (children.n != 2) {
        walk_parts(walk, children);
        return;
    }
    bool is_compound = clang_getCursorKind(expression) == CXCursor_CompoundAssignOperator;
    switch ((int)kind) {
    case CXBinaryOperator_LAnd:
    case CXBinaryOperator_LOr:
        walk_logical(walk, children, kind == CXBinaryOperator_LAnd);
        return;
    case CXBinaryOperator_EQ:
    case CXBinaryOperator_NE:
        walk_right_side(walk, child(walk, children, 0));
        walk_right_side(walk, child(walk, children, 1));
        return;
    case CXBinaryOperator_Comma:
        walk_right_side(walk, child(walk, children, 0));
        walk_expression(walk, child(walk, children, 1));
        return;
    default:
        break;
    }
    walk_parts(walk, children);
    if (kind == CXBinaryOperator_Mul || kind == CXBinaryOperator_Div ||
        kind == CXBinaryOperator_MulAssign || kind == CXBinaryOperator_DivAssign)
        walk_complex(walk, expression, children,
                     kind == CXBinaryOperator_Div || kind == CXBinaryOperator_DivAssign);
    if (!is_compound && kind == CXBinaryOperator_Assign &&
        is_large_atomic(clang_getCursorType(child(walk, children, 0))))
        walk_library_call(walk, expression, STR("__atomic_store"), STR("vlppi"));
}

// condition ? yes : no
static void walk_choice(Walk *walk, CXCursor condition, CXCursor yes, CXCursor no,
                        bool yes_is_condition)
{
    long long value;
    if (fold(walk, condition, &value) && !has_label(walk, value ? no : yes)) {
        collect_asm(walk, value ? no : yes);
        walk_expression(walk, value ? yes : no);
        return;
    }
    walk_right_side(walk, condition);
    uint32_t on_yes = new_block(walk), on_no = new_block(walk), after = new_block(walk);
    bool is_known = fold_late(walk, condition, &value);
    if (!is_known || value)
        flow(walk, walk->body.block, on_yes);
    if (!is_known || !value)
        flow(walk, walk->body.block, on_no);
    walk->body.block = on_yes;
    if (!yes_is_condition)
        walk_expression(walk, yes);
    flow(walk, walk->body.block, after);
    walk->body.block = on_no;
    walk_expression(walk, no);
    flow(walk, walk->body.block, after);
    walk->body.block = after;
}

// Casts (implicit ones too), atomics, `a ?: b`, __builtin_choose_expr, va_arg: libclang
// has one kind for all of them, and the number of children tells.
static void walk_unexposed(Walk *walk, CXCursor expression, Children children)
{
    long long value;
    if (children.n == 1) {
        CXCursor inner = child(walk, children, 0);
        walk_expression(walk, inner);
        if (is_large_atomic(clang_getCursorType(inner)) &&
            !is_large_atomic(clang_getCursorType(expression)))
            walk_library_call(walk, expression, STR("__atomic_load"), STR("vlppi"));
        return;
    }
    if (is_choose(walk, expression, children) &&
        fold(walk, child(walk, children, 0), &value)) {
        walk_expression(walk, child(walk, children, value ? 1 : 2));
        return;
    }
    if (children.n == 4 &&
        clang_equalCursors(child(walk, children, 0), child(walk, children, 1))) {
        walk_choice(walk, child(walk, children, 0), child(walk, children, 0),
                    child(walk, children, 3), true);
        return;
    }
    walk_parts(walk, children);
    if (children.n >= 2)
        walk_atomic(walk, expression, children);
}

// (type)operand: of what stands before the operand only a variable length array runs.
static void walk_cast(Walk *walk, CXCursor expression, Children children)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(expression));
    CXType pointee = clang_getPointeeType(type);
    bool runs = type.kind == CXType_VariableArray || pointee.kind == CXType_VariableArray;
    for (uint32_t i = 0; i < children.n; i++) {
        bool is_operand = i + 1 == children.n;
        CXCursor part = child(walk, children, i);
        if (is_operand && type.kind == CXType_Void)
            walk_right_side(walk, part);
        else if (is_operand || runs)
            walk_expression(walk, part);
    }
}

static void walk_generic(Walk *walk, CXCursor expression, Children children)
{
    uint32_t chosen = generic_choice(walk, expression, children);
    for (uint32_t i = 1; i < children.n; i++)
        if (i == chosen || chosen >= children.n)
            walk_expression(walk, child(walk, children, i));
}

static void walk_kind(Walk *walk, CXCursor expression, enum CXCursorKind kind)
{
    Children children = children_push(walk, expression);
    switch ((int)kind) {
    case CXCursor_CallExpr:
        if (children.n)
            walk_call(walk, expression, children);
        break;
    case CXCursor_UnexposedExpr:
        walk_unexposed(walk, expression, children);
        break;
    case CXCursor_CStyleCastExpr:
        walk_cast(walk, expression, children);
        break;
    case CXCursor_CompoundLiteralExpr:
        if (children.n)
            walk_expression(walk, child(walk, children, children.n - 1));
        break;
    case CXCursor_ConditionalOperator:
        if (children.n == 3)
            walk_choice(walk, child(walk, children, 0), child(walk, children, 1),
                        child(walk, children, 2), false);
        else
            walk_parts(walk, children);
        break;
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
        walk_binary(walk, expression, children);
        break;
    case CXCursor_GenericSelectionExpr:
        walk_generic(walk, expression, children);
        break;
    case CXCursor_StmtExpr:
        for (uint32_t i = 0; i < children.n; i++)
            walk_statement(walk, child(walk, children, i));
        break;
    default:
        walk_parts(walk, children);
    }
    children_pop(walk, children);
}

// sizeof of anything but a variable length array is a constant.
static bool is_constant_unary(CXCursor expression)
{
    CXEvalResult result = clang_Cursor_Evaluate(expression);
    if (!result)
        return false;
    clang_EvalResult_dispose(result);
    return true;
}

void walk_expression(Walk *walk, CXCursor expression)
{
    enum CXCursorKind kind = clang_getCursorKind(expression);
    if (walk->is_cpp && walk->depth < WALK_DEPTH_MAX &&
        walk_cpp_expression(walk, expression, kind))
        return;
    switch ((int)kind) {
    case CXCursor_IntegerLiteral:
    case CXCursor_FloatingLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_StringLiteral:
    case CXCursor_TypeRef:
    case CXCursor_MemberRef:
    case CXCursor_LabelRef:
        return;
    case CXCursor_UnaryExpr:
        if (is_constant_unary(expression))
            return;
        break;
    case CXCursor_AddrLabelExpr:
        if (!walk->variable) // else the body has done so
            walk_label_address(walk, expression);
        return;
    case CXCursor_DeclRefExpr:
        walk_name(walk, expression);
        return;
    case CXCursor_VarDecl:
        walk_variable(walk, expression);
        return;
    default:
        break;
    }
    if (clang_isDeclaration(kind))
        return;
    if (clang_isStatement(kind)) {
        walk_statement(walk, expression);
        return;
    }
    if (walk->depth >= WALK_DEPTH_MAX) {
        walk_references(walk, expression);
        return;
    }
    walk->depth++;
    walk_kind(walk, expression, kind);
    walk->depth--;
}

void walk_initialiser(Walk *walk, CXCursor variable)
{
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    if (!clang_Cursor_isNull(initialiser))
        walk_expression(walk, initialiser);
}
