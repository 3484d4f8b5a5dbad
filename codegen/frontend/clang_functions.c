// The top of the walk over a document: its functions, the variables with static storage,
// and what each refers to.
//
// A C document is walked as clang emits it at -O0 (c-abi.md "Emission"; clang_body.c). Of
// headers, the walk looks at what the document refers to, and at what that refers to.
// C++: the document's functions are walked in the order they stand in, then those of the
// project's headers and of templates' instances that they use.
// Functions and variables are known by their canonical cursor; functions of the run-time
// library, which no source declares, by name.
#include "codegen/frontend/clang_walk.h"

bool is_function_kind(enum CXCursorKind kind)
{
    return kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod ||
           kind == CXCursor_Constructor || kind == CXCursor_Destructor ||
           kind == CXCursor_ConversionFunction;
}

// --- Entities
// ------------------------------------------------------------------------------------

static void grow_slots(Walk *walk)
{
    uint32_t n_old = walk->n_slots;
    EntitySlot *old = walk->slots;
    walk->n_slots = n_old ? n_old * 2 : 256;
    walk->slots = ARENA_ARRAY(walk->arena, EntitySlot, walk->n_slots);
    for (uint32_t i = 0; i < n_old; i++) {
        if (!old[i].entity)
            continue;
        uint32_t at = clang_hashCursor(old[i].canonical) & (walk->n_slots - 1);
        while (walk->slots[at].entity)
            at = (at + 1) & (walk->n_slots - 1);
        walk->slots[at] = old[i];
    }
}

// The file that the name of a declaration stands in; NULL: in none.
static const ClangFile *name_place(Walk *walk, CXCursor cursor, Place *ret_place)
{
    ClangView *view = walk->view;
    uint32_t file, offset;
    if (!clang_point(view, clang_getCursorLocation(cursor), &file, &offset))
        return NULL;
    Str text = clang_file_text(view, file);
    uint32_t end = offset;
    while (end < text.len && is_word(text.at[end]))
        end++;
    *ret_place = clang_file_place(view, file, offset, end);
    return clang_file(view, file);
}

static void place_name(Walk *walk, CXCursor cursor, Function *function)
{
    const ClangFile *in = name_place(walk, cursor, &function->at);
    if (!in)
        return;
    function->in_document = in->is_document;
    function->is_visible = in->is_document || !in->is_system;
    function->is_third_party = in->is_third_party;
}

// Only of functions of the document: inlay hints and hover stand there. A name out of a
// macro is where the macro is used, and no name.
static void place_parameters(Walk *walk, CXCursor cursor, Function *function)
{
    const Unit *unit = walk->view->unit;
    int n = function->in_document ? clang_Cursor_getNumArguments(cursor) : 0;
    if (n > 0 && function->abi->is_member) // `this` comes first
        *LIST_PUSH(walk->arena, &function->parameters) = (Place){0};
    for (int i = 0; i < n; i++) {
        CXCursor parameter = clang_Cursor_getArgument(cursor, (unsigned)i);
        Str name = clang_str(walk->arena, clang_getCursorSpelling(parameter));
        Place at = {0};
        const ClangFile *in = name.len ? name_place(walk, parameter, &at) : NULL;
        uint32_t begin =
            in && in->is_document ? unit->lines.start[at.start.line] + at.start.byte : 0;
        bool is_name =
            begin && str_eq(str_sub(unit->text, begin, begin + name.len), name);
        *LIST_PUSH(walk->arena, &function->parameters) = is_name ? at : (Place){0};
    }
}

// The declaration that shows the signature: the definition, else what was referred to.
static void set_signature(Walk *walk, Entity *entity, CXCursor best)
{
    Function *function = &walk->view->unit->functions.at[entity->function - 1];
    CXType type = clang_getCursorType(best);
    entity->is_unprototyped = clang_getCanonicalType(type).kind == CXType_FunctionNoProto;
    bool is_method = clang_getCursorKind(best) == CXCursor_ConversionFunction ||
                     (clang_getCursorKind(best) == CXCursor_CXXMethod &&
                      !clang_CXXMethod_isStatic(best));
    const ClangFunctionType *shared = clang_function_type(walk->types, type);
    function->abi = clang_function_signature(walk->types, best);
    function->low = shared->low;
    function->signature = shared->traits;
    if (entity->is_unprototyped || function->abi->is_member)
        function->low = clang_lower(walk->types, function->abi);
    if (is_method)
        function->signature = clang_signature(walk->view, type, true);
}

