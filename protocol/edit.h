// One change of textDocument/didChange, applied to a text.
#pragma once

#include "protocol/base/buf.h"
#include "protocol/base/text.h"
#include "protocol/lsp.h"

// A position past the end of a line is the end of the line, as LSP 3.18 "Position" says;
// a line past the last one is the end of the text, which it leaves open: Neovim sends
// such. ERR_RANGE: an end before its start: client and server disagree about the text.
// ERR_LIMIT: the text would outgrow text->bytes_max. The text is unchanged after an
// ERR_RANGE, and to be thrown away after an ERR_LIMIT.
MUST_USE Err edit_apply(Buf *text, const ContentChange *change, Encoding encoding);
