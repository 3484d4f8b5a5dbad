"""Broken thunks: one instruction replaced by `nop` or by a jump to itself, to see that
execution notices."""

import struct

NOP = 0xD503201F
LOOP = 0x14000000
SECTION_BYTES, SYMBOL_BYTES, RELOCATION_BYTES = 40, 18, 10
# memcpy's, memmove's and memset's, and the callers': nobody on the x64 side calls these
UNUSED = {"$ientry_thunk$cdecl$i8$i8i8i8", "$ientry_thunk$cdecl$v$v"}


def is_worth(word):
    """Neither empty, nor `nop`, nor `add x29, sp, #n`, which only unwinding needs."""
    return word not in (0, NOP) and word & 0xFFC003FF != 0x910003FD


def sites(data):
    """Offsets in the file of thunk instructions that no relocation touches."""
    n_sections, _, symbols_at, n_symbols = struct.unpack_from("<HIII", data, 2)
    strings_at = symbols_at + n_symbols * SYMBOL_BYTES

    def string(at):
        return data[strings_at + at : data.index(b"\0", strings_at + at)].decode()

    leaders = {}
    index = 0
    while index < n_symbols:
        at = symbols_at + index * SYMBOL_BYTES
        zero, name_at = struct.unpack_from("<II", data, at)
        (section,) = struct.unpack_from("<h", data, at + 12)
        if data[at + 16] == 2 and section > 0 and not zero:
            leaders.setdefault(section, string(name_at))
        index += 1 + data[at + 17]
    for number in range(1, n_sections + 1):
        at = 20 + (number - 1) * SECTION_BYTES
        name = data[at : at + 8].rstrip(b"\0").decode()
        if name.startswith("/"):
            name = string(int(name[1:]))
        if not name.startswith(".wowthk") or leaders.get(number) in UNUSED:
            continue
        size, contents, relocations = struct.unpack_from("<III", data, at + 16)
        (n_relocations,) = struct.unpack_from("<H", data, at + 32)
        touched = {
            struct.unpack_from("<I", data, relocations + i * RELOCATION_BYTES)[0]
            for i in range(n_relocations)
        }
        for offset in range(0, size, 4):
            (word,) = struct.unpack_from("<I", data, contents + offset)
            if offset not in touched and is_worth(word):
                yield contents + offset


def mutant(data, site, word=NOP):
    return data[:site] + struct.pack("<I", word) + data[site + 4 :]
