// Reads signatures in the words of tests/unit/abi_text.h, one a line, and tells what
// codegen/abi/ makes of each, tab-separated:
//
//   signature, LLVM signature, sret type or -, key of the convention, faults of the entry
//   and of the exit thunk in hex, then a field for each row: x64 place|Arm64EC place
//
// "gnu" as argument: that environment. run.py compares the lines with clang's IR.
#include "codegen/abi/boundary.h"
#include "codegen/abi/boundary_row.h"
#include "codegen/abi/lower.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/abi_text.h"

enum { ARENA_BYTES_MAX = 1 << 28, OUT_BYTES_MAX = 1 << 20 };

#ifndef OWN_LLVM
#define OWN_LLVM 22 // whose clang is compared with
#endif

static void put_signature(const LowSignature *low, Buf *out)
{
    low_print(low->result, out);
    buf_put(out, STR(" ("));
    for (uint32_t i = 0; i < low->n_parameters; i++) {
        if (i)
            buf_put(out, STR(", "));
        low_print(low->parameters[i], out);
    }
    if (low->is_variadic)
        buf_put(out, low->n_parameters ? STR(", ...") : STR("..."));
    buf_put(out, STR(")\t"));
    if (low->sret)
        low_print(low->sret, out);
    else
        buf_put_char(out, '-');
}

static void put_place(Arena *arena, const AbiPlace *place, bool is_x64, Buf *out)
{
    buf_put(out, place->hidden_pointer ? STR("hidden ")
                 : place->by_pointer   ? STR("pointer ")
                                       : STR(""));
    buf_put(out, place_text(arena, place, is_x64));
}

static void tell(Arena *arena, Str line, AbiEnvironment environment, Buf *out)
{
    AbiText text;
    buf_put(out, line);
    if (!abi_signature_of(arena, line, &text)) {
        buf_put(out, STR("\tunreadable\n"));
        return;
    }
    Boundary boundary = abi_boundary(arena, &text.signature, environment, (Builder){0},
                                     OWN_LLVM, text.variadic, text.n_variadic);
    if (!boundary.known) {
        buf_put(out, STR("\tunknown\n"));
        return;
    }
    LowSignature low = abi_lower(arena, &text.signature, environment, OWN_LLVM);
    buf_put_char(out, '\t');
    put_signature(&low, out);
    buf_format(out, "\t%.*s\t%x\t%x", STR_ARG(boundary.convention_key),
               boundary.entry_faults, boundary.exit_faults);
    for (uint32_t i = 0; i < boundary.n_rows; i++) {
        buf_put_char(out, '\t');
        put_place(arena, &boundary.rows[i].x64, true, out);
        buf_put_char(out, '|');
        put_place(arena, &boundary.rows[i].ec, false, out);
    }
    buf_put_char(out, '\n');
}

int main(int argc, char **argv)
{
    AbiEnvironment environment = argc > 1 && strcmp(argv[1], "gnu") == 0
                                     ? ABI_ENVIRONMENT_GNU
                                     : ABI_ENVIRONMENT_MSVC;
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    Arena arena;
    Buf out;
    arena_init(&arena, ARENA_BYTES_MAX);
    buf_init(&out, OUT_BYTES_MAX);
    while ((n = getline(&line, &cap, stdin)) >= 0) {
        arena_reset(&arena);
        buf_clear(&out);
        tell(&arena, str_trim((Str){line, (size_t)n}), environment, &out);
        if (argc > 2) { // the table too
            AbiText text;
            if (abi_signature_of(&arena, str_trim((Str){line, (size_t)n}), &text)) {
                Boundary boundary =
                    abi_boundary(&arena, &text.signature, environment, (Builder){0},
                                 OWN_LLVM, text.variadic, text.n_variadic);
                abi_boundary_text(&boundary, &out);
            }
        }
        fwrite(out.at, 1, out.len, stdout);
    }
    buf_done(&out);
    arena_done(&arena);
    free(line);
    return 0;
}
