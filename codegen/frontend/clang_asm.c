// Asm statements and register variables, with every byte of asm text traced to the
// source.
//
// libclang gives the template (in LLVM's spelling, "$0" for "%0"), constraints, operands
// and clobbers, but no places. Those come from the statement's own text: string literals
// are decoded byte by byte. Where a macro supplies a piece of the template, the pieces
// that are written out are aligned with libclang's whole template, and the rest is shown
// at the macro's use. A statement that is itself a macro's is shown at the expansion.
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_unit.h"

#include <string.h>

#define NO_SOURCE UINT32_MAX

enum { ASM_TOKENS_MAX = 100000 };

// One literal of a template, or a gap that a macro fills.
typedef struct Piece {
    Str value;
    const uint32_t *source;
    bool is_gap;
    uint32_t begin, end; // of the token in the document
} Piece;

typedef struct Written { // an asm statement as its text spells it
    LIST(Piece) pieces;
    LIST(Str) names; // of operands in order; empty where none
    LIST(CToken) constraints;
    LIST(CToken) clobbers;
    bool has_colon, has_gap, ok;
} Written;

// A token of the statement; its offsets are the document's.
typedef struct Reader {
    Arena *arena;
    Str text; // of the document
    CLexer lexer;
    uint32_t base; // offset of the lexer's text in the document
} Reader;

static CToken next_token(Reader *reader)
{
    CToken token;
    do
        token = c_lexer_next_code(&reader->lexer);
    while (token.in_directive && token.kind != C_END);
    token.begin += reader->base;
    token.end += reader->base;
    return token;
}

static Str token_text(const Reader *reader, CToken token)
{
    return str_sub(reader->text, token.begin, token.end);
}

static void take_template_token(const Reader *reader, CToken token, Written *written)
{
    Arena *arena = reader->arena;
    Piece piece = {.begin = token.begin, .end = token.end};
    CString value;
    if (token.kind == C_STRING &&
        c_string_decode(arena, token_text(reader, token), &value)) {
        uint32_t *source = ARENA_ARRAY(arena, uint32_t, value.bytes.len + 1);
        for (size_t i = 0; i <= value.bytes.len; i++)
            source[i] = value.source[i] + token.begin;
        piece.value = value.bytes;
        piece.source = source;
    } else {
        piece.is_gap = true;
    }
    written->has_gap |= piece.is_gap;
    *LIST_PUSH(arena, &written->pieces) = piece;
}

// Operands: [name] "constraint" (expression), ...   Clobbers: "x0", "memory"
static void take_operand_token(const Reader *reader, CToken token, CToken before,
                               uint32_t section, uint32_t depth, Written *written)
{
    Arena *arena = reader->arena;
    if (section <= 2 && depth == 2 && token.kind == C_WORD &&
        str_eq(token_text(reader, before), STR("[")))
        *LIST_PUSH(arena, &written->names) = token_text(reader, token);
    if (depth != 1 || token.kind != C_STRING)
        return;
    if (section <= 2) {
        *LIST_PUSH(arena, &written->constraints) = token;
        if (written->names.len < written->constraints.len)
            *LIST_PUSH(arena, &written->names) = STR("");
    } else if (section == 3) {
        *LIST_PUSH(arena, &written->clobbers) = token;
    }
}

// Reads "asm volatile ( template : outputs : inputs : clobbers : labels )" from `from`.
static Written read_written(Arena *arena, Str text, uint32_t from)
{
    Written written = {0};
    Reader reader = {.arena = arena, .text = text, .base = from};
    CToken token, before = {0};
    uint32_t depth = 0, section = 0, n = 0;
    c_lexer_init(&reader.lexer, str_from(text, from));
    while ((token = next_token(&reader)).kind != C_END && n++ < ASM_TOKENS_MAX) {
        char c = token.kind == C_PUNCT ? text.at[token.begin] : '\0';
        if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (c == ')' || c == ']' || c == '}') {
            if (depth == 0 || --depth == 0) {
                written.ok = depth == 0 && c == ')';
                break;
            }
        } else if (depth == 1 && c == ':') {
            section++;
            written.has_colon = true;
        } else if (depth == 1 && section == 0) {
            take_template_token(&reader, token, &written);
        } else if (depth >= 1) {
            take_operand_token(&reader, token, before, section, depth, &written);
        } else if (c == ';') {
            break;
        }
        before = token;
    }
    return written;
}

