// The tokens that the call of a function-like macro becomes. For evaluate.c and root.c.
#pragma once

#include "codegen/arch/macro.h"

ExprTokens macro_tokens(Macros *macros, MacroText *text); // of its body

// The body with the arguments in it, and `##` carried out. An argument of several tokens
// stands in brackets: the tree is then the one that the preprocessor makes of nearly all
// real macros. Names are not expanded.
ExprTokens macro_substitute(Macros *macros, MacroText *text, const ExprTokens *arguments,
                            uint32_t n_arguments);
