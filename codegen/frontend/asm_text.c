// One pass over the tokens, statement by statement. What a statement writes is known from
// its mnemonic; a statement whose mnemonic is no A64 instruction is taken for a macro
// call, where only names that can hardly be anything but registers count, and nothing
// counts as written: a false alarm costs more than a miss.
#include "codegen/frontend/asm_text.h"

#include "codegen/abi/registers.h"
#include "codegen/frontend/asm_mnemonics.h"
#include "codegen/frontend/asm_token.h"

#include <string.h>

enum { TEB_REGISTER = 18 };

// foo .req x13
typedef struct Alias {
    Str name, target;
} Alias;

enum { CONDITIONS_MAX = 64 };

typedef enum Condition { // of an .if whose .endif is ahead
    CONDITION_UNKNOWN,
    CONDITION_HOLDS, // its .else is not assembled
    CONDITION_PAST,  // it did not; its .else is
} Condition;

typedef struct Scan {
    Arena *arena;
    AsmLexer lexer;
    AsmRegisters *out;
    uint32_t n_conditions; // counted also where they are too deep to be known
    Condition conditions[CONDITIONS_MAX];
    LIST(Alias) aliases;
    AsmMnemonicMemo mnemonics;
} Scan;

// Where a statement's operands have got to.
typedef struct Operands {
    AsmWrites writes;
    uint32_t index;       // of the current operand
    uint32_t first_entry; // in Scan.out, of the current operand
    uint32_t depth;       // of square brackets
    AsmToken previous;
    bool in_memory, after_memory; // inside [..] that is an address, and just behind it
    uint32_t base;                // of that address: entry + 1; 0 unknown
} Operands;

static AsmVerdict verdict_of(RegisterName reg)
{
    if (!register_is_disallowed(reg))
        return ASM_FINE;
    switch (reg.bank) {
    case BANK_GENERAL:
        return ASM_DISALLOWED_GPR;
    case BANK_VECTOR:
        return ASM_DISALLOWED_VECTOR;
    case BANK_SCALABLE:
    case BANK_PREDICATE:
        return ASM_SVE;
    case BANK_STACK:
    case BANK_ZERO:
    case BANK_STATUS:
        break;
    }
    return ASM_FINE;
}

// "4s", "16b", "d": what may follow the dot of a vector register.
static bool is_arrangement(Str suffix)
{
    if (suffix.len == 0 || suffix.len > 3)
        return false;
    for (size_t i = 0; i + 1 < suffix.len; i++)
        if (!is_digit(suffix.at[i]))
            return false;
    return memchr("bhsdqBHSDQ", suffix.at[suffix.len - 1], 10) != NULL;
}

// A word of the text as a register: "v16.4s", "x13", or an alias.
static bool parse_register(const Scan *scan, Str word, RegisterName *ret_reg,
                           Str *ret_name)
{
    for (uint32_t i = scan->aliases.len; i > 0; i--) {
        const Alias *alias = &scan->aliases.at[i - 1];
        if (str_eq_nocase(alias->name, word)) {
            *ret_name = alias->target;
            return register_parse(alias->target, ret_reg);
        }
    }
    size_t dot = str_find_char(word, '.');
    *ret_name = str_sub(word, 0, dot);
    RegisterName reg;
    if (!register_parse(*ret_name, &reg))
        return false;
    bool may_be_arranged = reg.width == 'v' || reg.width == 'z' || reg.width == 'p';
    if (dot < word.len && (!may_be_arranged || !is_arrangement(str_from(word, dot + 1))))
        return false;
    *ret_reg = reg;
    return true;
}

static bool is_alias(const Scan *scan, AsmToken token)
{
    Str word = asm_token_text(&scan->lexer, token);
    for (uint32_t i = 0; i < scan->aliases.len; i++)
        if (str_eq_nocase(scan->aliases.at[i].name, word))
            return true;
    return false;
}

// In a macro call "d16" or "p1" may be any name.
static bool counts(AsmWrites writes, RegisterName reg)
{
    return writes != ASM_NOT_A64 || reg.bank == BANK_GENERAL || reg.width == 'v' ||
           reg.width == 'q';
}

static bool writes_operand(AsmWrites writes, uint32_t operand)
{
    switch (writes) {
    case ASM_WRITES_FIRST:
    case ASM_WRITES_FIRST_LABEL:
        return operand == 0;
    case ASM_WRITES_SECOND:
        return operand == 1;
    case ASM_WRITES_PAIR:
        return operand <= 1;
    case ASM_WRITES_NONE:
    case ASM_WRITES_LABEL:
    case ASM_NOT_A64:
        break;
    }
    return false;
}

