// Jumps, the labels they lead to, and the cleanups they run on their way out of scopes.
//
// A cleanup is emitted once, where its scope ends, if anything leaves the scope; every
// way out leads through it and on to where any of them goes (clang, CGCleanup.cpp).
// Behind a call that does not return nothing leaves. A jump to a label that has not been
// seen yet waits: each scope that ends meanwhile sends it through its cleanups.
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_walk.h"

// --- Scopes
// --------------------------------------------------------------------------------------

// `callee`: index of the function + 1; 0 for the stack of a variable length array;
// DEFERRED.
void cleanup_push(Walk *walk, CXCursor at, uint32_t callee)
{
    Body *body = &walk->body;
    uint32_t head = new_block(walk);
    *LIST_PUSH(walk->arena, &body->cleanups) =
        (Cleanup){.up = body->cleanup,
                  .head = head,
                  .callee = callee,
                  .first_call = body->call_blocks.len,
                  .at = at};
    body->cleanup = body->cleanups.len;
}

// An exception leaves the scope, too.
static void leave_by_exceptions(Walk *walk, const Cleanup *cleanup)
{
    const Body *body = &walk->body;
    const Unit *unit = walk->view->unit;
    for (uint32_t i = cleanup->first_call; i < body->call_blocks.len; i++)
        if (!unit->calls.at[body->call_blocks.at[i].call].takes_address)
            flow(walk, body->call_blocks.at[i].block, cleanup->head);
}

// Whether a scope is one of `scope` and those around it.
static bool is_around(const Body *body, uint32_t cleanup, uint32_t scope)
{
    while (scope > cleanup)
        scope = body->cleanups.at[scope - 1].up;
    return scope == cleanup;
}

// From the end of a cleanup's code.
static void add_exit(Walk *walk, uint32_t cleanup, uint32_t to)
{
    Body *body = &walk->body;
    Cleanup *from = &body->cleanups.at[cleanup - 1];
    *LIST_PUSH(walk->arena, &body->exits) = (CleanupExit){to, from->exits};
    from->exits = body->exits.len;
}

// Jumps whose label stands further out, or will.
static void send_waiting(Walk *walk, uint32_t cleanup, uint32_t head)
{
    Body *body = &walk->body;
    for (uint32_t i = 0; i < body->waiting.len; i++) {
        Waiting *jump = &body->waiting.at[i];
        if (jump->cleanup != cleanup || body->labels.at[jump->label].is_placed)
            continue;
        flow(walk, jump->from, head);
        jump->from = NO_BLOCK; // the end of the cleanup, once that is known
    }
}

static void pop(Walk *walk)
{
    Body *body = &walk->body;
    uint32_t index = body->cleanup;
    Cleanup cleanup = body->cleanups.at[index - 1];
    bool falls_through = body->block != NO_BLOCK;
    send_waiting(walk, index, cleanup.head);
    flow(walk, body->block, cleanup.head);
    if (walk->exceptions)
        leave_by_exceptions(walk, &cleanup);
    body->cleanup = cleanup.up;
    continue_in(walk, cleanup.head);
    if (body->block == NO_BLOCK)
        return;
    if (cleanup.callee == DEFERRED) {
        walk_statement(walk, cleanup.at);
        if (body->block == NO_BLOCK) // what follows is emitted all the same
            body->block = new_block(walk);
    } else if (cleanup.callee) {
        add_call(walk, cleanup.at, walk->entities.at[cleanup.callee - 1].function - 1);
        if (is_noreturn(walk, cleanup.callee - 1))
            body_noreturn(walk);
    }
    for (uint32_t i = cleanup.exits; i; i = body->exits.at[i - 1].next)
        flow(walk, body->block, body->exits.at[i - 1].to);
    for (uint32_t i = 0; i < body->waiting.len; i++) {
        Waiting *jump = &body->waiting.at[i];
        if (jump->cleanup == index && jump->from == NO_BLOCK) {
            jump->cleanup = cleanup.up;
            jump->from = body->block;
        }
    }
    if (!falls_through)
        body->block = NO_BLOCK;
}

void scope_end(Walk *walk, uint32_t outer)
{
    while (walk->body.cleanup > outer)
        pop(walk);
}

// --- Jumps
// ---------------------------------------------------------------------------------------

