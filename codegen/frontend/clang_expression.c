// Expressions as clang emits them: what is called, what is referred to, what is left out.
//
// libclang shows operands that are not evaluated (typeof, sizeof, the types in casts)
// like others; here each kind of expression says which of its children run.
#include "codegen/frontend/clang_walk.h"

// "__atomic_load", "__builtin_choose_expr" where an expression is written: libclang has
// no name for either.
Str written_word(Walk *walk, CXCursor expression)
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

bool is_choose(Walk *walk, CXCursor expression, Children children)
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
        return children.n == 3 && fold_here(walk, child(walk, children, 0), &value)
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

// The reference below casts; as an integer its address is taken.
static bool is_function_name(Walk *walk, CXCursor expression, CXCursor *ret_name,
                             CXCursor *ret_function)
{
    *ret_name = peel(walk, expression);
    if (clang_getCursorKind(*ret_name) != CXCursor_DeclRefExpr)
        return false;
    *ret_function = clang_getCursorReferenced(*ret_name);
    if (clang_getCursorKind(*ret_function) != CXCursor_FunctionDecl)
        return false;
    switch ((int)clang_getCanonicalType(clang_getCursorType(expression)).kind) {
    case CXType_Pointer:
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
    case CXType_Void:
    case CXType_Bool:
        return true;
    default:
        return walk->is_cpp;
    }
}

bool walk_mention(Walk *walk, CXCursor expression)
{
    CXCursor inner, target;
    if (!is_function_name(walk, expression, &inner, &target))
        return false;
    uint32_t entity = entity_of_reference(walk, target);
    add_address(walk, inner, walk->entities.at[entity - 1].function - 1, true);
    return true;
}

// Constants: functions, arrays, enumerators, and what is const and can be evaluated.
static Known walk_name(Walk *walk, CXCursor expression)
{
    CXCursor target = clang_getCursorReferenced(expression);
    if (clang_getCursorKind(target) == CXCursor_EnumConstantDecl)
        return (Known){KNOWN_BY_CLANG, 0};
    CXType type = clang_getCanonicalType(clang_getCursorType(target));
    bool is_const =
        clang_isConstQualifiedType(type) && !clang_isVolatileQualifiedType(type);
    Known constant = {is_const ? KNOWN_BY_CLANG : KNOWN_NOTHING, 0};
    uint32_t entity = entity_of_reference(walk, target);
    if (!entity)
        return constant;
    const Entity *named = &walk->entities.at[entity - 1];
    if (named->function)
        add_address(walk, expression, named->function - 1, false);
    else
        add_variable_use(walk, named->variable - 1);
    bool is_address = named->function || type.kind == CXType_ConstantArray ||
                      type.kind == CXType_IncompleteArray;
    if (!is_address)
        return constant;
    bool is_weak = (named->attributes & ATTRIBUTE_WEAK) != 0;
    return (Known){is_weak ? KNOWN_NOTHING : KNOWN_ADDRESS, 0};
}

static void walk_parts(Walk *walk, Children children)
{
    for (uint32_t i = 0; i < children.n; i++)
        walk_expression(walk, child(walk, children, i));
}

// sizeof(int[f()]): libclang shows the bound twice.
static void walk_distinct(Walk *walk, Children children)
{
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        uint32_t first = 0;
        while (!clang_equalCursors(child(walk, children, first), part))
            first++;
        if (first == i)
            walk_expression(walk, part);
    }
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

// A function is compared with null, or another one: that folds, and takes no address.
static Known walk_comparison(Walk *walk, CXCursor expression, const CXCursor sides[2],
                             enum CXBinaryOperatorKind operator)
{
    bool is_name[2], is_constant[2];
    Known known[2] = {0};
    long long value;
    CXCursor name[2], function[2];
    for (uint32_t i = 0; i < 2; i++)
        is_name[i] = is_function_name(walk, sides[i], &name[i], &function[i]);
    for (uint32_t i = 0; i < 2; i++)
        is_constant[i] =
            is_name[i] || (is_name[1 - i] && fold_truth(walk, sides[i], &value));
    for (uint32_t i = 0; i < 2; i++) {
        known[i] = is_constant[0] && is_constant[1] ? walk_truth(walk, sides[i])
                                                    : walk_expression(walk, sides[i]);
        if (is_name[i] && !is_constant[1 - i])
            fact_function_comparison(walk, name[i], function[i], sides[1 - i]);
    }
    fact_comparison(walk, expression, sides);
    return known_binary(walk, operator, sides, known);
}

// The right side first, as clang does with scalars.
static void walk_assigned(Walk *walk, Children children, Known known[2])
{
    CXType type = clang_getCanonicalType(clang_getCursorType(child(walk, children, 0)));
    uint32_t first = type.kind == CXType_Record ? 0 : 1;
    known[first] = walk_expression(walk, child(walk, children, first));
    known[1 - first] = walk_expression(walk, child(walk, children, 1 - first));
}

