// Which part of a `for` is which: libclang shows the parts that are there, and not what
// they are.
#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_older.h"
#include "codegen/frontend/clang_walk.h"

// --- for (init; condition; increment)
// ------------------------------------------------------------

static bool is_step(CXCursor cursor)
{
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_CompoundAssignOperator:
        return true;
    case CXCursor_UnaryOperator:
        return clang_getCursorUnaryOperatorKind(cursor) <= CXUnaryOperator_PreDec;
    case CXCursor_BinaryOperator: {
        enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(cursor);
        return kind == CXBinaryOperator_Assign || kind == CXBinaryOperator_Comma;
    }
    default:
        return false;
    }
}

// libclang leaves out absent parts. In a macro only their looks tell which are there.
static void guess_slots(Walk *walk, Children children, uint32_t n, ForSlot *slots)
{
    CXCursor first = child(walk, children, 0);
    bool starts = clang_getCursorKind(first) == CXCursor_DeclStmt || is_step(first);
    if (n == 1) {
        slots[0] = starts ? FOR_INIT : FOR_CONDITION;
    } else if (n == 2) {
        slots[0] = starts ? FOR_INIT : FOR_CONDITION;
        slots[1] =
            starts && !is_step(child(walk, children, 1)) ? FOR_CONDITION : FOR_INCREMENT;
    }
}

// Offsets of the two semicolons of a `for`, which starts at `from`.
static bool find_semicolons(Str text, uint32_t from, uint32_t ret_at[2])
{
    CLexer lexer;
    c_lexer_init(&lexer, str_from(text, from));
    uint32_t depth = 0, n = 0;
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return false;
        if (token.kind != C_PUNCT || token.in_directive)
            continue;
        char c = text.at[from + token.begin];
        if (c == '(' || c == '{' || c == '[')
            depth++;
        else if ((c == ')' || c == '}' || c == ']') && (depth == 0 || --depth == 0))
            return false;
        else if (c == ';' && depth == 1) {
            ret_at[n++] = from + token.begin;
            if (n == 2)
                return true;
        }
    }
}

static bool is_written_out(CXSourceLocation at, unsigned *ret_offset, CXFile *ret_file)
{
    CXFile file;
    unsigned spelling;
    clang_getSpellingLocation(at, &file, NULL, NULL, &spelling);
    clang_getExpansionLocation(at, ret_file, NULL, NULL, ret_offset);
    return spelling == *ret_offset && *ret_file && clang_is_same_file(file, *ret_file);
}

void for_slots(Walk *walk, CXCursor statement, Children children, ForSlot *ret_slots)
{
    uint32_t n = children.n - 1, semicolons[2], file, offset;
    for (uint32_t i = 0; i < n; i++)
        ret_slots[i] = (ForSlot)i;
    if (n == 0 || n >= 3)
        return;
    CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(statement));
    unsigned expansion;
    CXFile in;
    if (!is_written_out(start, &expansion, &in) ||
        !clang_point(walk->view, start, &file, &offset) ||
        !find_semicolons(clang_file_text(walk->view, file), offset, semicolons)) {
        guess_slots(walk, children, n, ret_slots);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        unsigned at;
        CXFile there;
        CXCursor part = child(walk, children, i);
        clang_getExpansionLocation(clang_getRangeStart(clang_getCursorExtent(part)),
                                   &there, NULL, NULL, &at);
        if (clang_file(walk->view, file)->is_document)
            at = clang_document_offset(walk->view, there, at);
        ret_slots[i] = at < semicolons[0]   ? FOR_INIT
                       : at < semicolons[1] ? FOR_CONDITION
                                            : FOR_INCREMENT;
    }
}
