// Lines and columns of a text, in the three units LSP knows.
//
// Inside, a place is a byte offset. A Pos carries the columns of all three encodings,
// computed once where the bytes are at hand, so that the edge merely picks one. Lines end
// at LF, CR LF or a lone CR, as in LSP and in clang. Invalid UTF-8 bytes count as one
// unit each, as in clangd.
#pragma once

#include "protocol/base/base.h"

typedef enum Encoding { ENCODING_UTF8, ENCODING_UTF16, ENCODING_UTF32 } Encoding;

typedef struct Pos {
    uint32_t line;               // from 0
    uint32_t byte, utf16, utf32; // column from 0, in that unit
} Pos;

typedef struct LinesMarks LinesMarks;

// The starts of all lines of one text. There is always at least one line. What is asked
// about a text must be asked with that very text.
typedef struct Lines {
    uint32_t *start; // byte offsets, ascending; start[0] is 0
    uint32_t len, cap;
    LinesMarks *marks; // columns of places in long lines, as they were asked for; NULL:
                       // all of the text is ASCII, where columns are bytes
} Lines;

void lines_init(Lines *lines, Str text); // text.len < 4 GiB
void lines_done(Lines *lines);

// `text` is what the text has become: of the old one the bytes from begin to old_end were
// replaced by those from begin to new_end.
void lines_edit(Lines *lines, Str text, uint32_t begin, uint32_t old_end,
                uint32_t new_end);

Str lines_line(const Lines *lines, Str text, uint32_t line);  // without its terminator
uint32_t lines_of(const Lines *lines, uint32_t offset);       // the line of a byte
Pos lines_pos(const Lines *lines, Str text, uint32_t offset); // past the end: the end

// A column of one line, in the unit asked for, of the byte offset within that line.
uint32_t text_column(Str line, size_t byte, Encoding unit);

// The byte within a line of a column. A column inside a character gives its start, one
// past the end the end: LSP 3.17 "Position" says to clamp.
size_t text_byte(Str line, uint32_t column, Encoding unit);

// The byte offset of an LSP position; a line past the end gives the end of the text.
uint32_t text_offset(const Lines *lines, Str text, uint32_t line, uint32_t column,
                     Encoding unit);
