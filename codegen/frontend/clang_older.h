// What libclang has since LLVM 21, for an older one: in its own words where it can be
// had, else the answer "unknown", which every caller has to expect anyway.
#pragma once

#include "codegen/toolchain/llvm_versions.h"

#include <clang-c/Index.h>

#include <llvm/Config/llvm-config.h>
#include <stdbool.h>

// clang_File_isEqual(), which before LLVM_VIRTUAL_FILES takes all files that are not on
// the disk for one.
bool clang_is_same_file(CXFile a, CXFile b);

#if LLVM_VERSION_MAJOR < LLVM_MEMBER_CURSORS
unsigned clang_isBeforeInTranslationUnit(CXSourceLocation a, CXSourceLocation b);
long long clang_getOffsetOfBase(CXCursor record, CXCursor base);
// Of all classes but implicit instances of templates, which have no children here.
unsigned clang_visitCXXMethods(CXType class, CXFieldVisitor visit, CXClientData owner);
unsigned clang_visitCXXBaseClasses(CXType class, CXFieldVisitor visit,
                                   CXClientData owner);
#endif
