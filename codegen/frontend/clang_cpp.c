// What C++ adds to bodies and expressions: try and throw, ranged for, lambdas, calls of
// members, constructors and operators, what is not evaluated; and virtual functions,
// which the vtable holds.
//
// Jumps, conditions and constants are C's (clang_body.c, clang_expression.c,
// clang_fold.c). A body within a body (a lambda, a method of a local class) has blocks of
// its own.
#include "codegen/frontend/clang_older.h"
#include "codegen/frontend/clang_walk.h"

// --- Virtual functions
// ---------------------------------------------------------------------------

typedef struct VTable {
    Walk *walk;
    CXCursor at;
    CXCursor key; // null: none
    bool has_virtual;
    bool is_whole; // an explicit instantiation: all its methods
    uint32_t depth;
} VTable;

static void use_methods(VTable *table, CXType class);

// Of a class; of a template's instance, too, whose children libclang does not visit.
static enum CXVisitorResult on_key(CXCursor method, CXClientData owner)
{
    VTable *table = owner;
    if (!clang_CXXMethod_isVirtual(method))
        return CXVisit_Continue;
    table->has_virtual = true;
    CXCursor definition = clang_getCursorDefinition(method);
    CXCursor best = clang_Cursor_isNull(definition) ? method : definition;
    if (clang_CXXMethod_isPureVirtual(method) || clang_Cursor_isFunctionInlined(best) ||
        clang_CXXMethod_isDefaulted(method))
        return CXVisit_Continue;
    table->key = clang_getCanonicalCursor(method);
    return CXVisit_Break;
}

static enum CXVisitorResult on_method(CXCursor method, CXClientData owner)
{
    VTable *table = owner;
    bool is_wanted = clang_CXXMethod_isVirtual(method)
                         ? !clang_CXXMethod_isPureVirtual(method)
                         : table->is_whole;
    bool is_made = clang_getCursorKind(method) == CXCursor_CXXMethod ||
                   !clang_Cursor_isNull(clang_getCursorDefinition(method));
    if (!is_wanted || !is_made)
        return CXVisit_Continue;
    uint32_t entity = entity_of(table->walk, method);
    add_address(table->walk, table->at, table->walk->entities.at[entity].function - 1,
                false);
    return CXVisit_Continue;
}

static enum CXVisitorResult on_base(CXCursor base, CXClientData owner)
{
    VTable *table = owner;
    if (table->depth == 32)
        return CXVisit_Continue;
    table->depth++;
    use_methods(table, clang_getCursorType(base));
    table->depth--;
    return CXVisit_Continue;
}

static void use_methods(VTable *table, CXType class)
{
    clang_visitCXXBaseClasses(class, on_base, table);
    clang_visitCXXMethods(class, on_method, table);
}

// Microsoft's vtable is made wherever it is needed, Itanium's beside the first method
// that is neither inline nor pure, if there is one.
static void use_vtable(Walk *walk, CXCursor at, CXCursor class, CXCursor definition)
{
    VTable table = {.walk = walk, .at = at, .key = clang_getNullCursor()};
    clang_visitCXXMethods(clang_getCursorType(class), on_key, &table);
    bool is_key = !clang_Cursor_isNull(definition) &&
                  clang_equalCursors(table.key, clang_getCanonicalCursor(definition));
    bool has_key =
        walk->environment == ABI_ENVIRONMENT_GNU && !clang_Cursor_isNull(table.key);
    bool is_constructed = clang_Cursor_isNull(definition) ||
                          clang_getCursorKind(definition) == CXCursor_Constructor;
    if (has_key ? is_key : is_constructed)
        use_methods(&table, clang_getCursorType(class));
}

// `template struct D<int>;` makes every method of the class; with `extern` before it,
// none. libclang has one kind for these and for `template <> struct D<int> {};`.
bool cpp_instantiation(Walk *walk, CXCursor class)
{
    Place at;
    if (clang_Cursor_isNull(clang_getSpecializedCursorTemplate(class)) ||
        !clang_place(walk->view, clang_getCursorExtent(class), &at) ||
        !clang_place_in_document(&at))
        return false;
    const Unit *unit = walk->view->unit;
    Str text = str_from(unit->text, unit->lines.start[at.start.line] + at.start.byte);
    Str word = STR("template");
    if (str_starts(text, STR("extern")))
        return true;
    if (!str_starts(text, word) ||
        str_starts(str_trim(str_sub(text, word.len, word.len + 64)), STR("<")))
        return false;
    VTable table = {.walk = walk, .at = class, .is_whole = true};
    clang_visitCXXMethods(clang_getCursorType(class), on_method, &table);
    return true;
}

