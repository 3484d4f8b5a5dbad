#include "codegen/assembly/armasm.h"

#include <string.h>

// One line, in its parts. All lie in the line, without blanks around them.
typedef struct Line {
    Str all, label, word, arguments;
} Line;

typedef struct Translator {
    AsmFiles *files;
    const AsmText *in;
    AsmGrowing out;
    uint32_t at; // the line's offset in `in`
    Line line;
    bool in_macro, expects_prototype, has_ended;
    bool is_nested;  // the function that is open has a frame
    Str macro_label; // "$name" of a prototype
    bool has_unseen;
} Translator;

static uint32_t origin_of(const Translator *t, Str part)
{
    uint32_t at = (uint32_t)(part.at - t->in->text.at);
    uint32_t n = (uint32_t)t->in->text.len;
    if (!n)
        return 0;
    return asm_origin(t->in, at < n ? at : n - 1);
}

// Words of ours have the place of the part they stand for.
static void put_own(Translator *t, Str words, Str part)
{
    uint32_t origin = origin_of(t, part);
    for (size_t i = 0; i < words.len; i++)
        asm_grow_put(&t->out, words.at[i], origin);
}

static void put_char(Translator *t, char c, Str at)
{
    asm_grow_put(&t->out, c, origin_of(t, at));
}

static bool is_name_char(char c)
{
    return is_word(c) || c == '$' || c == '.';
}

// Text of the file: |x| becomes "x", $a of a macro \a, A64NAME(x) "#x".
static void put(Translator *t, Str part)
{
    static const Str a64name = STR_INIT("A64NAME(");
    bool in_string = false;
    for (size_t i = 0; i < part.len; i++) {
        Str rest = str_from(part, i);
        char c = part.at[i];
        if (c == '"')
            in_string = !in_string;
        if (!in_string && c == '|') {
            put_char(t, '"', rest);
        } else if (!in_string && str_starts(rest, a64name)) {
            size_t close = str_find_char(rest, ')');
            put_own(t, STR("\"#"), rest);
            put(t, str_trim(str_sub(rest, a64name.len, close)));
            put_char(t, '"', rest);
            i += close;
        } else if (t->in_macro && c == '$' && i + 1 < part.len &&
                   (is_alpha(part.at[i + 1]) || part.at[i + 1] == '_')) {
            size_t end = i + 1;
            while (end < part.len && is_word(part.at[end]))
                end++;
            put_char(t, '\\', rest);
            for (size_t k = i + 1; k < end; k++)
                put_char(t, part.at[k], str_from(part, k));
            bool is_joined = end < part.len && part.at[end] == '.';
            put_own(t, STR("\\()"), rest);
            i = end - !is_joined;
        } else {
            put_char(t, c, rest);
        }
    }
}

static void put_line(Translator *t, Str directive, Str arguments)
{
    put_own(t, directive, t->line.word.len ? t->line.word : t->line.all);
    if (arguments.len) {
        put_char(t, ' ', arguments);
        put(t, arguments);
    }
    put_char(t, '\n', t->line.all);
}

static void put_label(Translator *t, Str label)
{
    put(t, label);
    put_own(t, STR(":\n"), label);
}

// --- Reading a line
// ---------------------------------------------------------------------

// Without the comment behind ';', or behind "//" where cl has been over it.
static Str without_comment(Str line)
{
    bool in_string = false, in_bars = false;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.at[i];
        if (c == '"' && !in_bars)
            in_string = !in_string;
        if (c == '|' && !in_string)
            in_bars = !in_bars;
        bool is_slash = c == '/' && i + 1 < line.len && line.at[i + 1] == '/';
        if (!in_string && !in_bars && (c == ';' || is_slash))
            return str_sub(line, 0, i);
    }
    return line;
}

static Str take_word(Str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    if (rest->len && rest->at[0] == '|')
        n = 1 + str_find_char(str_from(*rest, 1), '|') + 1;
    else
        while (n < rest->len && !is_space(rest->at[n]) && rest->at[n] != ',')
            n++;
    Str word = str_sub(*rest, 0, n);
    *rest = str_trim(str_from(*rest, n));
    return word;
}

