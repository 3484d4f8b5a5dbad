// Statements as clang emits them at -O0, with the control flow between them.
//
// Two levels decide what a call in a body makes. clang leaves out what folds (if, switch,
// ?:, &&, || on constants) unless a label stands in it, and statements behind a jump that
// no label leads to. LLVM then drops blocks that nothing flows into, before the pass that
// makes thunks: those calls are emitted, pull in what they name, and get no thunk. So a
// body becomes a graph of blocks, and each call remembers its own (c-abi.md "Emission").
#include "codegen/frontend/clang_walk.h"

static bool is_expression(CXCursor cursor)
{
    return clang_isExpression(clang_getCursorKind(cursor)) != 0;
}

static Known walk_part(Walk *walk, CXCursor cursor)
{
    if (is_expression(cursor))
        return walk_truth(walk, cursor);
    walk_condition(walk, cursor);
    return (Known){0};
}

void walk_condition(Walk *walk, CXCursor cursor)
{
    if (clang_isDeclaration(clang_getCursorKind(cursor)))
        walk_variable(walk, cursor);
    else if (clang_isStatement(clang_getCursorKind(cursor)))
        walk_statement(walk, cursor);
    else
        walk_truth(walk, cursor);
}

static enum CXChildVisitResult on_label_address(CXCursor cursor, CXCursor above,
                                                CXClientData owner)
{
    (void)above;
    if (clang_getCursorKind(cursor) == CXCursor_AddrLabelExpr)
        walk_label_address(owner, cursor);
    return CXChildVisit_Recurse;
}

// --- Variables
// -----------------------------------------------------------------------------------

// cleanup(f) is a call of f when the variable goes out of scope, and names f here.
static void walk_cleanup(Walk *walk, CXCursor variable)
{
    Str text = clang_str(walk->arena, clang_getCursorPrettyPrinted(variable, NULL));
    text = without_strings(walk->arena, text);
    Str rest = str_from(text, str_find(text, STR("((cleanup(")));
    size_t n_before = 10;
    if (rest.len == 0) {
        rest = str_from(text, str_find(text, STR("gnu::cleanup(")));
        n_before = 13;
    }
    if (rest.len == 0)
        return;
    rest = str_from(rest, n_before);
    Str name = str_trim(str_sub(rest, 0, str_find_char(rest, ')')));
    uint32_t entity = entity_by_name(walk, name);
    if (!entity || !walk->entities.at[entity - 1].function)
        return;
    add_address(walk, variable, walk->entities.at[entity - 1].function - 1, true);
    cleanup_push(walk, variable, entity);
}

static bool is_variably_modified(CXType type)
{
    for (;;) {
        type = clang_getCanonicalType(type);
        if (type.kind == CXType_VariableArray)
            return true;
        CXType inner =
            type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray
                ? clang_getArrayElementType(type)
                : clang_getPointeeType(type);
        if (inner.kind == CXType_Invalid)
            return false;
        type = inner;
    }
}

// The bounds of a variable length array stand among the declaration's children. They run
// where it stands, whether anything leads there or not.
void walk_bounds(Walk *walk, CXCursor declaration)
{
    CXCursor initialiser = clang_getCursorKind(declaration) == CXCursor_VarDecl
                               ? clang_Cursor_getVarDeclInitializer(declaration)
                               : clang_getNullCursor();
    if (walk->body.block == NO_BLOCK)
        walk->body.block = new_block(walk);
    Children children = children_push(walk, declaration);
    for (uint32_t i = 0; i < children.n; i++)
        if (is_expression(child(walk, children, i)) &&
            !clang_equalCursors(child(walk, children, i), initialiser))
            walk_expression(walk, child(walk, children, i));
    children_pop(walk, children);
}