// To a block in the scope `target`; NO_BLOCK: out of the function.
void jump(Walk *walk, uint32_t to, uint32_t target)
{
    Body *body = &walk->body;
    uint32_t from = body->block, at = body->cleanup;
    body->block = NO_BLOCK;
    if (from == NO_BLOCK)
        return;
    if (to == NO_BLOCK)
        to = body->on_exit;
    if (is_around(body, at, target)) {
        flow(walk, from, to);
        return;
    }
    flow(walk, from, body->cleanups.at[at - 1].head);
    for (;;) {
        Cleanup *cleanup = &body->cleanups.at[at - 1];
        uint32_t up = cleanup->up;
        if (cleanup->has_way && cleanup->last_way == to)
            return; // another jump has been this way
        cleanup->has_way = true;
        cleanup->last_way = to;
        if (is_around(body, up, target))
            break;
        add_exit(walk, at, body->cleanups.at[up - 1].head);
        at = up;
    }
    add_exit(walk, at, to);
}

// --- Labels
// --------------------------------------------------------------------------------------

static uint32_t label_of(Walk *walk, Str name)
{
    Body *body = &walk->body;
    uint32_t hash = 2166136261u; // FNV-1a
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    uint32_t *bucket = &body->label_buckets[(hash ^ hash >> 16) % LABEL_BUCKETS];
    for (uint32_t i = *bucket; i; i = body->labels.at[i - 1].next)
        if (str_eq(body->labels.at[i - 1].name, name))
            return i - 1;
    *LIST_PUSH(walk->arena, &body->labels) =
        (Label){.name = name, .block = new_block(walk), .next = *bucket};
    *bucket = body->labels.len;
    return body->labels.len - 1;
}

uint32_t label_block(Walk *walk, Str name)
{
    uint32_t index = label_of(walk, name);
    return walk->body.labels.at[index].block;
}

void label_place(Walk *walk, Str name)
{
    Body *body = &walk->body;
    uint32_t index = label_of(walk, name);
    Label *label = &body->labels.at[index];
    flow(walk, body->block, label->block);
    body->block = label->block;
    label->is_placed = true;
    label->cleanup = body->cleanup;
    for (uint32_t i = 0; i < body->waiting.len; i++)
        if (body->waiting.at[i].label == index)
            flow(walk, body->waiting.at[i].from, label->block);
}

static void jump_to_label(Walk *walk, Str name)
{
    Body *body = &walk->body;
    uint32_t index = label_of(walk, name);
    const Label *label = &body->labels.at[index];
    if (!label->is_placed && body->cleanup) {
        *LIST_PUSH(walk->arena, &body->waiting) =
            (Waiting){.from = body->block, .label = index, .cleanup = body->cleanup};
        body->block = NO_BLOCK;
        return;
    }
    jump(walk, label->block, label->cleanup);
}

void walk_goto(Walk *walk, CXCursor statement)
{
    if (walk->body.block == NO_BLOCK)
        return;
    Children children = children_push(walk, statement);
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        if (clang_getCursorKind(part) == CXCursor_LabelRef)
            jump_to_label(walk, clang_str(walk->arena, clang_getCursorSpelling(part)));
    }
    children_pop(walk, children);
}

// --- Named loops of C2y
// ----------------------------------------------------------------------------------

static CXCursor part_of(Walk *walk, CXCursor cursor, bool is_last)
{
    Children children = children_push(walk, cursor);
    CXCursor found = clang_getNullCursor();
    if (children.n)
        found = child(walk, children, is_last ? children.n - 1 : 0);
    children_pop(walk, children);
    return found;
}

// Of several labels, clang takes the last one for the name.
void name_scope(Walk *walk, Str name, CXCursor labelled)
{
    enum CXCursorKind kind = clang_getCursorKind(labelled);
    bool is_do = kind == CXCursor_DoStmt;
    if (!is_do && kind != CXCursor_ForStmt && kind != CXCursor_WhileStmt &&
        kind != CXCursor_SwitchStmt)
        return;
    *LIST_PUSH(walk->arena, &walk->body.named_scopes) =
        (NamedScope){name, part_of(walk, labelled, !is_do)};
}

static const NamedScope *scope_named(const Body *body, Str name)
{
    for (uint32_t i = 0; i < body->named_scopes.len; i++)
        if (str_eq(body->named_scopes.at[i].name, name))
            return &body->named_scopes.at[i];
    return NULL;
}

