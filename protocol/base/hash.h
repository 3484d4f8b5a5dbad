// SipHash-2-4 with 128-bit output (Aumasson, Bernstein, 2012), under a fixed key: names
// cached Results and checks blocks that crossed a pipe. Not a defence against forgery.
#pragma once

#include "protocol/base/base.h"

typedef struct Hash {
    uint64_t word[2];
} Hash;

typedef struct Hasher {
    uint64_t v[4];
    uint64_t tail; // up to seven bytes not yet mixed in
    uint64_t n_bytes;
} Hasher;

void hasher_init(Hasher *hasher);
void hasher_put(Hasher *hasher, const void *bytes, size_t n);
void hasher_put_str(Hasher *hasher, Str s); // length first, so that parts cannot blur
void hasher_put_u64(Hasher *hasher, uint64_t value);
Hash hasher_done(Hasher *hasher);

Hash hash_of(Str s);
bool hash_eq(Hash a, Hash b);
void hash_hex(Hash hash, char ret_hex[33]); // 32 digits and NUL
