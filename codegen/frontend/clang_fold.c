// What clang knows before it emits: conditions that fold, labels that forbid folding,
// which part of a `for` is which, which association a _Generic takes.
//
// clang_Cursor_Evaluate gives a value also for `(x++, 3)` and `x && 0`, where clang emits
// the side effect: only expressions without any are asked (c-abi.md).
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_walk.h"

enum { FOLD_DEPTH_MAX = 64 };

static bool is_constant_reference(CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    enum CXCursorKind kind = clang_getCursorKind(target);
    if (kind == CXCursor_EnumConstantDecl)
        return true;
    CXType type = clang_getCanonicalType(clang_getCursorType(target));
    return kind == CXCursor_VarDecl && clang_isConstQualifiedType(type) &&
           !clang_isVolatileQualifiedType(type);
}

// Calls without a side effect; of __builtin_expect alone the arguments are evaluated.
static bool is_pure_call(CXCursor cursor, bool *ret_is_evaluated)
{
    static const Str names[] = {STR_INIT("__builtin_constant_p"),
                                STR_INIT("__builtin_types_compatible_p"),
                                STR_INIT("__builtin_expect")};
    CXString spelling = clang_getCursorSpelling(cursor);
    Str name = str_of(clang_getCString(spelling));
    bool found = false;
    for (size_t i = 0; i < COUNTOF(names); i++)
        found |= str_eq(name, names[i]);
    *ret_is_evaluated = str_eq(name, names[2]);
    clang_disposeString(spelling);
    return found;
}

static bool evaluate(CXCursor expression, long long *ret_value);

static bool is_pure(Walk *walk, CXCursor cursor, uint32_t depth)
{
    bool is_evaluated = false, is_constexpr = false;
    long long ignored;
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_IntegerLiteral:
    case CXCursor_FloatingLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_StringLiteral:
    case CXCursor_UnaryExpr: // sizeof and its like
    case CXCursor_CXXBoolLiteralExpr:
    case CXCursor_CXXNullPtrLiteralExpr:
    case CXCursor_SizeOfPackExpr:
    case CXCursor_RequiresExpr:
    case CXCursor_ConceptSpecializationExpr:
        return true;
    case CXCursor_DeclRefExpr: // of a template's variable libclang has no kind
        return is_constant_reference(cursor) ||
               (walk->is_cpp && clang_isConstQualifiedType(clang_getCursorType(cursor)) &&
                clang_getCursorKind(clang_getCursorReferenced(cursor)) ==
                    CXCursor_UnexposedDecl);
    case CXCursor_CallExpr:
        if (!is_pure_call(cursor, &is_evaluated)) {
            // Only a constexpr function has a value.
            is_constexpr = walk->is_cpp && evaluate(cursor, &ignored);
            if (!is_constexpr)
                return false;
        } else if (!is_evaluated) {
            return true;
        }
        break;
    case CXCursor_UnaryOperator:
        switch (clang_getCursorUnaryOperatorKind(cursor)) {
        case CXUnaryOperator_PostInc:
        case CXUnaryOperator_PostDec:
        case CXUnaryOperator_PreInc:
        case CXUnaryOperator_PreDec:
            return false;
        default:
            break;
        }
        break;
    case CXCursor_UnexposedExpr:
    case CXCursor_ParenExpr:
    case CXCursor_BinaryOperator:
    case CXCursor_ConditionalOperator:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
    case CXCursor_InitListExpr:
        break;
    default:
        return false;
    }
    if (depth == FOLD_DEPTH_MAX)
        return false;
    Children children = children_push(walk, cursor);
    bool pure = true; // without children: a type trait, as __builtin_types_compatible_p
    for (uint32_t i = 0; i < children.n && pure; i++) {
        CXCursor part = child(walk, children, i);
        bool is_callee = i == 0 && (is_evaluated || is_constexpr);
        enum CXCursorKind kind = clang_getCursorKind(part);
        pure = kind == CXCursor_TypeRef || kind == CXCursor_NamespaceRef || is_callee ||
               is_pure(walk, part, depth + 1);
    }
    children_pop(walk, children);
    return pure;
}

