// One call: direct, through a pointer, of a builtin, of the run-time library.
//
// A call is direct for LLVM if the callee's type is the type that is called with: through
// a cast to an equal one, (&f)(x), (*f)(x); not where they differ, as with K&R
// declarations, nor through an alias (c-abi.md "Types", "Emission").
#include "codegen/frontend/clang_walk.h"

#include <string.h>

static CXType function_type(CXType type)
{
    type = clang_getCanonicalType(type);
    CXType pointee = clang_getPointeeType(type);
    return pointee.kind == CXType_Invalid ? type : clang_getCanonicalType(pointee);
}

static bool is_function_type(CXType type)
{
    return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto;
}

static bool is_noreturn_type(Walk *walk, CXType type)
{
    return clang_function_type(walk->types, type)->is_noreturn;
}

// What stands behind the fixed parameters.
void call_set_variadic(Walk *walk, Call *call, CXCursor cursor, uint32_t n_fixed)
{
    int n = clang_Cursor_getNumArguments(cursor);
    if (n < 0 || (uint32_t)n <= n_fixed)
        return;
    uint32_t n_variadic = (uint32_t)n - n_fixed;
    const AbiType **types = ARENA_ARRAY(walk->arena, const AbiType *, n_variadic);
    for (uint32_t i = 0; i < n_variadic; i++) {
        CXCursor argument = clang_Cursor_getArgument(cursor, n_fixed + i);
        types[i] = clang_type(walk->types, clang_getCursorType(argument));
    }
    call->variadic = types;
    call->n_variadic = n_variadic;
}

// The signature that a call without a prototype has: its arguments tell.
static const AbiSignature *signature_of_arguments(Walk *walk, CXCursor cursor,
                                                  CXType function)
{
    int n = clang_Cursor_getNumArguments(cursor);
    uint32_t n_arguments = n < 0 ? 0 : (uint32_t)n;
    CXType *types = ARENA_ARRAY(walk->arena, CXType, n_arguments + 1);
    for (uint32_t i = 0; i < n_arguments; i++)
        types[i] = clang_getCursorType(clang_Cursor_getArgument(cursor, i));
    return clang_call_signature(walk->types, clang_getResultType(function), types,
                                n_arguments);
}

static void set_call_type(Walk *walk, Call *call, CXCursor cursor, CXType function)
{
    const ClangFunctionType *known = clang_function_type(walk->types, function);
    call->signature = known->traits;
    if (function.kind == CXType_FunctionNoProto) {
        call->is_unprototyped = true;
        call->abi = signature_of_arguments(walk, cursor, function);
        call->low = clang_lower(walk->types, call->abi);
        return;
    }
    call->abi = known->abi;
    call->low = known->low;
    if (known->abi->is_variadic)
        call_set_variadic(walk, call, cursor, known->abi->n_parameters);
}

// In Microsoft's ABI the last comes first.
void walk_arguments(Walk *walk, Children children)
{
    bool is_reversed = walk->environment == ABI_ENVIRONMENT_MSVC;
    for (uint32_t i = 1; i < children.n; i++)
        walk_expression(walk, child(walk, children, is_reversed ? children.n - i : i));
}

bool is_noreturn(Walk *walk, uint32_t entity)
{
    const Entity *called = &walk->entities.at[entity];
    return called->attributes & ATTRIBUTE_NORETURN ||
           is_noreturn_type(walk, clang_getCursorType(called->canonical));
}

static void call_block(Walk *walk, Call *call)
{
    call->abi = block_signature(walk, call->abi);
    call->low = abi_is_known(call->abi) ? clang_lower(walk->types, call->abi) : NULL;
    call->target_abi = NULL; // what stands below a cast is a block, too
}

static void call_pointer(Walk *walk, CXCursor cursor, Children children, CXCursor peeled)
{
    CXCursor callee = child(walk, children, 0);
    CXType type = function_type(clang_getCursorType(callee));
    if (!is_function_type(type))
        type = function_type(clang_getCursorType(peeled));
    walk_expression(walk, callee);
    walk_arguments(walk, children);
    if (!is_function_type(type))
        return;
    Call *call = add_call(walk, cursor, CALLEE_UNKNOWN);
    if (call) {
        call->is_indirect = true;
        set_call_type(walk, call, cursor, type);
        CXType own = function_type(clang_getCursorType(peeled)); // below the casts
        if (own.kind == CXType_FunctionProto)
            call->target_abi = clang_function_type(walk->types, own)->abi;
        CXType pointer = clang_getCanonicalType(clang_getCursorType(callee));
        if (pointer.kind == CXType_BlockPointer)
            call_block(walk, call);
    }
    if (is_noreturn_type(walk, type))
        body_noreturn(walk);
}

static bool is_direct(const Function *callee, const Call *call)
{
    if (callee->is_alias)
        return false;
    if (!call->low || !callee->low)
        return !call->abi || !call->abi->is_unprototyped;
    return call->low == callee->low || low_equal(call->low, callee->low);
}

