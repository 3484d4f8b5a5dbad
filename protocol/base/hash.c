#include "protocol/base/hash.h"

#include <string.h>

static uint64_t rotate(uint64_t x, int n)
{
    return x << n | x >> (64 - n);
}

static void round_of(uint64_t v[4])
{
    v[0] += v[1], v[1] = rotate(v[1], 13) ^ v[0], v[0] = rotate(v[0], 32);
    v[2] += v[3], v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3], v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1], v[1] = rotate(v[1], 17) ^ v[2], v[2] = rotate(v[2], 32);
}

static void mix(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    round_of(v);
    round_of(v);
    v[0] ^= word;
}

void hasher_init(Hasher *hasher)
{
    // The key 00 01 .. 0f of the reference vectors, so that they test this very code.
    const uint64_t k0 = 0x0706050403020100, k1 = 0x0f0e0d0c0b0a0908;
    *hasher = (Hasher){.v = {0x736f6d6570736575 ^ k0, 0x646f72616e646f6d ^ k1 ^ 0xee,
                             0x6c7967656e657261 ^ k0, 0x7465646279746573 ^ k1}};
}

void hasher_put(Hasher *hasher, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    while (n && hasher->n_bytes % 8) {
        hasher->tail |= (uint64_t)*p++ << 8 * (hasher->n_bytes++ % 8);
        n--;
        if (hasher->n_bytes % 8 == 0) {
            mix(hasher->v, hasher->tail);
            hasher->tail = 0;
        }
    }
    for (; n >= 8; n -= 8, p += 8, hasher->n_bytes += 8) {
        uint64_t word; // little endian hosts only; asserted where Results are built
        memcpy(&word, p, 8);
        mix(hasher->v, word);
    }
    while (n--)
        hasher->tail |= (uint64_t)*p++ << 8 * (hasher->n_bytes++ % 8);
}

void hasher_put_u64(Hasher *hasher, uint64_t value)
{
    hasher_put(hasher, &value, sizeof value);
}

void hasher_put_str(Hasher *hasher, Str s)
{
    hasher_put_u64(hasher, s.len);
    hasher_put(hasher, s.at, s.len);
}

Hash hasher_done(Hasher *hasher)
{
    uint64_t *v = hasher->v;
    Hash hash;
    mix(v, hasher->tail | hasher->n_bytes << 56);
    v[2] ^= 0xee;
    for (int i = 0; i < 4; i++)
        round_of(v);
    hash.word[0] = v[0] ^ v[1] ^ v[2] ^ v[3];
    v[1] ^= 0xdd;
    for (int i = 0; i < 4; i++)
        round_of(v);
    hash.word[1] = v[0] ^ v[1] ^ v[2] ^ v[3];
    return hash;
}

Hash hash_of(Str s)
{
    Hasher hasher;
    hasher_init(&hasher);
    hasher_put(&hasher, s.at, s.len);
    return hasher_done(&hasher);
}

bool hash_eq(Hash a, Hash b)
{
    return a.word[0] == b.word[0] && a.word[1] == b.word[1];
}

void hash_hex(Hash hash, char ret_hex[33])
{
    for (int i = 0; i < 32; i++)
        ret_hex[i] = "0123456789abcdef"[hash.word[i / 16] >> (60 - i % 16 * 4) & 15];
    ret_hex[32] = '\0';
}
