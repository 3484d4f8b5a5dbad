// Conditions: `&&`, `||`, `?:` and what branches on them, as clang does
// (CodeGenFunction::EmitBranchOnBoolExpr; CGExprScalar.cpp, VisitBinLAnd and its like).
//
// In a condition clang branches part by part; where the value itself is wanted, a phi
// holds it. LLVM folds a branch on what it replaces late, and a phi of it alone, but no
// phi of other constants: there both ways stay.
#include "codegen/frontend/clang_walk.h"

// A value of which only the truth is asked: of a function's name that is a constant, and
// takes no address. C++ has more constants than the walk knows.
Known walk_truth(Walk *walk, CXCursor expression)
{
    long long ignored;
    if (walk_mention(walk, expression))
        return (Known){KNOWN_ADDRESS, 0};
    Known known = walk_expression(walk, expression);
    if (walk->is_cpp && known.kind == KNOWN_NOTHING && fold(walk, expression, &ignored))
        known.kind = KNOWN_BY_CLANG;
    return known;
}

// To `yes` or `no` by the value of `at`.
void branch_on(Walk *walk, CXCursor at, Known known, uint32_t yes, uint32_t no)
{
    uint32_t from = walk->body.block;
    known = known_resolved(walk, at, known);
    bool is_known = known.kind != KNOWN_NOTHING;
    flow_if(walk, from, yes, is_known ? FLOW_IF : FLOW_STAYS, known);
    flow_if(walk, from, no, is_known ? FLOW_IF_NOT : FLOW_STAYS, known);
}

// Through what clang's IgnoreParens() leaves out.
static CXCursor without_parentheses(Walk *walk, CXCursor condition)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(condition);
        bool is_extension =
            kind == CXCursor_UnaryOperator &&
            clang_getCursorUnaryOperatorKind(condition) == CXUnaryOperator_Extension;
        if (kind != CXCursor_ParenExpr && kind != CXCursor_GenericSelectionExpr &&
            kind != CXCursor_UnexposedExpr && !is_extension)
            return condition;
        long long value;
        Children children = children_push(walk, condition);
        uint32_t inner = 0;
        if (kind == CXCursor_GenericSelectionExpr)
            inner = generic_choice(walk, condition, children);
        else if (kind == CXCursor_UnexposedExpr)
            inner = is_choose(walk, condition, children) &&
                            evaluate(child(walk, children, 0), &value)
                        ? (value ? 1 : 2)
                        : children.n;
        bool found = inner < children.n;
        if (found)
            condition = child(walk, children, inner);
        children_pop(walk, children);
        if (!found)
            return condition;
    }
}

// `a && b && c` is `(a && b) && c`: from the left, as long as it is the same operator.
// Pushes the operands, the last one first.
static Children operands_push(Walk *walk, CXCursor chain, enum CXBinaryOperatorKind kind)
{
    Children operands = {.base = walk->stack.len};
    for (;;) {
        Children sides = children_push(walk, chain);
        CXCursor left = sides.n ? child(walk, sides, 0) : chain;
        bool is_pair = sides.n == 2;
        if (is_pair)
            walk->stack.at[sides.base] = child(walk, sides, 1);
        walk->stack.len = sides.base + is_pair;
        chain = is_pair ? without_parentheses(walk, left) : chain;
        bool more = is_pair && clang_getCursorKind(chain) == CXCursor_BinaryOperator &&
                    clang_getCursorBinaryOperatorKind(chain) == kind;
        if (more)
            continue;
        *LIST_PUSH(walk->arena, &walk->stack) = chain;
        operands.n = walk->stack.len - operands.base;
        return operands;
    }
}

// What folds and decides nothing (`1 && x`, `x && 1`) makes no branch. The rest of a
// chain jumps where the whole does, and else to the operand behind.
static void branch_on_chain(Walk *walk, CXCursor condition, bool is_and, uint32_t yes,
                            uint32_t no)
{
    Children operands = operands_push(
        walk, condition, is_and ? CXBinaryOperator_LAnd : CXBinaryOperator_LOr);
    uint32_t n_left = 0;
    long long value;
    CXCursor last = child(walk, operands, 0);
    for (uint32_t i = operands.n; i-- > 0;) {
        CXCursor operand = child(walk, operands, i);
        if (fold(walk, operand, &value) && !value != is_and) {
            collect_asm(walk, operand);
            last = operand;
            continue;
        }
        walk->stack.at[operands.base + operands.n - 1 - n_left++] = operand;
    }
    if (n_left == 0) // clang looks at the left side first
        walk_branch(walk, last, yes, no);
    for (uint32_t i = 0; i < n_left; i++) {
        CXCursor operand = child(walk, operands, operands.n - 1 - i);
        bool is_last = i + 1 == n_left;
        uint32_t more = is_last ? NO_BLOCK : new_block(walk);
        walk_branch(walk, operand, is_and && !is_last ? more : yes,
                    !is_and && !is_last ? more : no);
        if (!is_last)
            walk->body.block = more;
    }
    children_pop(walk, operands);
}

static void branch_on_choice(Walk *walk, Children children, uint32_t yes, uint32_t no)
{
    uint32_t arms[2] = {new_block(walk), new_block(walk)};
    walk_branch(walk, child(walk, children, 0), arms[0], arms[1]);
    for (uint32_t i = 0; i < 2; i++) {
        walk->body.block = arms[i];
        walk_branch(walk, child(walk, children, i + 1), yes, no);
    }
}