static Known walk_assignment(Walk *walk, CXCursor expression, Children children,
                             enum CXBinaryOperatorKind operator)
{
    Known known[2] = {0};
    CXCursor right = child(walk, children, 1);
    CXType type = clang_getCursorType(child(walk, children, 0));
    long long value;
    walk_assigned(walk, children, known);
    if (operator== CXBinaryOperator_DivAssign || operator== CXBinaryOperator_MulAssign)
        walk_complex(walk, expression, children, operator== CXBinaryOperator_DivAssign);
    if (operator!= CXBinaryOperator_Assign)
        return (Known){0};
    if (is_large_atomic(type))
        walk_library_call(walk, expression, STR("__atomic_store"), STR("vlppi"));
    // In C it has the value of its right side, which may be a constant.
    if (walk->is_cpp || known[1].kind == KNOWN_LATE || known[1].kind == KNOWN_PHI)
        return known_cast(known[1], type);
    if (known[1].kind != KNOWN_NOTHING && known_value(walk, right, known[1], &value))
        return known_cast((Known){KNOWN_VALUE, value}, type);
    return (Known){0};
}

static Known walk_binary(Walk *walk, CXCursor expression, Children children)
{
    enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(expression);
    if (children.n != 2) {
        walk_parts(walk, children);
        return (Known){0};
    }
    CXCursor sides[2] = {child(walk, children, 0), child(walk, children, 1)};
    Known known[2] = {0};
    if (kind >= CXBinaryOperator_Assign && kind < CXBinaryOperator_Comma)
        return walk_assignment(walk, expression, children, kind);
    switch ((int)kind) {
    case CXBinaryOperator_LAnd:
    case CXBinaryOperator_LOr:
        return walk_logical(walk, children, kind == CXBinaryOperator_LAnd);
    case CXBinaryOperator_LT:
    case CXBinaryOperator_GT:
    case CXBinaryOperator_LE:
    case CXBinaryOperator_GE:
    case CXBinaryOperator_EQ:
    case CXBinaryOperator_NE:
        return walk_comparison(walk, expression, sides, kind);
    case CXBinaryOperator_Comma:
        walk_truth(walk, sides[0]);
        return known_settled(walk, sides[1], walk_expression(walk, sides[1]));
    default:
        break;
    }
    for (uint32_t i = 0; i < 2; i++)
        known[i] = walk_expression(walk, sides[i]);
    if (kind == CXBinaryOperator_Mul || kind == CXBinaryOperator_Div)
        walk_complex(walk, expression, children, kind == CXBinaryOperator_Div);
    return known_binary(walk, kind, sides, known);
}

static Known walk_unary(Walk *walk, CXCursor expression, CXCursor operand)
{
    enum CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(expression);
    if (kind == CXUnaryOperator_LNot)
        return known_unary(kind, walk_truth(walk, operand));
    Known known = walk_expression(walk, operand);
    if (kind != CXUnaryOperator_AddrOf)
        return known_unary(kind, known);
    bool is_name = clang_getCursorKind(operand) == CXCursor_DeclRefExpr &&
                   entity_of_reference(walk, clang_getCursorReferenced(operand));
    return (Known){is_name ? KNOWN_ADDRESS : KNOWN_NOTHING, 0};
}

// Casts (implicit ones too), atomics, `a ?: b`, __builtin_choose_expr, va_arg: libclang
// has one kind for all of them, and the number of children tells.
static Known walk_unexposed(Walk *walk, CXCursor expression, Children children)
{
    long long value;
    if (children.n == 0) // a question about types
        return (Known){KNOWN_BY_CLANG, 0};
    if (children.n == 1) {
        CXCursor inner = child(walk, children, 0);
        Known known = walk_expression(walk, inner);
        if (is_large_atomic(clang_getCursorType(inner)) &&
            !is_large_atomic(clang_getCursorType(expression)))
            walk_library_call(walk, expression, STR("__atomic_load"), STR("vlppi"));
        if (known.kind == KNOWN_NOTHING || known.kind == KNOWN_BY_CLANG)
            return known;
        return known_cast(known, clang_getCursorType(expression));
    }
    if (is_choose(walk, expression, children) &&
        evaluate(child(walk, children, 0), &value))
        return walk_expression(walk, child(walk, children, value ? 1 : 2));
    if (children.repeats && children.n >= 2)
        return walk_choice(walk, expression, child(walk, children, 0),
                           child(walk, children, 0),
                           child(walk, children, children.n - 1));
    walk_parts(walk, children);
    if (children.n >= 2)
        walk_atomic(walk, expression, children);
    return (Known){0};
}