static void walk_stored(Walk *walk, CXCursor variable)
{
    uint32_t entity = entity_of(walk, variable);
    clang_visitChildren(variable, on_label_address, walk); // static void *to[] = {&&a}
    add_variable_use(walk, walk->entities.at[entity].variable - 1);
}

void walk_variable(Walk *walk, CXCursor variable)
{
    register_variable(walk, variable);
    if (clang_Cursor_getStorageClass(variable) == CX_SC_Extern)
        return;
    bool is_stored = clang_Cursor_hasVarDeclGlobalStorage(variable) && !walk->is_cpp;
    CXType type = clang_getCanonicalType(clang_getCursorType(variable));
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    bool has_initialiser = !clang_Cursor_isNull(initialiser);
    long long value;
    if (walk->is_cpp && has_initialiser && clang_isConstQualifiedType(type) &&
        fold_truth(walk, initialiser, &value))
        return; // const int n = constant();
    if (!walk->is_cpp && is_variably_modified(type))
        walk_bounds(walk, variable);
    if (is_stored) {
        walk_stored(walk, variable);
        return;
    }
    if (walk->body.block == NO_BLOCK) {
        if (!has_initialiser || !has_label(walk, initialiser)) {
            if (has_initialiser)
                collect_asm(walk, initialiser);
            return;
        }
        walk->body.block = new_block(walk);
    }
    if (type.kind == CXType_VariableArray)
        cleanup_push(walk, variable, 0);
    if (has_initialiser)
        walk_expression(walk, initialiser);
    if (clang_Cursor_hasAttrs(variable))
        walk_cleanup(walk, variable);
}

static void walk_declarations(Walk *walk, Children children)
{
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor declaration = child(walk, children, i);
        if (clang_getCursorKind(declaration) == CXCursor_VarDecl)
            walk_variable(walk, declaration);
        else if (clang_getCursorKind(declaration) == CXCursor_FunctionDecl)
            entity_of(walk, declaration);
        else if (clang_getCursorKind(declaration) == CXCursor_TypedefDecl &&
                 is_variably_modified(clang_getTypedefDeclUnderlyingType(declaration)))
            walk_bounds(walk, declaration);
        else if (walk->is_cpp)
            walk_cpp_statement(walk, declaration, clang_getCursorKind(declaration));
    }
}

// --- Statements
// ----------------------------------------------------------------------------------

static void walk_all(Walk *walk, Children children)
{
    for (uint32_t i = 0; i < children.n; i++)
        walk_statement(walk, child(walk, children, i));
}

static void walk_if(Walk *walk, Children children)
{
    uint32_t first = 0;
    if (children.n && clang_isDeclaration(clang_getCursorKind(child(walk, children, 0))))
        walk_variable(walk, child(walk, children, first++));
    if (walk->is_cpp)
        first = cpp_if_start(walk, children, first);
    if (children.n - first < 2) { // an erroneous one
        for (; first < children.n; first++)
            walk_condition(walk, child(walk, children, first));
        return;
    }
    CXCursor condition = child(walk, children, first);
    CXCursor then = child(walk, children, first + 1);
    bool has_else = children.n - first > 2;
    CXCursor otherwise = has_else ? child(walk, children, first + 2) : then;
    long long value;
    if (fold(walk, condition, &value)) {
        CXCursor dead = value ? otherwise : then;
        bool is_dead = !(value && !has_else);
        if (!is_dead || !has_label(walk, dead)) {
            if (is_dead)
                collect_asm(walk, dead);
            if (value)
                walk_statement(walk, then);
            else if (has_else)
                walk_statement(walk, otherwise);
            return;
        }
    }
    uint32_t yes = new_block(walk), after = new_block(walk);
    uint32_t no = has_else ? new_block(walk) : after;
    walk_branch(walk, condition, yes, no);
    walk->body.block = yes;
    walk_statement(walk, then);
    flow(walk, walk->body.block, after);
    if (has_else) {
        walk->body.block = no;
        walk_statement(walk, otherwise);
        flow(walk, walk->body.block, after);
    }
    continue_in(walk, after);
}