void walk_branch(Walk *walk, CXCursor condition, uint32_t yes, uint32_t no)
{
    condition = without_parentheses(walk, condition);
    enum CXCursorKind kind = clang_getCursorKind(condition);
    enum CXBinaryOperatorKind operator= kind == CXCursor_BinaryOperator
        ? clang_getCursorBinaryOperatorKind(condition)
        : CXBinaryOperator_Invalid;
    bool is_not = kind == CXCursor_UnaryOperator &&
                  clang_getCursorUnaryOperatorKind(condition) == CXUnaryOperator_LNot;
    bool is_choice = kind == CXCursor_ConditionalOperator;
    bool is_chain = operator== CXBinaryOperator_LAnd || operator== CXBinaryOperator_LOr;
    if ((!is_not && !is_choice && !is_chain) || walk->depth >= WALK_DEPTH_MAX) {
        branch_on(walk, condition, walk_truth(walk, condition), yes, no);
        return;
    }
    walk->depth++;
    Children children = children_push(walk, condition);
    if (is_chain && children.n == 2)
        branch_on_chain(walk, condition, operator== CXBinaryOperator_LAnd, yes, no);
    else if (is_not && children.n == 1)
        walk_branch(walk, child(walk, children, 0), no, yes);
    else if (is_choice && children.n == 3)
        branch_on_choice(walk, children, yes, no);
    else
        branch_on(walk, condition, walk_expression(walk, condition), yes, no);
    children_pop(walk, children);
    walk->depth--;
}

Known walk_logical(Walk *walk, Children children, bool is_and)
{
    CXCursor left = child(walk, children, 0), right = child(walk, children, 1);
    long long value;
    if (fold_here(walk, left, &value)) {
        if (!value == !is_and)
            return known_bool(walk_truth(walk, right));
        if (!has_label(walk, right)) {
            collect_asm(walk, right);
            return (Known){KNOWN_VALUE, !is_and};
        }
    }
    uint32_t more = new_block(walk), after = new_block(walk),
             begin = walk->body.flows.len;
    walk_branch(walk, left, is_and ? more : after, is_and ? after : more);
    walk->body.block = more;
    Known known = known_bool(known_resolved(walk, right, walk_truth(walk, right)));
    flow(walk, walk->body.block, after);
    walk->body.block = after;
    return new_phi(walk, after, begin, (Known){KNOWN_VALUE, !is_and}, known);
}

static bool is_number(Known known)
{
    return known.kind == KNOWN_LATE || known.kind == KNOWN_VALUE;
}

// Both sides are constants for clang: then a `select` holds the value.
static Known walk_select(Walk *walk, CXCursor condition, CXCursor yes, CXCursor no)
{
    bool yes_is_condition = clang_equalCursors(condition, yes);
    Known known =
        yes_is_condition ? walk_expression(walk, condition) : walk_truth(walk, condition);
    Known on_yes =
        known_resolved(walk, yes, yes_is_condition ? known : walk_expression(walk, yes));
    Known on_no = known_resolved(walk, no, walk_expression(walk, no));
    known = known_resolved(walk, condition, known);
    if (known.kind == KNOWN_UNDEFINED && on_yes.kind == KNOWN_VALUE &&
        on_no.kind == KNOWN_VALUE)
        return on_no; // LLVM takes that
    if (is_number(on_yes) && is_number(on_no) && on_yes.value == on_no.value &&
        (on_yes.kind == KNOWN_LATE || on_no.kind == KNOWN_LATE))
        return (Known){KNOWN_LATE, on_no.value};
    Known chosen = known.value ? on_yes : on_no, other = known.value ? on_no : on_yes;
    if (!is_number(known) || !is_number(chosen))
        return (Known){0};
    bool is_late =
        known.kind == KNOWN_LATE || chosen.kind == KNOWN_LATE || other.kind == KNOWN_LATE;
    if (!is_late && other.kind != KNOWN_VALUE) // nothing makes LLVM look at it again
        return (Known){0};
    return (Known){is_late ? KNOWN_LATE : KNOWN_VALUE, chosen.value};
}

static bool is_scalar(CXCursor expression)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(expression));
    return type.kind != CXType_Record && type.kind != CXType_Complex;
}

// condition ? yes : no
Known walk_choice(Walk *walk, CXCursor whole, CXCursor condition, CXCursor yes,
                  CXCursor no)
{
    long long value;
    Known known = {0};
    bool yes_is_condition = clang_equalCursors(condition, yes);
    bool is_plain = is_scalar(whole);
    if (is_plain && fold_here(walk, condition, &value) &&
        !has_label(walk, value ? no : yes)) {
        collect_asm(walk, value ? no : yes);
        if (yes_is_condition) // first of all, whatever it is
            known = walk_expression(walk, condition);
        return yes_is_condition && value ? known
                                         : walk_expression(walk, value ? yes : no);
    }
    if (is_plain && fold_later(walk, yes, 0) && fold_later(walk, no, 0))
        return walk_select(walk, condition, yes, no);
    uint32_t on_yes = new_block(walk), on_no = new_block(walk), after = new_block(walk);
    Known sides[2] = {0};
    if (yes_is_condition)
        branch_on(walk, condition, walk_expression(walk, condition), on_yes, on_no);
    else
        walk_branch(walk, condition, on_yes, on_no);
    walk->body.block = on_yes;
    if (!yes_is_condition)
        sides[0] = known_resolved(walk, yes, walk_expression(walk, yes));
    uint32_t begin = walk->body.flows.len;
    flow(walk, walk->body.block, after);
    walk->body.block = on_no;
    sides[1] = known_resolved(walk, no, walk_expression(walk, no));
    flow(walk, walk->body.block, after);
    walk->body.block = after;
    if (sides[0].kind == KNOWN_NOTHING || sides[1].kind == KNOWN_NOTHING)
        return (Known){0};
    known = new_phi(walk, after, begin, sides[0], sides[1]);
    known.value |= KNOWN_DERIVED;
    return known;
}
