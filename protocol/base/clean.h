// Text of somebody else's on its way to a person: names, messages and lines of a source
// may hold what a terminal obeys, and what makes a line read in another order.
#pragma once

#include "protocol/base/buf.h"

// The bytes at the start of `text` that nobody should be shown as they are: a control
// character, in ASCII or as C1 (a terminal takes U+009B for ESC [), or one that turns the
// direction of reading. 0: there is nothing of that kind.
size_t clean_bad_bytes(Str text);

// Appends the text with a '?' for each of them. Tabs stay, and line ends if asked for.
typedef enum CleanLines { CLEAN_ONE_LINE, CLEAN_LINES } CleanLines;
void clean_put(Buf *out, Str text, CleanLines lines);

// The same for what we wrote ourselves around texts of others: our colours stay.
void clean_put_coloured(Buf *out, Str text);
