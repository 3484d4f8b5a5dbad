// One pass over all words: each gets its colour, and where it is a name, its place. What
// is a function and what a type, ir_scan() has found out before.
#include "codegen/abi/symbol_key.h"
#include "codegen/ir/ir_unit.h"

enum {
    SCOPE_TYPES = 1,
    SCOPE_GROUPS,
    SCOPE_METADATA,
    SCOPE_COMDATS,
    SCOPE_LOCALS,                            // and one for each function
    LOCAL_NAMES_BYTES_MAX = 4 * 1024 * 1024, // of a text whose values are names, too
    // Of a larger text nothing is coloured: millions of tokens cost more than all else,
    // and editors do not ask for them.
    COLOURED_BYTES_MAX = 8 * 1024 * 1024,
    RUN_MIN = 2, // lines of a kind that fold
};

typedef struct Show {
    Unit *unit;
    const IrScan *scan;
    IrLexer lexer;
    uint32_t routine, group; // the next one, or the one in hand
    bool has_locals, has_colours;
    bool is_in_body;
    Str *types; // sorted
    uint32_t n_types;
} Show;

static void colour(const Show *show, uint32_t begin, uint32_t end, SemanticType type,
                   uint32_t modifiers)
{
    if (show->has_colours)
        unit_semantic(show->unit, begin, end, type, modifiers);
}

// --- Names
// ------------------------------------------------------------------------------------

static const IrRoutine *routine_at(Show *show, uint32_t offset)
{
    while (show->routine < show->scan->routines.len &&
           show->scan->routines.at[show->routine].whole.end <= offset)
        show->routine++;
    if (show->routine == show->scan->routines.len ||
        show->scan->routines.at[show->routine].whole.begin > offset)
        return NULL;
    return &show->scan->routines.at[show->routine];
}

static void add_name(Show *show, IrToken token, Str key, NameRole role, uint32_t scope)
{
    Unit *unit = show->unit;
    unit_name(unit, unit_place(unit, token.begin, token.end),
              ir_text(&show->lexer, token), key, role, scope);
}

static bool is_followed_by(const Show *show, char mark)
{
    return ir_is(&show->lexer, ir_peek_code(&show->lexer), mark);
}

static void show_global(Show *show, IrToken token)
{
    Str symbol = ir_symbol(show->unit->arena, ir_text(&show->lexer, token));
    const IrRoutine *routine = ir_routine(show->scan, symbol);
    bool is_own = routine && routine->name.begin == token.begin;
    bool starts_line = token.begin == 0 || show->lexer.text.at[token.begin - 1] == '\n';
    bool is_variable = !routine && starts_line && is_followed_by(show, '=');
    NameRole role = NAME_REFERENCE;
    if (is_own)
        role = routine->is_definition ? NAME_DEFINITION : NAME_DECLARATION;
    else if (is_variable)
        role = NAME_DEFINITION;
    uint32_t modifiers = role == NAME_DEFINITION    ? SEMANTIC_DEFINITION
                         : role == NAME_DECLARATION ? SEMANTIC_DECLARATION
                                                    : 0;
    if (str_starts(symbol, STR("llvm.")))
        modifiers |= SEMANTIC_DEFAULT_LIBRARY;
    colour(show, token.begin, token.end, routine ? SEMANTIC_FUNCTION : SEMANTIC_VARIABLE,
           modifiers);
    add_name(show, token, symbol_key(show->unit->arena, symbol), role, 0);
}