static CXCursor class_of(CXCursor member)
{
    return clang_getCursorDefinition(clang_getCursorSemanticParent(member));
}

// --- Calls
// ---------------------------------------------------------------------------------------

static bool is_noexcept(CXCursor function)
{
    int kind = clang_getCursorExceptionSpecificationType(function);
    return kind == CXCursor_ExceptionSpecificationKind_BasicNoexcept ||
           kind == CXCursor_ExceptionSpecificationKind_NoThrow ||
           kind == CXCursor_ExceptionSpecificationKind_DynamicNone;
}

static bool is_name_of(CXCursor cursor, CXCursor target)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    return (kind == CXCursor_UnexposedExpr || kind == CXCursor_DeclRefExpr) &&
           clang_equalCursors(clang_getCursorReferenced(cursor), target);
}

static unsigned offset_of(CXCursor cursor)
{
    unsigned at;
    clang_getExpansionLocation(clang_getCursorLocation(cursor), NULL, NULL, NULL, &at);
    return at;
}

// Walks what a parameter or field is initialised with: behind its name, where its type
// (decltype, too) stands before.
static void walk_default(Walk *walk, CXCursor declaration)
{
    if (walk->depth >= WALK_DEPTH_MAX || clang_Cursor_isBitField(declaration))
        return;
    Children children = children_push(walk, declaration);
    CXCursor last =
        children.n ? child(walk, children, children.n - 1) : clang_getNullCursor();
    if (children.n && clang_isExpression(clang_getCursorKind(last)) &&
        offset_of(last) > offset_of(declaration)) {
        walk->depth++;
        walk_expression(walk, last);
        walk->depth--;
    }
    children_pop(walk, children);
}

// What the call does not write stands at the parameters.
static void walk_default_arguments(Walk *walk, CXCursor call, CXCursor target)
{
    int n_written = 0, n = clang_Cursor_getNumArguments(target);
    int n_arguments = clang_Cursor_getNumArguments(call);
    for (; n_written < n_arguments; n_written++) {
        CXSourceLocation at =
            clang_getCursorLocation(clang_Cursor_getArgument(call, (unsigned)n_written));
        if (clang_equalLocations(at, clang_getNullLocation()))
            break;
    }
    for (int i = n_written; i < n; i++)
        walk_default(walk, clang_Cursor_getArgument(target, (unsigned)i));
}

// Fields that a constructor does not name, from the one with that index on.
static void walk_fields(Walk *walk, CXCursor class, CXCursor constructor, uint32_t from)
{
    Children members = children_push(walk, class);
    Children named = children_push(walk, constructor);
    uint32_t n_fields = 0;
    for (uint32_t i = 0; i < members.n; i++) {
        CXCursor field = child(walk, members, i);
        if (clang_getCursorKind(field) != CXCursor_FieldDecl || n_fields++ < from)
            continue;
        bool is_named = false;
        for (uint32_t k = 0; k < named.n; k++)
            is_named |=
                clang_getCursorKind(child(walk, named, k)) == CXCursor_MemberRef &&
                clang_equalCursors(clang_getCursorReferenced(child(walk, named, k)),
                                   field);
        if (!is_named)
            walk_default(walk, field);
    }
    children_pop(walk, named);
    children_pop(walk, members);
}

