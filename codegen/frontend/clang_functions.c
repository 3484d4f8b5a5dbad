// One walk over the document's declarations and bodies: functions, references between
// them, asm statements, register variables.
//
// A function is known by its canonical cursor. The walk looks only at what the document
// itself holds; of a header's functions it learns name and signature when they are used.
// Bodies of uninstantiated templates are no code and give no references, but their asm
// text is code whatever the types will be.
#include "codegen/frontend/clang_unit.h"

typedef struct Slot {
    CXCursor canonical;
    uint32_t function; // index + 1; 0: free
} Slot;

typedef struct Walk {
    ClangView *view;
    Slot *slots; // open addressing by clang_hashCursor
    uint32_t n_slots, n_used;
    uint32_t caller; // index of the function whose body is walked, or CALLER_FILE_SCOPE
    bool in_template;
    Str features;
} Walk;

static bool is_function(enum CXCursorKind kind)
{
    return kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod ||
           kind == CXCursor_Constructor || kind == CXCursor_Destructor ||
           kind == CXCursor_ConversionFunction;
}

typedef struct Attributes {
    bool unexposed, dllimport, dllexport;
    Str label;
    Arena *arena;
} Attributes;

static enum CXChildVisitResult on_attribute(CXCursor cursor, CXCursor above,
                                            CXClientData owner)
{
    (void)above;
    Attributes *attributes = owner;
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_UnexposedAttr:
        attributes->unexposed = true;
        break;
    case CXCursor_DLLImport:
        attributes->dllimport = true;
        break;
    case CXCursor_DLLExport:
        attributes->dllexport = true;
        break;
    case CXCursor_AsmLabelAttr:
        attributes->label = clang_str(attributes->arena, clang_getCursorSpelling(cursor));
        break;
    default:
        break;
    }
    return CXChildVisit_Continue;
}

// libclang has no kind for most attributes; the pretty printer shows them, also through
// macros (c-abi.md).
static Str declaration_text(Arena *arena, CXCursor cursor)
{
    CXPrintingPolicy policy = clang_getCursorPrintingPolicy(cursor);
    clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
    Str text = clang_str(arena, clang_getCursorPrettyPrinted(cursor, policy));
    clang_PrintingPolicy_dispose(policy);
    return text;
}

// target("sve,+crypto") -> "+sve,+crypto"
static Str target_features(Arena *arena, Str declaration)
{
    size_t at = str_find(declaration, STR("target(\""));
    if (at == declaration.len)
        return STR("");
    Str list = str_from(declaration, at + 8), features = STR("");
    list = str_sub(list, 0, str_find_char(list, '"'));
    while (list.len) {
        size_t comma = str_find_char(list, ',');
        Str one = str_trim(str_sub(list, 0, comma));
        list = str_from(list, comma + 1);
        if (one.len == 0 || str_has(one, STR("=")))
            continue;
        const char *sign = one.at[0] == '+' || one.at[0] == '-' ? "" : "+";
        features = arena_format(arena, "%.*s%s%s%.*s", STR_ARG(features),
                                features.len ? "," : "", sign, STR_ARG(one));
    }
    return features;
}

static void read_attributes(Walk *walk, CXCursor cursor, Function *function,
                            Str *ret_features)
{
    Arena *arena = walk->view->unit->arena;
    if (!clang_Cursor_hasAttrs(cursor))
        return;
    Attributes attributes = {.arena = arena};
    clang_visitChildren(cursor, on_attribute, &attributes);
    function->is_dllimport |= attributes.dllimport;
    function->is_pinned |= attributes.dllexport;
    if (attributes.label.len)
        function->label = attributes.label;
    if (!attributes.unexposed)
        return;
    Str text = declaration_text(arena, cursor);
    function->is_hybrid_patchable |= str_has(text, STR("hybrid_patchable"));
    function->is_pinned |= str_has(text, STR("((used")) ||
                           str_has(text, STR("((constructor")) ||
                           str_has(text, STR("((destructor"));
    if (ret_features)
        *ret_features = target_features(arena, text);
}

