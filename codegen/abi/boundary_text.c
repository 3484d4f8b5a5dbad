#include "codegen/abi/boundary.h"
#include "codegen/abi/boundary_row.h"

enum { COLUMNS = 6, SCRATCH_BYTES_MAX = 1 << 22 };

typedef struct Cells {
    Str cell[COLUMNS];
} Cells;

static const Cells head = {{STR_INIT("parameter"), STR_INIT("type"), STR_INIT("x64"),
                            STR_INIT("Arm64EC"), STR_INIT("entry thunk"),
                            STR_INIT("exit thunk")}};

Str abi_place_text(Arena *arena, const AbiPlace *place, bool is_x64)
{
    Str text = place_text(arena, place, is_x64);
    if (place->hidden_pointer)
        return arena_format(arena, "at [%.*s]", STR_ARG(text));
    if (place->by_pointer)
        return arena_format(arena, "pointer in %.*s", STR_ARG(text));
    return text;
}

static Str words_cell(Arena *arena, Str words, uint32_t faults)
{
    return faults ? arena_format(arena, "WRONG: %.*s", STR_ARG(words)) : words;
}

static Cells cells_of(Arena *arena, const BoundaryRow *row)
{
    Str type = row->bytes ? arena_format(arena, "%.*s (%llu)", STR_ARG(row->type),
                                         (unsigned long long)row->bytes)
                          : row->type;
    return (Cells){{row->name, type, abi_place_text(arena, &row->x64, true),
                    abi_place_text(arena, &row->ec, false),
                    words_cell(arena, row->entry_does, row->entry_faults),
                    words_cell(arena, row->exit_does, row->exit_faults)}};
}

// Columns of code points, near enough to what a terminal shows of names in C.
static size_t width_of(Str cell)
{
    size_t width = 0;
    for (size_t i = 0; i < cell.len; i++)
        width += ((unsigned char)cell.at[i] & 0xC0) != 0x80;
    return width;
}

static void put_padded(Buf *out, Str cell, size_t width)
{
    buf_put(out, cell);
    for (size_t i = width_of(cell); i < width; i++)
        buf_put_char(out, ' ');
}

static void put_row(Buf *out, const Cells *cells, const size_t *widths)
{
    for (uint32_t c = 0; c < COLUMNS; c++) {
        bool is_last = c + 1 == COLUMNS;
        put_padded(out, cells->cell[c], is_last ? 0 : widths[c]);
        if (!is_last)
            buf_put(out, STR("  "));
    }
    buf_put_char(out, '\n');
}

void abi_boundary_text(const Boundary *boundary, Buf *out)
{
    if (!boundary->known)
        return;
    Arena arena;
    arena_init(&arena, SCRATCH_BYTES_MAX);
    uint32_t n = boundary->n_rows + 1;
    Cells *table = ARENA_ARRAY(&arena, Cells, n);
    size_t widths[COLUMNS] = {0};
    table[0] = head;
    for (uint32_t i = 1; i < n; i++)
        table[i] = cells_of(&arena, &boundary->rows[i - 1]);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t c = 0; c < COLUMNS; c++) {
            size_t width = width_of(table[i].cell[c]);
            widths[c] = width > widths[c] ? width : widths[c];
        }
    for (uint32_t i = 0; i < n; i++)
        put_row(out, &table[i], widths);
    arena_done(&arena);
}
