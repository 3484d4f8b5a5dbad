#include "codegen/frontend/clang_older.h"

#include <stdbool.h>

#if LLVM_VERSION_MAJOR < 21

// In one file the offset says it; a header comes before what its includer has behind it.
unsigned clang_isBeforeInTranslationUnit(CXSourceLocation a, CXSourceLocation b)
{
    CXFile file_a, file_b;
    unsigned at_a, at_b;
    clang_getFileLocation(a, &file_a, 0, 0, &at_a);
    clang_getFileLocation(b, &file_b, 0, 0, &at_b);
    if (file_a && file_b && clang_File_isEqual(file_a, file_b))
        return at_a < at_b;
    return clang_Location_isFromMainFile(b) && !clang_Location_isFromMainFile(a);
}

long long clang_getOffsetOfBase(CXCursor record, CXCursor base)
{
    (void)record;
    (void)base;
    return -1;
}

typedef struct Members {
    bool is_base; // else methods
    CXFieldVisitor visit;
    CXClientData owner;
} Members;

static bool is_method(enum CXCursorKind kind)
{
    return kind == CXCursor_CXXMethod || kind == CXCursor_Constructor ||
           kind == CXCursor_Destructor || kind == CXCursor_ConversionFunction;
}

static enum CXChildVisitResult on_member(CXCursor cursor, CXCursor above,
                                         CXClientData owner)
{
    (void)above;
    const Members *members = owner;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    bool is_one = members->is_base ? kind == CXCursor_CXXBaseSpecifier : is_method(kind);
    return is_one && members->visit(cursor, members->owner) == CXVisit_Break
               ? CXChildVisit_Break
               : CXChildVisit_Continue;
}

static unsigned visit_members(CXType class, Members members)
{
    return clang_visitChildren(clang_getCursorDefinition(clang_getTypeDeclaration(class)),
                               on_member, &members);
}

unsigned clang_visitCXXMethods(CXType class, CXFieldVisitor visit, CXClientData owner)
{
    return visit_members(class, (Members){false, visit, owner});
}

unsigned clang_visitCXXBaseClasses(CXType class, CXFieldVisitor visit, CXClientData owner)
{
    return visit_members(class, (Members){true, visit, owner});
}
#endif