static void grow_slots(Walk *walk)
{
    uint32_t n_old = walk->n_slots;
    Slot *old = walk->slots;
    walk->n_slots = n_old ? n_old * 2 : 256;
    walk->slots = ARENA_ARRAY(walk->view->unit->arena, Slot, walk->n_slots);
    for (uint32_t i = 0; i < n_old; i++) {
        if (!old[i].function)
            continue;
        uint32_t at = clang_hashCursor(old[i].canonical) & (walk->n_slots - 1);
        while (walk->slots[at].function)
            at = (at + 1) & (walk->n_slots - 1);
        walk->slots[at] = old[i];
    }
}

static void place_name(Walk *walk, CXCursor cursor, Function *function)
{
    ClangView *view = walk->view;
    CXSourceLocation at = clang_getCursorLocation(cursor);
    uint32_t file, offset;
    if (!clang_point(view, at, &file, &offset))
        return;
    const ClangFile *in = clang_file(view, file);
    Str text = in->text;
    uint32_t end = offset;
    while (end < text.len && is_word(text.at[end]))
        end++;
    function->at = clang_file_place(view, file, offset, end);
    function->in_document = in->is_document;
    function->is_visible = in->is_document || !in->is_system;
}

// What becomes an instruction is no call and gets no thunk.
static bool is_intrinsic(const ClangView *view, const Function *function)
{
    static const Str headers[] = {STR_INIT("/arm_sve.h"), STR_INIT("/arm_sme.h"),
                                  STR_INIT("/arm_neon.h"),
                                  STR_INIT("/arm_neon_sve_bridge.h")};
    Str path = view->unit->paths.at[function->at.path];
    if (str_starts(function->name, STR("__builtin_")))
        return true;
    for (size_t i = 0; i < COUNTOF(headers); i++)
        if (str_ends(path, headers[i]))
            return true;
    return false;
}

// libclang gives a lambda's class no name; its call operator stands at the '['.
static bool is_of_lambda(const Unit *unit, const Function *function)
{
    if (!function->in_document || !str_eq(function->name, STR("operator()")))
        return false;
    uint32_t at = unit->lines.start[function->at.start.line] + function->at.start.byte;
    return at < unit->text.len && unit->text.at[at] == '[';
}

static bool is_instance_method(CXCursor function)
{
    enum CXCursorKind kind = clang_getCursorKind(function);
    return kind == CXCursor_ConversionFunction ||
           (kind == CXCursor_CXXMethod && !clang_CXXMethod_isStatic(function));
}

static uint32_t add_function(Walk *walk, CXCursor cursor, CXCursor canonical)
{
    Unit *unit = walk->view->unit;
    CXCursor definition = clang_getCursorDefinition(cursor);
    bool is_defined = !clang_Cursor_isNull(definition);
    CXCursor best = is_defined ? definition : canonical;
    enum CXLinkageKind linkage = clang_getCursorLinkage(canonical);
    Function *function = LIST_PUSH(unit->arena, &unit->functions);
    *function = (Function){
        .name = clang_str(unit->arena, clang_getCursorSpelling(cursor)),
        .signature = clang_signature(walk->view, clang_getCursorType(best),
                                     is_instance_method(best)),
        .is_defined = is_defined,
        .is_internal = linkage == CXLinkage_Internal ||
                       linkage == CXLinkage_UniqueExternal ||
                       linkage == CXLinkage_NoLinkage,
        .is_inline = clang_Cursor_isFunctionInlined(best) != 0 ||
                     !clang_Cursor_isNull(clang_getSpecializedCursorTemplate(best)),
    };
    place_name(walk, best, function);
    function->is_internal |= is_of_lambda(unit, function);
    if (is_intrinsic(walk->view, function))
        function->signature = (Signature){0};
    read_attributes(walk, canonical, function, NULL);
    if (!clang_equalCursors(best, canonical))
        read_attributes(walk, best, function, NULL);
    return unit->functions.len - 1;
}

