// Entities of the top level start a line, as LLVM writes them; `define`, `declare` and a
// closing brace in the first column end whatever is open, so that one broken function
// costs no other.
#include "codegen/ir/ir_scan.h"

#include <string.h>

enum { CALL_TOKENS_MAX = 4096 }; // between `call` and what is called

typedef struct Scanner {
    IrScan *scan;
    IrLexer lexer;
} Scanner;

// --- Names
// ------------------------------------------------------------------------------------

Str ir_symbol(Arena *arena, Str name)
{
    if (name.len && strchr("@%$!#^", name.at[0]))
        name = str_from(name, 1);
    if (!str_starts(name, STR("\"")))
        return name;
    name = str_from(name, 1);
    if (str_ends(name, STR("\"")))
        name = str_sub(name, 0, name.len - 1);
    if (!str_has(name, STR("\\")))
        return name;
    char *plain = arena_alloc(arena, name.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++) {
        bool is_hex_pair = name.at[i] == '\\' && i + 2 < name.len &&
                           is_hex(name.at[i + 1]) && is_hex(name.at[i + 2]);
        if (is_hex_pair) {
            plain[n++] =
                (char)(hex_value(name.at[i + 1]) * 16 + hex_value(name.at[i + 2]));
            i += 2;
            continue;
        }
        plain[n++] = name.at[i];
        i += name.at[i] == '\\' && i + 1 < name.len && name.at[i + 1] == '\\';
    }
    return (Str){plain, n};
}

static uint32_t hash_name(Str name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 16777619u;
    return hash;
}

static uint32_t *slot_of(const IrScan *scan, Str symbol)
{
    for (uint32_t i = hash_name(symbol);; i++) {
        uint32_t *slot = &scan->slots[i & (scan->n_slots - 1)];
        if (*slot == 0 || str_eq(scan->routines.at[*slot - 1].symbol, symbol))
            return slot;
    }
}

static void index_routines(IrScan *scan)
{
    scan->n_slots = 16;
    while (scan->n_slots < 2 * scan->routines.len)
        scan->n_slots *= 2;
    scan->slots = ARENA_ARRAY(scan->arena, uint32_t, scan->n_slots);
    for (uint32_t i = 0; i < scan->routines.len; i++) {
        uint32_t *slot = slot_of(scan, scan->routines.at[i].symbol);
        if (*slot == 0)
            *slot = i + 1;
    }
}

const IrRoutine *ir_routine(const IrScan *scan, Str symbol)
{
    uint32_t slot = *slot_of(scan, symbol);
    return slot ? &scan->routines.at[slot - 1] : NULL;
}

// --- Structure
// ---------------------------------------------------------------------------------

// Nothing but blanks stands before it.
static bool starts_line(const Scanner *s, IrToken token)
{
    uint32_t at = token.begin;
    while (at > 0 &&
           (s->lexer.text.at[at - 1] == ' ' || s->lexer.text.at[at - 1] == '\t'))
        at--;
    return at == 0 || s->lexer.text.at[at - 1] == '\n';
}

static bool is_in_first_column(const Scanner *s, IrToken token)
{
    return token.begin == 0 || s->lexer.text.at[token.begin - 1] == '\n';
}

static bool is_starter_word(const Scanner *s, IrToken token)
{
    static const Str words[] = {STR_INIT("define"),      STR_INIT("declare"),
                                STR_INIT("attributes"),  STR_INIT("target"),
                                STR_INIT("module"),      STR_INIT("source_filename"),
                                STR_INIT("uselistorder")};
    for (size_t i = 0; i < COUNTOF(words) && token.kind == IR_WORD; i++)
        if (ir_is_word(&s->lexer, token, words[i]))
            return true;
    return false;
}

static bool is_starter(const Scanner *s, IrToken token)
{
    if (token.kind == IR_END || !starts_line(s, token))
        return token.kind == IR_END;
    return token.kind == IR_GLOBAL || token.kind == IR_LOCAL ||
           token.kind == IR_METADATA || token.kind == IR_COMDAT ||
           token.kind == IR_SUMMARY || is_starter_word(s, token);
}

