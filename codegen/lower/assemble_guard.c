#include "codegen/lower/assemble_guard.h"

#include "codegen/frontend/asm_token.h"

#include <string.h>

enum {
    REPEAT_PRODUCT_MAX = 65536, // of all .rept of a text, nested or not
    DATA_MAX = 65536,           // elements of .ds and .dcb
    ALIGN_BYTES_MAX = 65536,
    ALIGN_POWER_MAX = 16,
};

typedef enum Treatment {
    TREAT_PLAIN,       // harmless, also for the object writer
    TREAT_BLANK,       // overwritten by blanks
    TREAT_REPEAT,      // a count that multiplies
    TREAT_COUNT,       // a count of elements
    TREAT_ALIGN_BYTES, // an alignment
    TREAT_ALIGN_POWER, // its logarithm
    TREAT_LIST,        // macro arguments; LLVM 22 falls over ".irp x, a=b"
    TREAT_OTHER,       // text stays text
} Treatment;

typedef struct Directive {
    Str name; // a '*' at its end stands for anything
    Treatment treatment;
} Directive;

static const Directive directives[] = {
    {STR_INIT(".incbin"), TREAT_BLANK},
    {STR_INIT(".include"), TREAT_BLANK},
    {STR_INIT(".print"), TREAT_BLANK},
    {STR_INIT(".secure_log*"), TREAT_BLANK},
    {STR_INIT(".file"), TREAT_BLANK},
    {STR_INIT(".loc"), TREAT_BLANK},
    {STR_INIT(".cv_*"), TREAT_BLANK},
    // LLVM 22's text streamer falls over it in a frame without a handler.
    {STR_INIT(".seh_handlerdata"), TREAT_BLANK},
    {STR_INIT(".irp*"), TREAT_LIST},
    {STR_INIT(".rept"), TREAT_REPEAT},
    {STR_INIT(".rep"), TREAT_REPEAT},
    {STR_INIT(".ds*"), TREAT_COUNT},
    {STR_INIT(".dcb*"), TREAT_COUNT},
    {STR_INIT(".balign*"), TREAT_ALIGN_BYTES},
    {STR_INIT(".p2align*"), TREAT_ALIGN_POWER},
    {STR_INIT(".align*"), TREAT_ALIGN_POWER},
    {STR_INIT(".inst"), TREAT_PLAIN},
    {STR_INIT(".arch*"), TREAT_PLAIN},
    {STR_INIT(".cpu"), TREAT_PLAIN},
    {STR_INIT(".unreq"), TREAT_PLAIN},
    {STR_INIT(".text"), TREAT_PLAIN},
    {STR_INIT(".globl"), TREAT_PLAIN},
    {STR_INIT(".global"), TREAT_PLAIN},
    {STR_INIT(".ascii"), TREAT_PLAIN},
    {STR_INIT(".asciz"), TREAT_PLAIN},
    {STR_INIT(".string"), TREAT_PLAIN},
    {STR_INIT(".byte"), TREAT_PLAIN},
    {STR_INIT(".hword"), TREAT_PLAIN},
    {STR_INIT(".word"), TREAT_PLAIN},
    {STR_INIT(".long"), TREAT_PLAIN},
    {STR_INIT(".quad"), TREAT_PLAIN},
    {STR_INIT(".xword"), TREAT_PLAIN},
};

static Treatment treatment_of(Str name)
{
    for (size_t i = 0; i < COUNTOF(directives); i++) {
        Str known = directives[i].name;
        if (known.at[known.len - 1] == '*') {
            known.len--;
            if (str_eq_nocase(str_sub(name, 0, known.len), known))
                return directives[i].treatment;
        } else if (str_eq_nocase(name, known)) {
            return directives[i].treatment;
        }
    }
    return TREAT_OTHER;
}

static bool is_end(AsmToken token)
{
    return token.kind == ASM_TOKEN_END || token.kind == ASM_TOKEN_BREAK;
}

// Overwrites all but newlines, which keep their lines.
static void blank(char *text, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        if (text[i] != '\n')
            text[i] = ' ';
}

typedef struct Guard {
    AsmLexer lexer;
    char *text; // the copy that lexer reads
    uint64_t repeats;
    bool is_plain, is_file;
} Guard;

// The first argument of a directive and what it says, UINT64_MAX if that is no number.
static uint64_t first_argument(Guard *guard, uint32_t *ret_begin, uint32_t *ret_end)
{
    AsmLexer ahead = guard->lexer;
    AsmToken token = asm_lexer_next(&ahead);
    *ret_begin = token.begin;
    *ret_end = token.begin;
    uint64_t value = UINT64_MAX;
    if (token.kind != ASM_TOKEN_NUMBER ||
        !str_to_u64(asm_token_text(&ahead, token), &value))
        value = UINT64_MAX;
    for (bool is_first = true; !is_end(token) && !asm_token_is(&ahead, token, ',');
         is_first = false) {
        if (!is_first)
            value = UINT64_MAX;
        *ret_end = token.end;
        token = asm_lexer_next(&ahead);
    }
    return value;
}

