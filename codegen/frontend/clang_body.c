// Statements as clang emits them at -O0, with the control flow between them.
//
// Two levels decide what a call in a body makes. clang leaves out what folds (if, switch,
// ?:, &&, || on constants) unless a label stands in it, and statements behind a jump that
// no label leads to. LLVM then drops blocks that nothing flows into, before the pass that
// makes thunks: those calls are emitted, pull in what they name, and get no thunk. So a
// body becomes a graph of blocks, and each call remembers its own (c-abi.md "Emission").
#include "codegen/frontend/clang_walk.h"

static uint32_t label_block(Walk *walk, Str name)
{
    Body *body = &walk->body;
    uint32_t hash = 2166136261u; // FNV-1a
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    uint32_t *bucket = &body->label_buckets[(hash ^ hash >> 16) % LABEL_BUCKETS];
    for (uint32_t i = *bucket; i; i = body->labels.at[i - 1].next)
        if (str_eq(body->labels.at[i - 1].name, name))
            return body->labels.at[i - 1].block;
    uint32_t block = new_block(walk);
    *LIST_PUSH(walk->arena, &body->labels) = (Label){name, block, *bucket};
    *bucket = body->labels.len;
    return block;
}

// The labels that a statement or &&label names.
void walk_labels_of(Walk *walk, CXCursor cursor, uint32_t from)
{
    Children children = children_push(walk, cursor);
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        if (clang_getCursorKind(part) == CXCursor_LabelRef)
            flow(
                walk, from,
                label_block(walk, clang_str(walk->arena, clang_getCursorSpelling(part))));
        else if (clang_getCursorKind(part) == CXCursor_AddrLabelExpr)
            walk_labels_of(walk, part, from);
    }
    children_pop(walk, children);
}

void walk_label_address(Walk *walk, CXCursor expression)
{
    walk_labels_of(walk, expression, label_block(walk, STR("*")));
}

static bool is_expression(CXCursor cursor)
{
    return clang_isExpression(clang_getCursorKind(cursor)) != 0;
}

