// What follows from a header that is not there.
//
// The built-in declarations are small (codegen/include). A document that includes a
// header of the C++ library or of Windows which they lack, or uses a name of Windows'
// which they lack, gets one EC626; the errors that clang makes of it are no faults of the
// document. They become quiet findings: nobody sees them, but who asks whether functions
// may be missing behind an error still learns it.
//
// An error is a root if it says itself what is missing: "std", or an undeclared name in
// the spelling of Windows' headers. The words of its statement are tainted, because what
// is declared there is not what the document says. Another error follows if its message,
// its statement or the head of a block around it has a tainted word; then the words of
// its statement are tainted, too. What the user has just mistyped must show: an
// undeclared name follows only if it is tainted itself, or stands in a class with a
// tainted head.
#pragma once

#include "codegen/frontend/clang_unit.h"
#include "codegen/frontend/library_headers.h"

typedef struct ClangMissing ClangMissing;

// Looks at all of clang's diagnostics. NULL: nothing is missing.
ClangMissing *clang_missing_find(ClangView *view);

// Does diagnostic `index` follow from what is missing? False for NULL.
bool clang_missing_holds(const ClangMissing *missing, unsigned index);

// The names of Windows' that are used and not declared, for EC626: "'A', 'B' and 3 more";
// empty if a missing header explains all of it. ret_at is the place of the first.
Str clang_missing_names(const ClangMissing *missing, Place *ret_at);

// "name" is the project's own, whatever it is called.
bool clang_is_quoted(Str text, uint32_t offset);
// The name of "'name' file not found"; empty: the message says something else.
Str clang_not_found(Str message);
// An error that the target causes: the code is right for x64 or for AArch64.
bool clang_is_target_error(Str message, Str path);