static bool evaluate(CXCursor expression, long long *ret_value)
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

static bool fold_at(Walk *walk, CXCursor expression, uint32_t depth,
                    long long *ret_value);

static bool fold_parts(Walk *walk, CXCursor expression, Children children, uint32_t depth,
                       long long *ret_value)
{
    long long left;
    bool ignored;
    CXCursor first = child(walk, children, 0);
    switch ((int)clang_getCursorKind(expression)) {
    case CXCursor_ParenExpr:
    case CXCursor_UnexposedExpr:
        return children.n == 1 && fold_at(walk, first, depth, ret_value);
    case CXCursor_UnaryOperator:
        if (clang_getCursorUnaryOperatorKind(expression) != CXUnaryOperator_LNot ||
            !fold_at(walk, first, depth, &left))
            return false;
        *ret_value = !left;
        return true;
    case CXCursor_BinaryOperator: {
        enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(expression);
        bool is_or = kind == CXBinaryOperator_LOr;
        if ((!is_or && kind != CXBinaryOperator_LAnd) || children.n != 2 ||
            !fold_at(walk, first, depth, &left))
            return false;
        *ret_value = is_or;
        if (!left == !is_or)
            return true;
        if (!fold_at(walk, child(walk, children, 1), depth, ret_value))
            return false;
        *ret_value = *ret_value != 0;
        return true;
    }
    case CXCursor_ConditionalOperator:
        return children.n == 3 && fold_at(walk, first, depth, &left) &&
               fold_at(walk, child(walk, children, left ? 1 : 2), depth, ret_value);
    case CXCursor_CallExpr: // likely(0 && f())
        return children.n == 3 && is_pure_call(expression, &ignored) && ignored &&
               fold_at(walk, child(walk, children, 1), depth, ret_value);
    default:
        return false;
    }
}

// `0 && f()` is 0: what is skipped may be anything.
static bool fold_at(Walk *walk, CXCursor expression, uint32_t depth, long long *ret_value)
{
    if (is_pure(walk, expression, 0) && evaluate(expression, ret_value))
        return true;
    if (depth == FOLD_DEPTH_MAX)
        return false;
    Children children = children_push(walk, expression);
    bool folds =
        children.n > 0 && fold_parts(walk, expression, children, depth + 1, ret_value);
    children_pop(walk, children);
    return folds;
}

bool fold(Walk *walk, CXCursor expression, long long *ret_value)
{
    return fold_at(walk, expression, 0, ret_value);
}

static bool is_constant_question(CXCursor cursor)
{
    CXString spelling = clang_getCursorSpelling(cursor);
    bool is = str_eq(str_of(clang_getCString(spelling)), STR("__builtin_constant_p"));
    clang_disposeString(spelling);
    return is;
}

static bool fold_late_at(Walk *walk, CXCursor condition, uint32_t depth,
                         long long *ret_value)
{
    if (fold(walk, condition, ret_value))
        return true;
    enum CXCursorKind kind = clang_getCursorKind(condition);
    if (kind == CXCursor_CallExpr && is_constant_question(condition)) {
        *ret_value = 0;
        return true;
    }
    Children children = children_push(walk, condition);
    bool known = false;
    bool is_plain = kind == CXCursor_ParenExpr || kind == CXCursor_UnexposedExpr;
    bool is_not = kind == CXCursor_UnaryOperator &&
                  clang_getCursorUnaryOperatorKind(condition) == CXUnaryOperator_LNot;
    if (depth == FOLD_DEPTH_MAX || children.n == 0) {
        // unknown
    } else if ((is_plain || is_not) && children.n == 1) {
        known = fold_late_at(walk, child(walk, children, 0), depth + 1, ret_value);
        *ret_value = is_not ? !*ret_value : *ret_value;
    } else if (kind == CXCursor_BinaryOperator && children.n == 2) {
        enum CXBinaryOperatorKind binary = clang_getCursorBinaryOperatorKind(condition);
        bool is_or = binary == CXBinaryOperator_LOr;
        known = (is_or || binary == CXBinaryOperator_LAnd) &&
                fold_late_at(walk, child(walk, children, 0), depth + 1, ret_value) &&
                !*ret_value == !is_or;
    }
    children_pop(walk, children);
    return known;
}