static void call_known(Walk *walk, CXCursor call, CXCursor target)
{
    uint32_t entity = entity_of(walk, target);
    const AbiSignature *abi =
        walk->view->unit->functions.at[walk->entities.at[entity].function - 1].abi;
    Call *added = add_call(walk, call, walk->entities.at[entity].function - 1);
    if (added && abi && abi->is_variadic &&
        clang_getCursorKind(target) == CXCursor_FunctionDecl)
        call_set_variadic(walk, added, call, abi->n_parameters);
    const Entity *callee = &walk->entities.at[entity];
    if (!is_noexcept(target))
        walk->n_throws++;
    if (clang_getCursorKind(target) == CXCursor_Constructor) {
        CXCursor class = class_of(target);
        CXCursor body = clang_getCursorDefinition(target);
        bool is_implicit = clang_CXXMethod_isDefaulted(target) ||
                           clang_equalLocations(clang_getCursorLocation(target),
                                                clang_getCursorLocation(class));
        if (clang_Cursor_isNull(class) || (clang_Cursor_isNull(body) && !is_implicit))
            return;
        use_vtable(walk, call, class, clang_getNullCursor());
        if (is_implicit && clang_CXXConstructor_isDefaultConstructor(target))
            walk_fields(walk, class, clang_getNullCursor(), 0);
        return;
    }
    bool goes_on =
        builtin_has(walk->view->unit->functions.at[callee->function - 1].name, GOES_ON);
    if (callee->attributes & ATTRIBUTE_NORETURN ||
        (clang_function_type(walk->types, clang_getCursorType(target))->is_noreturn &&
         !goes_on))
        body_noreturn(walk);
}

static void call_unknown(Walk *walk, CXCursor cursor)
{
    Call *call;
    walk->n_throws++;
    const ClangFunctionType *known = add_call_by_type(walk, cursor, &call);
    if (call && known->abi && known->abi->is_variadic)
        call_set_variadic(walk, call, cursor, known->abi->n_parameters);
    if (known && known->is_noreturn)
        body_noreturn(walk);
}

static void walk_cpp_call(Walk *walk, CXCursor call)
{
    CXCursor target = clang_getCursorReferenced(call);
    bool is_known = is_function_kind(clang_getCursorKind(target));
    bool is_free = is_known && clang_getCursorKind(target) == CXCursor_FunctionDecl;
    if (is_free) {
        CXString spelling = clang_getCursorSpelling(target);
        bool ignores = builtin_has(str_of(clang_getCString(spelling)), IGNORES_ARGUMENTS);
        clang_disposeString(spelling);
        if (ignores)
            return;
    }
    Children children = children_push(walk, call);
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        if (!(i == 0 && is_free) && !(is_known && is_name_of(part, target)))
            walk_expression(walk, part);
    }
    children_pop(walk, children);
    if (!is_known) {
        call_unknown(walk, call);
        return;
    }
    walk_default_arguments(walk, call, target);
    call_known(walk, call, target);
}

// --- Bodies
// --------------------------------------------------------------------------------------

static Body enter_body(Walk *walk)
{
    Body outer = walk->body;
    walk->body = (Body){0};
    body_begin(walk);
    return outer;
}

static void walk_apart(Walk *walk, CXCursor code)
{
    Body outer = enter_body(walk);
    if (clang_isStatement(clang_getCursorKind(code)))
        walk_statement(walk, code);
    else
        walk_expression(walk, code);
    body_end(walk);
    walk->body = outer;
}

// Behind the name of a member or base stands its initialiser, which may be no expression
// but one: the operands of noexcept and decltype stand before.
void walk_cpp_function(Walk *walk, CXCursor definition)
{
    enum CXCursorKind own = clang_getCursorKind(definition);
    bool is_initialiser = false;
    CXCursor class = class_of(definition);
    if (!clang_Cursor_isNull(class) &&
        (own == CXCursor_Constructor || clang_CXXMethod_isVirtual(definition)))
        use_vtable(walk, definition, class, definition);
    Children children = children_push(walk, definition);
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        enum CXCursorKind kind = clang_getCursorKind(part);
        if (clang_isStatement(kind) ||
            (is_initialiser && clang_isExpression(kind) && own == CXCursor_Constructor))
            walk_apart(walk, part);
        is_initialiser = kind == CXCursor_MemberRef || kind == CXCursor_TypeRef;
    }
    children_pop(walk, children);
    if (own == CXCursor_Constructor && !clang_Cursor_isNull(class)) {
        Body outer = enter_body(walk);
        walk_fields(walk, class, definition, 0);
        body_end(walk);
        walk->body = outer;
    }
}

void walk_cpp_variable(Walk *walk, CXCursor variable)
{
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    if (!clang_Cursor_isNull(initialiser))
        walk_apart(walk, initialiser);
}

