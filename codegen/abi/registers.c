#include "codegen/abi/registers.h"

#include <string.h>

enum {
    NAME_BYTES_MAX = 8,
    GENERAL_REGISTERS = 31,
    VECTOR_REGISTERS = 32,
    PREDICATE_REGISTERS = 16,
};

typedef enum Row {
#define REGISTER(name, x64, role, volatility, why) ROW_##name,
#include "codegen/abi/registers.def"
#undef REGISTER
} Row;

_Static_assert(ROW_x30 - ROW_x0 == 30 && ROW_v31 - ROW_v0 == 31, "rows in order");

static const RegisterFacts rows[] = {
#define REGISTER(name, x64, role, volatility, why)                                       \
    {STR_INIT(#name), STR_INIT(x64), STR_INIT(role), REGISTER_##volatility,              \
     STR_INIT(why)},
#include "codegen/abi/registers.def"
#undef REGISTER
};

typedef struct Spelling {
    Str name;
    RegisterName reg;
    Row row;
} Spelling;

// Names that are no letter with a number.
static const Spelling spellings[] = {
    {STR_INIT("sp"), {BANK_STACK, 0, 'x'}, ROW_sp},
    {STR_INIT("wsp"), {BANK_STACK, 0, 'w'}, ROW_sp},
    {STR_INIT("xzr"), {BANK_ZERO, 0, 'x'}, ROW_xzr},
    {STR_INIT("wzr"), {BANK_ZERO, 0, 'w'}, ROW_xzr},
    {STR_INIT("fp"), {BANK_GENERAL, 29, 'x'}, ROW_x29},
    {STR_INIT("lr"), {BANK_GENERAL, 30, 'x'}, ROW_x30},
    {STR_INIT("ip0"), {BANK_GENERAL, 16, 'x'}, ROW_x16},
    {STR_INIT("ip1"), {BANK_GENERAL, 17, 'x'}, ROW_x17},
    {STR_INIT("xip0"), {BANK_GENERAL, 16, 'x'}, ROW_x16},
    {STR_INIT("xip1"), {BANK_GENERAL, 17, 'x'}, ROW_x17},
    {STR_INIT("ffr"), {BANK_PREDICATE, 0, 0}, ROW_ffr},
    {STR_INIT("pc"), {BANK_STATUS, 0, 0}, ROW_pc},
    {STR_INIT("nzcv"), {BANK_STATUS, 0, 0}, ROW_nzcv},
    {STR_INIT("fpcr"), {BANK_STATUS, 0, 0}, ROW_fpcr},
    {STR_INIT("fpsr"), {BANK_STATUS, 0, 0}, ROW_fpsr},
};

static const Spelling *find_spelling(Str name)
{
    for (size_t i = 0; i < COUNTOF(spellings); i++)
        if (str_eq_nocase(spellings[i].name, name))
            return &spellings[i];
    return NULL;
}

// "13" of "x13". No leading zero: "x03" is a symbol.
static bool parse_number(Str digits, unsigned limit, uint8_t *ret_number)
{
    if (digits.len == 0 || digits.len > 2 || !is_digit(digits.at[0]))
        return false;
    unsigned number = (unsigned)(digits.at[0] - '0');
    if (digits.len == 2) {
        if (number == 0 || !is_digit(digits.at[1]))
            return false;
        number = number * 10 + (unsigned)(digits.at[1] - '0');
    }
    if (number >= limit)
        return false;
    *ret_number = (uint8_t)number;
    return true;
}

bool register_parse(Str name, RegisterName *ret_register)
{
    if (name.len < 2 || name.len > NAME_BYTES_MAX)
        return false;
    const Spelling *spelling = find_spelling(name);
    if (spelling) {
        *ret_register = spelling->reg;
        return true;
    }
    char width = (char)(name.at[0] | 0x20);
    Str digits = str_from(name, 1);
    RegisterName reg = {.width = width};
    unsigned limit = VECTOR_REGISTERS;
    if (width == 'x' || width == 'w') {
        reg.bank = BANK_GENERAL;
        limit = GENERAL_REGISTERS;
    } else if (width == 'p') {
        reg.bank = BANK_PREDICATE;
        limit = PREDICATE_REGISTERS;
        if ((digits.at[0] | 0x20) == 'n')
            digits = str_from(digits, 1);
    } else if (width == 'z') {
        reg.bank = BANK_SCALABLE;
    } else if (memchr("bhsdqv", width, 6)) {
        reg.bank = BANK_VECTOR;
    } else {
        return false;
    }
    if (!parse_number(digits, limit, &reg.number))
        return false;
    *ret_register = reg;
    return true;
}

static const RegisterFacts *facts_of(RegisterName reg)
{
    switch (reg.bank) {
    case BANK_GENERAL:
        return &rows[ROW_x0 + reg.number];
    case BANK_VECTOR:
        return &rows[ROW_v0 + reg.number];
    case BANK_SCALABLE:
        return &rows[ROW_z];
    case BANK_PREDICATE:
        return &rows[ROW_p];
    case BANK_STACK:
        return &rows[ROW_sp];
    case BANK_ZERO:
        return &rows[ROW_xzr];
    case BANK_STATUS:
        return &rows[ROW_nzcv];
    }
    BUG("register bank");
}

const RegisterFacts *register_facts(Str name)
{
    const Spelling *spelling = find_spelling(name);
    if (spelling)
        return &rows[spelling->row];
    RegisterName reg;
    return register_parse(name, &reg) ? facts_of(reg) : NULL;
}

bool register_is_disallowed(RegisterName reg)
{
    return facts_of(reg)->volatility == REGISTER_DISALLOWED;
}
