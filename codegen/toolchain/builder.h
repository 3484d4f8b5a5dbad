// Who compiles the user's build, and which version: what is true of a signature, a macro
// or a register depends on it, so every version gate reads a Builder.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"
#include "protocol/base/buf.h"

typedef enum BuilderKind {
    BUILDER_CLANG,    // clang with GNU-style arguments; the default
    BUILDER_CLANG_CL, // clang with cl's
    BUILDER_MSVC,     // cl
    BUILDER_MINGW,    // llvm-mingw's clang or a -windows-gnu triple
    BUILDER_RUSTC,
} BuilderKind;

typedef struct Builder {
    BuilderKind kind;
    uint32_t major, minor; // 0.0: unknown, taken as the newest we know
} Builder;

// "msvc-19.40", "clang-22", "clang", "mingw-21.1". False for anything else.
bool builder_parse(Str text, Builder *ret_builder);
Str builder_name(Arena *arena, Builder builder); // the same form

// LLVM's major version behind the builder; UINT32_MAX for MSVC, which has none.
uint32_t builder_llvm(Builder builder, uint32_t own_llvm);
bool builder_is_llvm(Builder builder);

// Why `name`, which has this version of LLVM, can make no Arm64EC code; empty: it can.
Str llvm_refusal(Arena *arena, Str name, uint32_t major, uint32_t minor);
Str builder_refusal(Arena *arena, Builder builder); // the same of a builder

// ", which does not show ...": what no rule looks at, because our libclang of this
// version ("19.1.7") is too old. Nothing if it shows all.
void llvm_put_unseen(Buf *out, Str version);