// What becomes an instruction is no call and gets no thunk.
static bool is_intrinsic(const ClangView *view, const Function *function)
{
    static const Str headers[] = {
        STR_INIT("/arm_sve.h"), STR_INIT("/arm_sme.h"), STR_INIT("/arm_neon.h"),
        STR_INIT("/arm_neon_sve_bridge.h"), STR_INIT("/arm64ecd_softintrin.h")};
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

static bool may_be_builtin(const Walk *walk, Str name)
{
    for (uint32_t i = 0; i < walk->no_builtin.len; i++)
        if (str_eq(walk->no_builtin.at[i], name))
            return false;
    return !walk->no_builtins;
}

// A name that clang knows is first declared by itself. Where the source declares another
// type (`int labs(long)`), it is a name like others.
static bool has_known_type(const Entity *entity, CXCursor cursor)
{
    CXType known = clang_getCanonicalType(clang_getCursorType(entity->canonical));
    CXType own = clang_getCanonicalType(clang_getCursorType(cursor));
    int n = clang_getNumArgTypes(known);
    bool same = clang_equalTypes(clang_getCanonicalType(clang_getResultType(known)),
                                 clang_getCanonicalType(clang_getResultType(own)));
    if (own.kind != CXType_FunctionProto)
        return same;
    same &= n == clang_getNumArgTypes(own);
    for (int i = 0; i < n && same; i++)
        same =
            clang_equalTypes(clang_getCanonicalType(clang_getArgType(known, (unsigned)i)),
                             clang_getCanonicalType(clang_getArgType(own, (unsigned)i)));
    return same;
}

static void add_function(Walk *walk, Entity *entity, CXCursor cursor)
{
    Unit *unit = walk->view->unit;
    bool is_defined = !clang_Cursor_isNull(entity->definition);
    CXCursor best = is_defined ? entity->definition : cursor;
    enum CXLinkageKind linkage = clang_getCursorLinkage(entity->canonical);
    Function *function = LIST_PUSH(walk->arena, &unit->functions);
    entity->function = unit->functions.len;
    *function = (Function){
        .name = clang_str(walk->arena, clang_getCursorSpelling(cursor)),
        .is_internal =
            linkage == CXLinkage_Internal || linkage == CXLinkage_UniqueExternal,
        .is_inline = clang_Cursor_isFunctionInlined(best) != 0 ||
                     !clang_Cursor_isNull(clang_getSpecializedCursorTemplate(best)),
    };
    function->is_asked_about = api_is_asked_about(function->name);
    bool is_reserved = builtin_is_reserved(function->name);
    if (!function->is_internal && (is_reserved || may_be_builtin(walk, function->name)))
        entity->builtin = builtin_find(walk, function->name);
    entity->is_builtin = entity->builtin || is_reserved;
    place_name(walk, is_defined ? best : entity->canonical, function);
    name_place(walk, entity->canonical, &function->declared);
    function->is_internal |= is_of_lambda(unit, function);
    set_signature(walk, entity, best);
    place_parameters(walk, is_defined ? best : entity->canonical, function);
    if (is_intrinsic(walk->view, function)) {
        function->signature = (Signature){0};
        entity->is_builtin = true;
    }
}

static void add_variable(Walk *walk, Entity *entity, CXCursor cursor)
{
    Unit *unit = walk->view->unit;
    Variable *variable = LIST_PUSH(walk->arena, &unit->variables);
    entity->variable = unit->variables.len;
    variable->name = clang_str(walk->arena, clang_getCursorSpelling(cursor));
}

// What the source gives another type or symbol is not what clang knows.
static void check_builtin(Walk *walk, Entity *entity, CXCursor cursor)
{
    const Function *function = &walk->view->unit->functions.at[entity->function - 1];
    if (!entity->builtin || walk->is_cpp || builtin_is_reserved(function->name))
        return;
    if (has_known_type(entity, cursor) && !(entity->attributes & ATTRIBUTE_LABEL) &&
        renamed(walk, entity).len == 0)
        return;
    entity->builtin = NULL;
    entity->is_builtin = false;
}

static uint32_t add_entity(Walk *walk, CXCursor cursor, CXCursor canonical, uint32_t slot)
{
    Entity *entity = LIST_PUSH(walk->arena, &walk->entities);
    uint32_t index = walk->entities.len - 1;
    CXCursor definition = clang_getCursorDefinition(cursor);
    walk->n_used++;
    walk->slots[slot] = (EntitySlot){canonical, index + 1};
    *entity = (Entity){.canonical = canonical, .definition = definition};
    if (is_function_kind(clang_getCursorKind(cursor)))
        add_function(walk, entity, cursor);
    else
        add_variable(walk, entity, cursor);
    linkage_read(walk, entity, canonical);
    if (!clang_equalCursors(cursor, canonical))
        linkage_read(walk, entity, cursor);
    if (!clang_Cursor_isNull(definition) && !clang_equalCursors(definition, canonical) &&
        !clang_equalCursors(definition, cursor))
        linkage_read(walk, entity, definition);
    if (entity->function)
        check_builtin(walk, entity, cursor);
    return index;
}

// Index in walk->entities.
uint32_t entity_of(Walk *walk, CXCursor declaration)
{
    if (walk->n_used * 2 >= walk->n_slots)
        grow_slots(walk);
    CXCursor canonical = clang_getCanonicalCursor(declaration);
    uint32_t at = clang_hashCursor(canonical) & (walk->n_slots - 1);
    for (; walk->slots[at].entity; at = (at + 1) & (walk->n_slots - 1))
        if (clang_equalCursors(walk->slots[at].canonical, canonical))
            return walk->slots[at].entity - 1;
    return add_entity(walk, declaration, canonical, at);
}

// Index + 1; 0 for what is no function and has no static storage.
uint32_t entity_of_reference(Walk *walk, CXCursor referenced)
{
    enum CXCursorKind kind = clang_getCursorKind(referenced);
    if (kind == CXCursor_VarDecl ? !clang_Cursor_hasVarDeclGlobalStorage(referenced)
                                 : !is_function_kind(kind))
        return 0;
    uint32_t index = entity_of(walk, referenced);
    Entity *entity = &walk->entities.at[index];
    // `int f();` tells less than a later `int f(int);`.
    if (entity->is_unprototyped && entity->function &&
        clang_Cursor_isNull(entity->definition) &&
        clang_getCanonicalType(clang_getCursorType(referenced)).kind ==
            CXType_FunctionProto)
        set_signature(walk, entity, referenced);
    return index + 1;
}

// File-scope names are few where this is asked: aliases and cleanup attributes.
uint32_t entity_by_name(Walk *walk, Str name)
{
    const Unit *unit = walk->view->unit;
    for (uint32_t i = 0; i < walk->entities.len; i++) {
        const Entity *entity = &walk->entities.at[i];
        Str own = entity->function ? unit->functions.at[entity->function - 1].name
                                   : unit->variables.at[entity->variable - 1].name;
        if (str_eq(own, name))
            return i + 1;
    }
    return 0;
}

uint32_t library_function(Walk *walk, Str name, Str letters)
{
    Unit *unit = walk->view->unit;
    for (uint32_t i = 0; i < unit->functions.len; i++)
        if (str_eq(unit->functions.at[i].name, name) &&
            !unit->functions.at[i].is_internal && unit->functions.at[i].label.len == 0)
            return i;
    const AbiSignature *abi = clang_library_signature(walk->types, letters);
    Function *function = LIST_PUSH(walk->arena, &unit->functions);
    *function = (Function){.name = name,
                           .symbol = name,
                           .label = STR(""),
                           .abi = abi,
                           .low = clang_lower(walk->types, abi)};
    return unit->functions.len - 1;
}

// --- References
// ----------------------------------------------------------------------------------

Call *add_call(Walk *walk, CXCursor at, uint32_t callee)
{
    Unit *unit = walk->view->unit;
    Call call = {.caller = walk->variable ? CALLER_FILE_SCOPE : walk->caller,
                 .callee = callee,
                 .variable = walk->variable,
                 .is_reachable = true};
    if (!clang_place(walk->view, clang_getCursorExtent(at), &call.at))
        return NULL;
    Call *added = LIST_PUSH(walk->arena, &unit->calls);
    *added = call;
    uint32_t block = walk->variable ? 0 : walk->body.block;
    *LIST_PUSH(walk->arena, &walk->body.call_blocks) =
        (CallBlock){unit->calls.len - 1, block};
    if (callee != CALLEE_UNKNOWN && unit->functions.at[callee].is_asked_about)
        api_call(walk, at, callee);
    return added;
}

void add_address(Walk *walk, CXCursor at, uint32_t callee, bool is_mention)
{
    Call *use = add_call(walk, at, callee);
    if (!use)
        return;
    use->takes_address = true;
    use->is_mention = is_mention;
}

void add_variable_use(Walk *walk, uint32_t variable)
{
    *LIST_PUSH(walk->arena, &walk->view->unit->variable_uses) =
        (VariableUse){.function = walk->variable ? CALLER_FILE_SCOPE : walk->caller,
                      .in_variable = walk->variable,
                      .variable = variable};
}

typedef struct Pushed {
    Walk *walk;
    Children children;
} Pushed;

static enum CXChildVisitResult on_child(CXCursor cursor, CXCursor above,
                                        CXClientData owner)
{
    (void)above;
    Pushed *pushed = owner;
    Walk *walk = pushed->walk;
    Children *children = &pushed->children;
    uint32_t n = walk->stack.len - children->base;
    if (n && clang_equalCursors(walk->stack.at[walk->stack.len - 1], cursor)) {
        children->repeats = true;
        return CXChildVisit_Continue;
    }
    *LIST_PUSH(walk->arena, &walk->stack) = cursor;
    return CXChildVisit_Continue;
}

Children children_push(Walk *walk, CXCursor cursor)
{
    Pushed pushed = {walk, {.base = walk->stack.len}};
    clang_visitChildren(cursor, on_child, &pushed);
    pushed.children.n = walk->stack.len - pushed.children.base;
    return pushed.children;
}

void children_pop(Walk *walk, Children children)
{
    walk->stack.len = children.base;
}

// --- C
// -------------------------------------------------------------------------------------------

// Declarations of the document, and what its headers behind the preamble define.
static enum CXChildVisitResult on_top(CXCursor cursor, CXCursor above, CXClientData owner)
{
    (void)above;
    Walk *walk = owner;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    bool in_document = clang_Location_isFromMainFile(clang_getCursorLocation(cursor));
    bool is_variable = kind == CXCursor_VarDecl;
    if (in_document && kind == CXCursor_UnexposedDecl)
        clang_add_file_scope_asm(walk->view, cursor);
    if (kind == CXCursor_UnexposedDecl)
        fact_pragma(walk, cursor);
    if (in_document && is_variable)
        register_variable(walk, cursor);
    if (kind != CXCursor_FunctionDecl && !is_variable)
        return CXChildVisit_Continue;
    if (!in_document && !clang_isCursorDefinition(cursor))
        return CXChildVisit_Continue;
    uint32_t n_known = walk->entities.len;
    uint32_t entity = entity_of(walk, cursor);
    if (walk->entities.len == n_known)
        linkage_read(walk, &walk->entities.at[entity], cursor);
    return CXChildVisit_Continue;
}

static void walk_entity(Walk *walk, uint32_t index)
{
    Entity *entity = &walk->entities.at[index];
    CXCursor definition = entity->definition;
    if (entity->is_walked || clang_Cursor_isNull(definition))
        return;
    const Function *function =
        entity->function ? &walk->view->unit->functions.at[entity->function - 1] : NULL;
    bool is_visible = function && function->is_visible;
    if (walk->is_cpp && !is_visible)
        return;
    entity->is_walked = true;
    walk->within = definition;
    walk->in_document =
        clang_Location_isFromMainFile(clang_getCursorLocation(definition)) != 0;
    bool is_instance =
        !clang_Cursor_isNull(clang_getSpecializedCursorTemplate(definition));
    walk->collects_asm = is_visible && !(is_instance && walk->in_document);
    walk->caller = function ? entity->function - 1 : CALLER_FILE_SCOPE;
    walk->variable = entity->variable;
    walk->n_blocks = 0;
    walk->features = walk->collects_asm ? linkage_features(walk, definition) : STR("");
    if (walk->is_cpp)
        walk_cpp_function(walk, definition);
    else if (function)
        walk_body(walk, definition);
    else
        walk_initialiser(walk, definition);
    walk->variable = 0;
    walk->caller = CALLER_FILE_SCOPE;
}

static void walk_entities(Walk *walk)
{
    for (uint32_t i = 0; i < walk->entities.len; i++) // grows while it is walked
        walk_entity(walk, i);
}

static void walk_c(Walk *walk)
{
    clang_visitChildren(clang_getTranslationUnitCursor(walk->view->tu), on_top, walk);
    walk_entities(walk);
}

// --- C++
// -----------------------------------------------------------------------------------------

// What included files behind the preamble define for good: a unity build's sources.
static enum CXChildVisitResult on_included(CXCursor cursor, CXCursor above,
                                           CXClientData owner)
{
    (void)above;
    Walk *walk = owner;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)))
        return CXChildVisit_Continue;
    if (kind == CXCursor_UnexposedDecl)
        fact_pragma(walk, cursor);
    if (kind == CXCursor_Namespace || kind == CXCursor_LinkageSpec)
        return CXChildVisit_Recurse;
    if (is_function_kind(kind) && clang_isCursorDefinition(cursor) &&
        !clang_Cursor_isFunctionInlined(cursor))
        entity_of(walk, cursor);
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult on_top_cpp(CXCursor cursor, CXCursor above,
                                          CXClientData owner)
{
    Walk *walk = owner;
    if (!clang_Location_isFromMainFile(clang_getCursorLocation(cursor))) {
        if (on_included(cursor, above, walk) == CXChildVisit_Recurse)
            clang_visitChildren(cursor, on_included, walk);
        return CXChildVisit_Continue;
    }
    walk->caller = CALLER_FILE_SCOPE;
    if (on_reference(cursor, above, walk) == CXChildVisit_Recurse)
        walk_references(walk, cursor);
    return CXChildVisit_Continue;
}