// LLVM's spelling back to GCC's: $0 -> %0, ${0:w} -> %w0, $$ -> $, ${:uid} -> %=, % ->
// %%.
static Str gcc_spelling(Arena *arena, Str llvm, bool is_template)
{
    char *out = arena_alloc(arena, llvm.len * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < llvm.len; i++) {
        char c = llvm.at[i], next = i + 1 < llvm.len ? llvm.at[i + 1] : '\0';
        if (c == '%' && is_template) {
            out[n++] = '%';
            out[n++] = '%';
        } else if (c != '$') {
            out[n++] = c;
        } else if (next == '$') {
            out[n++] = '$';
            i++;
        } else if (is_digit(next)) {
            out[n++] = '%';
        } else if (next == '(' || next == '|' || next == ')') {
            out[n++] = next == '(' ? '{' : next == '|' ? '|' : '}';
            i++;
        } else if (next == '{') {
            Str inner = str_from(llvm, i + 2);
            size_t close = str_find_char(inner, '}'), colon;
            inner = str_sub(inner, 0, close);
            colon = str_find_char(inner, ':');
            Str number = str_sub(inner, 0, colon), modifier = str_from(inner, colon + 1);
            out[n++] = '%';
            if (number.len == 0) {
                out[n++] = '=';
            } else {
                memcpy(out + n, modifier.at, modifier.len);
                n += modifier.len;
                memcpy(out + n, number.at, number.len);
                n += number.len;
            }
            i += 2 + close;
        }
    }
    return (Str){out, n};
}

static uint32_t *no_source(Arena *arena, size_t n)
{
    uint32_t *source = ARENA_ARRAY(arena, uint32_t, n + 1);
    for (size_t i = 0; i <= n; i++)
        source[i] = NO_SOURCE;
    return source;
}

static void set_from_pieces(Arena *arena, const Written *written, AsmBlock *block)
{
    size_t n = 0;
    for (uint32_t i = 0; i < written->pieces.len; i++)
        n += written->pieces.at[i].value.len;
    char *text = arena_alloc(arena, n + 1);
    uint32_t *source = no_source(arena, n);
    n = 0;
    for (uint32_t i = 0; i < written->pieces.len; i++) {
        const Piece *piece = &written->pieces.at[i];
        memcpy(text + n, piece->value.at, piece->value.len);
        memcpy(source + n, piece->source, (piece->value.len + 1) * sizeof *source);
        n += piece->value.len;
    }
    block->text = (Str){text, n};
    block->source = source;
}

// Finds the written pieces in the whole template, in order.
static void align_pieces(Arena *arena, ClangView *view, const Written *written, Str whole,
                         AsmBlock *block)
{
    uint32_t *source = no_source(arena, whole.len);
    size_t from = 0;
    for (uint32_t i = 0; i < written->pieces.len; i++) {
        const Piece *piece = &written->pieces.at[i];
        if (piece->is_gap) {
            block->macro_at = unit_place(view->unit, piece->begin, piece->end);
            continue;
        }
        Str rest = str_from(whole, from);
        size_t at = str_find(rest, piece->value);
        if (piece->value.len == 0 || at == rest.len)
            continue;
        memcpy(source + from + at, piece->source, piece->value.len * sizeof *source);
        from += at + piece->value.len;
    }
    block->text = whole;
    block->source = source;
    block->reads_macro = true;
}

static bool starts_in_macro(CXCursor cursor)
{
    CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(cursor));
    CXFile file, expansion_file;
    unsigned spelling, expansion;
    clang_getSpellingLocation(start, &file, NULL, NULL, &spelling);
    clang_getExpansionLocation(start, &expansion_file, NULL, NULL, &expansion);
    return spelling != expansion || !clang_File_isEqual(file, expansion_file);
}

// The expansion of a macro as one place: name and arguments.
static bool expansion_place(ClangView *view, CXCursor cursor, Place *ret_place)
{
    CXSourceRange range = clang_getCursorExtent(cursor);
    CXFile file;
    unsigned begin, end;
    clang_getExpansionLocation(clang_getRangeStart(range), &file, NULL, NULL, &begin);
    clang_getExpansionLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
    if (!file || !view->document || !clang_File_isEqual(file, view->document))
        return false;
    if (end <= begin) {
        end = begin;
        while (end < view->unit->text.len && is_word(view->unit->text.at[end]))
            end++;
    }
    *ret_place = unit_place(view->unit, begin, end);
    return true;
}

// --- Operands
// -------------------------------------------------------------------------------------

typedef struct FindVariable {
    CXCursor found;
} FindVariable;

static enum CXChildVisitResult on_expression(CXCursor cursor, CXCursor above,
                                             CXClientData owner)
{
    (void)above;
    FindVariable *find = owner;
    if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr) {
        find->found = clang_getCursorReferenced(cursor);
        return CXChildVisit_Break;
    }
    return clang_isExpression(clang_getCursorKind(cursor)) ? CXChildVisit_Recurse
                                                           : CXChildVisit_Continue;
}

