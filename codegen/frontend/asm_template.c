#include "codegen/frontend/asm_template.h"

#include "codegen/abi/registers.h"
#include "codegen/frontend/asm_text.h"

#include <stdio.h>
#include <string.h>

enum {
    NO_REGISTER = 255,
    REGISTERS_PER_BANK = 32,
    PRINTED_BYTES_MAX = 24,
    MATCHES_MAX = 8, // "0" naming an operand that is itself "0"
};

// What an operand may be; bits, because "rm" may be two things.
enum {
    MAY_BE_GENERAL = 1,
    MAY_BE_VECTOR = 2,
    MAY_BE_MEMORY = 4,
    MAY_BE_CONSTANT = 8,
    MAY_BE_SYMBOL = 16,
    MAY_BE_ANYTHING = 32,
};

typedef struct Operand {
    unsigned kinds;
    uint8_t number;  // of its register, or of the register that holds its address
    bool is_certain; // nothing but what the constraint says can stand here
} Operand;

typedef struct Expander {
    Arena *arena;
    const AsmOperandUse *uses;
    Operand *operands;
    uint32_t n_operands;
    bool taken_general[REGISTERS_PER_BANK], taken_vector[REGISTERS_PER_BANK];
    LIST(char) text;
    LIST(uint32_t) source;
    LIST(bool) certain;
} Expander;

static unsigned kind_of_letter(char c)
{
    if (c == 'r' || c == 'p' || c == 'k')
        return MAY_BE_GENERAL;
    if (c == 'w' || c == 'x' || c == 'y')
        return MAY_BE_VECTOR;
    if (c && strchr("mQoV", c))
        return MAY_BE_MEMORY;
    if (c && strchr("inIJKLMNOPY", c))
        return MAY_BE_CONSTANT;
    if (c == 'S' || c == 's')
        return MAY_BE_SYMBOL;
    if (c == 'g' || c == 'X')
        return MAY_BE_ANYTHING;
    return 0;
}

// Constraints that start with 'U' have three letters; Clang knows Uci, Ucj and Up?.
static unsigned kind_of_u_constraint(Str constraint)
{
    if (str_starts(constraint, STR("Uc")))
        return MAY_BE_GENERAL;
    if (str_starts(constraint, STR("Um")) || str_starts(constraint, STR("Ut")))
        return MAY_BE_MEMORY;
    return MAY_BE_ANYTHING;
}

static unsigned kinds_of(Str constraint)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < constraint.len; i++) {
        char c = constraint.at[i];
        if (c == 'U') {
            kinds |= kind_of_u_constraint(str_from(constraint, i));
            i += 2;
        } else if (c == '@') { // "=@cceq": a flag, in a register
            return MAY_BE_GENERAL;
        } else if (c == '#' || c == '{' || c == '[') {
            return kinds;
        } else {
            kinds |= kind_of_letter(c);
        }
    }
    return kinds;
}

// "{x9}", or the register that the expression's variable is bound to.
static Str bound_register(const AsmOperandUse *use)
{
    size_t open = str_find_char(use->constraint, '{');
    if (open < use->constraint.len)
        return str_sub(use->constraint, open + 1, str_find_char(use->constraint, '}'));
    return use->bound;
}

static uint32_t operand_named(const Expander *expander, Str name)
{
    for (uint32_t i = 0; i < expander->n_operands; i++)
        if (name.len && str_eq(expander->uses[i].name, name))
            return i;
    return UINT32_MAX;
}

// The operand whose place this one takes: "0", "[name]"; UINT32_MAX if it has its own.
static uint32_t matched_operand(const Expander *expander, Str constraint)
{
    size_t at = 0;
    while (at < constraint.len && strchr("%&*?!", constraint.at[at]))
        at++;
    Str rest = str_sub(constraint, at, str_find_char(constraint, ','));
    uint64_t number;
    if (str_to_u64(rest, &number))
        return number < expander->n_operands ? (uint32_t)number : UINT32_MAX;
    if (str_starts(rest, STR("[")))
        return operand_named(expander, str_sub(rest, 1, str_find_char(rest, ']')));
    return UINT32_MAX;
}

