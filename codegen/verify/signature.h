// A signature that is to be executed, as text: what goes from who knows the types to who
// runs the thunks.
//
// Lines of fields between tabs: "prelude TEXT", one C declaration each; "result TYPE
// BYTES ALIGN PLACE LEAVES"; "argument ..." and, behind the fixed ones, "rest ...";
// "variadic" makes it so; "bank LETTER": a any, g general, v vector, n none. PLACE is a
// letter: g general, f float, p pointer, v vector, ? unknown; LEAVES are
// "OFFSET:BYTES:KIND,...", KIND i bits, b bool, h half, f float, d double.
#pragma once

#include "codegen/verify/verify.h"

void signature_write(const VerifySignature *signature, Buf *out);

// Takes lines off `rest` up to its end or to a line of another kind. False: a line that
// means nothing, or a signature that is not possible (verify_is_possible). Strings point
// into the text or live in the arena.
MUST_USE bool signature_read(Arena *arena, Str *rest, VerifySignature *ret_signature);
