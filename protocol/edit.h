// One change of textDocument/didChange, applied to a text.
#pragma once

#include "protocol/base/buf.h"
#include "protocol/base/text.h"
#include "protocol/lsp.h"

// A position past the end of a line is the end of the line, as LSP 3.18 "Position" says;
// a line past the last one is the end of the text, which it leaves open: Neovim sends
// such. ERR_RANGE: an end before its start: client and server disagree about the text.
// ERR_LIMIT: the text would outgrow text->bytes_max.
//
// A change costs what it changes, not the text. First it is read: where it will be, and
// what comes in, which lives as long as the change. Then it is applied to the text and to
// its lines.
typedef struct EditSpan {
    uint32_t begin, old_end, new_end;
} EditSpan;

MUST_USE Err edit_read(const Buf *text, const Lines *lines, const ContentChange *change,
                       Encoding encoding, EditSpan *ret_span, Str *ret_inserted);
void edit_apply(Buf *text, Lines *lines, EditSpan span, Str inserted);
