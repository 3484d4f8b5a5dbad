// switch. On a constant clang emits what follows the case alone, up to the break, if that
// can be told from the rest (CGStmt.cpp, FindCaseStatementsForValue); else all of it, and
// then LLVM drops no case at -O0.
#include "codegen/frontend/clang_walk.h"

enum { SWITCH_DEPTH_MAX = 200 };

// What folding looks for, and what it keeps.
typedef struct Folded {
    Walk *walk;
    CXCursor wanted; // the case; null: it has been found
    bool found;
    LIST(CXCursor) kept;
    uint32_t depth;
} Folded;

typedef enum Collected { COLLECT_FAILS, COLLECT_GOES_ON, COLLECT_DONE } Collected;

static bool is_case(enum CXCursorKind kind)
{
    return kind == CXCursor_CaseStmt || kind == CXCursor_DefaultStmt;
}

static CXCursor last_child(Walk *walk, CXCursor cursor)
{
    Children children = children_push(walk, cursor);
    CXCursor last =
        children.n ? child(walk, children, children.n - 1) : clang_getNullCursor();
    children_pop(walk, children);
    return last;
}

// --- Which case
// ----------------------------------------------------------------------------------

typedef struct Cases {
    CXCursor match, otherwise;
    long long value;
    bool has_range; // behind the match: clang looks from the end
} Cases;

static void find_cases(Walk *walk, CXCursor statement, Cases *cases, uint32_t depth)
{
    enum CXCursorKind kind = clang_getCursorKind(statement);
    long long value;
    if (kind == CXCursor_SwitchStmt || !clang_isStatement(kind) ||
        depth > SWITCH_DEPTH_MAX)
        return;
    Children children = children_push(walk, statement);
    if (kind == CXCursor_DefaultStmt) {
        cases->otherwise = statement;
    } else if (kind == CXCursor_CaseStmt && children.n > 2) {
        cases->has_range = true;
    } else if (kind == CXCursor_CaseStmt && children.n == 2 &&
               evaluate(child(walk, children, 0), &value) && value == cases->value) {
        cases->match = statement;
        cases->has_range = false;
    }
    for (uint32_t i = 0; i < children.n; i++)
        find_cases(walk, child(walk, children, i), cases, depth + 1);
    children_pop(walk, children);
}

// --- What is kept
// --------------------------------------------------------------------------------

static bool has_break(Walk *walk, CXCursor statement, uint32_t depth)
{
    switch ((int)clang_getCursorKind(statement)) {
    case CXCursor_SwitchStmt:
    case CXCursor_WhileStmt:
    case CXCursor_DoStmt:
    case CXCursor_ForStmt:
        return false;
    case CXCursor_BreakStmt:
        return true;
    default:
        break;
    }
    if (depth > SWITCH_DEPTH_MAX)
        return true;
    Children children = children_push(walk, statement);
    bool found = false;
    for (uint32_t i = 0; i < children.n && !found; i++)
        found = has_break(walk, child(walk, children, i), depth + 1);
    children_pop(walk, children);
    return found;
}

static bool may_declare(Walk *walk, CXCursor statement, uint32_t depth)
{
    switch ((int)clang_getCursorKind(statement)) {
    case CXCursor_IfStmt:
    case CXCursor_SwitchStmt:
    case CXCursor_WhileStmt:
    case CXCursor_DoStmt:
    case CXCursor_ForStmt:
    case CXCursor_CompoundStmt:
    case CXCursor_CXXForRangeStmt:
    case CXCursor_CXXTryStmt:
        return false;
    case CXCursor_DeclStmt:
        return true;
    default:
        break;
    }
    if (depth > SWITCH_DEPTH_MAX)
        return true;
    Children children = children_push(walk, statement);
    bool found = false;
    for (uint32_t i = 0; i < children.n && !found; i++)
        found = may_declare(walk, child(walk, children, i), depth + 1);
    children_pop(walk, children);
    return found;
}

static bool is_looking(const Folded *folded)
{
    return !clang_Cursor_isNull(folded->wanted);
}

static Collected collect(Folded *folded, CXCursor statement);

