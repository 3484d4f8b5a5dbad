// What a word of an assembly file means, in sentences for a hover.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

// A directive or a symbol, without quotes: ".symidx", "#f", "$ientry_thunk$cdecl$i8$i8",
// "__os_arm64x_dispatch_ret". `is_symbol`: it is one in the file. False: nothing to say.
bool asm_word_explain(Arena *arena, Str word, bool is_symbol, Str *ret_text);
