// Columns for people: cells as wide as their column's widest, two blanks between them, or
// a Markdown table whose source reads as well.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/buf.h"

enum { TABLE_COLUMNS_MAX = 8 };

typedef struct Table {
    Arena *arena;
    uint32_t n_columns;
    bool has_headings; // in the first row; a Markdown table has them
    bool is_markdown;
    bool is_right[TABLE_COLUMNS_MAX]; // numbers
    Str loud;                         // cells that start so are painted; empty: none
    LIST(Str) cells;                  // row by row; borrowed until it is put
} Table;

void table_init(Table *table, Arena *arena, uint32_t n_columns);
void table_cell(Table *table, Str text); // the next one, from left to right

size_t table_width(const Table *table); // of its longest line

// Each line after `indent` blanks, without blanks at its end. Columns with
// nothing but a heading are left out.
void table_put(const Table *table, uint32_t indent, Buf *out);