bool fold_late(Walk *walk, CXCursor condition, long long *ret_value)
{
    *ret_value = 0;
    return fold_late_at(walk, condition, 0, ret_value);
}

// strlen("abc"), fabs(-1.0): clang emits the value.
bool fold_call(Walk *walk, CXCursor call, Children children)
{
    long long ignored;
    for (uint32_t i = 1; i < children.n; i++)
        if (!is_pure(walk, child(walk, children, i), 0))
            return false;
    return children.n > 1 && evaluate(call, &ignored);
}

// --- Labels
// --------------------------------------------------------------------------------------

static bool has_label_in(Walk *walk, CXCursor cursor, bool counts_cases, uint32_t depth)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_LabelStmt)
        return true;
    if (counts_cases && (kind == CXCursor_CaseStmt || kind == CXCursor_DefaultStmt))
        return true;
    if (kind == CXCursor_SwitchStmt)
        counts_cases = false;
    if ((clang_isDeclaration(kind) && kind != CXCursor_VarDecl) || depth > 200)
        return false;
    Children children = children_push(walk, cursor);
    bool found = false;
    for (uint32_t i = 0; i < children.n && !found; i++)
        found = has_label_in(walk, child(walk, children, i), counts_cases, depth + 1);
    children_pop(walk, children);
    return found;
}

// A label that something outside can jump to, the cases of an outer switch among them.
bool has_label(Walk *walk, CXCursor statement)
{
    return has_label_in(walk, statement, true, 0);
}

static bool has_range_in(Walk *walk, CXCursor cursor, uint32_t depth)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_SwitchStmt || !clang_isStatement(kind) || depth > 200)
        return false;
    Children children = children_push(walk, cursor);
    bool found = kind == CXCursor_CaseStmt && children.n > 2;
    for (uint32_t i = 0; i < children.n && !found; i++)
        found = has_range_in(walk, child(walk, children, i), depth + 1);
    children_pop(walk, children);
    return found;
}

// GNU's `case 1 ... 9:`, which keeps clang from folding the switch around it.
bool has_case_range(Walk *walk, CXCursor switch_body)
{
    return has_range_in(walk, switch_body, 0);
}

// --- for (init; condition; increment)
// ------------------------------------------------------------

static bool is_step(CXCursor cursor)
{
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_CompoundAssignOperator:
        return true;
    case CXCursor_UnaryOperator:
        return clang_getCursorUnaryOperatorKind(cursor) <= CXUnaryOperator_PreDec;
    case CXCursor_BinaryOperator: {
        enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(cursor);
        return kind == CXBinaryOperator_Assign || kind == CXBinaryOperator_Comma;
    }
    default:
        return false;
    }
}

// libclang leaves out absent parts. In a macro only their looks tell which are there.
static void guess_slots(Walk *walk, Children children, uint32_t n, ForSlot *slots)
{
    CXCursor first = child(walk, children, 0);
    bool starts = clang_getCursorKind(first) == CXCursor_DeclStmt || is_step(first);
    if (n == 1) {
        slots[0] = starts ? FOR_INIT : FOR_CONDITION;
    } else if (n == 2) {
        slots[0] = starts ? FOR_INIT : FOR_CONDITION;
        slots[1] =
            starts && !is_step(child(walk, children, 1)) ? FOR_CONDITION : FOR_INCREMENT;
    }
}

// Offsets of the two semicolons of a `for`, which starts at `from`.
static bool find_semicolons(Str text, uint32_t from, uint32_t ret_at[2])
{
    CLexer lexer;
    c_lexer_init(&lexer, str_from(text, from));
    uint32_t depth = 0, n = 0;
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return false;
        if (token.kind != C_PUNCT || token.in_directive)
            continue;
        char c = text.at[from + token.begin];
        if (c == '(' || c == '{' || c == '[')
            depth++;
        else if ((c == ')' || c == '}' || c == ']') && (depth == 0 || --depth == 0))
            return false;
        else if (c == ';' && depth == 1) {
            ret_at[n++] = from + token.begin;
            if (n == 2)
                return true;
        }
    }
}

