#include "codegen/assembly/expand.h"

#include "codegen/assembly/expand_macro.h"
#include "codegen/assembly/expression.h"
#include "codegen/assembly/statement.h"

#include <string.h>

enum { CONDITIONS_MAX = 256 };

typedef struct Condition {
    bool around;     // what is around it is assembled
    bool was_taken;  // a branch so far
    bool is_taken;   // this one
    bool is_unknown; // nobody can tell: all branches are kept
} Condition;

typedef struct Expander {
    AsmFiles *files;
    AsmMacros macros;
    AsmValues values;
    AsmGrowing out;
    AsmExpanded *result;
    Condition conditions[CONDITIONS_MAX];
    uint32_t n_conditions;
    uint32_t depth, n_calls, n_repeats;
    uint32_t outermost; // where the line of the outermost call begins
    bool leaves_macro;  // .exitm
    bool is_stopped;    // a limit
} Expander;

// A text that is being read line by line.
typedef struct Reader {
    AsmText in;
    uint32_t at;
} Reader;

static void note_limit(Expander *x, Str limit)
{
    if (!x->result->limit.len) {
        x->result->limit = limit;
        x->result->limit_at = x->outermost;
    }
}

static void stop(Expander *x, Str limit)
{
    note_limit(x, limit);
    x->is_stopped = x->result->is_cut_short = true;
}

static bool is_live(const Expander *x)
{
    if (x->n_conditions == 0)
        return true;
    if (x->n_conditions > CONDITIONS_MAX)
        return false;
    return x->conditions[x->n_conditions - 1].is_taken;
}

static void put(Expander *x, const AsmText *in, uint32_t begin, uint32_t end)
{
    asm_grow_text(&x->out, str_sub(in->text, begin, end), in->origin + begin, 0);
    if (x->out.is_full)
        stop(x, STR("bytes of expanded text"));
}

static void put_newline(Expander *x, const AsmText *in, uint32_t at)
{
    uint32_t n = (uint32_t)in->text.len;
    asm_grow_put(&x->out, '\n', n ? in->origin[at < n ? at : n - 1] : 0);
}

static uint32_t end_of_line(Str text, uint32_t at)
{
    uint32_t end = at + (uint32_t)str_find_char(str_from(text, at), '\n');
    return end < text.len ? end + 1 : (uint32_t)text.len;
}

static AsmText sub(const AsmText *in, uint32_t begin, uint32_t end)
{
    return (AsmText){str_sub(in->text, begin, end), in->origin + begin};
}

static void expand_text(Expander *x, AsmText in);

// --- Conditions
// -------------------------------------------------------------------------

typedef enum Answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN } Answer;

static Answer answer(bool is_true)
{
    return is_true ? ANSWER_YES : ANSWER_NO;
}

// "a, b" as they are compared by .ifc and .ifeqs: blanks and quotes do not count.
static Answer compare_strings(Str arguments, bool is_quoted)
{
    size_t comma = str_find_char(arguments, ',');
    Str a = str_trim(str_sub(arguments, 0, comma));
    Str b = str_trim(str_from(arguments, comma + 1));
    if (is_quoted && !(str_starts(a, STR("\"")) && str_starts(b, STR("\""))))
        return ANSWER_UNKNOWN;
    return answer(str_eq(a, b));
}

static Answer not(Answer a)
{
    return a == ANSWER_UNKNOWN ? a : a == ANSWER_YES ? ANSWER_NO : ANSWER_YES;
}

static Answer compare_value(const Expander *x, Str arguments, Str relation)
{
    int64_t value;
    if (!asm_evaluate(&x->values, arguments, &value))
        return ANSWER_UNKNOWN;
    if (str_eq(relation, STR("eq")))
        return answer(value == 0);
    if (str_eq(relation, STR("ge")))
        return answer(value >= 0);
    if (str_eq(relation, STR("gt")))
        return answer(value > 0);
    if (str_eq(relation, STR("le")))
        return answer(value <= 0);
    if (str_eq(relation, STR("lt")))
        return answer(value < 0);
    return answer(value != 0); // .if, .ifne
}

static Answer judge(const Expander *x, Str directive, Str arguments)
{
    Str kind = str_from(directive, str_starts(directive, STR(".else")) ? 7 : 3);
    if (str_eq(kind, STR("def")))
        return answer(asm_values_is_defined(&x->values, arguments));
    if (str_eq(kind, STR("ndef")) || str_eq(kind, STR("notdef")))
        return answer(!asm_values_is_defined(&x->values, arguments));
    if (str_eq(kind, STR("b")))
        return answer(arguments.len == 0);
    if (str_eq(kind, STR("nb")))
        return answer(arguments.len != 0);
    if (str_eq(kind, STR("c")))
        return compare_strings(arguments, false);
    if (str_eq(kind, STR("nc")))
        return not(compare_strings(arguments, false));
    if (str_eq(kind, STR("eqs")))
        return compare_strings(arguments, true);
    if (str_eq(kind, STR("nes")))
        return not(compare_strings(arguments, true));
    return compare_value(x, arguments, kind);
}

