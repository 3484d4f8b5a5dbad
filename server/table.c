#include "server/table.h"

void table_init(Table *table, Arena *arena, uint32_t n_columns)
{
    CHECK_BUG(n_columns > 0 && n_columns <= TABLE_COLUMNS_MAX);
    *table = (Table){.arena = arena, .n_columns = n_columns};
}

enum { CELL_BYTES_MAX = 1 << 20 };

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The bytes of "[rcx]" or "[rsp+40]" at `i`: no link, as none of its address follows and
// a cell defines none. 0: something else.
static size_t place_length(Str text, size_t i)
{
    size_t end = i + 1;
    while (end < text.len && (is_name_char(text.at[end]) || text.at[end] == '+'))
        end++;
    if (end == i + 1 || end == text.len || text.at[end] != ']' ||
        (i && text.at[i - 1] != ' '))
        return 0;
    char next = end + 1 < text.len ? text.at[end + 1] : ' ';
    return str_find_char(STR("([:"), next) < 3 ? 0 : end + 1 - i;
}

// A star between blanks and an underline within a word are themselves: most types and
// names are read as source, in editors that show Markdown as it stands.
static bool is_plain(Str text, size_t i)
{
    char before = i ? text.at[i - 1] : ' ';
    char after = i + 1 < text.len ? text.at[i + 1] : ' ';
    if (text.at[i] == '*')
        return before == ' ' && after == ' ';
    return text.at[i] == '_' && is_name_char(before) && is_name_char(after);
}

// In Markdown a bar ends a cell, and a star or an underline may mean emphasis.
static Str escaped(Arena *arena, Str text)
{
    Buf out;
    buf_init(&out, CELL_BYTES_MAX);
    for (size_t i = 0; i < text.len; i++) {
        size_t n = text.at[i] == '[' ? place_length(text, i) : 0;
        if (n) {
            buf_put(&out, str_sub(text, i, i + n));
            i += n - 1;
            continue;
        }
        if (str_find_char(STR("|*_<\\[]`"), text.at[i]) < 8 && !is_plain(text, i))
            buf_put_char(&out, '\\');
        buf_put_char(&out, text.at[i] == '\n' ? ' ' : text.at[i]);
    }
    Str kept = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return kept;
}

void table_cell(Table *table, Str text)
{
    *LIST_PUSH(table->arena, &table->cells) =
        table->is_markdown ? escaped(table->arena, text) : text;
}

// In characters, as a terminal counts them: UTF-8 continuation bytes take no room.
static size_t width_of(Str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return n;
}

// 0: nothing but its heading.
static void find_widths(const Table *table, size_t ret_widths[TABLE_COLUMNS_MAX])
{
    for (uint32_t column = 0; column < table->n_columns; column++) {
        size_t widest = 0;
        bool has_text = false;
        uint32_t first = table->has_headings ? table->n_columns : 0;
        for (uint32_t i = column; i < table->cells.len; i += table->n_columns) {
            size_t width = width_of(table->cells.at[i]);
            widest = width > widest ? width : widest;
            has_text |= i >= first && width > 0;
        }
        ret_widths[column] = has_text ? widest : 0;
    }
}

static void put_blanks(Buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_put_char(out, ' ');
}

static void put_row(const Table *table, uint32_t first, const size_t *widths,
                    uint32_t indent, Buf *out)
{
    size_t owed = indent; // blanks that are due before the next text
    for (uint32_t column = 0; column < table->n_columns; column++) {
        if (!widths[column])
            continue;
        Str cell = table->cells.at[first + column];
        size_t room = widths[column] - width_of(cell);
        if (!cell.len) {
            owed += widths[column] + 2;
            continue;
        }
        put_blanks(out, owed + (table->is_right[column] ? room : 0));
        bool is_loud = table->loud.len && str_starts(cell, table->loud);
        buf_put(out, is_loud ? STR("\033[1;31m") : STR(""));
        buf_put(out, cell);
        buf_put(out, is_loud ? STR("\033[0m") : STR(""));
        owed = 2 + (table->is_right[column] ? 0 : room);
    }
    buf_put_char(out, '\n');
}

static void put_bars(const Table *table, uint32_t first, const size_t *widths, Buf *out)
{
    for (uint32_t column = 0; column < table->n_columns; column++) {
        if (!widths[column])
            continue;
        Str cell = table->cells.at[first + column];
        size_t room = widths[column] - width_of(cell);
        buf_put(out, STR("| "));
        put_blanks(out, table->is_right[column] ? room : 0);
        buf_put(out, cell);
        put_blanks(out, table->is_right[column] ? 1 : room + 1);
    }
    buf_put(out, STR("|\n"));
}

static void put_rule(const Table *table, const size_t *widths, Buf *out)
{
    for (uint32_t column = 0; column < table->n_columns; column++) {
        if (!widths[column])
            continue;
        buf_put(out, STR("| "));
        for (size_t i = 1; i < widths[column]; i++)
            buf_put_char(out, '-');
        buf_put(out, table->is_right[column] ? STR(": ") : STR("- "));
    }
    buf_put(out, STR("|\n"));
}

static void put_markdown(const Table *table, const size_t *widths, Buf *out)
{
    put_bars(table, 0, widths, out);
    put_rule(table, widths, out);
    for (uint32_t i = table->n_columns; i < table->cells.len; i += table->n_columns)
        put_bars(table, i, widths, out);
}

void table_put(const Table *table, uint32_t indent, Buf *out)
{
    size_t widths[TABLE_COLUMNS_MAX];
    CHECK_BUG(table->cells.len % table->n_columns == 0);
    find_widths(table, widths);
    if (table->is_markdown) {
        put_markdown(table, widths, out);
        return;
    }
    for (uint32_t i = 0; i < table->cells.len; i += table->n_columns)
        put_row(table, i, widths, indent, out);
}

size_t table_width(const Table *table)
{
    size_t widths[TABLE_COLUMNS_MAX], longest = 0;
    find_widths(table, widths);
    for (uint32_t i = 0; i < table->cells.len; i += table->n_columns) {
        size_t end = 0, at = 0;
        for (uint32_t k = 0; k < table->n_columns; k++) {
            if (!widths[k])
                continue;
            size_t width = width_of(table->cells.at[i + k]);
            end = width ? at + (table->is_right[k] ? widths[k] : width) : end;
            at += widths[k] + 2;
        }
        longest = end > longest ? end : longest;
    }
    return longest;
}