static bool is_written_out(CXSourceLocation at, unsigned *ret_offset, CXFile *ret_file)
{
    CXFile file;
    unsigned spelling;
    clang_getSpellingLocation(at, &file, NULL, NULL, &spelling);
    clang_getExpansionLocation(at, ret_file, NULL, NULL, ret_offset);
    return spelling == *ret_offset && *ret_file && clang_File_isEqual(file, *ret_file);
}

void for_slots(Walk *walk, CXCursor statement, Children children, ForSlot *ret_slots)
{
    uint32_t n = children.n - 1, semicolons[2], file, offset;
    for (uint32_t i = 0; i < n; i++)
        ret_slots[i] = (ForSlot)i;
    if (n == 0 || n >= 3)
        return;
    CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(statement));
    unsigned expansion;
    CXFile in;
    if (!is_written_out(start, &expansion, &in) ||
        !clang_point(walk->view, start, &file, &offset) ||
        !find_semicolons(clang_file(walk->view, file)->text, offset, semicolons)) {
        guess_slots(walk, children, n, ret_slots);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        unsigned at;
        CXCursor part = child(walk, children, i);
        clang_getExpansionLocation(clang_getRangeStart(clang_getCursorExtent(part)), NULL,
                                   NULL, NULL, &at);
        ret_slots[i] = at < semicolons[0]   ? FOR_INIT
                       : at < semicolons[1] ? FOR_CONDITION
                                            : FOR_INCREMENT;
    }
}

// --- _Generic
// ------------------------------------------------------------------------------------

// The type that stands before an association's expression, where that is written.
static Str association_type(Walk *walk, CXCursor expression)
{
    CXFile file;
    unsigned offset;
    size_t n_bytes = 0;
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(expression)),
                              &file, NULL, NULL, &offset);
    const char *at = file ? clang_getFileContents(walk->view->tu, file, &n_bytes) : NULL;
    if (!at || offset > n_bytes)
        return STR("");
    size_t end = offset;
    while (end > 0 && at[end - 1] != ':' && at[end - 1] != ',' && at[end - 1] != ';')
        end--;
    if (end == 0 || at[end - 1] != ':')
        return STR("");
    size_t begin = --end;
    while (begin > 0 && at[begin - 1] != ',' && at[begin - 1] != '(' &&
           at[begin - 1] != '\n' && at[begin - 1] != '\\')
        begin--;
    return str_trim((Str){at + begin, end - begin});
}

static bool spells(Walk *walk, CXType type, Str text)
{
    CXType plain = clang_getUnqualifiedType(type);
    CXType canonical = clang_getUnqualifiedType(clang_getCanonicalType(type));
    return str_eq(clang_str(walk->arena, clang_getTypeSpelling(plain)), text) ||
           str_eq(clang_str(walk->arena, clang_getTypeSpelling(canonical)), text);
}

// The child that is emitted; children.n if that cannot be told. The result's type often
// tells; else the controlling expression's, against the types as they are written.
uint32_t generic_choice(Walk *walk, CXCursor generic, Children children)
{
    CXType result = clang_getCanonicalType(clang_getCursorType(generic));
    uint32_t found = children.n, n_found = 0, by_default = children.n;
    for (uint32_t i = 1; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        CXType type = clang_getCanonicalType(clang_getCursorType(part));
        if (clang_isExpression(clang_getCursorKind(part)) &&
            clang_equalTypes(type, result)) {
            found = i;
            n_found++;
        }
    }
    if (n_found == 1)
        return found;
    CXType control = clang_getCursorType(child(walk, children, 0));
    for (uint32_t i = 1; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        if (!clang_isExpression(clang_getCursorKind(part)))
            continue;
        Str written = association_type(walk, part);
        if (str_eq(written, STR("default")))
            by_default = i;
        else if (written.len && spells(walk, control, written))
            return i;
    }
    return by_default;
}
