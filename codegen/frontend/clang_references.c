// Every reference below a cursor, wherever control flows: what stands outside functions
// in C++, and what is nested too deep for the walk that follows control flow.
//
// Bodies of uninstantiated templates are no code and give no references, but their asm
// text is code whatever the types will be.
#include "codegen/frontend/clang_walk.h"

typedef struct CallChildren {
    Walk *walk;
    uint32_t index;
    bool skip_callee;
    CXCursor target;
} CallChildren;

static enum CXChildVisitResult on_call_child(CXCursor cursor, CXCursor above,
                                             CXClientData owner)
{
    CallChildren *children = owner;
    if (children->index++ == 0 && children->skip_callee)
        return CXChildVisit_Continue;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if ((kind == CXCursor_UnexposedExpr || kind == CXCursor_DeclRefExpr) &&
        clang_equalCursors(clang_getCursorReferenced(cursor), children->target))
        return CXChildVisit_Continue; // an operator's name, behind its object
    if (on_reference(cursor, above, children->walk) == CXChildVisit_Recurse)
        walk_references(children->walk, cursor);
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult on_first_child(CXCursor cursor, CXCursor above,
                                              CXClientData owner)
{
    (void)above;
    *(CXCursor *)owner = cursor;
    return CXChildVisit_Break;
}

CXType callee_type(CXCursor call)
{
    CXCursor first = clang_getNullCursor();
    clang_visitChildren(call, on_first_child, &first);
    CXType type = clang_getCanonicalType(clang_getCursorType(first));
    CXType pointee = clang_getPointeeType(type);
    return pointee.kind == CXType_Invalid ? type : pointee;
}

const ClangFunctionType *add_call_by_type(Walk *walk, CXCursor cursor, Call **ret_call)
{
    CXType type = callee_type(cursor);
    *ret_call = NULL;
    if (type.kind != CXType_FunctionProto && type.kind != CXType_FunctionNoProto)
        return NULL;
    const ClangFunctionType *known = clang_function_type(walk->types, type);
    Call *call = *ret_call = add_call(walk, cursor, CALLEE_UNKNOWN);
    if (call) {
        call->is_indirect = true;
        call->signature = known->traits;
        call->abi = known->abi;
        call->low = known->low;
    }
    return known;
}

static void reference_call(Walk *walk, CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    enum CXCursorKind kind = clang_getCursorKind(target);
    bool direct = is_function_kind(kind);
    if (direct) {
        uint32_t entity = entity_of(walk, target);
        add_call(walk, cursor, walk->entities.at[entity].function - 1);
    } else {
        Call *call;
        add_call_by_type(walk, cursor, &call);
    }
    CallChildren children = {walk, 0, direct && kind == CXCursor_FunctionDecl, target};
    clang_visitChildren(cursor, on_call_child, &children);
}

static void reference_function(Walk *walk, CXCursor cursor)
{
    uint32_t caller = walk->caller;
    Str features = walk->features;
    uint32_t n_known = walk->entities.len;
    uint32_t entity = entity_of(walk, cursor);
    if (walk->entities.len == n_known)
        linkage_read(walk, &walk->entities.at[entity], cursor);
    if (clang_isCursorDefinition(cursor)) {
        walk->caller = walk->entities.at[entity].function - 1;
        walk->features = linkage_features(walk, cursor);
    }
    if (!walk->is_cpp)
        walk_references(walk, cursor);
    else if (clang_isCursorDefinition(cursor))
        walk_cpp_function(walk, cursor);
    walk->entities.at[entity].is_walked |= clang_isCursorDefinition(cursor) != 0;
    walk->caller = caller;
    walk->features = features;
}

static void reference_template(Walk *walk, CXCursor cursor)
{
    bool outer = walk->in_template;
    walk->in_template = true;
    walk_references(walk, cursor);
    walk->in_template = outer;
}

void reference_name(Walk *walk, CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    if (walk->in_template)
        return;
    if (is_function_kind(clang_getCursorKind(target))) {
        uint32_t entity = entity_of(walk, target);
        uint32_t function = walk->entities.at[entity].function - 1;
        add_address(walk, cursor, function, false);
        fact_member_pointer(walk, cursor, target, function);
    } else if (walk->view->flags->language != LANGUAGE_CPP) {
        uint32_t entity = entity_of_reference(walk, target);
        if (entity)
            add_variable_use(walk, walk->entities.at[entity - 1].variable - 1);
    }
}

void asm_statement(Walk *walk, CXCursor statement)
{
    if (walk->collects_asm)
        clang_add_asm_statement(walk->view, statement, walk->features, walk->caller);
}

void register_variable(Walk *walk, CXCursor variable)
{
    if (walk->collects_asm)
        clang_add_register_variable(walk->view, variable, walk->caller);
}

// `a ?: b` shows its operand three times: of n in one another it would be 3^n.
static enum CXChildVisitResult reference_once(Walk *walk, CXCursor cursor)
{
    Children children = children_push(walk, cursor);
    for (uint32_t i = 0; i < children.n && children.repeats; i++)
        if (on_reference(child(walk, children, i), cursor, walk) == CXChildVisit_Recurse)
            walk_references(walk, child(walk, children, i));
    children_pop(walk, children);
    return children.repeats ? CXChildVisit_Continue : CXChildVisit_Recurse;
}

enum CXChildVisitResult on_reference(CXCursor cursor, CXCursor above, CXClientData owner)
{
    (void)above;
    Walk *walk = owner;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (is_function_kind(kind)) {
        if (walk->in_template)
            return CXChildVisit_Recurse;
        reference_function(walk, cursor);
        return CXChildVisit_Continue;
    }
    switch ((int)kind) {
    case CXCursor_FunctionTemplate:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
        reference_template(walk, cursor);
        return CXChildVisit_Continue;
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
        return walk->is_cpp && !walk->in_template && cpp_instantiation(walk, cursor)
                   ? CXChildVisit_Continue
                   : CXChildVisit_Recurse;
    case CXCursor_CallExpr:
        if (walk->in_template)
            return CXChildVisit_Recurse;
        reference_call(walk, cursor);
        return CXChildVisit_Continue;
    case CXCursor_DeclRefExpr:
        reference_name(walk, cursor);
        return CXChildVisit_Continue;
    case CXCursor_UnexposedExpr:
        return walk->is_cpp ? CXChildVisit_Recurse : reference_once(walk, cursor);
    case CXCursor_UnaryExpr: // sizeof, alignof: nothing in it is evaluated
    case CXCursor_CXXTypeidExpr:
    case CXCursor_RequiresExpr:
    case CXCursor_ConceptSpecializationExpr:
    case CXCursor_ConceptDecl:
    case CXCursor_StaticAssert:
    case CXCursor_ParmDecl:  // a default argument counts where it is used,
    case CXCursor_FieldDecl: // an initialiser in the constructors
        return CXChildVisit_Continue;
    case CXCursor_TypedefDecl: // of decltype, sizeof and constants alone
    case CXCursor_TypeAliasDecl:
    case CXCursor_TypeAliasTemplateDecl:
    case CXCursor_EnumConstantDecl:
        return walk->is_cpp ? CXChildVisit_Continue : CXChildVisit_Recurse;
    case CXCursor_GCCAsmStmt:
        asm_statement(walk, cursor);
        return CXChildVisit_Recurse;
    case CXCursor_VarDecl:
        register_variable(walk, cursor);
        if (!walk->is_cpp || walk->in_template)
            return CXChildVisit_Recurse;
        walk_cpp_variable(walk, cursor);
        return CXChildVisit_Continue;
    case CXCursor_UnexposedDecl:
        if (walk->in_document) {
            clang_add_file_scope_asm(walk->view, cursor);
            fact_pragma(walk, cursor);
        }
        return CXChildVisit_Recurse;
    default:
        return CXChildVisit_Recurse;
    }
}

void walk_references(Walk *walk, CXCursor cursor)
{
    clang_visitChildren(cursor, on_reference, walk);
}

// What clang folds away is still text that a person wrote for an assembler.
void collect_asm(Walk *walk, CXCursor cursor)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (!walk->in_document || !walk->collects_asm || walk->depth >= WALK_DEPTH_MAX)
        return;
    if (kind == CXCursor_GCCAsmStmt)
        asm_statement(walk, cursor);
    else if (kind == CXCursor_VarDecl)
        register_variable(walk, cursor);
    Children children = children_push(walk, cursor);
    walk->depth++;
    for (uint32_t i = 0; i < children.n; i++)
        collect_asm(walk, child(walk, children, i));
    walk->depth--;
    children_pop(walk, children);
}