static Line read_line(Str all)
{
    Line line = {.all = all};
    Str rest = without_comment(all);
    bool has_label = rest.len && !is_space(rest.at[0]) && rest.at[0] != '#';
    if (has_label)
        line.label = take_word(&rest);
    if (line.label.len > 1 && line.label.at[line.label.len - 1] == ':')
        line.label.len--;
    line.word = take_word(&rest);
    line.arguments = rest;
    return line;
}

static bool is(const Translator *t, const char *name)
{
    return str_eq_nocase(t->line.word, str_of(name));
}

static Str first_of(Str *rest)
{
    size_t comma = str_find_char(*rest, ',');
    Str first = str_trim(str_sub(*rest, 0, comma));
    *rest = str_trim(str_from(*rest, comma + 1));
    return first;
}

// --- Directives
// -------------------------------------------------------------------------

static void area(Translator *t)
{
    Str rest = t->line.arguments, name = first_of(&rest);
    bool is_code = false, is_comdat = false;
    while (rest.len) {
        Str attribute = first_of(&rest);
        is_code |= str_eq_nocase(attribute, STR("CODE"));
        is_comdat |=
            str_starts(attribute, STR("COMDAT")) || str_starts(attribute, STR("ASSOC"));
    }
    put_own(t, STR(".section "), t->line.word);
    put(t, name);
    put_own(t, is_code ? STR(",\"xr\"") : STR(",\"dr\""), t->line.word);
    if (is_comdat) {
        put_own(t, STR(",discard,"), t->line.word);
        put(t, name);
    }
    put_char(t, '\n', t->line.all);
}

// LEAF_ENTRY name[, area]: Microsoft's macros of kxarm64.h.
static void entry(Translator *t, bool is_nested, bool is_comdat)
{
    Str rest = t->line.arguments, name = first_of(&rest);
    put_own(t, STR(".section .text,\"xr\""), t->line.word);
    if (is_comdat) {
        put_own(t, STR(",discard,"), t->line.word);
        put(t, name);
    }
    put_own(t, STR("\n.globl "), t->line.word);
    put(t, name);
    put_char(t, '\n', t->line.all);
    put_label(t, name);
    if (is_nested)
        put_own(t, STR(".armasm_nested\n"), t->line.word);
}

static bool is_entry(Translator *t)
{
    bool is_leaf = is(t, "LEAF_ENTRY") || is(t, "LEAF_ENTRY_COMDAT") ||
                   is(t, "LEAF_ENTRY_NO_PDATA") || is(t, "CFG_ALIGN_LEAF_ENTRY");
    bool is_nested = is(t, "NESTED_ENTRY") || is(t, "NESTED_ENTRY_COMDAT");
    if (is_leaf || is_nested)
        t->is_nested = is_nested;
    if (is_leaf || is_nested)
        entry(t, is_nested, str_has(t->line.word, STR("COMDAT")));
    else if (is(t, "ALTERNATE_ENTRY")) {
        put_line(t, STR(".globl"), t->line.arguments);
        put_label(t, t->line.arguments);
        if (t->is_nested) // it lies in the other one's frame
            put_own(t, STR(".armasm_nested\n"), t->line.word);
    } else
        return false;
    return true;
}

// ARM64EC_ENTRY_THUNK name, ...: the macro writes thunk and record.
static bool is_thunk_macro(Translator *t)
{
    bool is_custom = is(t, "ARM64EC_CUSTOM_ENTRY_THUNK");
    if (!is_custom && !is(t, "ARM64EC_ENTRY_THUNK"))
        return false;
    Str rest = t->line.arguments, name = first_of(&rest);
    put_own(t, STR(".pushsection .hybmp$x,\"yi\"\n.symidx "), t->line.word);
    put(t, name);
    put_own(t, STR("\n.symidx $ientry_thunk$armasm\n.word 1\n.popsection\n"),
            t->line.word);
    return true;
}

