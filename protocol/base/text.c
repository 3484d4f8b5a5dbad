#include "protocol/base/text.h"

#include <string.h>

enum {
    MARK_BYTES = 1024,       // between two marks
    LINE_UNMARKED_MAX = 4096 // columns before it are counted from the line's start
};

// A character's start, and how many units stand before it in the text.
typedef struct Mark {
    uint32_t byte, utf16, utf32;
} Mark;

// Marks stand every MARK_BYTES from the start of the text, as far as it was needed.
struct LinesMarks {
    Mark *at;
    uint32_t len, cap;
};

static void push_line(Lines *lines, size_t start)
{
    if (lines->len == lines->cap) {
        lines->cap = lines->cap ? lines->cap * 2 : 64;
        lines->start = mem_grow(lines->start, lines->cap * sizeof *lines->start);
    }
    lines->start[lines->len++] = (uint32_t)start;
}

// Old Macs' line ends are rare, and the text is scanned once more for them.
static void push_lines_with_returns(Lines *lines, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool is_end =
            c == '\n' || (c == '\r' && !(i + 1 < text.len && text.at[i + 1] == '\n'));
        if (is_end)
            push_line(lines, i + 1);
    }
}

static bool is_ascii(Str text)
{
    uint64_t word, high = 0;
    size_t i = 0;
    for (; i + sizeof word <= text.len; i += sizeof word) {
        memcpy(&word, text.at + i, sizeof word);
        high |= word;
    }
    for (; i < text.len; i++)
        high |= (unsigned char)text.at[i];
    return !(high & 0x8080808080808080u);
}

// On every edit of every text, so by memchr.
void lines_init(Lines *lines, Str text)
{
    CHECK_BUG(text.len < UINT32_MAX);
    *lines = (Lines){0};
    push_line(lines, 0);
    if (!is_ascii(text))
        lines->marks = mem_new(sizeof *lines->marks);
    if (!text.len)
        return;
    if (memchr(text.at, '\r', text.len)) {
        push_lines_with_returns(lines, text);
        return;
    }
    const char *end = text.at + text.len;
    for (const char *at = text.at; (at = memchr(at, '\n', (size_t)(end - at))) != NULL;
         at++)
        push_line(lines, (size_t)(at + 1 - text.at));
}

// Where lines start in a part of a text that begins with a line, but for the first.
static void push_starts(Lines *part, Str text, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        char c = text.at[i];
        bool is_end =
            c == '\n' || (c == '\r' && !(i + 1 < text.len && text.at[i + 1] == '\n'));
        if (is_end && (i + 1 < to || to == text.len))
            push_line(part, i + 1);
    }
}

// The lines that the change touches are looked at anew, and one byte around it: a CR may
// have lost or found its LF.
void lines_edit(Lines *lines, Str text, uint32_t begin, uint32_t old_end,
                uint32_t new_end)
{
    CHECK_BUG(text.len < UINT32_MAX && begin <= old_end && begin <= new_end);
    uint32_t first = lines_of(lines, begin ? begin - 1 : 0);
    uint32_t last = lines_of(lines, old_end + 1); // or past the end: the last one
    uint32_t rest = last + 1, n_rest = lines->len - rest, shift = new_end - old_end;
    uint32_t to = n_rest ? lines->start[rest] + shift : (uint32_t)text.len;
    Lines part = {0};
    push_starts(&part, text, lines->start[first], to);
    if (n_rest && part.len && part.start[part.len - 1] == to)
        part.len--; // the rest starts with it
    uint32_t n = first + 1 + part.len;
    if (n + n_rest > lines->cap) {
        lines->cap = n + n_rest + n_rest / 16 + 64;
        lines->start = mem_grow(lines->start, lines->cap * sizeof *lines->start);
    }
    memmove(lines->start + n, lines->start + rest, n_rest * sizeof *lines->start);
    if (part.len)
        memcpy(lines->start + first + 1, part.start, part.len * sizeof *lines->start);
    for (uint32_t i = 0; shift && i < n_rest; i++)
        lines->start[n + i] += shift; // modulo 2^32
    lines->len = n + n_rest;
    if (!lines->marks && !is_ascii(str_sub(text, begin, new_end)))
        lines->marks = mem_new(sizeof *lines->marks);
    else if (lines->marks)
        lines->marks->len = lines->marks->len && lines->marks->len > begin / MARK_BYTES
                                ? begin / MARK_BYTES
                                : lines->marks->len;
    lines_done(&part);
}