static int depth_step(const Scanner *s, IrToken token)
{
    if (token.kind != IR_MARK)
        return 0;
    char c = s->lexer.text.at[token.begin];
    return c == '(' || c == '[' || c == '{'   ? 1
           : c == ')' || c == ']' || c == '}' ? -1
                                              : 0;
}

// Behind the last token in front of the next entity, which is left.
static uint32_t skip_entity(Scanner *s, uint32_t end)
{
    int depth = 0;
    for (;;) {
        IrLexer before = s->lexer;
        IrToken token = ir_next_code(&s->lexer);
        if (token.kind == IR_END || (depth <= 0 && is_starter(s, token)) ||
            (starts_line(s, token) && is_starter_word(s, token))) {
            s->lexer = before;
            return end;
        }
        depth += depth_step(s, token);
        end = token.end;
    }
}

// Behind the bracket that closes the one just read. False: there is none.
static bool skip_brackets(const Scanner *s, IrLexer *lexer)
{
    int depth = 1;
    for (uint32_t n = 0; depth > 0; n++) {
        IrToken token = ir_next_code(lexer);
        if (token.kind == IR_END || n > CALL_TOKENS_MAX ||
            (starts_line(s, token) && is_starter_word(s, token)))
            return false;
        depth += depth_step(s, token);
    }
    return true;
}

// --- Calls
// ------------------------------------------------------------------------------------

// A constant in the place of a callee.
static bool is_constant_word(const Scanner *s, IrToken token)
{
    static const Str words[] = {STR_INIT("inttoptr"),      STR_INIT("bitcast"),
                                STR_INIT("addrspacecast"), STR_INIT("getelementptr"),
                                STR_INIT("null"),          STR_INIT("undef"),
                                STR_INIT("poison"),        STR_INIT("ptrauth")};
    for (size_t i = 0; i < COUNTOF(words) && token.kind == IR_WORD; i++)
        if (ir_is_word(&s->lexer, token, words[i]))
            return true;
    return false;
}

// "%f(" may be what is called, or, in front of "(...) @g", a type.
static bool is_called_local(const Scanner *s, IrLexer *lexer)
{
    IrLexer behind = *lexer;
    IrToken open = ir_next_code(&behind);
    if (!ir_is(lexer, open, '('))
        return false;
    if (!skip_brackets(s, &behind))
        return true;
    IrToken next = ir_next_code(&behind);
    bool is_name = next.kind == IR_GLOBAL || next.kind == IR_LOCAL;
    bool is_type = (is_name && ir_is(lexer, ir_peek_code(&behind), '(')) ||
                   is_constant_word(s, next) || ir_is_word(lexer, next, STR("asm"));
    return !is_type;
}

static void add_site(Scanner *s, IrToken callee)
{
    Str name = str_sub(s->lexer.text, callee.begin, callee.end);
    if (str_starts(name, STR("@llvm.")) || str_starts(name, STR("@\"llvm.")))
        return;
    *LIST_PUSH(s->scan->arena, &s->scan->sites) = (IrSite){{callee.begin, callee.end}};
}

// Behind `call`, `invoke` or `callbr`. What follows the callee is left to the caller.
static void scan_call(Scanner *s)
{
    IrLexer lexer = s->lexer;
    int depth = 0;
    for (uint32_t n = 0; n < CALL_TOKENS_MAX; n++) {
        IrToken token = ir_next_code(&lexer);
        if (token.kind == IR_END || token.kind == IR_LABEL || ir_is(&lexer, token, '=') ||
            (starts_line(s, token) && is_starter_word(s, token)))
            return;
        depth += depth_step(s, token);
        if (depth < 0)
            return;
        if (depth > 0)
            continue;
        if (ir_is_word(&lexer, token, STR("asm")))
            return;
        bool is_callee = token.kind == IR_GLOBAL || is_constant_word(s, token) ||
                         (token.kind == IR_LOCAL && is_called_local(s, &lexer));
        if (!is_callee)
            continue;
        add_site(s, token);
        s->lexer = lexer;
        return;
    }
}

// --- Functions
// ---------------------------------------------------------------------------------

