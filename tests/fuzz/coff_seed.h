// Two small COFF objects that fit together: an Arm64EC function `#f` with its entry
// thunk, which calls x64's `g`, and x64's `g`, which reads the Arm64EC side's `data`. For
// the loader's fuzzer and its unit test.
#pragma once

#include "protocol/base/buf.h"

enum {
    SEED_BYTES_MAX = 4096,
    SEED_EC_CODE_AT = 20 + 4 * 40, // contents follow the section table
};

static inline void seed_u16(Buf *out, uint32_t value)
{
    const uint8_t bytes[] = {(uint8_t)value, (uint8_t)(value >> 8)};
    buf_put_bytes(out, bytes, sizeof bytes);
}

static inline void seed_u32(Buf *out, uint32_t value)
{
    seed_u16(out, value & 0xffff);
    seed_u16(out, value >> 16);
}

static inline void seed_name(Buf *out, Str name) // padded to eight letters
{
    buf_put(out, name);
    for (size_t i = name.len; i < 8; i++)
        buf_put_char(out, '\0');
}

static inline void seed_header(Buf *out, uint32_t machine, uint32_t n_sections,
                               uint32_t symbols_at, uint32_t n_symbols)
{
    seed_u16(out, machine);
    seed_u16(out, n_sections);
    seed_u32(out, 0);
    seed_u32(out, symbols_at);
    seed_u32(out, n_symbols);
    seed_u32(out, 0);
}

static inline void seed_section(Buf *out, Str name, uint32_t n_bytes, uint32_t at,
                                uint32_t relocations_at, uint32_t n_relocations,
                                uint32_t flags)
{
    seed_name(out, name);
    seed_u32(out, 0);
    seed_u32(out, 0);
    seed_u32(out, n_bytes);
    seed_u32(out, at);
    seed_u32(out, relocations_at);
    seed_u32(out, 0);
    seed_u16(out, n_relocations);
    seed_u16(out, 0);
    seed_u32(out, flags);
}

static inline void seed_relocation(Buf *out, uint32_t offset, uint32_t symbol,
                                   uint32_t kind)
{
    seed_u32(out, offset);
    seed_u32(out, symbol);
    seed_u16(out, kind);
}

// `storage`: 2 external, 3 static, 105 weak; then `n_records` auxiliary ones must follow.
static inline void seed_symbol(Buf *out, Str name, uint32_t long_name_at, uint32_t value,
                               uint32_t section, char storage, char n_records)
{
    if (long_name_at) {
        seed_u32(out, 0);
        seed_u32(out, long_name_at);
    } else {
        seed_name(out, name);
    }
    seed_u32(out, value);
    seed_u16(out, section);
    seed_u16(out, 0);
    buf_put_char(out, storage);
    buf_put_char(out, n_records);
}

static inline void seed_alias(Buf *out, uint32_t symbol)
{
    seed_u32(out, symbol);
    seed_u32(out, 4); // anti-dependency
    for (int i = 0; i < 10; i++)
        buf_put_char(out, '\0');
}

static inline void seed_comdat(Buf *out, uint32_t n_bytes)
{
    seed_u32(out, n_bytes);
    for (int i = 0; i < 10; i++)
        buf_put_char(out, '\0');
    buf_put_char(out, 2); // any
    for (int i = 0; i < 3; i++)
        buf_put_char(out, '\0');
}

// Section 1 `#f`, 2 its thunk, 3 the hybrid map, 4 `data`.
static inline void seed_ec_object(Buf *out)
{
    const uint32_t text = SEED_EC_CODE_AT, thunk = text + 16, map = thunk + 8,
                   data = map + 12, relocations = data + 16,
                   symbols = relocations + 4 * 10;
    seed_header(out, 0xA641, 4, symbols, 12);
    seed_section(out, STR(".text"), 16, text, relocations, 3, 0x60301020);
    seed_section(out, STR("/4"), 8, thunk, 0, 0, 0x60301020);
    seed_section(out, STR(".hybmp$x"), 12, map, 0, 0, 0x200);
    seed_section(out, STR(".data"), 16, data, relocations + 30, 1, 0xC0400040);
    seed_u32(out, 0x90000000); // adrp x0, data
    seed_u32(out, 0x91002000); // add x0, x0, data + 8
    seed_u32(out, 0x94000000); // bl #g
    seed_u32(out, 0xD65F03C0); // ret
    seed_u32(out, 0xD503201F); // the thunk: nop, ret
    seed_u32(out, 0xD65F03C0);
    seed_u32(out, 2); // #f has the entry thunk $ientry_thunk
    seed_u32(out, 7);
    seed_u32(out, 1);
    for (int i = 0; i < 4; i++)
        seed_u32(out, (uint32_t)i);
    seed_relocation(out, 0, 8, 4);
    seed_relocation(out, 4, 8, 6);
    seed_relocation(out, 8, 9, 3);
    seed_relocation(out, 0, 3, 14);
    seed_symbol(out, STR(".text"), 0, 0, 1, 3, 1); // 0, 1
    seed_comdat(out, 16);
    seed_symbol(out, STR("#f"), 0, 0, 1, 2, 0);  // 2
    seed_symbol(out, STR("f"), 0, 0, 0, 105, 1); // 3, 4
    seed_alias(out, 2);
    seed_symbol(out, STR("/4"), 4, 0, 2, 3, 1); // 5, 6
    seed_comdat(out, 8);
    seed_symbol(out, STR(""), 15, 0, 2, 2, 0);    // 7
    seed_symbol(out, STR("data"), 0, 0, 4, 2, 0); // 8
    seed_symbol(out, STR("#g"), 0, 0, 0, 105, 1); // 9, 10
    seed_alias(out, 11);
    seed_symbol(out, STR("g"), 0, 0, 0, 2, 0); // 11
    seed_u32(out, 4 + 11 + 14);
    buf_put(out, STR(".wowthk$aa\0$ientry_thunk\0"));
}

// Section 1 `g`: lea rax, [rip + data]; ret.
static inline void seed_x64_object(Buf *out)
{
    const uint32_t text = 20 + 40, relocations = text + 8;
    seed_header(out, 0x8664, 1, relocations + 10, 2);
    seed_section(out, STR(".text"), 8, text, relocations, 1, 0x60500020);
    buf_put(out, STR("\x48\x8d\x05\0\0\0\0\xc3"));
    seed_relocation(out, 3, 1, 4);
    seed_symbol(out, STR("g"), 0, 0, 1, 2, 0);
    seed_symbol(out, STR("data"), 0, 0, 0, 2, 0);
    seed_u32(out, 4);
}