static uint32_t function_of(Walk *walk, CXCursor cursor)
{
    if (walk->n_used * 2 >= walk->n_slots)
        grow_slots(walk);
    CXCursor canonical = clang_getCanonicalCursor(cursor);
    uint32_t at = clang_hashCursor(canonical) & (walk->n_slots - 1);
    for (; walk->slots[at].function; at = (at + 1) & (walk->n_slots - 1))
        if (clang_equalCursors(walk->slots[at].canonical, canonical))
            return walk->slots[at].function - 1;
    walk->n_used++;
    uint32_t function = add_function(walk, cursor, canonical);
    walk->slots[at] = (Slot){canonical, function + 1};
    return function;
}

static Call *add_call(Walk *walk, CXCursor cursor, uint32_t callee)
{
    Unit *unit = walk->view->unit;
    Call call = {.caller = walk->caller, .callee = callee};
    if (!clang_place(walk->view, clang_getCursorExtent(cursor), &call.at))
        return NULL;
    Call *added = LIST_PUSH(unit->arena, &unit->calls);
    *added = call;
    return added;
}

static enum CXChildVisitResult on_cursor(CXCursor cursor, CXCursor above,
                                         CXClientData owner);

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
        return CXChildVisit_Continue; // an operator's name, which stands behind its
                                      // object
    if (on_cursor(cursor, above, children->walk) == CXChildVisit_Recurse)
        clang_visitChildren(cursor, on_cursor, children->walk);
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult on_first_child(CXCursor cursor, CXCursor above,
                                              CXClientData owner)
{
    (void)above;
    *(CXCursor *)owner = cursor;
    return CXChildVisit_Break;
}

static CXType callee_type(CXCursor call)
{
    CXCursor first = clang_getNullCursor();
    clang_visitChildren(call, on_first_child, &first);
    CXType type = clang_getCanonicalType(clang_getCursorType(first));
    CXType pointee = clang_getPointeeType(type);
    return pointee.kind == CXType_Invalid ? type : pointee;
}

static void walk_call(Walk *walk, CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    bool direct = is_function(clang_getCursorKind(target));
    if (direct) {
        add_call(walk, cursor, function_of(walk, target));
    } else {
        CXType type = callee_type(cursor);
        if (type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto) {
            Signature signature = clang_signature(walk->view, type, false);
            Call *call = signature.traits ? add_call(walk, cursor, CALLEE_UNKNOWN) : NULL;
            if (call)
                call->signature = signature;
        }
    }
    CallChildren children = {
        walk, 0, direct && clang_getCursorKind(target) == CXCursor_FunctionDecl, target};
    clang_visitChildren(cursor, on_call_child, &children);
}

static void walk_function(Walk *walk, CXCursor cursor)
{
    Walk outer = *walk;
    uint32_t function = function_of(walk, cursor);
    if (clang_isCursorDefinition(cursor)) {
        Str features = STR("");
        read_attributes(walk, cursor, &walk->view->unit->functions.at[function],
                        &features);
        walk->caller = function;
        walk->features = features;
    }
    clang_visitChildren(cursor, on_cursor, walk);
    walk->caller = outer.caller;
    walk->features = outer.features;
}

static void walk_template(Walk *walk, CXCursor cursor)
{
    bool outer = walk->in_template;
    walk->in_template = true;
    clang_visitChildren(cursor, on_cursor, walk);
    walk->in_template = outer;
}

// The parts of an if or ?: in order, at most four.
typedef struct Parts {
    CXCursor at[4];
    uint32_t len;
    bool is_constant; // of the visit that looks into a condition
} Parts;

static enum CXChildVisitResult on_part(CXCursor cursor, CXCursor above,
                                       CXClientData owner)
{
    (void)above;
    Parts *parts = owner;
    if (parts->len < COUNTOF(parts->at))
        parts->at[parts->len++] = cursor;
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult on_condition(CXCursor cursor, CXCursor above,
                                            CXClientData owner)
{
    (void)above;
    Parts *parts = owner;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_CallExpr || kind == CXCursor_DeclRefExpr ||
        kind == CXCursor_MemberRefExpr) {
        parts->is_constant = false;
        return CXChildVisit_Break;
    }
    return CXChildVisit_Recurse;
}