static RegisterVariable *variable_of(ClangView *view, CXCursor expression)
{
    FindVariable find = {clang_getNullCursor()};
    if (clang_getCursorKind(expression) == CXCursor_DeclRefExpr)
        find.found = clang_getCursorReferenced(expression);
    else
        clang_visitChildren(expression, on_expression, &find);
    if (clang_getCursorKind(find.found) != CXCursor_VarDecl)
        return NULL;
    Unit *unit = view->unit;
    Str name = clang_str(unit->arena, clang_getCursorSpelling(find.found));
    Place at;
    if (!clang_place(view, clang_getCursorExtent(find.found), &at))
        return NULL;
    for (uint32_t i = unit->register_variables.len; i-- > 0;) {
        RegisterVariable *variable = &unit->register_variables.at[i];
        if (str_eq(variable->name, name) && variable->declared.path == at.path &&
            variable->declared.start.line == at.start.line &&
            variable->declared.start.byte == at.start.byte)
            return variable;
    }
    return NULL;
}

static void add_operand(ClangView *view, CXCursor statement, unsigned index,
                        bool is_output, AsmBlock *block)
{
    Arena *arena = view->unit->arena;
    CXString constraint;
    CXCursor expression;
    unsigned ok = is_output ? clang_Cursor_getGCCAssemblyOutput(statement, index,
                                                                &constraint, &expression)
                            : clang_Cursor_getGCCAssemblyInput(statement, index,
                                                               &constraint, &expression);
    if (!ok)
        return;
    AsmOperandUse *operand = LIST_PUSH(arena, &block->operands);
    *operand = (AsmOperandUse){.constraint = clang_str(arena, constraint),
                               .is_output = is_output,
                               .at = block->macro_at,
                               .name = STR(""),
                               .bound = STR("")};
    long long bytes = clang_Type_getSizeOf(clang_getCursorType(expression));
    operand->bits = bytes > 0 && bytes <= 64 ? (uint32_t)bytes * 8 : 0;
    RegisterVariable *variable = variable_of(view, expression);
    if (variable) {
        operand->bound = variable->reg;
        variable->is_written |= is_output;
    }
}

static void add_operands(ClangView *view, CXCursor statement, const Written *written,
                         AsmBlock *block)
{
    unsigned n_outputs = clang_Cursor_getGCCAssemblyNumOutputs(statement);
    unsigned n_inputs = clang_Cursor_getGCCAssemblyNumInputs(statement);
    for (unsigned i = 0; i < n_outputs; i++)
        add_operand(view, statement, i, true, block);
    for (unsigned i = 0; i < n_inputs; i++)
        add_operand(view, statement, i, false, block);
    if (!written || written->constraints.len != block->operands.len)
        return;
    for (uint32_t i = 0; i < block->operands.len; i++) {
        CToken token = written->constraints.at[i];
        block->operands.at[i].at = unit_place(view->unit, token.begin, token.end);
        block->operands.at[i].name = written->names.at[i];
    }
}

static void add_clobbers(ClangView *view, CXCursor statement, const Written *written,
                         AsmBlock *block)
{
    Arena *arena = view->unit->arena;
    unsigned n = clang_Cursor_getGCCAssemblyNumClobbers(statement);
    bool placed = written && written->clobbers.len == n;
    for (unsigned i = 0; i < n; i++) {
        AsmClobber *clobber = LIST_PUSH(arena, &block->clobbers);
        clobber->name =
            clang_str(arena, clang_Cursor_getGCCAssemblyClobber(statement, i));
        if (str_starts(clobber->name, STR("%")) || str_starts(clobber->name, STR("#")))
            clobber->name = str_from(clobber->name, 1);
        clobber->at = block->macro_at;
        if (placed) {
            CToken token = written->clobbers.at[i];
            clobber->at = unit_place(view->unit, token.begin + 1, token.end - 1);
        }
    }
}

// --- Statements
// -----------------------------------------------------------------------------------

// Where the statement is told. False: nowhere.
static bool place_statement(ClangView *view, CXCursor statement, bool in_macro,
                            AsmBlock *block)
{
    CXSourceRange range = clang_getCursorExtent(statement);
    if (in_macro && expansion_place(view, statement, &block->at)) {
        block->in_document = true;
    } else {
        if (!clang_place(view, range, &block->at))
            return false;
        block->in_document = clang_place_in_document(&block->at);
        if (block->in_document && in_macro)
            return false;
    }
    block->macro_at = block->at;
    return true;
}

