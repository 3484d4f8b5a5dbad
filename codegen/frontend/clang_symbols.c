// The outline of a document: what documentSymbol answers, without waking a worker.
#include "codegen/frontend/clang_unit.h"

// Functions are needed all: an edit in one is known by its place (cut/cut_edit.h).
enum { SYMBOLS_MAX = 20000, FUNCTIONS_MAX = 500000, SYMBOL_DEPTH_MAX = 16 };

typedef struct Outline {
    ClangView *view;
    uint32_t parent; // index + 1
    uint32_t depth;
} Outline;

static SymbolKind kind_of(enum CXCursorKind kind)
{
    switch ((int)kind) {
    case CXCursor_FunctionDecl:
    case CXCursor_FunctionTemplate:
        return SYMBOL_FUNCTION;
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
        return SYMBOL_METHOD;
    case CXCursor_StructDecl:
    case CXCursor_UnionDecl:
        return SYMBOL_STRUCT;
    case CXCursor_ClassDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
        return SYMBOL_CLASS;
    case CXCursor_EnumDecl:
        return SYMBOL_ENUM;
    case CXCursor_EnumConstantDecl:
        return SYMBOL_ENUM_MEMBER;
    case CXCursor_FieldDecl:
        return SYMBOL_FIELD;
    case CXCursor_VarDecl:
        return SYMBOL_VARIABLE;
    case CXCursor_TypedefDecl:
    case CXCursor_TypeAliasDecl:
        return SYMBOL_TYPE;
    case CXCursor_Namespace:
        return SYMBOL_NAMESPACE;
    default:
        return (SymbolKind)0;
    }
}

static bool has_members(SymbolKind kind)
{
    return kind == SYMBOL_STRUCT || kind == SYMBOL_CLASS || kind == SYMBOL_ENUM ||
           kind == SYMBOL_NAMESPACE;
}

static enum CXChildVisitResult on_declaration(CXCursor cursor, CXCursor above,
                                              CXClientData owner)
{
    (void)above;
    Outline *outline = owner;
    ClangView *view = outline->view;
    Unit *unit = view->unit;
    enum CXCursorKind clang_kind = clang_getCursorKind(cursor);
    if (clang_kind == CXCursor_LinkageSpec)
        return CXChildVisit_Recurse;
    SymbolKind kind = kind_of(clang_kind);
    bool is_function = kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD;
    if (kind == 0 || unit->symbols.len >= (is_function ? FUNCTIONS_MAX : SYMBOLS_MAX) ||
        outline->depth >= SYMBOL_DEPTH_MAX ||
        (outline->depth == 0 &&
         !clang_Location_isFromMainFile(clang_getCursorLocation(cursor))))
        return CXChildVisit_Continue;
    Str name = clang_str(unit->arena, clang_getCursorSpelling(cursor));
    Place full, selection;
    if (name.len == 0 || clang_Cursor_isAnonymous(cursor) ||
        !clang_place(view, clang_getCursorExtent(cursor), &full) || full.path != 0 ||
        !clang_place(view, clang_Cursor_getSpellingNameRange(cursor, 0, 0), &selection) ||
        selection.path != 0)
        return CXChildVisit_Recurse; // members of an anonymous record stand in its parent
    bool inside = full.start.line < selection.start.line ||
                  (full.start.line == selection.start.line &&
                   full.start.byte <= selection.start.byte);
    if (!inside)
        full.start = selection.start;
    if (full.end.line < selection.end.line ||
        (full.end.line == selection.end.line && full.end.byte < selection.end.byte))
        full.end = selection.end; // LSP demands it, macros may break it
    *LIST_PUSH(unit->arena, &unit->symbols) =
        (Symbol){.name = name,
                 .detail = clang_str(unit->arena,
                                     clang_getTypeSpelling(clang_getCursorType(cursor))),
                 .kind = kind,
                 .parent = outline->parent,
                 .full = full,
                 .selection = selection};
    if (has_members(kind)) {
        Outline inner = {view, unit->symbols.len, outline->depth + 1};
        clang_visitChildren(cursor, on_declaration, &inner);
    }
    return CXChildVisit_Continue;
}

void clang_collect_symbols(ClangView *view)
{
    Outline outline = {.view = view};
    clang_visitChildren(clang_getTranslationUnitCursor(view->tu), on_declaration,
                        &outline);
}