// Behind the break nothing may be that a jump leads to.
static Collected collect_rest(Folded *folded, Children children, uint32_t from)
{
    for (uint32_t i = from; i < children.n; i++)
        if (has_label_but_cases(folded->walk, child(folded->walk, children, i)))
            return COLLECT_FAILS;
    return COLLECT_DONE;
}

static Collected collect_compound(Folded *folded, CXCursor statement, Children children)
{
    Walk *walk = folded->walk;
    bool started_live = folded->found, has_skipped = false, declares = false;
    uint32_t n_kept = folded->kept.len, i = 0;
    bool was_looking = is_looking(folded);
    for (; is_looking(folded) && i < children.n; i++) {
        has_skipped |= may_declare(walk, child(walk, children, i), 0);
        Collected one = collect(folded, child(walk, children, i));
        if (one == COLLECT_FAILS || (folded->found && has_skipped))
            return COLLECT_FAILS;
        if (one == COLLECT_DONE && folded->found)
            return collect_rest(folded, children, i + 1);
    }
    if (was_looking && !folded->found)
        return COLLECT_DONE;
    for (; i < children.n; i++) {
        declares |= may_declare(walk, child(walk, children, i), 0);
        Collected one = collect(folded, child(walk, children, i));
        if (one == COLLECT_FAILS)
            return COLLECT_FAILS;
        if (one == COLLECT_DONE)
            return collect_rest(folded, children, i + 1);
    }
    if (!declares)
        return COLLECT_GOES_ON;
    // Only as a whole, so that the scope ends where it does.
    if (!started_live || has_break(walk, statement, 0))
        return COLLECT_FAILS;
    folded->kept.len = n_kept;
    *LIST_PUSH(walk->arena, &folded->kept) = statement;
    return COLLECT_GOES_ON;
}

static Collected collect(Folded *folded, CXCursor statement)
{
    Walk *walk = folded->walk;
    enum CXCursorKind kind = clang_getCursorKind(statement);
    if (folded->depth > SWITCH_DEPTH_MAX)
        return COLLECT_FAILS;
    Collected result = COLLECT_GOES_ON;
    folded->depth++;
    if (is_case(kind)) {
        if (is_looking(folded) && clang_equalCursors(statement, folded->wanted)) {
            folded->found = true;
            folded->wanted = clang_getNullCursor();
        }
        result = collect(folded, last_child(walk, statement));
    } else if (!is_looking(folded) && kind == CXCursor_BreakStmt) {
        result = COLLECT_DONE;
    } else if (kind == CXCursor_CompoundStmt) {
        Children children = children_push(walk, statement);
        result = collect_compound(folded, statement, children);
        children_pop(walk, children);
    } else if (is_looking(folded)) {
        result = has_label_but_cases(walk, statement) ? COLLECT_FAILS : COLLECT_DONE;
    } else if (has_break(walk, statement, 0)) {
        result = COLLECT_FAILS;
    } else {
        *LIST_PUSH(walk->arena, &folded->kept) = statement;
    }
    folded->depth--;
    return result;
}

// --- Folded
// --------------------------------------------------------------------------------------

static bool is_kept(const Folded *folded, CXCursor statement)
{
    for (uint32_t i = 0; i < folded->kept.len; i++)
        if (clang_equalCursors(folded->kept.at[i], statement))
            return true;
    return false;
}

// The assembly of what is not kept.
static void collect_dropped(Folded *folded, CXCursor statement)
{
    Walk *walk = folded->walk;
    enum CXCursorKind kind = clang_getCursorKind(statement);
    if (is_kept(folded, statement))
        return;
    if (!is_case(kind) && kind != CXCursor_CompoundStmt) {
        collect_asm(walk, statement);
        return;
    }
    Children children = children_push(walk, statement);
    for (uint32_t i = 0; i < children.n; i++)
        collect_dropped(folded, child(walk, children, i));
    children_pop(walk, children);
}