void walk_condition(Walk *walk, CXCursor cursor)
{
    if (clang_isDeclaration(clang_getCursorKind(cursor)))
        walk_variable(walk, cursor);
    else if (clang_isStatement(clang_getCursorKind(cursor)))
        walk_statement(walk, cursor);
    else if (!walk_mention(walk, cursor))
        walk_expression(walk, cursor);
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

// cleanup(f) is a call of f when the variable goes out of scope.
static void walk_cleanup(Walk *walk, CXCursor variable)
{
    Str text = clang_str(walk->arena, clang_getCursorPrettyPrinted(variable, NULL));
    Str rest = str_from(text, str_find(text, STR("cleanup(")));
    if (rest.len == 0)
        return;
    rest = str_from(rest, 8);
    Str name = str_trim(str_sub(rest, 0, str_find_char(rest, ')')));
    uint32_t entity = entity_by_name(walk, name);
    if (entity && walk->entities.at[entity - 1].function)
        add_call(walk, variable, walk->entities.at[entity - 1].function - 1);
}

// The bounds of a variable length array stand among the variable's children.
static void walk_bounds(Walk *walk, CXCursor variable)
{
    Children children = children_push(walk, variable);
    for (uint32_t i = 0; i < children.n; i++)
        if (is_expression(child(walk, children, i)))
            walk_expression(walk, child(walk, children, i));
    children_pop(walk, children);
}

void walk_variable(Walk *walk, CXCursor variable)
{
    register_variable(walk, variable);
    if (clang_Cursor_getStorageClass(variable) == CX_SC_Extern)
        return;
    if (clang_Cursor_hasVarDeclGlobalStorage(variable) && !walk->is_cpp) {
        uint32_t entity = entity_of(walk, variable);
        clang_visitChildren(variable, on_label_address,
                            walk); // static void *to[] = {&&a}
        add_variable_use(walk, walk->entities.at[entity].variable - 1);
        return;
    }
    CXType type = clang_getCanonicalType(clang_getCursorType(variable));
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    bool has_initialiser = !clang_Cursor_isNull(initialiser);
    long long value;
    if (walk->is_cpp && has_initialiser && clang_isConstQualifiedType(type) &&
        fold(walk, initialiser, &value))
        return; // const int n = constant();
    if (walk->body.block == NO_BLOCK) {
        if (!has_initialiser || !has_label(walk, initialiser)) {
            if (has_initialiser)
                collect_asm(walk, initialiser);
            return;
        }
        walk->body.block = new_block(walk);
    }
    if (type.kind == CXType_VariableArray)
        walk_bounds(walk, variable);
    else if (has_initialiser)
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

static Scope *switch_scope(const Walk *walk)
{
    Scope *scope = walk->body.scope;
    while (scope && !scope->is_switch)
        scope = scope->up;
    return scope;
}

static void walk_case(Walk *walk, Children children)
{
    uint32_t block = new_block(walk);
    Scope *scope = switch_scope(walk);
    long long value;
    flow(walk, walk->body.block, block);
    if (scope && !scope->is_constant) {
        flow(walk, scope->head, block);
    } else if (scope && children.n > 1 && fold(walk, child(walk, children, 0), &value)) {
        if (scope->value == value) {
            flow(walk, scope->head, block);
            scope->is_matched = true;
        }
    }
    walk->body.block = block;
    if (children.n)
        walk_statement(walk, child(walk, children, children.n - 1));
}

static void walk_default(Walk *walk, Children children)
{
    uint32_t block = new_block(walk);
    Scope *scope = switch_scope(walk);
    flow(walk, walk->body.block, block);
    if (scope) {
        scope->has_default = true;
        scope->on_default = block;
        if (!scope->is_constant)
            flow(walk, scope->head, block);
    }
    walk->body.block = block;
    if (children.n)
        walk_statement(walk, child(walk, children, 0));
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
    walk_condition(walk, condition);
    uint32_t head = walk->body.block, yes = new_block(walk), after = new_block(walk);
    bool is_known = fold_late(walk, condition, &value);
    if (!is_known || value)
        flow(walk, head, yes);
    walk->body.block = yes;
    walk_statement(walk, then);
    flow(walk, walk->body.block, after);
    if (has_else) {
        uint32_t no = new_block(walk);
        if (!is_known || !value)
            flow(walk, head, no);
        walk->body.block = no;
        walk_statement(walk, otherwise);
        flow(walk, walk->body.block, after);
    } else if (!is_known || !value) {
        flow(walk, head, after);
    }
    continue_in(walk, after);
}

static void walk_loop_body(Walk *walk, CXCursor statement, uint32_t on_break,
                           uint32_t on_continue)
{
    Scope scope = {
        .up = walk->body.scope, .on_break = on_break, .on_continue = on_continue};
    walk->body.scope = &scope;
    walk_statement(walk, statement);
    walk->body.scope = scope.up;
}

static void walk_while(Walk *walk, Children children)
{
    if (children.n == 0)
        return;
    uint32_t head = new_block(walk);
    flow(walk, walk->body.block, head);
    walk->body.block = head;
    long long value;
    bool folds = fold(walk, child(walk, children, 0), &value); // while (0) branches on it
    bool endless = folds && value;
    for (uint32_t i = 0; i + 1 < children.n; i++)
        walk_condition(walk, child(walk, children, i));
    uint32_t body = new_block(walk), after = new_block(walk);
    if (folds || !fold_late(walk, child(walk, children, 0), &value) || value)
        flow(walk, walk->body.block, body);
    if (!endless)
        flow(walk, walk->body.block, after);
    walk->body.block = body;
    walk_loop_body(walk, child(walk, children, children.n - 1), after, head);
    flow(walk, walk->body.block, head);
    continue_in(walk, after);
}

static void walk_do(Walk *walk, Children children)
{
    if (children.n == 0)
        return;
    uint32_t body = new_block(walk), tail = new_block(walk), after = new_block(walk);
    flow(walk, walk->body.block, body);
    walk->body.block = body;
    walk_loop_body(walk, child(walk, children, 0), after, tail);
    flow(walk, walk->body.block, tail);
    walk->body.block = tail;
    for (uint32_t i = 1; i < children.n; i++)
        walk_condition(walk, child(walk, children, i));
    long long value = 1;
    bool folds = children.n > 1 && fold(walk, child(walk, children, 1), &value);
    if (!folds || value)
        flow(walk, walk->body.block, body);
    flow(walk, walk->body.block, after); // also of do ... while (1): clang branches
    walk->body.block = after;
}

static void walk_for(Walk *walk, CXCursor statement, Children children)
{
    if (children.n == 0)
        return;
    enum { PARTS_MAX = 8 };
    ForSlot slots[PARTS_MAX];
    uint32_t n = children.n - 1 < PARTS_MAX ? children.n - 1 : PARTS_MAX;
    bool ends = false;
    for_slots(walk, statement, (Children){children.base, n + 1}, slots);
    for (uint32_t i = 0; i < n; i++)
        if (slots[i] == FOR_INIT)
            walk_condition(walk, child(walk, children, i));
    uint32_t head = new_block(walk), body = new_block(walk), step = new_block(walk),
             after = new_block(walk);
    flow(walk, walk->body.block, head);
    walk->body.block = head;
    for (uint32_t i = 0; i < n; i++) {
        if (slots[i] != FOR_CONDITION)
            continue;
        ends = true; // for (; 1;) too: clang branches on the constant
        walk_condition(walk, child(walk, children, i));
    }
    flow(walk, walk->body.block, body);
    if (ends)
        flow(walk, walk->body.block, after);
    walk->body.block = body;
    walk_loop_body(walk, child(walk, children, children.n - 1), after, step);
    flow(walk, walk->body.block, step);
    walk->body.block = step;
    for (uint32_t i = 0; i < n; i++)
        if (slots[i] == FOR_INCREMENT)
            walk_condition(walk, child(walk, children, i));
    flow(walk, walk->body.block, head);
    continue_in(walk, after);
}

static void walk_switch(Walk *walk, Children children)
{
    if (children.n == 0)
        return;
    Scope scope = {.up = walk->body.scope, .is_switch = true, .on_default = NO_BLOCK};
    uint32_t first_call = walk->body.call_blocks.len;
    scope.is_constant = fold(walk, child(walk, children, 0), &scope.value) &&
                        !has_case_range(walk, child(walk, children, children.n - 1));
    for (uint32_t i = 0; i + 1 < children.n; i++)
        walk_condition(walk, child(walk, children, i));
    scope.head = walk->body.block;
    scope.on_break = new_block(walk);
    scope.on_continue = scope.up ? scope.up->on_continue : NO_BLOCK;
    walk->body.scope = &scope;
    walk->body.block = NO_BLOCK;
    walk_statement(walk, child(walk, children, children.n - 1));
    walk->body.scope = scope.up;
    flow(walk, walk->body.block, scope.on_break);
    if (scope.is_constant && !scope.is_matched)
        flow(walk, scope.head, scope.on_default);
    if (!scope.has_default || (scope.is_constant && !scope.is_matched))
        flow(walk, scope.head, scope.on_default == NO_BLOCK ? scope.on_break : NO_BLOCK);
    if (scope.is_constant)
        *LIST_PUSH(walk->arena, &walk->body.folded) =
            (Flow){first_call, walk->body.call_blocks.len};
    continue_in(walk, scope.on_break);
}

// --- One statement, one body
// ---------------------------------------------------------------------

static void walk_jump(Walk *walk, CXCursor statement, enum CXCursorKind kind)
{
    Body *body = &walk->body;
    if (kind == CXCursor_BreakStmt && body->scope)
        flow(walk, body->block, body->scope->on_break);
    else if (kind == CXCursor_ContinueStmt && body->scope)
        flow(walk, body->block, body->scope->on_continue);
    else if (kind == CXCursor_SEHLeaveStmt)
        flow(walk, body->block, body->on_leave);
    else if (kind == CXCursor_GotoStmt && body->block != NO_BLOCK)
        walk_labels_of(walk, statement, body->block);
    body->block = NO_BLOCK;
}

static void walk_expression_statement(Walk *walk, CXCursor expression)
{
    Body *body = &walk->body;
    uint32_t before = body->block;
    if (walk_mention(walk, expression))
        return;
    body->after_noreturn = NO_BLOCK;
    walk_expression(walk, expression);
    if (body->block == body->after_noreturn && body->block != before &&
        body->block != NO_BLOCK && body->n_before.at[body->block] == 0)
        body->block = NO_BLOCK;
}

static void walk_asm(Walk *walk, CXCursor statement, Children children)
{
    asm_statement(walk, statement);
    for (uint32_t i = 0; i < children.n; i++)
        if (is_expression(child(walk, children, i)))
            walk_expression(walk, child(walk, children, i));
    walk_labels_of(walk, statement, walk->body.block); // asm goto
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
        walk_switch(walk, children);
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
        walk->body.block = NO_BLOCK;
        break;
    case CXCursor_IndirectGotoStmt:
        for (uint32_t i = 0; i < children.n; i++)
            walk_expression(walk, child(walk, children, i));
        flow(walk, walk->body.block, label_block(walk, STR("*")));
        walk->body.block = NO_BLOCK;
        break;
    default: // what has no kind here: attributed statements, pragmas, captured ones
        for (uint32_t i = 0; i < children.n; i++)
            walk_condition(walk, child(walk, children, i));
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
    if (kind == CXCursor_LabelStmt) {
        Str name = clang_str(walk->arena, clang_getCursorSpelling(statement));
        uint32_t block = label_block(walk, name);
        flow(walk, walk->body.block, block);
        walk->body.block = block;
    }
    if (kind == CXCursor_CaseStmt)
        walk_case(walk, children);
    else if (kind == CXCursor_DefaultStmt)
        walk_default(walk, children);
    else if (kind == CXCursor_DeclStmt)
        walk_declarations(walk, children);
    else
        walk_all(walk, children);
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
    for (uint32_t i = 0; i < children.n; i++)
        if (clang_getCursorKind(child(walk, children, i)) == CXCursor_CompoundStmt)
            walk_statement(walk, child(walk, children, i));
    children_pop(walk, children);
    body_end(walk);
}
