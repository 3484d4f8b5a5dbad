// -fblocks: `^(int x) { ... }` becomes a function, which gets the literal first. Its
// address is in the literal.
//
// For a literal without captures clang makes a function, `.block_isa_init`, which runs
// before main() and whose address is in a table. It numbers the second one and later with
// all names of the module; here the first stands for all, and they have one thunk.
#include "codegen/frontend/clang_walk.h"

static Str name_of_definition(Walk *walk)
{
    return clang_str(walk->arena, clang_getCursorSpelling(walk->within));
}

static Str name_of_invoke(Walk *walk)
{
    uint32_t number = ++walk->n_blocks;
    bool is_function = clang_getCursorKind(walk->within) == CXCursor_FunctionDecl;
    Str name = arena_format(walk->arena, "%s%.*s_block_invoke", is_function ? "__" : "",
                            STR_ARG(name_of_definition(walk)));
    return number == 1 ? name
                       : arena_format(walk->arena, "%.*s_%u", STR_ARG(name), number);
}

const AbiSignature *block_signature(Walk *walk, const AbiSignature *own)
{
    const AbiSignature *pointer = clang_library_signature(walk->types, STR("vp"));
    AbiSignature *abi = ARENA_NEW(walk->arena, AbiSignature);
    AbiParameter *parameters =
        ARENA_ARRAY(walk->arena, AbiParameter, own->n_parameters + 1);
    parameters[0] = pointer->parameters[0];
    for (uint32_t i = 0; i < own->n_parameters; i++)
        parameters[i + 1] = own->parameters[i];
    *abi = *own;
    abi->parameters = parameters;
    abi->n_parameters++;
    return abi;
}

static void walk_invoke(Walk *walk, CXCursor expression, uint32_t function)
{
    Body outer = walk->body;
    uint32_t caller = walk->caller, variable = walk->variable;
    Children children = children_push(walk, expression);
    walk->body = (Body){0};
    walk->caller = function;
    walk->variable = 0;
    for (uint32_t i = 0; i < children.n; i++)
        if (clang_getCursorKind(child(walk, children, i)) == CXCursor_UnexposedDecl)
            walk_body(walk, child(walk, children, i));
    walk->body = outer;
    walk->caller = caller;
    walk->variable = variable;
    children_pop(walk, children);
}

typedef struct Captures {
    unsigned begin, end; // of the literal, in its file
    bool found;
} Captures;

static unsigned offset_of(CXSourceLocation at)
{
    unsigned offset = 0;
    clang_getExpansionLocation(at, NULL, NULL, NULL, &offset);
    return offset;
}

// A variable of the function around it.
static enum CXChildVisitResult on_captured(CXCursor cursor, CXCursor above,
                                           CXClientData owner)
{
    Captures *captures = owner;
    (void)above;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_UnaryExpr) // sizeof
        return CXChildVisit_Continue;
    CXCursor target = clang_getCursorReferenced(cursor);
    bool is_local = kind == CXCursor_DeclRefExpr &&
                    (clang_getCursorKind(target) == CXCursor_VarDecl ||
                     clang_getCursorKind(target) == CXCursor_ParmDecl) &&
                    clang_getCursorLinkage(target) == CXLinkage_NoLinkage &&
                    clang_Cursor_getStorageClass(target) != CX_SC_Static;
    unsigned at = offset_of(clang_getCursorLocation(target));
    captures->found |= is_local && (at < captures->begin || at >= captures->end);
    return captures->found ? CXChildVisit_Break : CXChildVisit_Recurse;
}

static bool has_captures(CXCursor expression)
{
    CXSourceRange extent = clang_getCursorExtent(expression);
    Captures captures = {offset_of(clang_getRangeStart(extent)),
                         offset_of(clang_getRangeEnd(extent)), false};
    clang_visitChildren(expression, on_captured, &captures);
    return captures.found;
}

static void add_initialiser(Walk *walk, CXCursor expression)
{
    Unit *unit = walk->view->unit;
    const AbiSignature *abi = clang_library_signature(walk->types, STR("v"));
    if (!walk->block_initialiser) {
        Str name = STR(".block_isa_init");
        *LIST_PUSH(walk->arena, &unit->functions) =
            (Function){.name = name,
                       .symbol = name,
                       .label = STR(""),
                       .abi = abi,
                       .low = clang_lower(walk->types, abi),
                       .is_defined = true,
                       .is_internal = true,
                       .emission = EMISSION_IF_USED};
        walk->block_initialiser = unit->functions.len;
    }
    add_address(walk, expression, walk->block_initialiser - 1, false);
}

void walk_block(Walk *walk, CXCursor expression)
{
    Unit *unit = walk->view->unit;
    CXType type =
        clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(expression)));
    if (type.kind != CXType_FunctionProto)
        return;
    const AbiSignature *abi =
        block_signature(walk, clang_function_type(walk->types, type)->abi);
    Str name = name_of_invoke(walk);
    Function *invoke = LIST_PUSH(walk->arena, &unit->functions);
    uint32_t index = unit->functions.len - 1;
    *invoke = (Function){.name = name,
                         .symbol = name,
                         .label = STR(""),
                         .abi = abi,
                         .low = abi_is_known(abi) ? clang_lower(walk->types, abi) : NULL,
                         .is_defined = true,
                         .is_internal = true,
                         .emission = EMISSION_IF_USED};
    clang_place(walk->view, clang_getCursorExtent(expression), &invoke->at);
    invoke->is_visible = invoke->in_document = walk->in_document;
    add_address(walk, expression, index, false);
    walk_invoke(walk, expression, index);
    if (!has_captures(expression))
        add_initialiser(walk, expression);
}
