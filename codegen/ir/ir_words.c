#include "codegen/ir/ir_words.h"

#include <string.h>

enum {
    LLVM_ERROR,
    LLVM_WARNING,
    LOCATED_MAX = 100, // complaints whose line is looked for in the whole text
};

typedef struct Words {
    Unit *unit;
    const IrScan *scan;
    uint32_t n_located;
} Words;

// From its first word to its last, without a comment.
static Place line_place(const Unit *unit, uint32_t line)
{
    Str text = lines_line(&unit->lines, unit->text, line);
    uint32_t start = unit->lines.start[line], begin = (uint32_t)text.len, end = 0;
    IrLexer lexer = {text, 0};
    for (IrToken token = ir_next_code(&lexer); token.kind != IR_END;
         token = ir_next_code(&lexer)) {
        begin = end ? begin : token.begin;
        end = token.end;
    }
    return end ? unit_place(unit, start + begin, start + end)
               : unit_place(unit, start, start);
}

// From the token that stands there to its end.
static Place token_place(const Words *w, uint64_t line, uint64_t column)
{
    const Unit *unit = w->unit;
    if (!line || line > unit->lines.len)
        return unit_first_line(unit);
    uint32_t start = unit->lines.start[line - 1];
    uint32_t n = (uint32_t)lines_line(&unit->lines, unit->text, (uint32_t)line - 1).len;
    uint32_t begin = start + (column && column - 1 < n ? (uint32_t)column - 1 : n);
    IrLexer lexer = {w->scan->text, begin};
    IrToken token = ir_next(&lexer);
    bool is_there =
        token.kind != IR_END && token.begin == begin && token.end <= start + n;
    return unit_place(unit, begin, is_there ? token.end : begin);
}

// "ir:3:5: error: expected type" -> 3, 5, "expected type". False: no such beginning.
static bool take_place(Str *text, uint64_t *ret_line, uint64_t *ret_column)
{
    static const Str kinds[] = {STR_INIT("error: "), STR_INIT("warning: "),
                                STR_INIT("note: ")};
    Str rest = *text, fields[2];
    if (!str_starts(rest, STR("ir:")) && !str_starts(rest, STR("<inline asm>:")))
        return false;
    rest = str_from(rest, str_find_char(rest, ':') + 1);
    for (int i = 0; i < 2; i++) {
        size_t colon = str_find_char(rest, ':');
        fields[i] = str_sub(rest, 0, colon);
        rest = str_from(rest, colon + 1);
    }
    if (!str_to_u64(fields[0], ret_line) || !str_to_u64(fields[1], ret_column))
        return false;
    rest = str_trim(rest);
    for (size_t i = 0; i < COUNTOF(kinds); i++)
        if (str_starts(rest, kinds[i]))
            rest = str_from(rest, kinds[i].len);
    *text = rest;
    return true;
}

// The line of the text that this is: what a verifier prints is how LLVM writes it.
static bool find_line(Words *w, Str value, Place *ret_place)
{
    Str text = w->unit->text;
    if (value.len < 4 || w->n_located++ >= LOCATED_MAX)
        return false;
    for (size_t from = 0; from < text.len;) {
        size_t at = from + str_find(str_from(text, from), value);
        if (at >= text.len)
            return false;
        uint32_t line = lines_of(&w->unit->lines, (uint32_t)at);
        Str whole = str_trim(lines_line(&w->unit->lines, text, line));
        if (str_starts(whole, value)) {
            *ret_place = line_place(w->unit, line);
            return true;
        }
        from = at + value.len;
    }
    return false;
}

// "ptr @f", "@f": the name where it stands first.
static bool find_symbol(const Words *w, Str line, Place *ret_place)
{
    size_t at = str_find_char(line, '@');
    if (at == line.len)
        return false;
    IrLexer lexer = {line, (uint32_t)at};
    IrToken token = ir_next(&lexer);
    if (token.kind != IR_GLOBAL)
        return false;
    const IrRoutine *routine =
        ir_routine(w->scan, ir_symbol(w->unit->arena, ir_text(&lexer, token)));
    if (!routine)
        return false;
    *ret_place = unit_place(w->unit, routine->name.begin, routine->name.end);
    return true;
}

static void report(const Words *w, uint32_t severity, Place at, Str message)
{
    Finding *finding = unit_report_clang(w->unit,
                                         severity == LLVM_ERROR     ? SEVERITY_ERROR
                                         : severity == LLVM_WARNING ? SEVERITY_WARNING
                                                                    : SEVERITY_INFO,
                                         at, message);
    finding->target = true; // nobody else tells
}