static uint64_t limit_of(const Guard *guard, Treatment treatment)
{
    switch (treatment) {
    case TREAT_REPEAT:
        return REPEAT_PRODUCT_MAX / guard->repeats;
    case TREAT_COUNT:
        return DATA_MAX;
    case TREAT_ALIGN_BYTES:
        return ALIGN_BYTES_MAX;
    case TREAT_ALIGN_POWER:
        return ALIGN_POWER_MAX;
    case TREAT_LIST:
    case TREAT_PLAIN:
    case TREAT_BLANK:
    case TREAT_OTHER:
        break;
    }
    return UINT64_MAX;
}

// Puts 1 where a count is too large or not known to be small.
static void bound_argument(Guard *guard, Treatment treatment)
{
    uint32_t begin, end;
    uint64_t value = first_argument(guard, &begin, &end);
    if (begin == end)
        return;
    if (value > limit_of(guard, treatment)) {
        blank(guard->text, begin, end);
        guard->text[begin] = '1';
    } else if (treatment == TREAT_REPEAT && value > 1) {
        guard->repeats *= value;
    }
}

static void skip_statement(Guard *guard)
{
    AsmToken previous = {0};
    for (;;) {
        AsmToken token = asm_lexer_peek(&guard->lexer);
        if (is_end(token))
            return;
        (void)asm_lexer_next(&guard->lexer);
        // The object writer of LLVM 22 falls over "foo: b foo-bar" and "bar:" behind it.
        if (asm_token_is(&guard->lexer, token, '-') && previous.kind != ASM_TOKEN_PUNCT)
            guard->is_plain = false;
        previous = token;
    }
}

// To the end of the line, quotes too: LLVM takes "'a" and the newline behind it for one.
static void blank_assignments(const Guard *guard)
{
    for (uint32_t i = guard->lexer.at; i < guard->lexer.text.len; i++) {
        if (guard->text[i] == '\n')
            return;
        if (guard->text[i] == '=' || guard->text[i] == '\'')
            guard->text[i] = ' ';
    }
}

static void treat(Guard *guard, AsmToken directive)
{
    Treatment treatment = treatment_of(asm_token_text(&guard->lexer, directive));
    if (guard->is_file && treatment != TREAT_BLANK)
        treatment = TREAT_OTHER;
    switch (treatment) {
    case TREAT_BLANK:
        skip_statement(guard);
        blank(guard->text, directive.begin, guard->lexer.at);
        return;
    case TREAT_REPEAT:
    case TREAT_COUNT:
        guard->is_plain = false;
        bound_argument(guard, treatment);
        break;
    case TREAT_ALIGN_BYTES:
    case TREAT_ALIGN_POWER:
        bound_argument(guard, treatment);
        break;
    case TREAT_LIST:
        guard->is_plain = false;
        blank_assignments(guard);
        break;
    case TREAT_OTHER:
        guard->is_plain = false;
        break;
    case TREAT_PLAIN:
        break;
    }
    skip_statement(guard);
}

static void guard_statement(Guard *guard, AsmToken first)
{
    while (asm_token_is(&guard->lexer, asm_lexer_peek(&guard->lexer), ':')) { // labels
        (void)asm_lexer_next(&guard->lexer);
        first = asm_lexer_next(&guard->lexer);
        if (is_end(first))
            return;
    }
    if (asm_token_is(&guard->lexer, asm_lexer_peek(&guard->lexer), '='))
        guard->is_plain = false;
    if (guard->text[first.begin] == '.')
        treat(guard, first);
    else
        skip_statement(guard);
}

// What LLVM and asm_token.h read differently: a NUL ends LLVM's text, and a '#' line does
// not go on behind a backslash for it.
static void level(char *text, size_t len)
{
    bool is_hash_line = false, is_line_start = true;
    for (size_t i = 0; i < len; i++) {
        if (!text[i])
            text[i] = ' ';
        if (is_line_start && !is_space(text[i])) {
            is_hash_line = text[i] == '#';
            is_line_start = false;
        }
        if (is_hash_line && text[i] == '\\')
            text[i] = ' ';
        if (text[i] == '\n') {
            is_line_start = true;
            is_hash_line = false;
        }
    }
}

static GuardedText guard_text(Arena *arena, Str text, bool is_file)
{
    Guard guard = {
        .text = arena_z(arena, text), .repeats = 1, .is_plain = true, .is_file = is_file};
    level(guard.text, text.len);
    asm_lexer_init(&guard.lexer, (Str){guard.text, text.len});
    for (;;) {
        AsmToken token = asm_lexer_next(&guard.lexer);
        if (token.kind == ASM_TOKEN_END)
            break;
        if (token.kind != ASM_TOKEN_BREAK)
            guard_statement(&guard, token);
    }
    return (GuardedText){.text = {guard.text, text.len}, .is_plain = guard.is_plain};
}

GuardedText assemble_guard(Arena *arena, Str text)
{
    return guard_text(arena, text, false);
}

GuardedText assemble_guard_file(Arena *arena, Str text)
{
    return guard_text(arena, text, true);
}
