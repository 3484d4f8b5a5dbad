// What libclang prints of types and declarations, as far as more is wanted of it.
#include "codegen/frontend/clang_unit.h"

// "struct (unnamed at dir/file.c:2:1)" without the place: a name is the same wherever the
// project lies, and in the lock file of its ABI.
Str clang_type_name(Arena *arena, CXType type)
{
    static const Str kinds[] = {STR_INIT("(unnamed"), STR_INIT("(anonymous")};
    Str name = clang_str(arena, clang_getTypeSpelling(type));
    for (size_t i = 0; i < COUNTOF(kinds); i++) {
        size_t begin = str_find(name, kinds[i]);
        size_t at = begin + str_find(str_from(name, begin), STR(" at "));
        size_t end = at + str_find_char(str_from(name, at), ')');
        if (begin >= name.len || at >= name.len || end >= name.len)
            continue;
        return arena_format(arena, "%.*s%.*s", (int)at, name.at,
                            STR_ARG(str_from(name, end)));
    }
    return name;
}

// Also those of the typedefs that it is declared with.
bool clang_has_attributes(CXCursor field)
{
    enum { TYPEDEFS_MAX = 16 };
    CXType type = clang_getCursorType(field);
    bool has = clang_Cursor_hasAttrs(field) != 0;
    for (int i = 0; i < TYPEDEFS_MAX && !has; i++) {
        CXCursor declaration = clang_getTypeDeclaration(type);
        if (clang_getCursorKind(declaration) != CXCursor_TypedefDecl)
            break;
        has = clang_Cursor_hasAttrs(declaration) != 0;
        type = clang_getTypedefDeclUnderlyingType(declaration);
    }
    return has;
}