// True if the switch is done with.
static bool walk_folded(Walk *walk, CXCursor statement, Children children)
{
    CXCursor body = child(walk, children, children.n - 1);
    Cases cases = {.match = clang_getNullCursor(), .otherwise = clang_getNullCursor()};
    if (!fold(walk, child(walk, children, children.n - 2), &cases.value))
        return false;
    find_cases(walk, body, &cases, 0);
    CXCursor wanted = clang_Cursor_isNull(cases.match) ? cases.otherwise : cases.match;
    Folded folded = {.walk = walk, .wanted = wanted};
    if (cases.has_range)
        return false;
    if (clang_Cursor_isNull(wanted)
            ? has_label(walk, statement)
            : collect(&folded, body) == COLLECT_FAILS || !folded.found)
        return false;
    uint32_t outer = walk->body.cleanup;
    Switch here = walk->body.cases;
    walk->body.cases = (Switch){.head = NO_BLOCK};
    for (uint32_t i = 0; i + 2 < children.n; i++)
        walk_condition(walk, child(walk, children, i));
    for (uint32_t i = 0; i < folded.kept.len; i++)
        walk_statement(walk, folded.kept.at[i]);
    scope_end(walk, outer);
    walk->body.cases = here;
    collect_dropped(&folded, body);
    return true;
}

// --- Whole
// ---------------------------------------------------------------------------------------

void walk_switch(Walk *walk, CXCursor statement, Children children)
{
    Body *body = &walk->body;
    if (children.n < 2) {
        for (uint32_t i = 0; i < children.n; i++)
            walk_condition(walk, child(walk, children, i));
        return;
    }
    if (walk_folded(walk, statement, children))
        return;
    Known known = {0};
    for (uint32_t i = 0; i + 2 < children.n; i++)
        walk_condition(walk, child(walk, children, i));
    known = walk_expression(walk, child(walk, children, children.n - 2));
    uint32_t after = new_block(walk);
    Scope scope = {.up = body->scope,
                   .on_break = after,
                   .on_continue = body->scope ? body->scope->on_continue : NO_BLOCK,
                   .break_cleanup = body->cleanup,
                   .continue_cleanup = body->scope ? body->scope->continue_cleanup : 0,
                   .inside = child(walk, children, children.n - 1)};
    Switch outer = body->cases;
    body->cases = (Switch){.head = body->block, .on_default = NO_BLOCK};
    body->cases.is_known = known_value(walk, child(walk, children, children.n - 2), known,
                                       &body->cases.value);
    body->scope = &scope;
    body->block = NO_BLOCK;
    walk_statement(walk, child(walk, children, children.n - 1));
    body->scope = scope.up;
    flow(walk, body->block, after);
    bool has_default = body->cases.on_default != NO_BLOCK;
    flow_if(walk, body->cases.head, has_default ? body->cases.on_default : after,
            body->cases.is_matched ? FLOW_OF_SWITCH : FLOW_STAYS, (Known){0});
    body->cases = outer;
    continue_in(walk, after);
}

static void flow_to_case(Walk *walk, Children children, uint32_t block)
{
    Switch *cases = &walk->body.cases;
    long long low = 0, high;
    bool is_known = children.n > 1 && evaluate(child(walk, children, 0), &low);
    high = low;
    if (is_known && children.n > 2)
        is_known = evaluate(child(walk, children, 1), &high);
    if (is_known && high < low) // case 9 ... 1
        return;
    bool is_other =
        is_known && cases->is_known && (cases->value < low || cases->value > high);
    cases->is_matched |= is_known && cases->is_known && !is_other;
    flow_if(walk, cases->head, block, is_other ? FLOW_OF_SWITCH : FLOW_STAYS, (Known){0});
}

void walk_case(Walk *walk, CXCursor statement, Children children)
{
    Body *body = &walk->body;
    bool is_default = clang_getCursorKind(statement) == CXCursor_DefaultStmt;
    if (body->cases.head != NO_BLOCK) { // else it is folded, and the case no label
        uint32_t block = new_block(walk);
        flow(walk, body->block, block);
        if (is_default)
            body->cases.on_default = block;
        else
            flow_to_case(walk, children, block);
        body->block = block;
    }
    if (children.n)
        walk_statement(walk, child(walk, children, children.n - 1));
}