// The document's functions, then what they use of headers and of templates' instances.
static void walk_cpp(Walk *walk)
{
    clang_visitChildren(clang_getTranslationUnitCursor(walk->view->tu), on_top_cpp, walk);
    walk_entities(walk);
}

static void read_flags(Walk *walk)
{
    const Flags *flags = walk->view->flags;
    for (uint32_t i = 0; i < flags->args.len; i++) {
        Str flag = flags->args.at[i];
#define WALK_OPTION(name, member, value)                                                 \
    if (str_eq(flag, STR(name)))                                                         \
        walk->member = value;
#include "codegen/frontend/walk_options.def"
#undef WALK_OPTION
        if (str_starts(flag, STR("-fno-builtin-")))
            *LIST_PUSH(walk->arena, &walk->no_builtin) =
                str_from(flag, STR("-fno-builtin-").len);
    }
}

void clang_collect_functions(ClangView *view)
{
    Walk walk = {.view = view,
                 .within = clang_getNullCursor(),
                 .generics = {.within = clang_getNullCursor()},
                 .asm_labels = {.within = clang_getNullCursor()},
                 .arena = view->unit->arena,
                 .types = clang_types_open(view),
                 .caller = CALLER_FILE_SCOPE,
                 .in_document = true,
                 .collects_asm = true,
                 .features = STR("")};
    walk.environment = str_ends(view->unit->target, STR("msvc")) ? ABI_ENVIRONMENT_MSVC
                                                                 : ABI_ENVIRONMENT_GNU;
    walk.is_cpp = view->flags->language == LANGUAGE_CPP;
    walk.exceptions = walk.is_cpp;
    walk.math_errno = true;
    read_flags(&walk);
    instrument_read(&walk);
    renames_read(&walk);
    grow_slots(&walk);
    if (walk.is_cpp)
        walk_cpp(&walk);
    else
        walk_c(&walk);
    linkage_settle_all(&walk);
}