typedef struct Data {
    Str word, gnu;
} Data;

static bool is_data(Translator *t)
{
    static const Data data[] = {{STR_INIT("DCB"), STR_INIT(".byte")},
                                {STR_INIT("="), STR_INIT(".byte")},
                                {STR_INIT("DCW"), STR_INIT(".hword")},
                                {STR_INIT("DCWU"), STR_INIT(".hword")},
                                {STR_INIT("DCD"), STR_INIT(".word")},
                                {STR_INIT("DCDU"), STR_INIT(".word")},
                                {STR_INIT("&"), STR_INIT(".word")},
                                {STR_INIT("DCQ"), STR_INIT(".quad")},
                                {STR_INIT("DCQU"), STR_INIT(".quad")},
                                {STR_INIT("DCFS"), STR_INIT(".float")},
                                {STR_INIT("DCFD"), STR_INIT(".double")},
                                {STR_INIT("DCI"), STR_INIT(".inst")},
                                {STR_INIT("SPACE"), STR_INIT(".space")},
                                {STR_INIT("%"), STR_INIT(".space")},
                                {STR_INIT("FILL"), STR_INIT(".fill")},
                                {STR_INIT("SYMIDX"), STR_INIT(".symidx")},
                                {STR_INIT("RVA"), STR_INIT(".rva")}};
    for (size_t i = 0; i < COUNTOF(data); i++)
        if (str_eq_nocase(t->line.word, data[i].word)) {
            put_line(t, data[i].gnu, t->line.arguments);
            return true;
        }
    return false;
}

// IF :DEF:NAME and its negation are known; of others nobody can tell, and both branches
// are read.
static void condition(Translator *t)
{
    Str text = t->line.arguments, rest = text;
    bool is_not = false;
    if (str_starts(rest, STR(":LNOT:"))) {
        is_not = true;
        rest = str_trim(str_from(rest, 6));
    }
    if (str_starts(rest, STR(":DEF:"))) {
        Str name = str_trim(str_from(rest, 5));
        size_t n = 0;
        while (n < name.len && is_name_char(name.at[n]))
            n++;
        if (n == name.len) {
            put_line(t, is_not ? STR(".ifndef") : STR(".ifdef"), name);
            return;
        }
    }
    put_line(t, STR(".if"), text);
}

static bool is_conditional(Translator *t)
{
    if (is(t, "IF") || is(t, "["))
        condition(t);
    else if (is(t, "ELSE") || is(t, "|"))
        put_line(t, STR(".else"), STR(""));
    else if (is(t, "ELIF"))
        put_line(t, STR(".elseif"), t->line.arguments);
    else if (is(t, "ENDIF") || is(t, "]"))
        put_line(t, STR(".endif"), STR(""));
    else
        return false;
    return true;
}

static void set_value(Translator *t)
{
    Str value = t->line.arguments;
    put_own(t, STR(".set "), t->line.word);
    put(t, t->line.label);
    put_own(t, STR(", "), t->line.word);
    if (str_eq_nocase(value, STR("{TRUE}")))
        put_own(t, STR("1"), value);
    else if (str_eq_nocase(value, STR("{FALSE}")))
        put_own(t, STR("0"), value);
    else
        put(t, value);
    put_char(t, '\n', t->line.all);
}

static bool is_symbolic(Translator *t)
{
    if (is(t, "EQU") || is(t, "*") || is(t, "SETA") || is(t, "SETL") || is(t, "SETS"))
        set_value(t);
    else if (is(t, "RN")) {
        put(t, t->line.label);
        put_own(t, STR(" .req "), t->line.word);
        put(t, t->line.arguments);
        put_char(t, '\n', t->line.all);
    } else
        return false;
    return true;
}