static void walk_loop_body(Walk *walk, CXCursor statement, uint32_t on_break,
                           uint32_t break_cleanup, uint32_t on_continue)
{
    Scope scope = {.up = walk->body.scope,
                   .on_break = on_break,
                   .on_continue = on_continue,
                   .break_cleanup = break_cleanup,
                   .continue_cleanup = walk->body.cleanup,
                   .inside = statement};
    walk->body.scope = &scope;
    walk_statement(walk, statement);
    walk->body.scope = scope.up;
}

static void walk_while(Walk *walk, Children children)
{
    if (children.n < 2) {
        walk_all(walk, children);
        return;
    }
    uint32_t head = new_block(walk);
    flow(walk, walk->body.block, head);
    walk->body.block = head;
    Known known = {0};
    for (uint32_t i = 0; i + 1 < children.n; i++)
        known = walk_part(walk, child(walk, children, i));
    uint32_t body = new_block(walk), after = new_block(walk);
    long long value = 0;
    bool is_endless =
        known.kind != KNOWN_LATE &&
        known_value(walk, child(walk, children, children.n - 2), known, &value) && value;
    if (is_endless)
        flow(walk, walk->body.block, body);
    else // also of while (0)
        branch_on(walk, child(walk, children, children.n - 2), known, body, after);
    walk->body.block = body;
    walk_loop_body(walk, child(walk, children, children.n - 1), after, walk->body.cleanup,
                   head);
    flow(walk, walk->body.block, head);
    continue_in(walk, after);
}

static void walk_do(Walk *walk, Children children)
{
    if (children.n < 2) {
        walk_all(walk, children);
        return;
    }
    uint32_t body = new_block(walk), tail = new_block(walk), after = new_block(walk);
    flow(walk, walk->body.block, body);
    walk->body.block = body;
    walk_loop_body(walk, child(walk, children, 0), after, walk->body.cleanup, tail);
    flow(walk, walk->body.block, tail);
    walk->body.block = tail;
    Known known = {0};
    for (uint32_t i = 1; i < children.n; i++)
        known = walk_part(walk, child(walk, children, i));
    long long value = 1;
    bool ends = known.kind != KNOWN_LATE &&
                known_value(walk, child(walk, children, children.n - 1), known, &value) &&
                !value;
    if (ends)
        flow(walk, walk->body.block, after);
    else // also of do ... while (1)
        branch_on(walk, child(walk, children, children.n - 1), known, body, after);
    walk->body.block = after;
}

static void walk_for(Walk *walk, CXCursor statement, Children children)
{
    if (children.n == 0)
        return;
    enum { PARTS_MAX = 8 };
    ForSlot slots[PARTS_MAX];
    uint32_t n = children.n - 1 < PARTS_MAX ? children.n - 1 : PARTS_MAX;
    uint32_t outer = walk->body.cleanup;
    bool ends = false;
    for_slots(walk, statement, (Children){.base = children.base, .n = n + 1}, slots);
    for (uint32_t i = 0; i < n; i++)
        if (slots[i] == FOR_INIT)
            walk_part(walk, child(walk, children, i));
    uint32_t head = new_block(walk), body = new_block(walk), step = new_block(walk),
             after = new_block(walk);
    flow(walk, walk->body.block, head);
    walk->body.block = head;
    for (uint32_t i = 0; i < n; i++) {
        if (slots[i] != FOR_CONDITION)
            continue;
        ends = true; // for (; 1;) too: clang branches on the constant
        Known known = walk_part(walk, child(walk, children, i));
        bool is_clean = walk->body.cleanup == outer; // else a block of its own leads out
        uint32_t leave = is_clean ? after : new_block(walk);
        branch_on(walk, child(walk, children, i), known, body, leave);
        if (!is_clean) {
            walk->body.block = leave;
            jump(walk, after, outer);
        }
    }
    if (!ends)
        flow(walk, walk->body.block, body);
    walk->body.block = body;
    walk_loop_body(walk, child(walk, children, children.n - 1), after, outer, step);
    flow(walk, walk->body.block, step);
    walk->body.block = step;
    for (uint32_t i = 0; i < n; i++)
        if (slots[i] == FOR_INCREMENT)
            walk_part(walk, child(walk, children, i));
    flow(walk, walk->body.block, head);
    walk->body.block = NO_BLOCK;
    scope_end(walk, outer);
    continue_in(walk, after);
}

