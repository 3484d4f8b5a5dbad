#include "codegen/cut/cut_move.h"

int cut_order(Pos a, Pos b)
{
    if (a.line != b.line)
        return a.line < b.line ? -1 : 1;
    return (a.byte > b.byte) - (a.byte < b.byte);
}

bool cut_move_pos(const CutMerge *in, Pos *pos)
{
    if (cut_order(*pos, in->change_begin) <= 0)
        return true;
    if (cut_order(*pos, in->change_old_end) < 0) {
        *pos = in->change_begin;
        return false;
    }
    const Pos *old = &in->change_old_end, *now = &in->change_new_end;
    if (pos->line == old->line) {
        pos->byte = pos->byte - old->byte + now->byte;
        pos->utf16 = pos->utf16 - old->utf16 + now->utf16;
        pos->utf32 = pos->utf32 - old->utf32 + now->utf32;
    }
    pos->line = pos->line - old->line + now->line;
    return true;
}

bool cut_move(const CutMerge *in, RRange *range)
{
    if (range->path)
        return true;
    bool start = cut_move_pos(in, &range->start), end = cut_move_pos(in, &range->end);
    return start && end;
}

bool cut_lies_in(const RRange *range, Pos begin, Pos end)
{
    return range->path == 0 && cut_order(range->start, begin) >= 0 &&
           cut_order(range->start, end) < 0;
}