static void take_branch(Condition *condition, Answer is_true)
{
    if (is_true == ANSWER_UNKNOWN)
        condition->is_unknown = true;
    if (condition->is_unknown) {
        condition->is_taken = condition->around;
        return;
    }
    condition->is_taken = condition->around && !condition->was_taken && is_true;
    condition->was_taken |= is_true == ANSWER_YES;
}

// False: the directive is none of a condition.
static bool take_condition(Expander *x, Str directive, Str arguments)
{
    if (str_starts(directive, STR(".if"))) {
        bool around = is_live(x);
        if (x->n_conditions++ >= CONDITIONS_MAX) {
            note_limit(x, STR("conditions inside conditions"));
            return true;
        }
        Condition *condition = &x->conditions[x->n_conditions - 1];
        *condition = (Condition){.around = around};
        take_branch(condition, around ? judge(x, directive, arguments) : ANSWER_NO);
        return true;
    }
    bool is_else = str_starts(directive, STR(".else"));
    if (!is_else && !str_eq(directive, STR(".endif")))
        return false;
    if (x->n_conditions == 0)
        return true;
    if (!is_else) {
        x->n_conditions--;
    } else if (x->n_conditions <= CONDITIONS_MAX) {
        Condition *condition = &x->conditions[x->n_conditions - 1];
        bool asks = directive.len > 5; // .elseif
        take_branch(condition, asks && condition->around && !condition->was_taken
                                   ? judge(x, directive, arguments)
                                   : answer(!asks));
    }
    return true;
}

// --- Blocks
// -----------------------------------------------------------------------------

static Str first_word(Str line)
{
    AsmHead head = asm_head(line);
    return str_sub(line, head.word_begin, head.word_end);
}

static bool is_one_of(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(word, words[i]))
            return true;
    return false;
}

static bool opens_repeat(Str word)
{
    static const Str words[] = {STR_INIT(".rept"), STR_INIT(".rep"), STR_INIT(".irp"),
                                STR_INIT(".irpc")};
    return is_one_of(word, words, COUNTOF(words));
}

// The lines up to the directive that closes the block; the reader is left behind it.
static AsmText take_block(Reader *r, bool is_macro)
{
    static const Str macro_ends[] = {STR_INIT(".endm"), STR_INIT(".endmacro")};
    uint32_t begin = r->at, depth = 0;
    while (r->at < r->in.text.len) {
        uint32_t line = r->at;
        r->at = end_of_line(r->in.text, line);
        Str word = first_word(str_sub(r->in.text, line, r->at));
        bool opens = is_macro ? str_eq_nocase(word, STR(".macro")) : opens_repeat(word);
        bool closes = is_macro ? is_one_of(word, macro_ends, COUNTOF(macro_ends))
                               : str_eq_nocase(word, STR(".endr"));
        if (opens)
            depth++;
        else if (closes && depth-- == 0)
            return sub(&r->in, begin, line);
    }
    return sub(&r->in, begin, (uint32_t)r->in.text.len);
}

static void repeat(Expander *x, Str directive, const AsmText *arguments, AsmText body)
{
    AsmRepeat repeat;
    int64_t count = 0;
    bool is_plain = str_eq(directive, STR(".rept")) || str_eq(directive, STR(".rep"));
    if (is_plain) {
        if (!asm_evaluate(&x->values, arguments->text, &count))
            count = 1;
        repeat = (AsmRepeat){.n = count < 0 ? 0 : (uint64_t)count};
    } else if (!asm_repeat_read(x->files->unit->arena, arguments,
                                str_eq(directive, STR(".irpc")), &repeat)) {
        return;
    }
    for (uint64_t i = 0; i < repeat.n && !x->is_stopped; i++) {
        if (++x->n_repeats > ASM_REPEATS_MAX) {
            stop(x, STR("repetitions"));
            return;
        }
        AsmText one =
            is_plain ? body
                     : asm_repeat_body(x->files->unit->arena, &repeat, (uint32_t)i, body);
        expand_text(x, one);
    }
}

static void call_macro(Expander *x, const AsmMacro *macro, AsmText arguments)
{
    if (++x->n_calls > ASM_MACRO_CALLS_MAX) {
        stop(x, STR("macro calls"));
        return;
    }
    if (x->depth > ASM_MACRO_DEPTH_MAX) { // this call is left out, the rest is read
        note_limit(x, STR("macros inside macros"));
        return;
    }
    AsmText body =
        asm_macro_body(x->files->unit->arena, macro, arguments, x->n_calls - 1);
    uint32_t n_conditions = x->n_conditions;
    expand_text(x, body);
    if (x->leaves_macro)
        x->n_conditions = n_conditions;
    x->leaves_macro = false;
}

