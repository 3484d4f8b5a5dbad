#include "codegen/frontend/clang_older.h"

#include <string.h>

#if LLVM_VERSION_MAJOR < LLVM_VIRTUAL_FILES
static bool is_on_disk(CXFile file)
{
    CXFileUniqueID id;
    return clang_getFileUniqueID(file, &id) == 0 && id.data[1] != 0; // the inode
}

bool clang_is_same_file(CXFile a, CXFile b)
{
    if (!clang_File_isEqual(a, b) || is_on_disk(a))
        return clang_File_isEqual(a, b) != 0;
    CXString name_a = clang_getFileName(a), name_b = clang_getFileName(b);
    const char *z_a = clang_getCString(name_a), *z_b = clang_getCString(name_b);
    bool is_same = z_a && z_b && strcmp(z_a, z_b) == 0;
    clang_disposeString(name_a);
    clang_disposeString(name_b);
    return is_same;
}
#else
bool clang_is_same_file(CXFile a, CXFile b)
{
    return clang_File_isEqual(a, b) != 0;
}
#endif

#if LLVM_VERSION_MAJOR < LLVM_MEMBER_CURSORS

// In one file the offset says it; a header comes before what its includer has behind it.
unsigned clang_isBeforeInTranslationUnit(CXSourceLocation a, CXSourceLocation b)
{
    CXFile file_a, file_b;
    unsigned at_a, at_b;
    clang_getFileLocation(a, &file_a, 0, 0, &at_a);
    clang_getFileLocation(b, &file_b, 0, 0, &at_b);
    if (file_a && file_b && clang_is_same_file(file_a, file_b))
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