// libclang's evaluator passes over side effects, so only literals and operators count.
static bool fold(CXCursor condition, bool *ret_value)
{
    Parts parts = {.is_constant = true};
    if (on_condition(condition, condition, &parts) == CXChildVisit_Break)
        return false;
    clang_visitChildren(condition, on_condition, &parts);
    CXEvalResult value = parts.is_constant ? clang_Cursor_Evaluate(condition) : NULL;
    bool is_int = value && clang_EvalResult_getKind(value) == CXEval_Int;
    if (is_int)
        *ret_value = clang_EvalResult_getAsLongLong(value) != 0;
    clang_EvalResult_dispose(value);
    return is_int;
}

// `if (0) f();` makes no call. False: nothing is known, walk all of it.
static bool walk_folded_if(Walk *walk, CXCursor cursor)
{
    Parts parts = {0};
    bool value;
    clang_visitChildren(cursor, on_part, &parts);
    if (parts.len < 2 || parts.len > 3 || !fold(parts.at[0], &value))
        return false;
    uint32_t taken = value ? 1 : 2;
    if (taken < parts.len &&
        on_cursor(parts.at[taken], cursor, walk) == CXChildVisit_Recurse)
        clang_visitChildren(parts.at[taken], on_cursor, walk);
    return true;
}

static enum CXChildVisitResult on_cursor(CXCursor cursor, CXCursor above,
                                         CXClientData owner)
{
    (void)above;
    Walk *walk = owner;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (is_function(kind)) {
        if (walk->in_template)
            return CXChildVisit_Recurse;
        walk_function(walk, cursor);
        return CXChildVisit_Continue;
    }
    switch ((int)kind) {
    case CXCursor_FunctionTemplate:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
        walk_template(walk, cursor);
        return CXChildVisit_Continue;
    case CXCursor_CallExpr:
        if (walk->in_template)
            return CXChildVisit_Recurse;
        walk_call(walk, cursor);
        return CXChildVisit_Continue;
    case CXCursor_DeclRefExpr: {
        CXCursor target = clang_getCursorReferenced(cursor);
        if (!walk->in_template && is_function(clang_getCursorKind(target))) {
            Call *use = add_call(walk, cursor, function_of(walk, target));
            if (use)
                use->takes_address = true;
        }
        return CXChildVisit_Continue;
    }
    case CXCursor_UnaryExpr: // sizeof, alignof: nothing in it is evaluated
    case CXCursor_CXXTypeidExpr:
    case CXCursor_StaticAssert:
    case CXCursor_ParmDecl:  // a default argument counts where it is used,
    case CXCursor_FieldDecl: // an initialiser in the constructors
        return CXChildVisit_Continue;
    case CXCursor_ConditionalOperator:
    case CXCursor_IfStmt:
        return walk_folded_if(walk, cursor) ? CXChildVisit_Continue
                                            : CXChildVisit_Recurse;
    case CXCursor_GCCAsmStmt:
        clang_add_asm_statement(walk->view, cursor, walk->features);
        return CXChildVisit_Recurse;
    case CXCursor_VarDecl:
        clang_add_register_variable(walk->view, cursor);
        return CXChildVisit_Recurse;
    case CXCursor_UnexposedDecl:
        clang_add_file_scope_asm(walk->view, cursor);
        return CXChildVisit_Recurse;
    default:
        return CXChildVisit_Recurse;
    }
}

static enum CXChildVisitResult on_top(CXCursor cursor, CXCursor above, CXClientData owner)
{
    if (!clang_Location_isFromMainFile(clang_getCursorLocation(cursor)))
        return CXChildVisit_Continue;
    Walk *walk = owner;
    walk->caller = CALLER_FILE_SCOPE;
    if (on_cursor(cursor, above, walk) == CXChildVisit_Recurse)
        clang_visitChildren(cursor, on_cursor, walk);
    return CXChildVisit_Continue;
}

void clang_collect_functions(ClangView *view)
{
    Walk walk = {.view = view, .caller = CALLER_FILE_SCOPE, .features = STR("")};
    grow_slots(&walk);
    clang_visitChildren(clang_getTranslationUnitCursor(view->tu), on_top, &walk);
}