static void scan_parameters(Scanner *s, IrRoutine *routine)
{
    LIST(IrSpan) spans = {0};
    IrSpan span = {0};
    int depth = 1;
    while (depth > 0) {
        IrLexer before = s->lexer;
        IrToken token = ir_next_code(&s->lexer);
        if (token.kind == IR_END ||
            (starts_line(s, token) && is_starter_word(s, token))) {
            s->lexer = before;
            break;
        }
        depth += depth_step(s, token);
        bool splits = depth == 1 && ir_is(&s->lexer, token, ',');
        if (depth == 0 || splits) {
            Str text = str_sub(s->lexer.text, span.begin, span.end);
            if (span.end && !str_eq(text, STR("...")))
                *LIST_PUSH(s->scan->arena, &spans) = span;
            span = (IrSpan){0};
        } else {
            span.begin = span.end ? span.begin : token.begin;
            span.end = token.end;
        }
        routine->prototype.end = token.end;
    }
    routine->parameters = spans.at;
    routine->n_parameters = spans.len;
}

static void scan_body(Scanner *s, IrRoutine *routine)
{
    int depth = 1;
    routine->first_site = s->scan->sites.len;
    while (depth > 0) {
        IrLexer before = s->lexer;
        IrToken token = ir_next_code(&s->lexer);
        if (token.kind == IR_END ||
            (starts_line(s, token) && is_starter_word(s, token))) {
            s->lexer = before;
            break;
        }
        if (ir_is(&s->lexer, token, '{'))
            depth++;
        else if (ir_is(&s->lexer, token, '}'))
            depth = is_in_first_column(s, token) ? 0 : depth - 1;
        else if (ir_is_word(&s->lexer, token, STR("call")) ||
                 ir_is_word(&s->lexer, token, STR("invoke")) ||
                 ir_is_word(&s->lexer, token, STR("callbr")))
            scan_call(s);
        routine->whole.end = s->lexer.at;
    }
    routine->n_sites = s->scan->sites.len - routine->first_site;
}

// Behind `define` or `declare`: to the name, the parameters, the body.
static void scan_function(Scanner *s, IrToken first)
{
    bool is_definition = ir_is_word(&s->lexer, first, STR("define"));
    int depth = 0;
    IrToken token;
    for (;;) {
        IrLexer before = s->lexer;
        token = ir_next_code(&s->lexer);
        if (token.kind == IR_GLOBAL && depth <= 0)
            break;
        if (token.kind == IR_END || is_starter(s, token)) {
            s->lexer = before;
            return; // it is being typed
        }
        depth += depth_step(s, token);
    }
    IrRoutine routine = {.name = {token.begin, token.end},
                         .prototype = {first.begin, token.end},
                         .whole = {first.begin, token.end},
                         .symbol = ir_symbol(s->scan->arena, ir_text(&s->lexer, token)),
                         .is_definition = is_definition,
                         .first_site = s->scan->sites.len};
    IrToken open = ir_peek_code(&s->lexer);
    if (ir_is(&s->lexer, open, '(')) {
        (void)ir_next_code(&s->lexer);
        scan_parameters(s, &routine);
        routine.whole.end = routine.prototype.end;
    }
    for (;;) { // attributes, section, personality ... up to the body or the next entity
        IrLexer before = s->lexer;
        token = ir_next_code(&s->lexer);
        if (is_definition && ir_is(&s->lexer, token, '{')) {
            scan_body(s, &routine);
            break;
        }
        if (is_starter(s, token)) {
            s->lexer = before;
            break;
        }
        routine.whole.end = token.end;
    }
    *LIST_PUSH(s->scan->arena, &s->scan->routines) = routine;
}

// --- The rest
// ----------------------------------------------------------------------------------

static IrPart part_of(Scanner *s, IrToken name)
{
    return (IrPart){.name = {name.begin, name.end},
                    .symbol = ir_symbol(s->scan->arena, ir_text(&s->lexer, name))};
}

