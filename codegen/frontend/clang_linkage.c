// What the redeclarations of a function or variable say about it together, and what clang
// makes of that: emitted always, if used, or only inside callers.
//
// libclang has no kind for most attributes; the pretty printer shows them, also through
// macros, but not those that a redeclaration inherits (c-abi.md). So each redeclaration
// that the walk meets is read. Inline: C17 6.7.4 p7 in the GNU environment, linkonce in
// Microsoft's, where any `extern` makes a definition (clang, ASTContext's
// GetGVALinkageForFunction).
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_older.h"
#include "codegen/frontend/clang_walk.h"

typedef struct Attributes {
    uint32_t bits;
    bool unexposed;
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
        attributes->bits |= ATTRIBUTE_DLLIMPORT;
        break;
    case CXCursor_DLLExport:
        attributes->bits |= ATTRIBUTE_DLLEXPORT;
        break;
    case CXCursor_AsmLabelAttr:
        attributes->bits |= ATTRIBUTE_LABEL;
        break;
    case CXCursor_AnnotateAttr:
        attributes->bits |= ATTRIBUTE_ANNOTATE;
        break;
    case CXCursor_CompoundStmt: // attributes stand before the body
        return CXChildVisit_Break;
    default:
        break;
    }
    return CXChildVisit_Continue;
}

static Str declaration_text(Arena *arena, CXCursor cursor)
{
    CXPrintingPolicy policy = clang_getCursorPrintingPolicy(cursor);
    clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
    Str text = clang_str(arena, clang_getCursorPrettyPrinted(cursor, policy));
    clang_PrintingPolicy_dispose(policy);
    return text;
}

// The same with blanks within string literals: what annotate("used") says is no
// attribute.
Str without_strings(Arena *arena, Str text)
{
    Str copy = arena_str(arena, text);
    char *bytes = arena_z(arena, text);
    CLexer lexer;
    c_lexer_init(&lexer, copy);
    for (;;) {
        CToken token = c_lexer_next(&lexer);
        if (token.kind == C_END)
            return (Str){bytes, text.len};
        for (uint32_t i = token.begin; token.kind == C_STRING && i < token.end; i++)
            if (bytes[i] != '"')
                bytes[i] = ' ';
    }
}