// --- One statement, one body
// ---------------------------------------------------------------------

// ({ ... }): its last statement is the value, and emitted whether anything gets there or
// not.
void walk_statement_expression(Walk *walk, Children children)
{
    Body *body = &walk->body;
    for (uint32_t i = 0; i < children.n; i++) {
        Children parts = children_push(walk, child(walk, children, i));
        uint32_t outer = body->cleanup;
        for (uint32_t k = 0; k < parts.n; k++) {
            CXCursor part = child(walk, parts, k);
            bool is_value = k + 1 == parts.n && is_expression(part) &&
                            clang_getCursorType(part).kind != CXType_Void;
            if (is_value && body->block == NO_BLOCK)
                body->block = new_block(walk);
            if (is_value)
                walk_expression(walk, part);
            else
                walk_statement(walk, part);
        }
        scope_end(walk, outer);
        children_pop(walk, parts);
    }
    if (body->block == NO_BLOCK)
        body->block = new_block(walk);
}

static void walk_jump(Walk *walk, CXCursor statement, enum CXCursorKind kind)
{
    Body *body = &walk->body;
    const Scope *scope = kind == CXCursor_GotoStmt || kind == CXCursor_SEHLeaveStmt
                             ? NULL
                             : scope_of_jump(walk, statement);
    if (kind == CXCursor_BreakStmt && scope)
        jump(walk, scope->on_break, scope->break_cleanup);
    else if (kind == CXCursor_ContinueStmt && scope)
        jump(walk, scope->on_continue, scope->continue_cleanup);
    else if (kind == CXCursor_SEHLeaveStmt)
        flow(walk, body->block, body->on_leave);
    else if (kind == CXCursor_GotoStmt)
        walk_goto(walk, statement);
    body->block = NO_BLOCK;
}

static void walk_expression_statement(Walk *walk, CXCursor expression)
{
    Body *body = &walk->body;
    uint32_t before = body->block;
    if (walk_mention(walk, expression))
        return;
    walk_expression(walk, expression);
    if (body->block != before && body->n_before.at[body->block] == 0)
        body->block = NO_BLOCK; // behind a call that does not return
}

static void walk_asm(Walk *walk, CXCursor statement, Children children)
{
    asm_statement(walk, statement);
    for (uint32_t i = 0; i < children.n; i++)
        if (is_expression(child(walk, children, i)))
            walk_expression(walk, child(walk, children, i));
    walk_asm_labels(walk);
}

static void walk_condition_all(Walk *walk, Children children)
{
    for (uint32_t i = 0; i < children.n; i++)
        walk_condition(walk, child(walk, children, i));
}