// The body is that of the call operator, which is made where the lambda is called. A
// generic one has as many as there are types.
static void walk_lambda(Walk *walk, CXCursor lambda)
{
    bool is_generic = false;
    Children children = children_push(walk, lambda);
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        enum CXCursorKind kind = clang_getCursorKind(part);
        if (kind == CXCursor_ParmDecl) {
            Str type =
                clang_str(walk->arena, clang_getTypeSpelling(clang_getCursorType(part)));
            is_generic |= str_has(type, STR("auto"));
        } else if (kind == CXCursor_TemplateTypeParameter) {
            is_generic = true;
        } else if (kind == CXCursor_CompoundStmt) {
            if (is_generic)
                collect_asm(walk, part);
            else
                walk_apart(walk, part);
        } else if (kind == CXCursor_VariableRef) { // [x = f()] declares where it names
            CXCursor named = clang_getCursorReferenced(part);
            CXCursor value = clang_Cursor_getVarDeclInitializer(named);
            if (offset_of(named) == offset_of(part) && !clang_Cursor_isNull(value))
                walk_expression(walk, value);
        } else if (clang_isExpression(kind)) {
            walk_expression(walk, part);
        }
    }
    children_pop(walk, children);
}

// An aggregate's fields without an initialiser here have one where they are declared.
static void walk_list(Walk *walk, CXCursor list)
{
    Children children = children_push(walk, list);
    uint32_t n_given = 0;
    bool is_designated = false;
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        is_designated |= clang_getCursorKind(part) == CXCursor_MemberRef;
        walk_expression(walk, part);
        if (!clang_equalLocations(clang_getCursorLocation(part), clang_getNullLocation()))
            n_given = i + 1;
    }
    children_pop(walk, children);
    CXType type = clang_getCanonicalType(clang_getCursorType(list));
    CXCursor class = clang_getCursorDefinition(clang_getTypeDeclaration(type));
    if (type.kind == CXType_Record && !is_designated && !clang_Cursor_isNull(class) &&
        clang_getCursorKind(class) != CXCursor_UnionDecl)
        walk_fields(walk, class, clang_getNullCursor(), n_given);
}

// --- Statements
// ----------------------------------------------------------------------------------

// A handler is made only if something in the block may throw.
static void walk_cpp_try(Walk *walk, Children children)
{
    if (children.n == 0)
        return;
    uint32_t head = walk->body.block, after = new_block(walk);
    uint32_t n_throws = walk->n_throws;
    walk_statement(walk, child(walk, children, 0));
    flow(walk, walk->body.block, after);
    bool may_throw = walk->n_throws != n_throws;
    for (uint32_t i = 1; i < children.n; i++) {
        if (!may_throw) {
            collect_asm(walk, child(walk, children, i));
            continue;
        }
        walk->body.block = new_block(walk);
        flow(walk, head, walk->body.block);
        Children parts = children_push(walk, child(walk, children, i));
        if (parts.n)
            walk_statement(walk, child(walk, parts, parts.n - 1));
        children_pop(walk, parts);
        flow(walk, walk->body.block, after);
    }
    walk->body.block = after; // clang goes on there, whether anything flows or not
}

static void walk_range(Walk *walk, Children children)
{
    if (children.n == 0)
        return;
    uint32_t n = children.n - 1, head = new_block(walk), after = new_block(walk);
    for (uint32_t i = 0; i < n; i++)
        if (!clang_isDeclaration(clang_getCursorKind(child(walk, children, i))))
            walk_condition(walk, child(walk, children, i));
    flow(walk, walk->body.block, head);
    flow(walk, walk->body.block, after);
    walk->n_throws++;
    walk->body.block = head;
    for (uint32_t i = 0; i < n; i++)
        if (clang_getCursorKind(child(walk, children, i)) == CXCursor_VarDecl)
            walk_variable(walk, child(walk, children, i));
    Scope scope = {.up = walk->body.scope,
                   .on_break = after,
                   .on_continue = head,
                   .break_cleanup = walk->body.cleanup,
                   .continue_cleanup = walk->body.cleanup};
    walk->body.scope = &scope;
    walk_statement(walk, child(walk, children, n));
    walk->body.scope = scope.up;
    flow(walk, walk->body.block, head);
    continue_in(walk, after);
}