static int by_text(const void *left, const void *right)
{
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static bool is_type(const Show *show, Str name)
{
    uint32_t low = 0, high = show->n_types;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(show->types[middle], name);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static void show_local(Show *show, IrToken token)
{
    Str name = ir_text(&show->lexer, token);
    const IrRoutine *routine = routine_at(show, token.begin);
    if (is_type(show, name)) {
        bool is_own = !routine && is_followed_by(show, '=');
        colour(show, token.begin, token.end, SEMANTIC_TYPE,
               is_own ? SEMANTIC_DEFINITION : 0);
        add_name(show, token, name, is_own ? NAME_DEFINITION : NAME_REFERENCE,
                 SCOPE_TYPES);
        return;
    }
    bool is_parameter = routine && token.begin < routine->prototype.end;
    bool is_own = is_parameter || is_followed_by(show, '=');
    colour(show, token.begin, token.end,
           is_parameter ? SEMANTIC_PARAMETER : SEMANTIC_VARIABLE,
           is_own ? SEMANTIC_DEFINITION : 0);
    if (routine && show->has_locals)
        add_name(show, token, name, is_own ? NAME_DEFINITION : NAME_REFERENCE,
                 SCOPE_LOCALS + show->routine);
}

// "entry:" is what "%entry" jumps to.
static void show_label(Show *show, IrToken token)
{
    const IrRoutine *routine = routine_at(show, token.begin);
    IrToken name = {IR_LOCAL, token.begin, token.end - 1};
    colour(show, name.begin, name.end, SEMANTIC_LABEL, SEMANTIC_DEFINITION);
    if (routine && show->has_locals)
        add_name(show, name,
                 arena_format(show->unit->arena, "%%%.*s",
                              STR_ARG(ir_text(&show->lexer, name))),
                 NAME_DEFINITION, SCOPE_LOCALS + show->routine);
}

static bool is_at(const IrPart *parts, uint32_t n, uint32_t begin)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (parts[middle].name.begin == begin)
            return true;
        if (parts[middle].name.begin < begin)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static void show_numbered(Show *show, IrToken token)
{
    bool is_group = token.kind == IR_GROUP;
    bool is_own = is_group
                      ? is_at(show->scan->groups.at, show->scan->groups.len, token.begin)
                      : is_at(show->scan->nodes.at, show->scan->nodes.len, token.begin);
    colour(show, token.begin, token.end, SEMANTIC_DECORATOR,
           is_own ? SEMANTIC_DEFINITION : 0);
    if (token.end > token.begin + 1 && (is_group || show->has_locals))
        add_name(show, token, ir_text(&show->lexer, token),
                 is_own ? NAME_DEFINITION : NAME_REFERENCE,
                 is_group ? SCOPE_GROUPS : SCOPE_METADATA);
}

static bool is_type_word(Str word)
{
    static const Str words[] = {
        STR_INIT("void"),   STR_INIT("ptr"),      STR_INIT("half"),
        STR_INIT("bfloat"), STR_INIT("float"),    STR_INIT("double"),
        STR_INIT("fp128"),  STR_INIT("x86_fp80"), STR_INIT("ppc_fp128"),
        STR_INIT("label"),  STR_INIT("metadata"), STR_INIT("token"),
        STR_INIT("opaque"), STR_INIT("vscale")};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_eq(words[i], word))
            return true;
    uint64_t bits;
    return str_starts(word, STR("i")) && str_to_u64(str_from(word, 1), &bits);
}

static void show_token(Show *show, IrToken token)
{
    switch (token.kind) {
    case IR_COMMENT:
        colour(show, token.begin, token.end, SEMANTIC_COMMENT, 0);
        return;
    case IR_STRING:
        colour(show, token.begin, token.end, SEMANTIC_STRING, 0);
        return;
    case IR_NUMBER:
        colour(show, token.begin, token.end, SEMANTIC_NUMBER, 0);
        return;
    case IR_WORD:
        colour(show, token.begin, token.end,
               is_type_word(ir_text(&show->lexer, token)) ? SEMANTIC_TYPE
                                                          : SEMANTIC_KEYWORD,
               0);
        return;
    case IR_GLOBAL:
        show_global(show, token);
        return;
    case IR_LOCAL:
        show_local(show, token);
        return;
    case IR_LABEL:
        show_label(show, token);
        return;
    case IR_METADATA:
    case IR_GROUP:
        show_numbered(show, token);
        return;
    case IR_RECORD:
    case IR_SUMMARY:
        colour(show, token.begin, token.end, SEMANTIC_DECORATOR, 0);
        return;
    case IR_COMDAT:
        colour(show, token.begin, token.end, SEMANTIC_VARIABLE, 0);
        add_name(show, token, ir_text(&show->lexer, token), NAME_REFERENCE,
                 SCOPE_COMDATS);
        return;
    case IR_MARK:
    case IR_END:
        return;
    }
}

// --- Symbols
// -----------------------------------------------------------------------------------

static Str one_line(Arena *arena, Str text)
{
    char *line = arena_alloc(arena, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        if (!is_space(text.at[i]) || (n && line[n - 1] != ' '))
            line[n++] = is_space(text.at[i]) ? ' ' : text.at[i];
    return (Str){line, n};
}

static void add_symbol(Unit *unit, Str name, Str detail, SymbolKind kind, IrSpan full,
                       IrSpan selection)
{
    *LIST_PUSH(unit->arena, &unit->symbols) =
        (Symbol){name.len ? name : STR("(unnamed)"),
                 detail,
                 kind,
                 0,
                 unit_place(unit, full.begin, full.end),
                 unit_place(unit, selection.begin, selection.end)};
}

static void show_symbols(Unit *unit, const IrScan *scan)
{
    for (uint32_t i = 0; i < scan->types.len; i++)
        add_symbol(unit, scan->types.at[i].symbol, STR("type"), SYMBOL_STRUCT,
                   scan->types.at[i].whole, scan->types.at[i].name);
    for (uint32_t i = 0; i < scan->globals.len; i++) {
        const IrPart *global = &scan->globals.at[i];
        add_symbol(unit, global->symbol,
                   global->is_alias        ? STR("alias")
                   : global->is_definition ? STR("global")
                                           : STR("external"),
                   SYMBOL_VARIABLE, global->whole, global->name);
    }
    for (uint32_t i = 0; i < scan->routines.len; i++) {
        const IrRoutine *routine = &scan->routines.at[i];
        Str prototype =
            str_sub(scan->text, routine->prototype.begin, routine->prototype.end);
        add_symbol(unit, routine->symbol, one_line(unit->arena, prototype),
                   SYMBOL_FUNCTION, routine->whole, routine->name);
    }
}

// --- Folding ranges
// ----------------------------------------------------------------------------

// The kind of a whole line that forms runs: comments, metadata, declarations, types.
static char kind_of_line(Str line)
{
    if (str_starts(str_trim(line), STR(";")))
        return ';';
    if (str_starts(line, STR("!")) || str_starts(line, STR("%")))
        return line.at[0];
    if (str_starts(line, STR("declare ")))
        return 'd';
    return str_starts(line, STR("attributes ")) ? 'a' : ' ';
}

static void show_runs(Unit *unit)
{
    uint32_t first = 0;
    char kind = ' ';
    for (uint32_t line = 0; line <= unit->lines.len; line++) {
        char own = line < unit->lines.len
                       ? kind_of_line(lines_line(&unit->lines, unit->text, line))
                       : ' ';
        if (own == kind)
            continue;
        if (kind != ' ' && line - first >= RUN_MIN)
            unit_fold(unit, first, line - 1,
                      kind == ';'   ? FOLD_COMMENT
                      : kind == 'd' ? FOLD_IMPORTS
                                    : FOLD_CODE);
        first = line;
        kind = own;
    }
}

static void show_folds(Unit *unit, const IrScan *scan)
{
    for (uint32_t i = 0; i < scan->routines.len; i++) {
        const IrRoutine *routine = &scan->routines.at[i];
        uint32_t last = lines_of(&unit->lines, routine->whole.end - 1);
        // The closing brace stays in sight.
        if (routine->is_definition && last > 0)
            unit_fold(unit, lines_of(&unit->lines, routine->prototype.end - 1), last - 1,
                      FOLD_CODE);
    }
    show_runs(unit);
}

void ir_unit_show(Unit *unit, const IrScan *scan)
{
    Show show = {.unit = unit, .scan = scan, .lexer = {scan->text, 0}};
    show.has_locals = scan->text.len <= LOCAL_NAMES_BYTES_MAX;
    show.has_colours = scan->text.len <= COLOURED_BYTES_MAX;
    show.n_types = scan->types.len;
    show.types = ARENA_ARRAY(unit->arena, Str, show.n_types + 1);
    for (uint32_t i = 0; i < show.n_types; i++)
        show.types[i] =
            str_sub(scan->text, scan->types.at[i].name.begin, scan->types.at[i].name.end);
    if (show.n_types)
        list_sort(show.types, show.n_types, sizeof *show.types, by_text);
    for (IrToken token = ir_next(&show.lexer); token.kind != IR_END;
         token = ir_next(&show.lexer))
        show_token(&show, token);
    show_symbols(unit, scan);
    show_folds(unit, scan);
}