// (type)operand: of what stands before the operand only a variable length array runs.
static Known walk_cast(Walk *walk, CXCursor expression, Children children)
{
    Known known = {0};
    CXType type = clang_getCanonicalType(clang_getCursorType(expression));
    CXType pointee = clang_getPointeeType(type);
    bool runs = type.kind == CXType_VariableArray || pointee.kind == CXType_VariableArray;
    for (uint32_t i = 0; i < children.n; i++) {
        bool is_operand = i + 1 == children.n;
        CXCursor part = child(walk, children, i);
        if (is_operand && (type.kind == CXType_Void || type.kind == CXType_Bool))
            known = walk_truth(walk, part);
        else if (is_operand || runs)
            known = walk_expression(walk, part);
        if (is_operand && type.kind == CXType_Pointer && known.kind == KNOWN_BY_CLANG)
            known = known_pointer(part);
        if (is_operand && pointee.kind != CXType_Invalid &&
            clang_getAddressSpace(pointee) != 0)
            fact_cast(walk, expression, part);
        if (is_operand && fact_is_code_cast(type, pointee))
            fact_code_cast(walk, expression, part);
    }
    return known_cast(known, type);
}

static Known walk_generic(Walk *walk, CXCursor expression, Children children)
{
    uint32_t chosen = generic_choice(walk, expression, children);
    if (chosen < children.n)
        return walk_expression(walk, child(walk, children, chosen));
    for (uint32_t i = 1; i < children.n; i++)
        walk_expression(walk, child(walk, children, i));
    return (Known){0};
}

static Known walk_kind(Walk *walk, CXCursor expression, enum CXCursorKind kind,
                       Children children)
{
    CXCursor first = children.n ? child(walk, children, 0) : expression;
    switch ((int)kind) {
    case CXCursor_CallExpr:
        return children.n ? walk_call(walk, expression, children) : (Known){0};
    case CXCursor_UnexposedExpr:
        return walk_unexposed(walk, expression, children);
    case CXCursor_CStyleCastExpr:
        return walk_cast(walk, expression, children);
    case CXCursor_ParenExpr:
        return children.n ? walk_expression(walk, first) : (Known){0};
    case CXCursor_UnaryOperator:
        return children.n ? walk_unary(walk, expression, first) : (Known){0};
    case CXCursor_CompoundLiteralExpr:
        if (children.n)
            walk_expression(walk, child(walk, children, children.n - 1));
        return (Known){0};
    case CXCursor_ConditionalOperator:
        if (children.n == 3)
            return walk_choice(walk, expression, first, child(walk, children, 1),
                               child(walk, children, 2));
        break;
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
        return walk_binary(walk, expression, children);
    case CXCursor_GenericSelectionExpr:
        return walk_generic(walk, expression, children);
    case CXCursor_BlockExpr:
        walk_block(walk, expression);
        return (Known){0};
    case CXCursor_StmtExpr:
        walk_statement_expression(walk, children);
        return (Known){0};
    case CXCursor_UnaryExpr:
        walk_distinct(walk, children);
        return (Known){0};
    case CXCursor_MemberRefExpr: // of a constant, too
        walk_parts(walk, children);
        return (Known){KNOWN_BY_CLANG, 0};
    default:
        break;
    }
    walk_parts(walk, children);
    return (Known){0};
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

Known walk_expression(Walk *walk, CXCursor expression)
{
    enum CXCursorKind kind = clang_getCursorKind(expression);
    Known known = {0};
    if (walk->is_cpp && walk->depth < WALK_DEPTH_MAX &&
        walk_cpp_expression(walk, expression, kind))
        return known;
    switch ((int)kind) {
    case CXCursor_StringLiteral:
        return (Known){KNOWN_ADDRESS, 0};
    case CXCursor_IntegerLiteral:
    case CXCursor_FloatingLiteral:
    case CXCursor_CharacterLiteral:
        return (Known){KNOWN_BY_CLANG, 0};
    case CXCursor_TypeRef:
    case CXCursor_MemberRef:
    case CXCursor_LabelRef:
        return known;
    case CXCursor_UnaryExpr:
        if (is_constant_unary(expression))
            return (Known){KNOWN_BY_CLANG, 0};
        break;
    case CXCursor_AddrLabelExpr:
        if (!walk->variable) // else the body has done so
            walk_label_address(walk, expression);
        return known;
    case CXCursor_DeclRefExpr:
        return walk_name(walk, expression);
    case CXCursor_VarDecl:
        walk_variable(walk, expression);
        return known;
    default:
        break;
    }
    if (clang_isDeclaration(kind))
        return known;
    if (clang_isStatement(kind)) {
        walk_statement(walk, expression);
        return known;
    }
    if (walk->depth >= WALK_DEPTH_MAX) {
        walk_references(walk, expression);
        return known;
    }
    walk->depth++;
    Children children = children_push(walk, expression);
    known = walk_kind(walk, expression, kind, children);
    children_pop(walk, children);
    walk->depth--;
    return known;
}

void walk_initialiser(Walk *walk, CXCursor variable)
{
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    if (!clang_Cursor_isNull(initialiser))
        walk_expression(walk, initialiser);
}