static void mark_written(const Scan *scan, const Operands *operands, uint32_t entry)
{
    AsmRegister *use = &scan->out->at[entry];
    RegisterName reg;
    if (operands->writes != ASM_NOT_A64 && register_parse(use->name, &reg) &&
        reg.bank == BANK_GENERAL && reg.number == TEB_REGISTER)
        use->verdict = ASM_X18_WRITTEN;
}

static AsmRegister *push(const Scan *scan, uint32_t begin, uint32_t end, Str name)
{
    AsmRegister *use = LIST_PUSH(scan->arena, scan->out);
    // A slot may have held an entry that was taken back.
    *use = (AsmRegister){.begin = begin, .end = end, .name = name};
    return use;
}

// "#d16", "=x13" and ":lo12:v16" are symbols, "0(x14)" is another machine's.
static bool is_symbol_place(const Scan *scan, AsmToken previous)
{
    return previous.kind == ASM_TOKEN_PUNCT &&
           memchr("#=:(", scan->lexer.text.at[previous.begin], 4) != NULL;
}

static void scan_word(Scan *scan, Operands *operands, AsmToken token)
{
    RegisterName reg;
    Str name;
    if (is_symbol_place(scan, operands->previous) ||
        !parse_register(scan, asm_token_text(&scan->lexer, token), &reg, &name) ||
        !counts(operands->writes, reg))
        return;
    AsmRegister *use = push(scan, token.begin, token.end, name);
    // The definition of an alias has been judged.
    use->verdict = is_alias(scan, token) ? ASM_FINE : verdict_of(reg);
    uint32_t entry = scan->out->len - 1;
    if (operands->depth == 0 && writes_operand(operands->writes, operands->index))
        mark_written(scan, operands, entry);
    if (operands->in_memory && asm_token_is(&scan->lexer, operands->previous, '['))
        operands->base = entry + 1;
}

// The registers of one { } as they come; culprit is the first that Arm64EC disallows.
typedef struct ListState {
    RegisterName last;
    bool has_last, is_range;
    Str culprit;
    AsmVerdict verdict;
} ListState;

static void list_add(const Scan *scan, ListState *list, RegisterName reg, Str name)
{
    if (list->is_range && list->has_last && list->last.bank == BANK_VECTOR &&
        reg.bank == BANK_VECTOR) {
        RegisterName between = list->last;
        while (!list->culprit.len && between.number != reg.number) {
            between.number = (uint8_t)((between.number + 1) % 32);
            if (between.number != reg.number && register_is_disallowed(between)) {
                list->culprit =
                    arena_format(scan->arena, "%c%u", between.width, between.number);
                list->verdict = verdict_of(between);
            }
        }
    }
    bool is_element = reg.bank == BANK_VECTOR || reg.bank == BANK_SCALABLE ||
                      reg.bank == BANK_PREDICATE;
    if (!list->culprit.len && is_element && register_is_disallowed(reg)) {
        list->culprit = name;
        list->verdict = verdict_of(reg);
    }
    list->last = reg;
    list->has_last = true;
    list->is_range = false;
}

static void scan_list(Scan *scan, const Operands *operands, AsmToken open)
{
    ListState list = {0};
    uint32_t first_entry = scan->out->len;
    for (;;) {
        AsmToken token = asm_lexer_peek(&scan->lexer);
        if (token.kind == ASM_TOKEN_END || token.kind == ASM_TOKEN_BREAK)
            return;
        (void)asm_lexer_next(&scan->lexer);
        Str text = asm_token_text(&scan->lexer, token);
        RegisterName reg;
        Str name;
        if (token.kind == ASM_TOKEN_WORD && parse_register(scan, text, &reg, &name) &&
            counts(operands->writes, reg)) {
            push(scan, token.begin, token.end, name)->verdict = verdict_of(reg);
            list_add(scan, &list, reg, name);
        } else if (asm_token_is(&scan->lexer, token, '-')) {
            list.is_range = true;
        } else if (asm_token_is(&scan->lexer, token, '}')) {
            if (!list.culprit.len)
                return;
            scan->out->len = first_entry;
            AsmRegister *use = push(scan, open.begin, token.end, list.culprit);
            use->verdict = list.verdict == ASM_SVE ? ASM_SVE : ASM_DISALLOWED_LIST;
            if (use->verdict == ASM_DISALLOWED_LIST)
                use->list = str_sub(scan->lexer.text, open.begin, token.end);
            return;
        } else if (token.kind != ASM_TOKEN_PUNCT) {
            list.has_last = false; // %0-%1: nobody knows what lies between
        }
    }
}