// __builtin_dump_struct(&object, print, ...): clang calls `print` for each member.
static bool call_printer(Walk *walk, CXCursor cursor, Children children, Str name)
{
    if (children.n < 3 || !str_eq(name, STR("__builtin_dump_struct")))
        return false;
    CXCursor peeled = peel(walk, child(walk, children, 2));
    CXCursor target = clang_getCursorReferenced(peeled);
    bool is_function = clang_getCursorKind(peeled) == CXCursor_DeclRefExpr &&
                       clang_getCursorKind(target) == CXCursor_FunctionDecl;
    for (uint32_t i = 1; i < children.n; i++)
        if (i != 2 || !is_function)
            walk_expression(walk, child(walk, children, i));
    if (!is_function)
        return true;
    uint32_t function = walk->entities.at[entity_of_reference(walk, target) - 1].function;
    Call *call = add_call(walk, cursor, function - 1);
    if (call) {
        call->abi = walk->view->unit->functions.at[function - 1].abi;
        call->low = walk->view->unit->functions.at[function - 1].low;
    }
    return true;
}

static Known call_function(Walk *walk, CXCursor cursor, Children children,
                           CXCursor peeled, uint32_t index, bool is_named)
{
    CXCursor target = clang_getCursorReferenced(peeled);
    CXType type = function_type(clang_getCursorType(child(walk, children, 0)));
    CXType own = clang_getCanonicalType(clang_getCursorType(target));
    const Entity *entity = &walk->entities.at[index];
    bool may_fold = is_named && (entity->is_builtin || !walk->no_builtins);
    if (may_fold && clang_Cursor_isNull(entity->definition) &&
        fold_call(walk, cursor, children, entity->is_builtin))
        return (Known){KNOWN_BY_CLANG, 0};
    if (is_named && entity->is_builtin) {
        if (walk->view->unit->functions.at[entity->function - 1].is_asked_about)
            api_call(walk, cursor, entity->function - 1);
        if (call_printer(walk, cursor, children,
                         walk->view->unit->functions.at[entity->function - 1].name))
            return (Known){0};
        Known known = call_builtin(walk, cursor, children, index);
        entity = &walk->entities.at[index];
        if (is_noreturn_type(walk, own) &&
            !builtin_has(walk->view->unit->functions.at[entity->function - 1].name,
                         GOES_ON))
            body_noreturn(walk);
        return known;
    }
    if (!is_function_type(type))
        type = own;
    walk_arguments(walk, children);
    entity = &walk->entities.at[index];
    Call *call = add_call(walk, cursor, entity->function - 1);
    if (call) {
        const Function *callee = &walk->view->unit->functions.at[entity->function - 1];
        set_call_type(walk, call, cursor, type);
        bool through_declaration =
            entity->is_unprototyped && clang_Cursor_isNull(entity->definition);
        call->is_indirect = through_declaration || entity->attributes & ATTRIBUTE_ALIAS ||
                            !is_direct(callee, call);
    }
    if (!is_noreturn(walk, index) && !is_noreturn_type(walk, type) &&
        !is_noreturn_type(walk, own))
        return (Known){0};
    body_noreturn(walk);
    return (Known){KNOWN_UNDEFINED, 0};
}

// `static f *const p = g;`: in C clang calls g itself, and p is not even read. Null: no
// such pointer.
static CXCursor constant_pointee(Walk *walk, CXCursor variable)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(variable));
    if (walk->is_cpp || clang_getCursorKind(variable) != CXCursor_VarDecl ||
        !clang_isConstQualifiedType(type) || clang_isVolatileQualifiedType(type))
        return clang_getNullCursor();
    CXCursor initialiser = clang_Cursor_getVarDeclInitializer(variable);
    if (clang_Cursor_isNull(initialiser)) // a tentative definition: another one has it
        initialiser =
            clang_Cursor_getVarDeclInitializer(clang_getCursorDefinition(variable));
    if (clang_Cursor_isNull(initialiser))
        return clang_getNullCursor();
    CXCursor peeled = peel(walk, initialiser);
    if (clang_getCursorKind(peeled) != CXCursor_DeclRefExpr)
        return clang_getNullCursor();
    CXCursor target = clang_getCursorReferenced(peeled);
    bool is_function = clang_getCursorKind(target) == CXCursor_FunctionDecl;
    return is_function ? peeled : clang_getNullCursor();
}

Known walk_call(Walk *walk, CXCursor call, Children children)
{
    CXCursor peeled = peel(walk, child(walk, children, 0));
    CXCursor target = clang_getNullCursor();
    if (clang_getCursorKind(peeled) == CXCursor_DeclRefExpr)
        target = clang_getCursorReferenced(peeled);
    CXCursor pointee = constant_pointee(walk, target);
    bool is_named = clang_Cursor_isNull(pointee);
    if (!is_named) {
        peeled = pointee;
        target = clang_getCursorReferenced(pointee);
    }
    if (clang_getCursorKind(target) == CXCursor_FunctionDecl)
        return call_function(walk, call, children, peeled,
                             entity_of_reference(walk, target) - 1, is_named);
    call_pointer(walk, call, children, peeled);
    return (Known){0};
}

void walk_library_call(Walk *walk, CXCursor at, Str name, Str letters)
{
    add_call(walk, at, library_function(walk, name, letters));
}
