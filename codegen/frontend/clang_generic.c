// Which association a _Generic takes. libclang shows the controlling expression and those
// of the associations, but neither their types nor which one it is.
//
// The type of the whole is that of the one taken, which often tells. Else clang prints
// the declaration around it, macros and comments gone: the types stand there, and the
// _Generics in the order of the cursors. They are compared with the controlling
// expression's (clang_type_name.c). What cannot be decided stays so: the walk takes all
// of them then.
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_walk.h"

// --- The _Generics of a declaration
// --------------------------------------------------------------

static void find_cursors(Walk *walk, CXCursor above, uint32_t depth)
{
    Generics *all = &walk->generics;
    if (depth >= WALK_DEPTH_MAX) {
        all->is_too_deep = true;
        return;
    }
    Children children = children_push(walk, above);
    enum CXCursorKind kind = clang_getCursorKind(above);
    bool repeats = kind == CXCursor_UnaryExpr; // a bound in sizeof
    // `a ?: b` of two types: `a` is there again in between, as what it converts to
    bool is_elvis = children.repeats && kind == CXCursor_UnexposedExpr;
    for (uint32_t i = 0; i < children.n; i++) {
        CXCursor cursor = child(walk, children, i);
        uint32_t first = repeats ? 0 : i;
        if (is_elvis && i > 0 && i + 1 < children.n)
            continue;
        while (!clang_equalCursors(child(walk, children, first), cursor))
            first++;
        if (first < i)
            continue;
        if (clang_getCursorKind(cursor) == CXCursor_GenericSelectionExpr)
            *LIST_PUSH(walk->arena, &all->at) = (Generic){.cursor = cursor};
        find_cursors(walk, cursor, depth + 1);
    }
    children_pop(walk, children);
}

// Whether there are as many in the text.
static bool find_in_text(Generics *all)
{
    CLexer lexer;
    uint32_t n = 0;
    c_lexer_init(&lexer, all->text);
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return n == all->at.len;
        if (!c_token_is_word(&lexer, token, STR("_Generic")))
            continue;
        if (n == all->at.len)
            return false;
        all->at.at[n++].at = token.end;
    }
}

static Generic *generic_find(Walk *walk, CXCursor cursor)
{
    Generics *all = &walk->generics;
    if (!clang_equalCursors(all->within, walk->within)) {
        *all = (Generics){.within = walk->within};
        find_cursors(walk, all->within, 0);
        all->text =
            clang_str(walk->arena, clang_getCursorPrettyPrinted(all->within, NULL));
        if (all->is_too_deep || !find_in_text(all))
            all->text = STR("");
    }
    for (uint32_t i = 0; i < all->at.len; i++) { // they are asked for in their order
        uint32_t at = (all->last + i) % all->at.len;
        if (!clang_equalCursors(all->at.at[at].cursor, cursor))
            continue;
        all->last = at;
        return &all->at.at[at];
    }
    return NULL;
}

// --- One of them, as text
// ------------------------------------------------------------------------

typedef struct Associations {
    Str control;    // the controlling type, or expression
    LIST(Str) type; // "default" among them
} Associations;

// "(control, type: expression, default: expression)"
static Associations associations_read(Arena *arena, Str text)
{
    Associations all = {0};
    CLexer lexer;
    uint32_t depth = 0, begin = 0;
    bool has_type = true, has_control = false;
    c_lexer_init(&lexer, text);
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return all;
        if (token.kind != C_PUNCT)
            continue;
        char c = text.at[token.begin];
        bool opens = c == '(' || c == '[' || c == '{',
             closes = c == ')' || c == ']' || c == '}';
        depth += opens;
        depth -= closes;
        if (opens && depth == 1)
            begin = token.end;
        Str part = str_trim(str_sub(text, begin, token.begin));
        if (depth == 1 && c == ',') {
            if (!has_control)
                all.control = part;
            has_control = true;
            has_type = false;
            begin = token.end;
        } else if (depth == 1 && c == ':' && !has_type) {
            *LIST_PUSH(arena, &all.type) = part;
            has_type = true;
        } else if (depth == 0) {
            return all;
        }
    }
}

// --- The choice
// ----------------------------------------------------------------------------------

// What the value of the controlling expression has: arrays and functions are pointers.
static TypeShape *control_shape(Walk *walk, CXCursor control)
{
    TypeShape *shape = type_shape(walk, clang_getCursorType(control));
    if (shape->kind == SHAPE_ARRAY || shape->kind == SHAPE_FUNCTION) {
        TypeShape *pointer = ARENA_NEW(walk->arena, TypeShape);
        *pointer =
            (TypeShape){.kind = SHAPE_POINTER,
                        .inner = shape->kind == SHAPE_ARRAY ? shape->inner : shape};
        return pointer;
    }
    shape->qualifiers = 0;
    return shape;
}

static bool has_type_of(CXCursor part, CXCursor generic)
{
    return clang_equalTypes(clang_getCanonicalType(clang_getCursorType(part)),
                            clang_getCanonicalType(clang_getCursorType(generic)));
}

// By the types of the expressions; without the text nothing else is known.
static uint32_t choose_by_result(Walk *walk, CXCursor generic, Children children)
{
    uint32_t found = children.n, n_found = 0;
    for (uint32_t i = 0; i < children.n; i++) {
        if (!has_type_of(child(walk, children, i), generic))
            continue;
        found = i;
        n_found++;
    }
    return n_found == 1 ? found : children.n;
}

static uint32_t choose(Walk *walk, CXCursor generic, Children children, Str text)
{
    Associations all = associations_read(walk->arena, text);
    uint32_t first = children.n - all.type.len, n_open = 0, open = children.n;
    if (all.type.len == 0 || all.type.len > children.n || first > 1)
        return choose_by_result(walk, generic, children);
    const TypeShape *control = first == 1 ? control_shape(walk, child(walk, children, 0))
                                          : type_shape_of_text(walk, all.control);
    for (uint32_t i = 0; i < all.type.len; i++) {
        Likeness likeness = UNSURE; // of `default`, too
        if (!has_type_of(child(walk, children, first + i), generic))
            continue;
        if (!str_eq(all.type.at[i], STR("default")))
            likeness = types_alike(control, type_shape_of_text(walk, all.type.at[i]));
        if (likeness == ALIKE)
            return first + i;
        if (likeness == UNLIKE)
            continue;
        n_open++;
        open = first + i;
    }
    return n_open == 1 ? open : children.n;
}

// The child that is emitted; children.n if that cannot be told.
uint32_t generic_choice(Walk *walk, CXCursor generic, Children children)
{
    Generic *known =
        clang_Cursor_isNull(walk->within) ? NULL : generic_find(walk, generic);
    if (!known || walk->generics.text.len == 0)
        return choose_by_result(walk, generic, children);
    if (!known->is_decided) {
        known->chosen =
            choose(walk, generic, children, str_from(walk->generics.text, known->at));
        known->is_decided = true;
    }
    return known->chosen;
}
