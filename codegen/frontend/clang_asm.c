// Asm statements and register variables, with every byte of asm text traced to the
// source.
//
// libclang gives the template (in LLVM's spelling, "$0" for "%0"), constraints, operands
// and clobbers, but no places. Those come from the statement's own text: string literals
// are decoded byte by byte. Where a macro supplies a piece of the template, the pieces
// that are written out are aligned with libclang's whole template, and the rest is shown
// at the macro's use. A statement that is itself a macro's is shown at the expansion.
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_older.h"
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
    Str text; // of the document, which the tokens stand in
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
    Written written = {.text = text};
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
            if (block->in_document)
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
    return spelling != expansion || !clang_is_same_file(file, expansion_file);
}

// The expansion of a macro as one place: name and arguments.
static bool expansion_place(ClangView *view, CXCursor cursor, Place *ret_place)
{
    CXSourceRange range = clang_getCursorExtent(cursor);
    CXFile file;
    unsigned begin, end;
    clang_getExpansionLocation(clang_getRangeStart(range), &file, NULL, NULL, &begin);
    clang_getExpansionLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
    if (!file || !view->document || !clang_is_same_file(file, view->document))
        return false;
    begin = clang_document_offset(view, file, begin);
    end = clang_document_offset(view, file, end);
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

// What libclang says of a statement's operands. Before LLVM 21 it said nothing: they are
// read from the text then, and a statement out of a macro is passed over.
typedef struct OperandPart {
    Str constraint;
    CXCursor expression;
    bool is_output;
} OperandPart;

typedef struct Parts {
    Str text; // of the template, in LLVM's spelling; before LLVM 21: empty
    LIST(OperandPart) operands;
    LIST(Str) clobbers;
} Parts;

#if LLVM_VERSION_MAJOR >= LLVM_ASM_CURSORS
static void take_operand(Arena *arena, CXCursor statement, unsigned index, bool is_output,
                         Parts *parts)
{
    CXString constraint;
    CXCursor expression;
    unsigned ok = is_output ? clang_Cursor_getGCCAssemblyOutput(statement, index,
                                                                &constraint, &expression)
                            : clang_Cursor_getGCCAssemblyInput(statement, index,
                                                               &constraint, &expression);
    if (ok)
        *LIST_PUSH(arena, &parts->operands) =
            (OperandPart){clang_str(arena, constraint), expression, is_output};
}

static bool read_parts(Arena *arena, CXCursor statement, const Written *written,
                       Parts *parts)
{
    (void)written;
    unsigned n_outputs = clang_Cursor_getGCCAssemblyNumOutputs(statement);
    unsigned n_inputs = clang_Cursor_getGCCAssemblyNumInputs(statement);
    unsigned n_clobbers = clang_Cursor_getGCCAssemblyNumClobbers(statement);
    parts->text = clang_str(arena, clang_Cursor_getGCCAssemblyTemplate(statement));
    for (unsigned i = 0; i < n_outputs; i++)
        take_operand(arena, statement, i, true, parts);
    for (unsigned i = 0; i < n_inputs; i++)
        take_operand(arena, statement, i, false, parts);
    for (unsigned i = 0; i < n_clobbers; i++)
        *LIST_PUSH(arena, &parts->clobbers) =
            clang_str(arena, clang_Cursor_getGCCAssemblyClobber(statement, i));
    return true;
}
#else
typedef struct Operands {
    Arena *arena;
    LIST(CXCursor) expressions;
} Operands;

static enum CXChildVisitResult on_operand(CXCursor cursor, CXCursor above,
                                          CXClientData owner)
{
    (void)above;
    Operands *operands = owner;
    *LIST_PUSH(operands->arena, &operands->expressions) = cursor;
    return CXChildVisit_Continue;
}

static Str literal(const Written *written, CToken token)
{
    return str_sub(written->text, token.begin + 1, token.end - 1);
}

static bool read_parts(Arena *arena, CXCursor statement, const Written *written,
                       Parts *parts)
{
    if (!written->ok || written->has_gap)
        return false;
    Operands operands = {.arena = arena};
    clang_visitChildren(statement, on_operand, &operands);
    if (operands.expressions.len < written->constraints.len)
        return false;
    for (uint32_t i = 0; i < written->constraints.len; i++) {
        Str constraint = literal(written, written->constraints.at[i]);
        *LIST_PUSH(arena, &parts->operands) = (OperandPart){
            constraint, operands.expressions.at[i],
            str_starts(constraint, STR("=")) || str_starts(constraint, STR("+"))};
    }
    for (uint32_t i = 0; i < written->clobbers.len; i++)
        *LIST_PUSH(arena, &parts->clobbers) = literal(written, written->clobbers.at[i]);
    return true;
}
#endif

static void add_operands(ClangView *view, const Parts *parts, const Written *written,
                         AsmBlock *block)
{
    bool is_placed = written->ok && written->constraints.len == parts->operands.len;
    for (uint32_t i = 0; i < parts->operands.len; i++) {
        const OperandPart *part = &parts->operands.at[i];
        AsmOperandUse *operand = LIST_PUSH(view->unit->arena, &block->operands);
        *operand = (AsmOperandUse){.constraint = part->constraint,
                                   .is_output = part->is_output,
                                   .at = block->macro_at,
                                   .name = STR(""),
                                   .bound = STR("")};
        long long bytes = clang_Type_getSizeOf(clang_getCursorType(part->expression));
        operand->bits = bytes > 0 && bytes <= 64 ? (uint32_t)bytes * 8 : 0;
        RegisterVariable *variable = variable_of(view, part->expression);
        if (variable) {
            operand->bound = variable->reg;
            variable->is_written |= part->is_output;
        }
        if (is_placed) {
            CToken token = written->constraints.at[i];
            operand->at = unit_place(view->unit, token.begin, token.end);
            operand->name = written->names.at[i];
        }
    }
}

static void add_clobbers(ClangView *view, const Parts *parts, const Written *written,
                         AsmBlock *block)
{
    bool is_placed = written->ok && written->clobbers.len == parts->clobbers.len;
    for (uint32_t i = 0; i < parts->clobbers.len; i++) {
        AsmClobber *clobber = LIST_PUSH(view->unit->arena, &block->clobbers);
        *clobber = (AsmClobber){.name = parts->clobbers.at[i], .at = block->macro_at};
        if (str_starts(clobber->name, STR("%")) || str_starts(clobber->name, STR("#")))
            clobber->name = str_from(clobber->name, 1);
        if (is_placed) {
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

static Written read_statement(ClangView *view, CXCursor statement)
{
    uint32_t file, offset;
    CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(statement));
    if (!clang_point(view, start, &file, &offset))
        return (Written){0};
    return read_written(view->unit->arena, clang_file_text(view, file), offset);
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
    if (!in_macro)
        written = read_statement(view, statement);
    Parts parts = {0};
    if (!read_parts(arena, statement, &written, &parts))
        return;
    block.is_template = written.ok ? written.has_colon : parts.operands.len > 0;
    if (written.ok && !written.has_gap) {
        set_from_pieces(arena, &written, &block);
    } else {
        Str whole = gcc_spelling(arena, parts.text, block.is_template);
        align_pieces(arena, view, &written, whole, &block);
    }
    if (!block.in_document) { // its bytes are a header's, and it is told as a whole
        block.source = no_source(arena, block.text.len);
        written.ok = false;
    }
    add_operands(view, &parts, &written, &block);
    add_clobbers(view, &parts, &written, &block);
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