// --- Statements
// -------------------------------------------------------------------------

// "name, value" of .set and .equ.
static void set_symbol(Expander *x, Str name, Str value)
{
    int64_t number = 0;
    bool is_known = asm_evaluate(&x->values, value, &number);
    asm_values_set(&x->values, str_trim(name), number, is_known);
}

static void note_value(Expander *x, Str directive, Str arguments)
{
    static const Str sets[] = {STR_INIT(".set"), STR_INIT(".equ"), STR_INIT(".equiv")};
    if (is_one_of(directive, sets, COUNTOF(sets))) {
        size_t comma = str_find_char(arguments, ',');
        set_symbol(x, str_sub(arguments, 0, comma), str_from(arguments, comma + 1));
    } else if (str_starts(arguments, STR("=")) && directive.len &&
               directive.at[0] != '.') {
        Str value = str_from(arguments, str_starts(arguments, STR("==")) ? 2 : 1);
        set_symbol(x, directive, value);
    }
}

static Str lower(Arena *arena, Str word)
{
    bool is_lower = true;
    for (size_t i = 0; i < word.len; i++)
        is_lower &= word.at[i] < 'A' || word.at[i] > 'Z';
    if (is_lower)
        return word;
    char *copy = arena_z(arena, word);
    for (size_t i = 0; i < word.len; i++)
        if (copy[i] >= 'A' && copy[i] <= 'Z')
            copy[i] |= 0x20;
    return (Str){copy, word.len};
}

// One whose first word is a directive of macros. False: it is none, and stays.
static bool take_directive(Expander *x, Reader *r, Str directive, AsmText arguments)
{
    if (take_condition(x, directive, arguments.text))
        return true;
    bool is_macro = str_eq(directive, STR(".macro"));
    if (is_macro || opens_repeat(directive)) {
        AsmText body = take_block(r, is_macro);
        if (is_live(x) && is_macro)
            asm_macros_define(&x->macros, arguments, body);
        else if (is_live(x))
            repeat(x, directive, &arguments, body);
        return true;
    }
    if (!is_live(x))
        return true;
    if (str_eq(directive, STR(".exitm"))) {
        x->leaves_macro = true;
        return true;
    }
    if (str_eq(directive, STR(".purgem"))) {
        asm_macros_purge(&x->macros, arguments.text);
        return true;
    }
    return str_eq(directive, STR(".endm")) || str_eq(directive, STR(".endr")) ||
           str_eq(directive, STR(".altmacro")) || str_eq(directive, STR(".noaltmacro"));
}

static void define_labels(Expander *x, Str labels)
{
    for (Str rest = labels; rest.len;) {
        size_t colon = str_find_char(rest, ':');
        Str name = str_trim(str_sub(rest, 0, colon));
        if (name.len && !is_digit(name.at[0]))
            asm_values_define(&x->values, name);
        rest = str_from(rest, colon + 1);
    }
}

static void take_statement(Expander *x, Reader *r, uint32_t begin, uint32_t end)
{
    Str text = str_sub(r->in.text, begin, end);
    AsmHead head = asm_head(text);
    Str word = str_sub(text, head.word_begin, head.word_end);
    AsmText arguments =
        sub(&r->in, begin + head.arguments_begin, begin + head.arguments_end);
    bool is_directive = word.len && word.at[0] == '.';
    Str name = is_directive ? lower(x->files->unit->arena, word) : word;
    if (is_directive && take_directive(x, r, name, arguments))
        return;
    if (!is_live(x))
        return;
    if (head.word_begin > head.labels_begin)
        define_labels(x, str_sub(text, head.labels_begin, head.word_begin));
    const AsmMacro *macro = word.len ? asm_macros_find(&x->macros, word) : NULL;
    if (!macro) {
        note_value(x, name, arguments.text);
        put(x, &r->in, begin, end);
        if (end == begin || r->in.text.at[end - 1] != '\n')
            put_newline(x, &r->in, end);
        return;
    }
    if (head.word_begin > head.labels_begin) {
        put(x, &r->in, begin + head.labels_begin, begin + head.word_begin);
        put_newline(x, &r->in, begin + head.word_begin);
    }
    call_macro(x, macro, arguments);
}

static bool has_separator(Str line)
{
    return memchr(line.at, ';', line.len) != NULL;
}