// target("sve,+crypto") -> "+sve,+crypto"
static Str target_features(Arena *arena, Str declaration)
{
    size_t at = str_find(without_strings(arena, declaration), STR("target(\""));
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

Str linkage_features(Walk *walk, CXCursor definition)
{
    if (!clang_Cursor_hasAttrs(definition))
        return STR("");
    Attributes attributes = {0};
    clang_visitChildren(definition, on_attribute, &attributes);
    if (!attributes.unexposed)
        return STR("");
    return target_features(walk->arena, declaration_text(walk->arena, definition));
}

static bool has_whole_word(Str text, Str word)
{
    for (Str rest = text;;) {
        size_t at = str_find(rest, word), end = at + word.len;
        if (at == rest.len)
            return false;
        bool starts = !is_word(word.at[0]) || at == 0 || !is_word(rest.at[at - 1]);
        if (starts && (end == rest.len || !is_word(rest.at[end])))
            return true;
        rest = str_from(rest, end);
    }
}

// Of a text without strings.
static uint32_t attributes_in_text(Str text)
{
    static const struct {
        Str word;
        uint32_t bits;
    } rows[] = {
#define ATTRIBUTE(word, bits) {STR_INIT(word), bits},
#include "codegen/frontend/attributes.def"
#undef ATTRIBUTE
    };
    uint32_t bits = 0;
    for (size_t i = 0; i < COUNTOF(rows); i++)
        if (has_whole_word(text, rows[i].word))
            bits |= rows[i].bits;
    return bits;
}

// weakref("x") prints as alias("x") beside weakref("").
static uint32_t read_target(Arena *arena, Str text, Str words, Str *ret_target)
{
    Str rest = str_from(text, str_find(words, STR("alias(\"")));
    if (rest.len == 0)
        return 0;
    rest = str_from(rest, 7);
    *ret_target = arena_str(arena, str_sub(rest, 0, str_find_char(rest, '"')));
    return str_has(words, STR("weakref(")) ? ATTRIBUTE_WEAKREF : ATTRIBUTE_ALIAS;
}

static Str written_target(Arena *arena, Str text, Str words)
{
    Str rest = str_from(text, str_find(words, STR("target(\"")) + 8);
    return arena_str(arena, str_sub(rest, 0, str_find_char(rest, '"')));
}

static void read_attributes(Walk *walk, Entity *entity, CXCursor cursor, bool has_keyword)
{
    Attributes attributes = {0};
    Str text = STR(""), words = STR("");
    if (clang_Cursor_hasAttrs(cursor))
        clang_visitChildren(cursor, on_attribute, &attributes);
    bool is_function = entity->function != 0;
    if (attributes.unexposed || has_keyword)
        text = declaration_text(walk->arena, cursor);
    words = without_strings(walk->arena, text);
    if (attributes.unexposed) {
        attributes.bits |= attributes_in_text(words);
        attributes.bits |= read_target(walk->arena, text, words, &entity->target);
        if (is_function && str_has(words, STR("target(\"")))
            walk->view->unit->functions.at[entity->function - 1].target =
                written_target(walk->arena, text, words);
    }
    if (has_keyword && has_whole_word(words, STR("_Noreturn")))
        attributes.bits |= ATTRIBUTE_NORETURN;
    entity->attributes |= attributes.bits;
    entity->last_attributes = attributes.bits;
    if (!is_function)
        return;
    // "Inlined" is inherited by redeclarations; whether `inline` is written here, only
    // the text says.
    bool is_inline = has_keyword && str_has(words, STR("inline "));
    bool is_extern = clang_Cursor_getStorageClass(cursor) == CX_SC_Extern;
    entity->saw_extern |= is_extern;
    entity->saw_extern_inline |= is_inline && is_extern;
    entity->saw_lone_inline |= is_inline && !is_extern;
    entity->saw_plain |= !is_inline;
    if (!is_inline && !clang_isCursorDefinition(cursor) &&
        !clang_Cursor_isNull(entity->definition)) {
        bool after =
            clang_isBeforeInTranslationUnit(clang_getCursorLocation(entity->definition),
                                            clang_getCursorLocation(cursor)) != 0;
        entity->saw_plain_after |= after;
        entity->saw_plain_before |= !after;
    }
    if (attributes.bits & ATTRIBUTE_LABEL)
        walk->view->unit->functions.at[entity->function - 1].label = STR("?");
}

void linkage_read(Walk *walk, Entity *entity, CXCursor redeclaration)
{
    bool is_function = entity->function != 0;
    bool has_keyword = is_function && clang_Cursor_isFunctionInlined(redeclaration);
    read_attributes(walk, entity, redeclaration, has_keyword);
    entity->latest = redeclaration;
    if (!clang_isCursorDefinition(redeclaration))
        return;
    entity->definition = redeclaration;
    entity->is_inline = has_keyword;
}

// --- What follows
// --------------------------------------------------------------------------------

static Emission emission_of(const Walk *walk, const Entity *entity, bool is_internal)
{
    uint32_t attributes = entity->attributes;
    bool exported = (attributes & ATTRIBUTE_DLLEXPORT) != 0;
    if (clang_Cursor_isNull(entity->definition))
        return EMISSION_NONE;
    if (attributes & ATTRIBUTE_USED)
        return EMISSION_ALWAYS;
    if (is_internal)
        return EMISSION_IF_USED;
    if (!entity->is_inline)
        return EMISSION_ALWAYS;
    bool gnu89 = (attributes & ATTRIBUTE_GNU_INLINE) != 0 ||
                 (walk->gnu89_inline && walk->environment == ABI_ENVIRONMENT_GNU);
    if (gnu89 && !exported)
        return entity->saw_extern_inline && !entity->saw_lone_inline
                   ? EMISSION_INLINE_ONLY
                   : EMISSION_ALWAYS;
    if (walk->environment == ABI_ENVIRONMENT_GNU && !exported)
        return entity->saw_extern_inline || entity->saw_plain ? EMISSION_ALWAYS
                                                              : EMISSION_INLINE_ONLY;
    if (entity->last_attributes & ATTRIBUTE_DLLIMPORT)
        return EMISSION_INLINE_ONLY;
    // A plain redeclaration behind the definition makes clang ask for it (CodeGenModule,
    // EmitGlobal: "forces an externally visible definition"), one before it does not.
    bool forced = entity->saw_plain_after && !entity->saw_plain_before;
    return entity->saw_extern || exported || forced ? EMISSION_ALWAYS : EMISSION_IF_USED;
}

static Str symbol_of(Walk *walk, const Entity *entity, const Function *function)
{
    bool is_cpp = clang_getCursorLanguage(entity->canonical) == CXLanguage_CPlusPlus;
    if (entity->attributes & ATTRIBUTE_WEAKREF)
        return entity->target;
    if (!is_cpp && !(entity->attributes & (ATTRIBUTE_LABEL | ATTRIBUTE_OVERLOADABLE))) {
        Str other = renamed(walk, entity);
        return other.len ? other : function->name;
    }
    CXCursor best =
        clang_Cursor_isNull(entity->definition) ? entity->latest : entity->definition;
    Str mangled = clang_str(walk->arena, clang_Cursor_getMangling(best));
    return str_starts(mangled, STR("\01")) ? str_from(mangled, 1) : mangled;
}

typedef struct LabelSearch {
    Arena *arena;
    Str label;
} LabelSearch;

static enum CXChildVisitResult on_label(CXCursor cursor, CXCursor above,
                                        CXClientData owner)
{
    (void)above;
    LabelSearch *search = owner;
    if (clang_getCursorKind(cursor) != CXCursor_AsmLabelAttr)
        return CXChildVisit_Continue;
    search->label = clang_str(search->arena, clang_getCursorSpelling(cursor));
    return CXChildVisit_Break;
}

static Str label_of(const Walk *walk, const Entity *entity)
{
    LabelSearch search = {.arena = walk->arena, .label = STR("")};
    clang_visitChildren(entity->canonical, on_label, &search);
    if (search.label.len == 0)
        clang_visitChildren(entity->latest, on_label, &search);
    if (search.label.len == 0 && !clang_Cursor_isNull(entity->definition))
        clang_visitChildren(entity->definition, on_label, &search);
    return search.label;
}

static void settle_function(Walk *walk, Entity *entity)
{
    Function *function = &walk->view->unit->functions.at[entity->function - 1];
    uint32_t attributes = entity->attributes;
    function->is_defined = !clang_Cursor_isNull(entity->definition);
    function->is_dllexport = (attributes & ATTRIBUTE_DLLEXPORT) != 0;
    function->is_hidden =
        function->is_defined && !function->is_dllexport &&
        clang_getCursorVisibility(entity->canonical) == CXVisibility_Hidden;
    function->is_pinned = (attributes & (ATTRIBUTE_USED | ATTRIBUTE_DLLEXPORT)) != 0;
    function->is_dllimport = (entity->last_attributes & ATTRIBUTE_DLLIMPORT) != 0 &&
                             !(function->is_defined && !entity->is_inline);
    function->is_hybrid_patchable = (attributes & ATTRIBUTE_HYBRID_PATCHABLE) != 0;
    function->is_always_inline = (attributes & ATTRIBUTE_ALWAYS_INLINE) != 0;
    function->is_alias = (attributes & ATTRIBUTE_ALIAS) != 0;
    function->is_inline |= entity->is_inline;
    function->label = attributes & ATTRIBUTE_LABEL ? label_of(walk, entity) : STR("");
    function->symbol = symbol_of(walk, entity, function);
    if (!walk->is_cpp) {
        function->emission = emission_of(walk, entity, function->is_internal);
    } else if (function->is_defined) {
        bool always =
            function->is_pinned || (!function->is_internal && !function->is_inline);
        function->emission = always ? EMISSION_ALWAYS : EMISSION_IF_USED;
    }
}

void linkage_settle(Walk *walk, Entity *entity)
{
    if (entity->function) {
        settle_function(walk, entity);
        return;
    }
    Variable *variable = &walk->view->unit->variables.at[entity->variable - 1];
    bool is_internal = clang_getCursorLinkage(entity->canonical) != CXLinkage_External;
    bool is_defined = !clang_Cursor_isNull(entity->definition);
    variable->is_root =
        is_defined && (!is_internal || (entity->attributes & ATTRIBUTE_USED) != 0);
}

// An alias is emitted at once, and what it names with it; a static one that it names has
// its address taken (thunks: the alias is what callers see).
static void settle_alias(Walk *walk, const Entity *entity)
{
    uint32_t target = entity_by_name(walk, entity->target);
    if (!target || !walk->entities.at[target - 1].function)
        return;
    Call *call = LIST_PUSH(walk->arena, &walk->view->unit->calls);
    uint32_t callee = walk->entities.at[target - 1].function - 1;
    *call = (Call){.caller = CALLER_FILE_SCOPE,
                   .callee = callee,
                   .takes_address = true,
                   .is_reachable = true,
                   .at = walk->view->unit->functions.at[entity->function - 1].at};
}

// A table of the module names what is emitted and has an annotation.
static void settle_annotation(Walk *walk, const Entity *entity)
{
    uint32_t function = entity->function - 1;
    *LIST_PUSH(walk->arena, &walk->view->unit->calls) =
        (Call){.caller = function,
               .callee = function,
               .takes_address = true,
               .is_reachable = true,
               .at = walk->view->unit->functions.at[function].at};
}

void linkage_settle_all(Walk *walk)
{
    for (uint32_t i = 0; i < walk->entities.len; i++)
        linkage_settle(walk, &walk->entities.at[i]);
    for (uint32_t i = 0; i < walk->entities.len; i++) {
        const Entity *entity = &walk->entities.at[i];
        if (entity->function && entity->attributes & ATTRIBUTE_ALIAS &&
            entity->target.len)
            settle_alias(walk, entity);
        if (entity->function && entity->attributes & ATTRIBUTE_ANNOTATE && !walk->is_cpp)
            settle_annotation(walk, entity);
    }
}
