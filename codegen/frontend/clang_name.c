// What libclang prints of types and declarations, as far as more is wanted of it.
#include "codegen/frontend/clang_unit.h"

// "struct (unnamed at dir/file.c:2:1)", before LLVM 20 "(unnamed struct at ...)", without
// the place: a name is the same wherever the project lies, and in the lock file of its
// ABI.
Str clang_type_name(Arena *arena, CXType type)
{
    Str name = clang_str(arena, clang_getTypeSpelling(type));
    size_t begin = str_find(name, STR("(unnamed"));
    size_t at = begin + str_find(str_from(name, begin), STR(" at "));
    size_t end = at + str_find_char(str_from(name, at), ')');
    if (begin >= name.len || at >= name.len || end >= name.len)
        return name;
    return arena_format(arena, "%.*s(unnamed%.*s", (int)begin, name.at,
                        STR_ARG(str_from(name, end)));
}

// Also those of the typedefs that it, or an element of it, is declared with.
bool clang_has_attributes(CXCursor field)
{
    enum { TYPEDEFS_MAX = 32 };
    CXType type = clang_getCursorType(field);
    bool has = clang_Cursor_hasAttrs(field) != 0;
    for (int i = 0; i < TYPEDEFS_MAX && !has; i++) {
        CXCursor declaration = clang_getTypeDeclaration(type);
        CXType element = clang_getArrayElementType(type);
        if (element.kind != CXType_Invalid) {
            type = element;
            continue;
        }
        if (clang_getCursorKind(declaration) != CXCursor_TypedefDecl)
            break;
        has = clang_Cursor_hasAttrs(declaration) != 0;
        type = clang_getTypedefDeclUnderlyingType(declaration);
    }
    return has;
}
