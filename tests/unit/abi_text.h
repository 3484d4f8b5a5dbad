// C types as text, for tests of codegen/abi/: "s{f;f;f}", "i32(s[12,4]{@0
// A3(i32)},d,...,p)".
//
//   v void   b bool   i8 i16 i32 i64 i128   B37 _BitInt(37)   h half   y __bf16
//   f float   d double   l long double   p pointer   z scalable   ? unknown
//   V4(f) vector   C(f) complex   A3(i8) array   F(i32) flexible array
//   s{..} struct   u{..} union   t{..} transparent union; then, if wanted, flags:
//   '+' C++, '!' not trivially copied, '^' no C++14 aggregate; and '[bytes,align]'
//   field: ['@' offset in bits] type [':' width] ['=' name], separated by ';'
//   signature: ['K' unprototyped] ['M' member] result '(' types ')'; '...' makes it
//   variadic, and what follows are arguments of a call
//
// Without '[...]' a record is laid out naturally; with it fields want '@'.
#pragma once

#include "codegen/abi/type.h"

typedef struct AbiText {
    AbiSignature signature;
    const AbiType **variadic;
    uint32_t n_variadic;
} AbiText;

// NULL or false if the text is none.
const AbiType *abi_type_of(Arena *arena, Str text);
bool abi_signature_of(Arena *arena, Str text, AbiText *ret_text);