// True if it was one of C++'s own.
bool walk_cpp_statement(Walk *walk, CXCursor statement, enum CXCursorKind kind)
{
    switch ((int)kind) {
    case CXCursor_CXXTryStmt:
    case CXCursor_CXXForRangeStmt:
    case CXCursor_UnexposedDecl: { // auto [a, b] = f();
        Children children = children_push(walk, statement);
        if (kind == CXCursor_CXXTryStmt)
            walk_cpp_try(walk, children);
        else if (kind == CXCursor_CXXForRangeStmt)
            walk_range(walk, children);
        else if (children.n)
            walk_expression(walk, child(walk, children, children.n - 1));
        children_pop(walk, children);
        return true;
    }
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
        walk_references(walk, statement);
        return true;
    default:
        return false;
    }
}

static bool is_semicolon_between(Walk *walk, CXCursor left, CXCursor right)
{
    CXFile file, other;
    unsigned from, to;
    size_t n_bytes = 0;
    clang_getSpellingLocation(clang_getRangeEnd(clang_getCursorExtent(left)), &file, NULL,
                              NULL, &from);
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(right)), &other,
                              NULL, NULL, &to);
    const char *text =
        file ? clang_getFileContents(walk->view->tu, file, &n_bytes) : NULL;
    if (!text || !clang_is_same_file(file, other) || from > to || to > n_bytes)
        return false;
    Str between = {text + from, to - from};
    size_t at = str_find_char(between, ';');
    return at < between.len && at < str_find_char(between, ')');
}

// Walks `init;` of an if, and gives the index of its condition. `if consteval` has none.
uint32_t cpp_if_start(Walk *walk, Children children, uint32_t first)
{
    if (children.n == first)
        return first;
    CXCursor one = child(walk, children, first);
    enum CXCursorKind kind = clang_getCursorKind(one);
    if (kind == CXCursor_CompoundStmt)
        return children.n;
    if (children.n - first < 2)
        return first;
    bool has_init = clang_isStatement(kind) ||
                    (children.n - first > 2 &&
                     is_semicolon_between(walk, one, child(walk, children, first + 1)));
    if (!has_init)
        return first;
    walk_condition(walk, one);
    return first + 1;
}

// --- Expressions
// ---------------------------------------------------------------------------------

// True if nothing else is to be done with it.
bool walk_cpp_expression(Walk *walk, CXCursor expression, enum CXCursorKind kind)
{
    Children children;
    switch ((int)kind) {
    case CXCursor_UnaryExpr: // sizeof, alignof, noexcept: nothing in it is evaluated
    case CXCursor_CXXTypeidExpr:
    case CXCursor_RequiresExpr:
    case CXCursor_ConceptSpecializationExpr:
    case CXCursor_SizeOfPackExpr:
        return true;
    case CXCursor_DeclRefExpr:
        reference_name(walk, expression);
        return true;
    case CXCursor_CallExpr:
    case CXCursor_LambdaExpr:
    case CXCursor_InitListExpr:
        walk->depth++;
        if (kind == CXCursor_CallExpr)
            walk_cpp_call(walk, expression);
        else if (kind == CXCursor_InitListExpr)
            walk_list(walk, expression);
        else
            walk_lambda(walk, expression);
        walk->depth--;
        return true;
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXConstCastExpr:
    case CXCursor_CXXDynamicCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
    case CXCursor_CXXThrowExpr:
        children = children_push(walk, expression);
        walk->depth++;
        if (children.n) {
            fact_cast(walk, expression, child(walk, children, children.n - 1));
            if (kind == CXCursor_CXXReinterpretCastExpr)
                fact_code_cast(walk, expression, child(walk, children, children.n - 1));
            walk_condition(walk, child(walk, children, children.n - 1));
        }
        walk->depth--;
        children_pop(walk, children);
        if (kind == CXCursor_CXXThrowExpr) {
            walk->n_throws++;
            body_noreturn(walk);
        }
        return true;
    case CXCursor_CXXNewExpr:
    case CXCursor_CXXDeleteExpr:
        walk->n_throws++;
        return false;
    default:
        return false;
    }
}