static void take(Expander *expander, RegisterName reg)
{
    if (reg.bank == BANK_GENERAL)
        expander->taken_general[reg.number] = true;
    else if (reg.bank == BANK_VECTOR)
        expander->taken_vector[reg.number] = true;
}

// A register the text or a constraint names must not be given to another operand.
static void take_named(Expander *expander, Str text)
{
    AsmRegisters found = {0};
    asm_scan(expander->arena, text, &found);
    RegisterName reg;
    for (uint32_t i = 0; i < found.len; i++)
        if (register_parse(found.at[i].name, &reg))
            take(expander, reg);
}

static void classify(Expander *expander, uint32_t index)
{
    const AsmOperandUse *use = &expander->uses[index];
    Operand *operand = &expander->operands[index];
    enum { GENERAL_BITS = 64, VECTOR_BITS = 128 };
    operand->number = NO_REGISTER;
    operand->kinds = kinds_of(use->constraint);
    RegisterName reg;
    if (register_parse(bound_register(use), &reg) &&
        (reg.bank == BANK_GENERAL || reg.bank == BANK_VECTOR)) {
        operand->kinds = reg.bank == BANK_GENERAL ? MAY_BE_GENERAL : MAY_BE_VECTOR;
        operand->number = reg.number;
        take(expander, reg);
    }
    bool is_wide =
        use->bits > (operand->kinds == MAY_BE_VECTOR ? VECTOR_BITS : GENERAL_BITS);
    bool is_register =
        operand->kinds == MAY_BE_GENERAL || operand->kinds == MAY_BE_VECTOR;
    operand->is_certain = operand->kinds == MAY_BE_MEMORY || (is_register && !is_wide);
}

// A free register that Arm64EC allows. Out of them: any, and then nothing is certain.
static void allocate(Operand *operand, RegisterBank bank, bool taken[REGISTERS_PER_BANK])
{
    enum { CANDIDATES = 28 }; // not fp, lr
    for (uint8_t i = 0; i < CANDIDATES; i++) {
        RegisterName reg = {.bank = bank, .number = i};
        bool is_teb = bank == BANK_GENERAL && i == 18;
        if (taken[i] || is_teb || register_is_disallowed(reg))
            continue;
        taken[i] = true;
        operand->number = i;
        return;
    }
    operand->number = 0;
    operand->is_certain = false;
}

static void assign(Expander *expander)
{
    for (uint32_t i = 0; i < expander->n_operands; i++) {
        Operand *operand = &expander->operands[i];
        if (operand->number != NO_REGISTER ||
            matched_operand(expander, expander->uses[i].constraint) != UINT32_MAX)
            continue;
        if (operand->kinds == MAY_BE_VECTOR)
            allocate(operand, BANK_VECTOR, expander->taken_vector);
        else
            allocate(operand, BANK_GENERAL, expander->taken_general);
    }
    for (uint32_t i = 0; i < expander->n_operands; i++) {
        uint32_t match = i;
        for (int step = 0; step < MATCHES_MAX; step++) {
            uint32_t next = matched_operand(expander, expander->uses[match].constraint);
            if (next == UINT32_MAX)
                break;
            match = next;
        }
        if (match != i)
            expander->operands[i] = expander->operands[match];
    }
}

static void put(Expander *expander, uint32_t from, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        *LIST_PUSH(expander->arena, &expander->text) = text.at[i];
        *LIST_PUSH(expander->arena, &expander->source) = from;
    }
}

static void doubt(Expander *expander)
{
    expander->certain.at[expander->certain.len - 1] = false;
}

// As LLVM prints a register under a modifier ('\0': none); false if it has no such form.
static bool print_register(const Operand *operand, char modifier, char *at, size_t n)
{
    bool is_general = operand->kinds != MAY_BE_VECTOR;
    if (modifier == 'a' && is_general) {
        (void)snprintf(at, n, "[x%u]", operand->number);
        return true;
    }
    const char *known = is_general ? "xw" : "vbhsdqz";
    bool is_known = !modifier || (strchr(known, modifier) && modifier != 'v');
    (void)snprintf(at, n, "%c%u", modifier && is_known ? modifier : known[0],
                   operand->number);
    return is_known;
}

