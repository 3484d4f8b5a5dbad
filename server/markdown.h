// Text of somebody else's in Markdown that we write: a hover shows names, messages and
// paths of a project, and a client loads the image of "![](https://...)" at once.
#pragma once

#include "protocol/base/buf.h"

// As text: nothing in it links, loads or is HTML, and it stays on its line.
void markdown_text(Buf *out, Str text);

// As code, between as many backticks as it takes.
void markdown_code(Buf *out, Str text);