void clang_add_asm_statement(ClangView *view, CXCursor statement, Str features,
                             uint32_t caller)
{
    Unit *unit = view->unit;
    Arena *arena = unit->arena;
    AsmBlock block = {.features = features, .caller = caller};
    bool in_macro = starts_in_macro(statement);
    if (!place_statement(view, statement, in_macro, &block))
        return;
    Written written = {0};
    uint32_t begin = unit->lines.start[block.at.start.line] + block.at.start.byte;
    if (!in_macro && block.in_document)
        written = read_written(arena, unit->text, begin);
    Str llvm = clang_str(arena, clang_Cursor_getGCCAssemblyTemplate(statement));
    unsigned n_operands = clang_Cursor_getGCCAssemblyNumOutputs(statement) +
                          clang_Cursor_getGCCAssemblyNumInputs(statement);
    block.is_template = written.ok ? written.has_colon : n_operands > 0;
    if (written.ok && !written.has_gap) {
        set_from_pieces(arena, &written, &block);
    } else {
        Str whole = gcc_spelling(arena, llvm, block.is_template);
        align_pieces(arena, view, &written, whole, &block);
    }
    add_operands(view, statement, written.ok ? &written : NULL, &block);
    add_clobbers(view, statement, written.ok ? &written : NULL, &block);
    *LIST_PUSH(arena, &unit->asm_blocks) = block;
}

static bool is_asm_word(Str text, uint32_t at)
{
    static const Str words[] = {STR_INIT("asm"), STR_INIT("__asm"), STR_INIT("__asm__")};
    uint32_t end = at;
    while (end < text.len && is_word(text.at[end]))
        end++;
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_eq(str_sub(text, at, end), words[i]))
            return true;
    return false;
}

// libclang has no kind for it, and gives no text: only what is written out can be read.
void clang_add_file_scope_asm(ClangView *view, CXCursor declaration)
{
    Unit *unit = view->unit;
    AsmBlock block = {.features = STR(""), .in_document = true, .is_file_scope = true};
    if (starts_in_macro(declaration) ||
        !clang_place(view, clang_getCursorExtent(declaration), &block.at) ||
        !clang_place_in_document(&block.at))
        return;
    uint32_t begin = unit->lines.start[block.at.start.line] + block.at.start.byte;
    if (!is_asm_word(unit->text, begin))
        return;
    Written written = read_written(unit->arena, unit->text, begin);
    if (!written.ok || written.has_gap)
        return;
    block.macro_at = block.at;
    set_from_pieces(unit->arena, &written, &block);
    *LIST_PUSH(unit->arena, &unit->asm_blocks) = block;
}

// --- Register variables
// ---------------------------------------------------------------------------

typedef struct VariableParts {
    ClangView *view;
    Str label;
    CXCursor label_cursor;
    bool has_initialiser;
} VariableParts;

static enum CXChildVisitResult on_variable_part(CXCursor cursor, CXCursor above,
                                                CXClientData owner)
{
    (void)above;
    VariableParts *parts = owner;
    if (clang_getCursorKind(cursor) == CXCursor_AsmLabelAttr) {
        parts->label =
            clang_str(parts->view->unit->arena, clang_getCursorSpelling(cursor));
        parts->label_cursor = cursor;
    } else if (clang_isExpression(clang_getCursorKind(cursor))) {
        parts->has_initialiser = true;
    }
    return CXChildVisit_Continue;
}

// The register's name between the quotes, if the label is written out there.
static Place label_place(const Unit *unit, Place label, Str name)
{
    if (label.path != 0)
        return label;
    uint32_t begin = unit->lines.start[label.start.line] + label.start.byte;
    Str rest = str_sub(unit->text, begin, begin + 256);
    size_t quote = str_find_char(rest, '"');
    if (!str_starts(str_from(rest, quote + 1), name))
        return label;
    uint32_t at = begin + (uint32_t)quote + 1;
    return unit_place(unit, at, at + (uint32_t)name.len);
}

void clang_add_register_variable(ClangView *view, CXCursor variable, uint32_t caller)
{
    if (clang_Cursor_getStorageClass(variable) != CX_SC_Register)
        return;
    Unit *unit = view->unit;
    VariableParts parts = {.view = view};
    clang_visitChildren(variable, on_variable_part, &parts);
    Place declared, label;
    if (!parts.label.len ||
        !clang_place(view, clang_getCursorExtent(variable), &declared) ||
        !clang_place(view, clang_getCursorExtent(parts.label_cursor), &label))
        return;
    *LIST_PUSH(unit->arena, &unit->register_variables) = (RegisterVariable){
        .name = clang_str(unit->arena, clang_getCursorSpelling(variable)),
        .reg = parts.label,
        .declared = declared,
        .at = label_place(unit, label, parts.label),
        .caller = caller,
        .has_initialiser = parts.has_initialiser};
}