// Statements that run: what they do with their children.
static void walk_live(Walk *walk, CXCursor statement, enum CXCursorKind kind)
{
    if (walk->is_cpp && walk_cpp_statement(walk, statement, kind))
        return;
    Children children = children_push(walk, statement);
    switch ((int)kind) {
    case CXCursor_IfStmt:
        walk_if(walk, children);
        break;
    case CXCursor_WhileStmt:
        walk_while(walk, children);
        break;
    case CXCursor_DoStmt:
        walk_do(walk, children);
        break;
    case CXCursor_ForStmt:
        walk_for(walk, statement, children);
        break;
    case CXCursor_SwitchStmt:
        walk_switch(walk, statement, children);
        break;
    case CXCursor_SEHTryStmt:
        walk_try(walk, children);
        break;
    case CXCursor_GCCAsmStmt:
        walk_asm(walk, statement, children);
        break;
    case CXCursor_ReturnStmt:
        for (uint32_t i = 0; i < children.n; i++)
            walk_expression(walk, child(walk, children, i));
        jump(walk, NO_BLOCK, 0);
        break;
    case CXCursor_IndirectGotoStmt:
        for (uint32_t i = 0; i < children.n; i++)
            walk_expression(walk, child(walk, children, i));
        flow(walk, walk->body.block, label_block(walk, STR("*")));
        walk->body.block = NO_BLOCK;
        break;
    case CXCursor_UnexposedStmt:
        if (children.n == 1 && str_eq(written_word(walk, statement), STR("_Defer"))) {
            cleanup_push(walk, child(walk, children, 0), DEFERRED);
            break;
        }
        walk_condition_all(walk, children);
        break;
    default: // what has no kind here: attributed statements, pragmas, captured ones
        walk_condition_all(walk, children);
    }
    children_pop(walk, children);
}

// Statements that a jump may lead to, whether anything flows there or not.
static bool walk_anywhere(Walk *walk, CXCursor statement, enum CXCursorKind kind)
{
    Children children = {0};
    switch ((int)kind) {
    case CXCursor_NullStmt:
        return true;
    case CXCursor_BreakStmt:
    case CXCursor_ContinueStmt:
    case CXCursor_GotoStmt:
    case CXCursor_SEHLeaveStmt:
        walk_jump(walk, statement, kind);
        return true;
    case CXCursor_CompoundStmt:
    case CXCursor_LabelStmt:
    case CXCursor_CaseStmt:
    case CXCursor_DefaultStmt:
    case CXCursor_DeclStmt:
        break;
    default:
        return false;
    }
    children = children_push(walk, statement);
    uint32_t outer = walk->body.cleanup;
    if (kind == CXCursor_LabelStmt) {
        Str name = clang_str(walk->arena, clang_getCursorSpelling(statement));
        label_place(walk, name);
        if (children.n)
            name_scope(walk, name, child(walk, children, children.n - 1));
    }
    if (kind == CXCursor_CaseStmt || kind == CXCursor_DefaultStmt)
        walk_case(walk, statement, children);
    else if (kind == CXCursor_DeclStmt)
        walk_declarations(walk, children);
    else
        walk_all(walk, children);
    if (kind == CXCursor_CompoundStmt)
        scope_end(walk, outer);
    children_pop(walk, children);
    return true;
}

void walk_statement(Walk *walk, CXCursor statement)
{
    enum CXCursorKind kind = clang_getCursorKind(statement);
    if (walk->depth >= WALK_DEPTH_MAX) {
        walk_references(walk, statement);
        return;
    }
    walk->depth++;
    if (!walk_anywhere(walk, statement, kind)) {
        bool is_dead = walk->body.block == NO_BLOCK && !has_label(walk, statement);
        if (is_dead) {
            collect_asm(walk, statement);
        } else {
            if (walk->body.block == NO_BLOCK)
                walk->body.block = new_block(walk);
            if (clang_isExpression(kind))
                walk_expression_statement(walk, statement);
            else
                walk_live(walk, statement, kind);
        }
    }
    walk->depth--;
}

void walk_body(Walk *walk, CXCursor definition)
{
    body_begin(walk);
    Children children = children_push(walk, definition);
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        if (clang_getCursorKind(part) == CXCursor_CompoundStmt)
            walk_statement(walk, part);
        else if (clang_getCursorKind(part) == CXCursor_ParmDecl &&
                 is_variably_modified(clang_getCursorType(part)))
            walk_bounds(walk, part);
    }
    children_pop(walk, children);
    body_end(walk);
}
