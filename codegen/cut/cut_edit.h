// Which function an edit lies in, and whether it stays there.
//
// Both by text alone, in the server: the last Result says where functions are, the edited
// function is lexed as it was and as it is. What cannot be shown to stay in one body is
// answered by a parse of the whole file.
#pragma once

#include "codegen/result.h"
#include "protocol/base/arena.h"

// A function with a body, and where the text is cut in front of it: behind the last
// declaration or directive, so that whatever belongs to it (attributes, comments) is in.
typedef struct CutPlace {
    uint32_t begin; // of the cut
    uint32_t body;  // behind the opening brace
    uint32_t end;   // behind the closing brace
} CutPlace;

// The function of the text that `base` speaks of in whose body the bytes from begin to
// end lie. False: in none.
bool cut_find(const Result *base, Str text, const Lines *lines, uint32_t begin,
              uint32_t end, CutPlace *ret_place);

// Whether text that was replaced inside a function, from begin to old_end and new_end, is
// statements before and after: no directive, brackets that match, nothing that reaches
// further. Offsets count in the function's own text.
bool cut_stays(Arena *arena, Str old_function, Str new_function, uint32_t begin,
               uint32_t old_end, uint32_t new_end);

// Whether the target-arch rules have nothing to say of the function: it names no x64
// hardware, and none of Arm's under a condition. They look at whole files.
bool cut_has_no_hardware(Arena *arena, Str function);

// Whether no suppression comment outside of a function speaks of a line of it, and none
// inside of another's. Offsets are those of the function in the text.
bool cut_is_apart(Str text, uint32_t begin, uint32_t end);

// A part of a text, with the words that it begins and ends in.
Str cut_words(Str text, uint32_t begin, uint32_t end);
bool cut_is_word(char c); // a character of one
bool cut_has_word(Str text, Str word);