static void scan_global(Scanner *s, IrToken name)
{
    IrPart part = part_of(s, name);
    part.is_definition = true;
    for (uint32_t n = 0; n < 32; n++) {
        IrToken token = ir_peek_code(&s->lexer);
        if (is_starter(s, token))
            break;
        if (ir_is_word(&s->lexer, token, STR("external")) ||
            ir_is_word(&s->lexer, token, STR("extern_weak")))
            part.is_definition = false;
        part.is_alias |= ir_is_word(&s->lexer, token, STR("alias")) ||
                         ir_is_word(&s->lexer, token, STR("ifunc"));
        if (part.is_alias || ir_is_word(&s->lexer, token, STR("global")) ||
            ir_is_word(&s->lexer, token, STR("constant")))
            break;
        (void)ir_next_code(&s->lexer);
    }
    part.whole = (IrSpan){name.begin, skip_entity(s, name.end)};
    *LIST_PUSH(s->scan->arena, &s->scan->globals) = part;
}

static void scan_named(Scanner *s, IrToken name)
{
    IrPart part = part_of(s, name);
    part.whole = (IrSpan){name.begin, skip_entity(s, name.end)};
    part.is_definition = true;
    if (name.kind == IR_LOCAL)
        *LIST_PUSH(s->scan->arena, &s->scan->types) = part;
    else if (name.kind == IR_METADATA)
        *LIST_PUSH(s->scan->arena, &s->scan->nodes) = part;
}

static void scan_attributes(Scanner *s, IrToken word)
{
    IrToken name = ir_peek_code(&s->lexer);
    IrPart part = part_of(s, name);
    part.whole = (IrSpan){word.begin, skip_entity(s, word.end)};
    part.is_definition = true;
    if (name.kind == IR_GROUP)
        *LIST_PUSH(s->scan->arena, &s->scan->groups) = part;
}

// target triple = "..."
static void scan_target(Scanner *s)
{
    bool is_triple = ir_is_word(&s->lexer, ir_peek_code(&s->lexer), STR("triple"));
    for (uint32_t n = 0; n < 3; n++) {
        IrToken token = ir_peek_code(&s->lexer);
        if (is_starter(s, token))
            return;
        (void)ir_next_code(&s->lexer);
        if (is_triple && token.kind == IR_STRING) {
            s->scan->triple = ir_symbol(s->scan->arena, ir_text(&s->lexer, token));
            s->scan->triple_at = (IrSpan){token.begin, token.end};
        }
    }
}

static void scan_entity(Scanner *s, IrToken token)
{
    if (token.kind == IR_GLOBAL)
        scan_global(s, token);
    else if (token.kind == IR_LOCAL || token.kind == IR_METADATA)
        scan_named(s, token);
    else if (ir_is_word(&s->lexer, token, STR("define")) ||
             ir_is_word(&s->lexer, token, STR("declare")))
        scan_function(s, token);
    else if (ir_is_word(&s->lexer, token, STR("attributes")))
        scan_attributes(s, token);
    else if (ir_is_word(&s->lexer, token, STR("target")))
        scan_target(s);
    else
        (void)skip_entity(s, token.end);
}

// Strings behind `asm`, and behind its words.
static void find_assembly(IrScan *scan)
{
    IrLexer lexer = {scan->text, 0};
    if (!str_has(scan->text, STR("asm ")))
        return;
    bool is_behind = false;
    for (IrToken token = ir_next_code(&lexer); token.kind != IR_END;
         token = ir_next_code(&lexer)) {
        if (is_behind && token.kind == IR_STRING)
            *LIST_PUSH(scan->arena, &scan->assembly) = (IrSpan){token.begin, token.end};
        bool is_asm = ir_is_word(&lexer, token, STR("asm"));
        is_behind = is_asm || (is_behind && token.kind == IR_WORD);
    }
}

void ir_scan(IrScan *scan, Arena *arena, Str text)
{
    *scan = (IrScan){.arena = arena, .text = text};
    Scanner s = {scan, {text, 0}};
    for (IrToken token = ir_next_code(&s.lexer); token.kind != IR_END;
         token = ir_next_code(&s.lexer))
        scan_entity(&s, token);
    index_routines(scan);
    find_assembly(scan);
}
