#include "codegen/frontend/asm_mnemonics.h"

#include <stdlib.h>

enum { MNEMONIC_BYTES_MAX = 16 };

typedef struct Mnemonic {
    Str name;
    AsmWrites writes;
} Mnemonic;

static const Mnemonic mnemonics[] = {
#define A64(mnemonic, writes) {STR_INIT(#mnemonic), ASM_WRITES_##writes},
#include "codegen/frontend/asm_mnemonics.def"
#undef A64
};

static int compare(const void *key, const void *row)
{
    return str_compare(*(const Str *)key, ((const Mnemonic *)row)->name);
}

AsmWrites asm_mnemonic_writes(Str mnemonic)
{
    Str base = str_sub(mnemonic, 0, str_find_char(mnemonic, '.'));
    char lower[MNEMONIC_BYTES_MAX];
    if (base.len == 0 || base.len > sizeof lower)
        return ASM_NOT_A64;
    for (size_t i = 0; i < base.len; i++) {
        char c = base.at[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    Str key = {lower, base.len};
    const Mnemonic *found =
        bsearch(&key, mnemonics, COUNTOF(mnemonics), sizeof *mnemonics, compare);
    return found ? found->writes : ASM_NOT_A64;
}

AsmWrites asm_mnemonic_recall(AsmMnemonicMemo *memo, Str mnemonic)
{
    uint32_t hash = (uint32_t)mnemonic.len;
    for (size_t i = 0; i < mnemonic.len && i < MNEMONIC_BYTES_MAX; i++)
        hash = hash * 31 + (unsigned char)mnemonic.at[i];
    uint32_t slot = hash % ASM_MNEMONICS_KEPT;
    if (!mnemonic.len || !str_eq(memo->word[slot], mnemonic)) {
        memo->word[slot] = mnemonic;
        memo->writes[slot] = (uint8_t)asm_mnemonic_writes(mnemonic);
    }
    return (AsmWrites)memo->writes[slot];
}