// One line, which may hold several statements.
static void take_line(Expander *x, Reader *r)
{
    uint32_t begin = r->at, end = end_of_line(r->in.text, begin);
    r->at = end;
    Str line = str_sub(r->in.text, begin, end);
    if (!has_separator(line)) {
        take_statement(x, r, begin, end);
        return;
    }
    for (uint32_t at = begin; at < end && !x->is_stopped && !x->leaves_macro;) {
        uint32_t stop_at = at + asm_statement_length(str_sub(r->in.text, at, end));
        take_statement(x, r, at, stop_at);
        at = stop_at < end ? stop_at + 1 : end;
    }
}

static void expand_text(Expander *x, AsmText in)
{
    Reader reader = {.in = in};
    x->depth++;
    while (reader.at < in.text.len && !x->is_stopped && !x->leaves_macro) {
        uint32_t before = x->out.len, line = reader.at;
        uint32_t n_calls = x->n_calls, n_repeats = x->n_repeats;
        if (x->depth == 1)
            x->outermost = line;
        take_line(x, &reader);
        bool has_called = x->n_calls != n_calls || x->n_repeats != n_repeats;
        if (x->depth == 1 && has_called && x->out.len > before)
            *LIST_PUSH(x->files->unit->arena, &x->result->calls) =
                (AsmCallLine){before, x->out.len, line};
    }
    x->depth--;
}

static bool needs_expansion(Str text)
{
    static const Str parts[] = {STR_INIT(".macro"), STR_INIT(".rep"),   STR_INIT(".irp"),
                                STR_INIT(".if"),    STR_INIT(".MACRO"), STR_INIT(".IF")};
    for (size_t i = 0; i < COUNTOF(parts); i++)
        if (str_has(text, parts[i]))
            return true;
    return false;
}

static AsmText with_origins(Arena *arena, const AsmText *text)
{
    if (text->origin)
        return *text;
    uint32_t *origin = ARENA_ARRAY(arena, uint32_t, text->text.len + 1);
    for (uint32_t i = 0; i < text->text.len; i++)
        origin[i] = i;
    return (AsmText){text->text, origin};
}

void asm_expand(AsmFiles *files, const AsmText *text, AsmExpanded *ret_expanded)
{
    *ret_expanded = (AsmExpanded){.text = *text};
    if (!needs_expansion(text->text))
        return;
    Arena *arena = files->unit->arena;
    Expander *x = ARENA_NEW(arena, Expander);
    x->files = files;
    x->result = ret_expanded;
    x->out.arena = arena;
    asm_grow_reserve(&x->out, text->text.len + text->text.len / 2);
    asm_macros_init(&x->macros, arena);
    asm_values_init(&x->values, arena);
    expand_text(x, with_origins(arena, text));
    ret_expanded->text = (AsmText){{x->out.at, x->out.len}, x->out.origin};
}

// --- .include
// ---------------------------------------------------------------------------

typedef struct Inliner {
    AsmFiles *files;
    AsmOpen *open;
    void *owner;
    AsmGrowing out;
    uint32_t depth;
} Inliner;

static void inline_text(Inliner *x, AsmText in)
{
    if (++x->depth > ASM_MACRO_DEPTH_MAX) {
        x->depth--;
        return;
    }
    for (uint32_t at = 0, end; at < in.text.len; at = end) {
        end = end_of_line(in.text, at);
        Str line = str_sub(in.text, at, end), path, text;
        AsmHead head = asm_head(line);
        Str word = str_sub(line, head.word_begin, head.word_end);
        Str name = str_sub(line, head.arguments_begin, head.arguments_end);
        bool is_include = str_eq_nocase(word, STR(".include")) && name.len > 2 &&
                          name.at[0] == '"' && name.at[name.len - 1] == '"';
        uint32_t file = UINT32_MAX;
        if (is_include && x->open(x->owner, str_sub(name, 1, name.len - 1), &path, &text))
            file = asm_files_add(x->files, path, text);
        if (file == UINT32_MAX) {
            asm_grow_text(&x->out, line, in.origin + at, 0);
            continue;
        }
        uint32_t *origin = ARENA_ARRAY(x->out.arena, uint32_t, text.len + 1);
        for (uint32_t i = 0; i < text.len; i++)
            origin[i] = x->files->files.at[file].base + i;
        inline_text(x, (AsmText){text, origin});
        asm_grow_put(&x->out, '\n', in.origin[end - 1]);
    }
    x->depth--;
}

void asm_inline_includes(AsmFiles *files, const AsmText *text, AsmOpen *open, void *owner,
                         AsmText *ret_text)
{
    *ret_text = *text;
    if (!str_has(text->text, STR(".include")))
        return;
    Inliner inliner = {.files = files,
                       .open = open,
                       .owner = owner,
                       .out = {.arena = files->unit->arena}};
    inline_text(&inliner, with_origins(files->unit->arena, text));
    *ret_text = (AsmText){{inliner.out.at, inliner.out.len}, inliner.out.origin};
}