static void put_operand(Expander *expander, uint32_t from, const Operand *operand,
                        char modifier)
{
    char printed[PRINTED_BYTES_MAX];
    bool is_known = !modifier;
    if (operand->kinds == MAY_BE_MEMORY) {
        (void)snprintf(printed, sizeof printed, "[x%u]", operand->number);
    } else if (operand->kinds == MAY_BE_CONSTANT) {
        (void)snprintf(printed, sizeof printed, "%d", modifier == 'n' ? -1 : 1);
    } else if (operand->kinds == MAY_BE_SYMBOL) {
        (void)snprintf(printed, sizeof printed, "asm_symbol");
    } else {
        is_known = print_register(operand, modifier, printed, sizeof printed);
    }
    if (!is_known || !operand->is_certain)
        doubt(expander);
    put(expander, from, str_of(printed));
}

// One reference behind its '%'.
typedef struct Reference {
    char modifier;
    Str name;       // of [name]
    uint64_t index; // if name is empty
    uint32_t end;   // offset behind it; 0 if this is no reference
} Reference;

static Reference parse_reference(Str text, uint32_t at)
{
    Reference reference = {0};
    if (at + 1 < text.len && is_alpha(text.at[at]))
        reference.modifier = text.at[at++];
    if (at < text.len && text.at[at] == '[') {
        size_t close = str_find_char(str_from(text, at), ']');
        if (at + close >= text.len)
            return reference;
        reference.name = str_sub(text, at + 1, at + close);
        reference.index = UINT64_MAX;
        reference.end = (uint32_t)(at + close + 1);
        return reference;
    }
    uint32_t digits = at;
    while (at < text.len && is_digit(text.at[at]))
        at++;
    if (str_to_u64(str_sub(text, digits, at), &reference.index))
        reference.end = at;
    return reference;
}

// The '%' at `at`. Returns the offset behind what it starts.
static uint32_t expand_percent(Expander *expander, Str text, uint32_t at)
{
    char c = at + 1 < text.len ? text.at[at + 1] : '\0';
    if (c == '%' || c == '{' || c == '}') {
        put(expander, at, (Str){&text.at[at + 1], 1});
        return at + 2;
    }
    if (c == '=') {
        put(expander, at, STR("0"));
        return at + 2;
    }
    Reference reference = parse_reference(text, at + 1);
    if (!reference.end) { // Clang: invalid % escape
        doubt(expander);
        return at + 1;
    }
    uint64_t index =
        reference.name.len ? operand_named(expander, reference.name) : reference.index;
    if (reference.modifier == 'l') {
        put(expander, at, STR("asm_goto_label"));
    } else if (index < expander->n_operands) {
        put_operand(expander, at, &expander->operands[index], reference.modifier);
    } else { // Clang: invalid operand number, unknown symbolic name
        doubt(expander);
        put(expander, at, STR("x0"));
    }
    return reference.end;
}

static void expand(Expander *expander, Str text)
{
    *LIST_PUSH(expander->arena, &expander->certain) = true;
    uint32_t at = 0;
    while (at < text.len) {
        if (text.at[at] == '%') {
            at = expand_percent(expander, text, at);
            continue;
        }
        put(expander, at, (Str){&text.at[at], 1});
        if (text.at[at++] == '\n')
            *LIST_PUSH(expander->arena, &expander->certain) = true;
    }
    *LIST_PUSH(expander->arena, &expander->source) = (uint32_t)text.len;
}

void asm_template_expand(Arena *arena, Str text, const AsmOperandUse *operands,
                         uint32_t n_operands, AsmExpansion *ret_expansion)
{
    Expander expander = {.arena = arena,
                         .uses = operands,
                         .operands = ARENA_ARRAY(arena, Operand, n_operands),
                         .n_operands = n_operands};
    take_named(&expander, text);
    for (uint32_t i = 0; i < n_operands; i++)
        classify(&expander, i);
    assign(&expander);
    expand(&expander, text);
    *ret_expansion = (AsmExpansion){.text = {expander.text.at, expander.text.len},
                                    .source = expander.source.at,
                                    .is_certain = expander.certain.at,
                                    .n_lines = expander.certain.len};
}