// The first name of a loop among `n` tokens from `at` on, in one statement.
static const NamedScope *named_from(Walk *walk, CXFile file, unsigned at, uint32_t n)
{
    size_t n_bytes = 0;
    const char *text =
        file ? clang_getFileContents(walk->view->tu, file, &n_bytes) : NULL;
    if (!text || at >= n_bytes)
        return NULL;
    CLexer lexer;
    c_lexer_init(&lexer, (Str){text + at, n_bytes - at});
    for (uint32_t i = 0; i < n; i++) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END || token.in_directive || c_token_is(&lexer, token, ';'))
            return NULL;
        const NamedScope *found =
            token.kind == C_WORD ? scope_named(&walk->body, c_token_text(&lexer, token))
                                 : NULL;
        if (found)
            return found;
    }
    return NULL;
}

// libclang does not show the name: it stands behind `break`, or where a macro of it does.
const Scope *scope_of_jump(Walk *walk, CXCursor statement)
{
    enum { BREAK_AND_NAME = 2 };
    const Body *body = &walk->body;
    CXFile file, outer_file;
    unsigned offset, outer_offset;
    if (body->named_scopes.len == 0)
        return body->scope;
    CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(statement));
    clang_getSpellingLocation(start, &file, NULL, NULL, &offset);
    clang_getExpansionLocation(start, &outer_file, NULL, NULL, &outer_offset);
    const NamedScope *named = named_from(walk, file, offset, BREAK_AND_NAME);
    if (!named && (outer_offset != offset || !clang_File_isEqual(file, outer_file)))
        named = named_from(walk, outer_file, outer_offset, UINT32_MAX); // of a macro
    for (const Scope *scope = named ? body->scope : NULL; scope; scope = scope->up)
        if (clang_equalCursors(scope->inside, named->inside))
            return scope;
    return body->scope;
}

// --- Labels of asm goto
// ----------------------------------------------------------------------------------

// The fifth part of `asm goto ("..." : outputs : inputs : clobbers : labels)`, whose
// parenthesis comes next.
static void read_asm_labels(Walk *walk, CLexer *lexer)
{
    uint32_t depth = 0, part = 0;
    for (;;) {
        CToken token = c_lexer_next_code(lexer);
        char c = token.kind == C_PUNCT ? lexer->text.at[token.begin] : ' ';
        depth += c == '(';
        if (c == ':' && depth == 1)
            part++;
        else if (token.kind == C_WORD && depth == 1 && part == 4)
            *LIST_PUSH(walk->arena, &walk->asm_labels.at) = c_token_text(lexer, token);
        else if (token.kind == C_END || c == ';' || (c == ')' && --depth == 0))
            return;
    }
}

// libclang does not show what labels an asm statement names; clang prints them.
static void find_asm_labels(Walk *walk)
{
    CLexer lexer;
    walk->asm_labels.within = walk->within;
    walk->asm_labels.at.len = 0;
    c_lexer_init(
        &lexer, clang_str(walk->arena, clang_getCursorPrettyPrinted(walk->within, NULL)));
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return;
        if (c_token_is_word(&lexer, token, STR("asm")))
            read_asm_labels(walk, &lexer);
    }
}

// Each asm statement may jump to all labels that one of its function names.
void walk_asm_labels(Walk *walk)
{
    if (!clang_equalCursors(walk->asm_labels.within, walk->within))
        find_asm_labels(walk);
    for (uint32_t i = 0; i < walk->asm_labels.at.len; i++)
        flow(walk, walk->body.block, label_block(walk, walk->asm_labels.at.at[i]));
}

// The labels that &&label names.
static void walk_labels_of(Walk *walk, CXCursor cursor, uint32_t from)
{
    Children children = children_push(walk, cursor);
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor part = child(walk, children, i);
        if (clang_getCursorKind(part) == CXCursor_LabelRef)
            flow(
                walk, from,
                label_block(walk, clang_str(walk->arena, clang_getCursorSpelling(part))));
    }
    children_pop(walk, children);
}

void walk_label_address(Walk *walk, CXCursor expression)
{
    walk_labels_of(walk, expression, label_block(walk, STR("*")));
}

// --- Labels within
// -------------------------------------------------------------------------------

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

bool has_label_but_cases(Walk *walk, CXCursor statement)
{
    return has_label_in(walk, statement, false, 0);
}
