// __try, __except and __finally, and the functions that clang makes of filters.
#include "codegen/frontend/clang_walk.h"

typedef struct Captures {
    CXCursor outlined;
    bool found;
} Captures;

static bool is_within(CXCursor inner, CXCursor outer)
{
    unsigned at, begin, end;
    CXSourceRange range = clang_getCursorExtent(outer);
    clang_getExpansionLocation(clang_getCursorLocation(inner), NULL, NULL, NULL, &at);
    clang_getExpansionLocation(clang_getRangeStart(range), NULL, NULL, NULL, &begin);
    clang_getExpansionLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
    return at >= begin && at < end;
}

static enum CXChildVisitResult on_capture(CXCursor cursor, CXCursor above,
                                          CXClientData owner)
{
    (void)above;
    Captures *captures = owner;
    CXCursor named = clang_getCursorReferenced(cursor);
    enum CXCursorKind kind = clang_getCursorKind(named);
    if (clang_getCursorKind(cursor) != CXCursor_DeclRefExpr)
        return CXChildVisit_Recurse;
    if (kind == CXCursor_ParmDecl)
        captures->found = true;
    else if (kind == CXCursor_VarDecl && !clang_Cursor_hasVarDeclGlobalStorage(named))
        captures->found |= !is_within(named, captures->outlined);
    return captures->found ? CXChildVisit_Break : CXChildVisit_Continue;
}

// What a filter or a finally block uses of its function's locals it finds through the
// function's address (llvm.eh.recoverfp, llvm.localrecover): then that is taken.
static void walk_captures(Walk *walk, CXCursor outlined)
{
    Captures captures = {.outlined = outlined};
    if (on_capture(outlined, outlined, &captures) == CXChildVisit_Recurse)
        clang_visitChildren(outlined, on_capture, &captures);
    if (!captures.found)
        return;
    uint32_t block = walk->body.block;
    walk->body.block = 0;
    add_address(walk, outlined, walk->caller, false);
    walk->body.block = block;
}

// The filter is a function of its own, which the unwinder calls: its address is taken,
// unless nothing in the try block can throw (then the handler is not emitted either), or
// unless the filter is the constant 1 (clang, CodeGenFunction::EnterSEHTryStmt).
static void walk_filter(Walk *walk, CXCursor expression, bool can_throw)
{
    Unit *unit = walk->view->unit;
    long long value;
    if (fold(walk, expression, &value) && value == 1)
        return;
    const AbiSignature *abi = clang_library_signature(walk->types, STR("ipp"));
    Str name = arena_format(walk->arena, "?filt$%u@0@%.*s@@", walk->body.n_filters++,
                            STR_ARG(unit->functions.at[walk->caller].name));
    Function *filter = LIST_PUSH(walk->arena, &unit->functions);
    uint32_t index = unit->functions.len - 1, caller = walk->caller;
    *filter = (Function){.name = name,
                         .symbol = name,
                         .label = STR(""),
                         .abi = abi,
                         .low = clang_lower(walk->types, abi),
                         .is_defined = true,
                         .is_internal = true,
                         .emission = EMISSION_IF_USED};
    clang_place(walk->view, clang_getCursorExtent(expression), &filter->at);
    filter->is_visible = filter->in_document = walk->in_document;
    add_address(walk, expression, index, !can_throw);
    walk_captures(walk, expression);
    uint32_t block = walk->body.block;
    walk->caller = index;
    walk->body.block = new_block(walk);
    flow(walk, 0, walk->body.block);
    walk_condition(walk, expression);
    walk->body.block = block;
    walk->caller = caller;
}

static void walk_handler(Walk *walk, CXCursor handler, uint32_t head, bool can_throw,
                         uint32_t after)
{
    Children children = children_push(walk, handler);
    bool is_finally = clang_getCursorKind(handler) == CXCursor_SEHFinallyStmt;
    walk->body.block = head;
    if (!is_finally && children.n == 2)
        walk_filter(walk, child(walk, children, 0), can_throw);
    if (is_finally && children.n)
        walk_captures(walk, child(walk, children, 0));
    if (children.n && (is_finally || can_throw)) {
        uint32_t block = new_block(walk);
        flow(walk, head, block);
        walk->body.block = block;
        walk_statement(walk, child(walk, children, children.n - 1));
        if (!is_finally)
            flow(walk, walk->body.block, after);
    }
    children_pop(walk, children);
}

void walk_try(Walk *walk, Children children)
{
    uint32_t head = walk->body.block, after = new_block(walk);
    if (children.n < 2)
        return;
    uint32_t n_before = walk->view->unit->calls.len;
    uint32_t outer_leave = walk->body.on_leave;
    walk->body.on_leave = after;
    walk_statement(walk, child(walk, children, 0));
    walk->body.on_leave = outer_leave;
    flow(walk, walk->body.block, after);
    bool can_throw = false;
    for (uint32_t i = n_before; i < walk->view->unit->calls.len; i++)
        can_throw |= !walk->view->unit->calls.at[i].takes_address;
    walk_handler(walk, child(walk, children, 1), head, can_throw, after);
    continue_in(walk, after);
}
