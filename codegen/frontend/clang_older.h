// What libclang has since LLVM 21, for an older one: in its own words where it can be
// had, else the answer "unknown", which every caller has to expect anyway.
#pragma once

#include <clang-c/Index.h>

#include <llvm/Config/llvm-config.h>

#if LLVM_VERSION_MAJOR < 21
unsigned clang_isBeforeInTranslationUnit(CXSourceLocation a, CXSourceLocation b);
long long clang_getOffsetOfBase(CXCursor record, CXCursor base);
// Of all classes but implicit instances of templates, which have no children here.
unsigned clang_visitCXXMethods(CXType class, CXFieldVisitor visit, CXClientData owner);
unsigned clang_visitCXXBaseClasses(CXType class, CXFieldVisitor visit,
                                   CXClientData owner);
#endif