void lines_done(Lines *lines)
{
    mem_free(lines->start);
    if (lines->marks)
        mem_free(lines->marks->at);
    mem_free(lines->marks);
    *lines = (Lines){0};
}

Str lines_line(const Lines *lines, Str text, uint32_t line)
{
    if (line >= lines->len)
        return STR("");
    size_t end = line + 1 < lines->len ? lines->start[line + 1] : text.len;
    Str s = str_sub(text, lines->start[line], end);
    if (line + 1 < lines->len) {
        if (s.len && s.at[s.len - 1] == '\n')
            s.len--;
        if (s.len && s.at[s.len - 1] == '\r')
            s.len--;
    }
    return s;
}

uint32_t lines_of(const Lines *lines, uint32_t offset)
{
    uint32_t low = 0, high = lines->len; // start[low] <= offset < start[high]
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (lines->start[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

// Bytes of the character at i: a well-formed sequence, or 1 for a byte that is none.
static size_t char_bytes(Str s, size_t i)
{
    unsigned char c = (unsigned char)s.at[i];
    size_t n = c < 0xC2 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 1;
    if (n == 1 || s.len - i < n)
        return 1;
    return str_is_utf8((Str){s.at + i, n}) ? n : 1;
}

uint32_t text_column(Str line, size_t byte, Encoding unit)
{
    if (byte > line.len)
        byte = line.len;
    if (unit == ENCODING_UTF8)
        return (uint32_t)byte;
    uint32_t column = 0;
    for (size_t i = 0; i < byte;) {
        size_t n = char_bytes(line, i);
        if (i + n > byte)
            break; // inside a character: its start
        column += unit == ENCODING_UTF16 && n == 4 ? 2 : 1;
        i += n;
    }
    return column;
}

size_t text_byte(Str line, uint32_t column, Encoding unit)
{
    if (unit == ENCODING_UTF8 && column >= line.len)
        return line.len;
    uint32_t at = 0;
    size_t i = 0;
    while (i < line.len) {
        size_t n = char_bytes(line, i);
        uint32_t width = unit == ENCODING_UTF8              ? (uint32_t)n
                         : unit == ENCODING_UTF16 && n == 4 ? 2
                                                            : 1;
        if (at + width > column)
            return i;
        at += width;
        i += n;
    }
    return i;
}

static Mark walk(Str text, Mark from, uint32_t to)
{
    while (from.byte < to) {
        size_t n = char_bytes(text, from.byte);
        if (from.byte + n > to)
            break; // inside a character: its start
        from.byte += (uint32_t)n;
        from.utf16 += n == 4 ? 2 : 1;
        from.utf32++;
    }
    return from;
}

static Mark mark_of(LinesMarks *marks, Str text, uint32_t offset)
{
    uint32_t wanted = offset / MARK_BYTES;
    if (wanted >= marks->cap) {
        marks->cap = (uint32_t)(text.len / MARK_BYTES + 1);
        marks->at = mem_grow(marks->at, marks->cap * sizeof *marks->at);
    }
    for (; marks->len <= wanted; marks->len++)
        marks->at[marks->len] =
            marks->len ? walk(text, marks->at[marks->len - 1], marks->len * MARK_BYTES)
                       : (Mark){0};
    return walk(text, marks->at[wanted], offset);
}

Pos lines_pos(const Lines *lines, Str text, uint32_t offset)
{
    if (offset > text.len)
        offset = (uint32_t)text.len;
    uint32_t line = lines_of(lines, offset), start = lines->start[line];
    Str s = lines_line(lines, text, line);
    uint32_t byte = offset - start, column = byte < s.len ? byte : (uint32_t)s.len;
    Mark from = {start, 0, 0};
    if (!lines->marks)
        return (Pos){line, byte, column, column};
    if (column <= LINE_UNMARKED_MAX) {
        Mark at = walk(text, from, start + column);
        return (Pos){line, byte, at.utf16, at.utf32};
    }
    from = mark_of(lines->marks, text, start);
    Mark at = mark_of(lines->marks, text, start + column);
    return (Pos){line, byte, at.utf16 - from.utf16, at.utf32 - from.utf32};
}

uint32_t text_offset(const Lines *lines, Str text, uint32_t line, uint32_t column,
                     Encoding unit)
{
    if (line >= lines->len)
        return (uint32_t)text.len;
    Str s = lines_line(lines, text, line);
    if (!lines->marks) // every unit is a byte
        return lines->start[line] + (column < s.len ? column : (uint32_t)s.len);
    return lines->start[line] + (uint32_t)text_byte(s, column, unit);
}
