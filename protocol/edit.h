// One change of textDocument/didChange, applied to a text.
#pragma once

#include "protocol/base/buf.h"
#include "protocol/base/text.h"
#include "protocol/lsp.h"

// A position past the end of a line is clamped, as LSP 3.18 "Position" says; of lines it
// says nothing, and clangd refuses one that is not there. ERR_RANGE: such a line, or an
// end before its start: client and server disagree about the text. ERR_LIMIT: the text
// would outgrow text->bytes_max. The text is unchanged after an ERR_RANGE, and to be
// thrown away after an ERR_LIMIT.
MUST_USE Err edit_apply(Buf *text, const ContentChange *change, Encoding encoding);