static void scan_punct(Scan *scan, Operands *operands, AsmToken token)
{
    switch (scan->lexer.text.at[token.begin]) {
    case '{':
        scan_list(scan, operands, token);
        break;
    case '[':
        if (operands->depth++ == 0) {
            // Behind anything but a comma it is the index of an element: v1.s[0].
            operands->in_memory = operands->previous.kind == ASM_TOKEN_BREAK ||
                                  asm_token_is(&scan->lexer, operands->previous, ',');
            operands->base = 0;
        }
        break;
    case ']':
        if (operands->depth > 0 && --operands->depth == 0) {
            operands->after_memory = operands->in_memory;
            operands->in_memory = false;
        }
        break;
    case '!': {
        uint32_t n = scan->out->len;
        if (operands->after_memory && operands->base)
            mark_written(scan, operands, operands->base - 1);
        else if (n > 0 && scan->out->at[n - 1].end == token.begin)
            mark_written(scan, operands, n - 1);
        break;
    }
    case ',':
        if (operands->depth > 0)
            break;
        if (operands->after_memory && operands->base)
            mark_written(scan, operands, operands->base - 1); // [x18], #8
        operands->after_memory = false;
        operands->index++;
        operands->first_entry = scan->out->len;
        break;
    }
}

static bool is_end(AsmToken token)
{
    return token.kind == ASM_TOKEN_END || token.kind == ASM_TOKEN_BREAK;
}

static void scan_operands(Scan *scan, AsmWrites writes)
{
    Operands operands = {.writes = writes, .first_entry = scan->out->len};
    operands.previous.kind = ASM_TOKEN_BREAK;
    for (;;) {
        AsmToken token = asm_lexer_next(&scan->lexer);
        if (is_end(token))
            break;
        if (token.kind == ASM_TOKEN_WORD)
            scan_word(scan, &operands, token);
        else if (token.kind == ASM_TOKEN_PUNCT)
            scan_punct(scan, &operands, token);
        operands.previous = token;
    }
    if (writes == ASM_WRITES_LABEL || writes == ASM_WRITES_FIRST_LABEL)
        scan->out->len = operands.first_entry;
}

static void skip_statement(Scan *scan)
{
    while (!is_end(asm_lexer_next(&scan->lexer)))
        continue;
}

// Passes over what is not assembled: to the .else or .elseif of the innermost .if, or
// behind its .endif.
static void skip_branch(Scan *scan)
{
    for (uint32_t depth = 0;;) {
        AsmToken token = asm_lexer_next(&scan->lexer);
        if (token.kind == ASM_TOKEN_END)
            return;
        if (token.kind == ASM_TOKEN_BREAK)
            continue;
        Str word = asm_token_text(&scan->lexer, token);
        skip_statement(scan);
        if (str_starts(word, STR(".if"))) {
            depth++;
        } else if (str_eq_nocase(word, STR(".endif"))) {
            if (depth == 0) {
                scan->n_conditions--;
                return;
            }
            depth--;
        } else if (depth == 0 && str_starts(word, STR(".else"))) {
            if (scan->conditions[scan->n_conditions - 1] == CONDITION_HOLDS)
                continue;
            bool is_known = str_eq_nocase(word, STR(".else"));
            scan->conditions[scan->n_conditions - 1] =
                is_known ? CONDITION_PAST : CONDITION_UNKNOWN;
            return;
        }
    }
}

// ".if 0" and ".if 1" alone are known; what symbols say is not.
static Condition condition_of(Scan *scan)
{
    AsmToken token = asm_lexer_peek(&scan->lexer);
    if (token.kind != ASM_TOKEN_NUMBER)
        return CONDITION_UNKNOWN;
    Str number = asm_token_text(&scan->lexer, token);
    (void)asm_lexer_next(&scan->lexer);
    AsmToken next = asm_lexer_peek(&scan->lexer);
    if (next.kind != ASM_TOKEN_BREAK && next.kind != ASM_TOKEN_END)
        return CONDITION_UNKNOWN;
    if (str_eq(number, STR("0")))
        return CONDITION_PAST;
    return str_eq(number, STR("1")) ? CONDITION_HOLDS : CONDITION_UNKNOWN;
}