// A complaint of the verifier's: a sentence, then the values that it is about.
static bool is_value(Str line)
{
    static const Str starts[] = {STR_INIT(" "), STR_INIT("%"),     STR_INIT("@"),
                                 STR_INIT("!"), STR_INIT("ptr "),  STR_INIT("label "),
                                 STR_INIT("i"), STR_INIT("void "), STR_INIT("#")};
    for (size_t i = 0; i < COUNTOF(starts); i++)
        if (str_starts(line, starts[i]))
            return true;
    return false;
}

static void report_verifier(Words *w, Str text)
{
    Str rest = text, line, sentence = STR("");
    Place at = unit_first_line(w->unit);
    bool is_placed = false;
    while (str_take_line(&rest, &line)) {
        if (!str_trim(line).len)
            continue;
        if (sentence.len && is_value(line)) {
            if (!is_placed)
                is_placed =
                    find_line(w, str_trim(line), &at) || find_symbol(w, line, &at);
            continue;
        }
        if (sentence.len)
            report(w, LLVM_ERROR, at, sentence);
        sentence = str_trim(line);
        is_placed = find_symbol(w, line, &at);
        if (!is_placed)
            at = unit_first_line(w->unit);
    }
    if (sentence.len)
        report(w, LLVM_ERROR, at, sentence);
}

// "<unknown>:0:0: in function f i32 (i32): stack size too large"
static bool in_function(const Words *w, Str *text, Place *ret_place)
{
    static const Str words = STR_INIT("in function ");
    size_t at = str_find(*text, words);
    if (at == text->len || !str_starts(*text, STR("<unknown>:")))
        return false;
    Str rest = str_from(*text, at + words.len);
    Str name = str_sub(rest, 0, str_find_char(rest, ' '));
    size_t colon = str_find(rest, STR("): "));
    if (colon < rest.len)
        *text = str_from(rest, colon + 3);
    *ret_place = ir_function_place(w->unit, w->scan, name);
    return true;
}

// Inline assembly that holds the line which the message is about; else the first.
static Place assembly_place(const Words *w, Str message)
{
    Str rest = message, line;
    (void)str_take_line(&rest, &line);
    Str source = str_take_line(&rest, &line) ? str_trim(line) : STR("");
    for (uint32_t i = 0; i < w->scan->assembly.len; i++) {
        IrSpan span = w->scan->assembly.at[i];
        Str text = str_sub(w->scan->text, span.begin, span.end);
        if (source.len && str_has(text, source))
            return unit_place(w->unit, span.begin, span.end);
    }
    if (!w->scan->assembly.len)
        return unit_first_line(w->unit);
    return unit_place(w->unit, w->scan->assembly.at[0].begin,
                      w->scan->assembly.at[0].end);
}

static Str first_line(Str text)
{
    Str line = STR("");
    (void)str_take_line(&text, &line);
    return str_trim(line);
}

static void report_message(Words *w, const IrMessage *message)
{
    Str text = message->text;
    if (str_starts(text, STR("ir: "))) // bitcode has no places
        text = str_from(text, 4);
    if (str_has(text, STR("Unknown attribute kind (95)"))) {
        REPORT0(w->unit, EC206_bitcode, unit_first_line(w->unit));
        return;
    }
    uint64_t line, column;
    Place at = unit_first_line(w->unit);
    bool is_assembly = str_starts(text, STR("<inline asm>:"));
    if (is_assembly)
        at = assembly_place(w, text);
    if (take_place(&text, &line, &column)) {
        if (!is_assembly)
            at = token_place(w, line, column);
        report(w, message->severity, at, first_line(text));
    } else if (in_function(w, &text, &at)) {
        report(w, message->severity, at, first_line(text));
    } else if (message->severity == LLVM_ERROR) {
        report_verifier(w, str_starts(text, STR("error: ")) ? str_from(text, 7) : text);
    } else {
        report(w, message->severity, at, first_line(text));
    }
}

void ir_words_report(Unit *unit, const IrScan *scan, const IrMessage *messages,
                     uint32_t n)
{
    Words w = {unit, scan, 0};
    for (uint32_t i = 0; i < n; i++)
        if (messages[i].severity <= LLVM_WARNING)
            report_message(&w, &messages[i]);
}