static bool is_ignored(Translator *t)
{
    static const char *const words[] = {"IMPORT",
                                        "EXTERN",
                                        "KEEP",
                                        "REQUIRE",
                                        "PRESERVE8",
                                        "THUMB",
                                        "ARM64",
                                        "TTL",
                                        "SUBT",
                                        "OPT",
                                        "NOFP",
                                        "GBLA",
                                        "GBLL",
                                        "GBLS",
                                        "LCLA",
                                        "LCLL",
                                        "LCLS",
                                        "ASSERT",
                                        "INFO",
                                        "ROUT",
                                        "LTORG",
                                        "ENDP",
                                        "ENDFUNC",
                                        "LEAF_END",
                                        "NESTED_END",
                                        "ENTRY_END",
                                        "CODE64",
                                        "ENTRY",
                                        "WHILE",
                                        "WEND",
                                        "LEAF_END_MARKED",
                                        "MEXIT",
                                        "ATTR",
                                        "COMMON",
                                        "RELOC"};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (is(t, words[i]))
            return true;
    return false;
}

// The line behind MACRO: $label name $a, $b=default
static void prototype(Translator *t)
{
    Str rest = without_comment(t->line.all), word = take_word(&rest);
    t->expects_prototype = false;
    t->macro_label = STR("");
    if (str_starts(word, STR("$"))) {
        t->macro_label = word;
        word = take_word(&rest);
    }
    put_own(t, STR(".macro "), word);
    put(t, word);
    put_char(t, ' ', word);
    for (size_t i = 0; i < rest.len; i++)
        if (rest.at[i] != '$')
            put_char(t, rest.at[i], str_from(rest, i));
    put_char(t, '\n', t->line.all);
}

static void translate(Translator *t)
{
    if (is(t, "MACRO")) {
        t->expects_prototype = t->in_macro = true;
        return;
    }
    if (is(t, "MEND")) {
        put_line(t, STR(".endm"), STR(""));
        t->in_macro = false;
        return;
    }
    if (is(t, "END") && !t->line.label.len) {
        t->has_ended = true;
        return;
    }
    if (is_symbolic(t) || is_conditional(t))
        return;
    bool is_macros_label = t->line.label.len && str_eq(t->line.label, t->macro_label);
    if (t->line.label.len && !is_macros_label && t->line.label.at[0] != '$')
        put_label(t, t->line.label);
    if (!t->line.word.len || is(t, "PROC") || is(t, "FUNCTION"))
        return;
    if (is(t, "AREA"))
        area(t);
    else if (is(t, "TEXTAREA"))
        put_line(t, STR(".section .text,\"xr\""), STR(""));
    else if (is(t, "EXPORT") || is(t, "GLOBAL")) {
        Str rest = t->line.arguments;
        put_line(t, STR(".globl"), str_trim(str_sub(rest, 0, str_find_char(rest, '['))));
    } else if (is(t, "ALIGN"))
        put_line(t, STR(".balign"), t->line.arguments.len ? t->line.arguments : STR(""));
    else if (is(t, "GET") || is(t, "INCLUDE"))
        t->has_unseen = true;
    else if (!is_entry(t) && !is_thunk_macro(t) && !is_data(t) && !is_ignored(t)) {
        put(t, t->line.word);
        if (t->line.arguments.len) {
            put_char(t, ' ', t->line.arguments);
            put(t, t->line.arguments);
        }
        put_char(t, '\n', t->line.all);
    }
}

void asm_from_armasm(AsmFiles *files, const AsmText *text, bool *ret_has_unseen,
                     AsmText *ret_text)
{
    AsmText in = *text;
    Translator t = {.files = files, .in = &in, .out = {.arena = files->unit->arena}};
    Str rest = in.text, line;
    while (!t.has_ended && str_take_line(&rest, &line)) {
        t.line = read_line(line);
        if (t.expects_prototype && str_trim(line).len)
            prototype(&t);
        else
            translate(&t);
    }
    *ret_has_unseen |= t.has_unseen;
    *ret_text = (AsmText){{t.out.at, t.out.len}, t.out.origin};
}