static void scan_directive(Scan *scan, Str word)
{
    bool is_plain = str_eq_nocase(word, STR(".if"));
    Condition condition = is_plain ? condition_of(scan) : CONDITION_UNKNOWN;
    skip_statement(scan);
    if (str_starts(word, STR(".if"))) {
        if (scan->n_conditions++ >= CONDITIONS_MAX)
            return;
        scan->conditions[scan->n_conditions - 1] = condition;
        if (condition == CONDITION_PAST)
            skip_branch(scan);
    } else if (scan->n_conditions == 0 || scan->n_conditions > CONDITIONS_MAX) {
        if (str_eq_nocase(word, STR(".endif")) && scan->n_conditions)
            scan->n_conditions--;
    } else if (str_eq_nocase(word, STR(".endif"))) {
        scan->n_conditions--;
    } else if (str_starts(word, STR(".else")) &&
               scan->conditions[scan->n_conditions - 1] == CONDITION_HOLDS) {
        skip_branch(scan);
    }
}

// The rest of "name .req x13". The alias may stand where a register may.
static void scan_alias(Scan *scan, AsmToken name)
{
    (void)asm_lexer_next(&scan->lexer);
    AsmToken token = asm_lexer_peek(&scan->lexer);
    RegisterName reg;
    Str target;
    if (token.kind == ASM_TOKEN_WORD &&
        parse_register(scan, asm_token_text(&scan->lexer, token), &reg, &target)) {
        push(scan, token.begin, token.end, target)->verdict = verdict_of(reg);
        Alias *alias = LIST_PUSH(scan->arena, &scan->aliases);
        alias->name = asm_token_text(&scan->lexer, name);
        alias->target = target;
    }
    skip_statement(scan);
}

static bool is_req(const Scan *scan, AsmToken token)
{
    return token.kind == ASM_TOKEN_WORD &&
           str_eq_nocase(asm_token_text(&scan->lexer, token), STR(".req"));
}

static void scan_statement(Scan *scan, AsmToken first)
{
    AsmToken next = asm_lexer_peek(&scan->lexer);
    while (asm_token_is(&scan->lexer, next, ':')) { // labels
        (void)asm_lexer_next(&scan->lexer);
        first = asm_lexer_next(&scan->lexer);
        if (is_end(first))
            return;
        next = asm_lexer_peek(&scan->lexer);
    }
    if (is_req(scan, next)) {
        scan_alias(scan, first);
    } else if (asm_token_is(&scan->lexer, next, '=')) {
        skip_statement(scan); // an assignment
    } else if (scan->lexer.text.at[first.begin] == '.') {
        scan_directive(scan, asm_token_text(&scan->lexer, first));
    } else if (first.kind == ASM_TOKEN_WORD) {
        scan_operands(scan, asm_mnemonic_recall(&scan->mnemonics,
                                                asm_token_text(&scan->lexer, first)));
    } else {
        scan_operands(scan, ASM_NOT_A64);
    }
}

void asm_scan(Arena *arena, Str text, AsmRegisters *registers)
{
    Scan scan = {.arena = arena, .out = registers};
    asm_lexer_init(&scan.lexer, text);
    for (;;) {
        AsmToken token = asm_lexer_next(&scan.lexer);
        if (token.kind == ASM_TOKEN_END)
            return;
        if (token.kind != ASM_TOKEN_BREAK)
            scan_statement(&scan, token);
    }
}

static Str without_prefix(Str name)
{
    bool has_prefix = name.len && memchr("%#$", name.at[0], 3);
    return has_prefix ? str_from(name, 1) : name;
}

AsmVerdict asm_register_verdict(Str name)
{
    RegisterName reg;
    if (!register_parse(without_prefix(name), &reg))
        return ASM_FINE;
    if (reg.bank == BANK_GENERAL && reg.number == TEB_REGISTER)
        return ASM_X18_WRITTEN;
    return verdict_of(reg);
}

bool asm_is_register(Str name)
{
    RegisterName reg;
    return register_parse(without_prefix(name), &reg);
}

static Str volatility_name(RegisterVolatility volatility)
{
    switch (volatility) {
    case REGISTER_VOLATILE:
        return STR("volatile");
    case REGISTER_NON_VOLATILE:
        return STR("non-volatile");
    case REGISTER_DISALLOWED:
        return STR("disallowed");
    case REGISTER_RESERVED:
        return STR("reserved");
    case REGISTER_CONSTANT:
        return STR("constant");
    }
    return STR("");
}

bool asm_register_info(Str name, AsmRegisterInfo *ret_info)
{
    const RegisterFacts *facts = register_facts(without_prefix(name));
    if (!facts)
        return false;
    *ret_info = (AsmRegisterInfo){
        .canonical = facts->name,
        .x64 = facts->x64,
        .role = facts->role,
        .volatility = volatility_name(facts->volatility),
        .why = facts->why,
    };
    return true;
}
