// What Arm64EC has in place of a word, an instruction or a header of x64's, behind a
// guard: x64 keeps the line that it had.
#include "codegen/rules/arch_fix.h"

#define GUARD "#if defined(_M_ARM64EC) || defined(__arm64ec__)"

enum { ARGUMENTS_MAX = 4, LINES_MAX = 32 };

// A line that holds one whole statement or #include, and nothing else.
typedef struct Whole {
    uint32_t begin, end; // without blanks and line end
    Str indent, code;
    bool has_cr;
} Whole;

static bool whole_line(Str text, uint32_t at, Whole *ret_line)
{
    uint32_t begin = at, end = at;
    while (begin > 0 && text.at[begin - 1] != '\n')
        begin--;
    while (end < text.len && text.at[end] != '\n')
        end++;
    uint32_t last = end, first = begin;
    while (last > begin && is_space(text.at[last - 1]))
        last--;
    while (first < last && is_space(text.at[first]))
        first++;
    bool is_spliced = (begin > 1 && text.at[begin - 2] == '\\') ||
                      (begin > 2 && text.at[begin - 3] == '\\') || end >= text.len;
    *ret_line = (Whole){.begin = begin,
                        .end = last,
                        .indent = str_sub(text, begin, first),
                        .code = str_sub(text, first, last),
                        .has_cr = end > begin && text.at[end - 1] == '\r'};
    return !is_spliced && first == at && !str_has(ret_line->code, STR("//")) &&
           !str_has(ret_line->code, STR("/*"));
}

// "f(a, b);" with nothing behind it; the arguments are borrowed.
static bool split_call(Str code, size_t n_name, Str *ret_arguments, size_t *ret_n)
{
    size_t at = n_name, begin;
    while (at < code.len && code.at[at] == ' ')
        at++;
    if (at >= code.len || code.at[at] != '(' || !str_ends(code, STR(");")))
        return false;
    int depth = 0;
    *ret_n = 0;
    for (begin = at + 1; at + 1 < code.len; at++) {
        char c = code.at[at];
        if (c == '"' || c == '\'')
            return false;
        depth += c == '(';
        depth -= c == ')';
        if ((c == ',' && depth == 1) || depth == 0) {
            if (*ret_n == ARGUMENTS_MAX)
                return false;
            ret_arguments[(*ret_n)++] = str_trim(str_sub(code, begin, at));
            begin = at + 1;
        }
        if (depth == 0)
            return at + 2 == code.len;
    }
    return false;
}

static Str filled(Arena *arena, Str pattern, const Str *arguments, size_t n)
{
    Str out = STR("");
    for (size_t i = 0; i < pattern.len; i++) {
        bool is_slot = pattern.at[i] == '{' && i + 2 < pattern.len &&
                       is_digit(pattern.at[i + 1]) && pattern.at[i + 2] == '}';
        size_t which = is_slot ? (size_t)(pattern.at[i + 1] - '0') : 0;
        Str part = is_slot && which < n ? arguments[which] : str_sub(pattern, i, i + 1);
        i += is_slot ? 2 : 0;
        out = arena_format(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(part));
    }
    return out;
}

// "_mm_pause();" -> "__yield();"
static Str other_call(Arena *arena, Str code, Str word)
{
    ArchWord known = arch_word(word);
    Str arguments[ARGUMENTS_MAX];
    size_t n;
    if (!known.instead.len || !known.is_one_to_one || !str_starts(code, word) ||
        !split_call(code, word.len, arguments, &n))
        return STR("");
    if (!str_has(known.instead, STR("(")))
        return arena_format(arena, "%.*s%.*s", STR_ARG(known.instead),
                            STR_ARG(str_from(code, word.len)));
    return arena_format(arena, "%.*s;",
                        STR_ARG(filled(arena, known.instead, arguments, n)));
}

// "__asm__ volatile("pause");" -> "yield"
static Str other_asm(Arena *arena, Str code)
{
    static const struct {
        Str from, to;
    } rows[] = {{STR_INIT("\"pause\""), STR_INIT("\"yield\"")},
                {STR_INIT("\"rep; nop\""), STR_INIT("\"yield\"")},
                {STR_INIT("\"mfence\""), STR_INIT("\"dmb sy\"")},
                {STR_INIT("\"int3\""), STR_INIT("\"brk #0xf000\"")},
                {STR_INIT("\"ud2\""), STR_INIT("\"udf #0\"")}};
    for (size_t i = 0; i < COUNTOF(rows) && str_ends(code, STR(");")); i++) {
        size_t at = str_find(code, rows[i].from), open = str_find_char(code, '(');
        Str head = str_sub(code, open + 1, at);
        Str tail = str_from(code, at + rows[i].from.len);
        bool is_all = at < code.len && !str_trim(head).len &&
                      !str_has(tail, STR("\"x")) && !str_has(tail, STR(";\"")) &&
                      str_find_char(tail, ';') + 1 == tail.len;
        // No operands: nothing but "memory" or "cc" behind the colons.
        if (is_all && !str_has(tail, STR("[")) && !str_has(tail, STR("=")) &&
            !str_has(tail, STR("\"(")) && !str_has(tail, STR("\" (")))
            return arena_format(arena, "%.*s%.*s%.*s", STR_ARG(str_sub(code, 0, at)),
                                STR_ARG(rows[i].to), STR_ARG(tail));
    }
    return STR("");
}

static Str other_line(const ArchFixer *fixer, const ArchItem *item, Str code)
{
    Arena *arena = fixer->unit->arena;
    if (item->kind == ITEM_INCLUDE)
        return fixer->verdicts->flavour == FLAVOUR_CL && str_ends(code, STR(">"))
                   ? STR("#include <intrin.h>")
                   : STR("");
    return item->hardware == ARCH_X86_ASM ? other_asm(arena, code)
                                          : other_call(arena, code, item->text);
}

static bool has_intrin(const Unit *unit)
{
    for (uint32_t i = 0; i < unit->includes.len; i++)
        if (str_ends(unit->paths.at[unit->includes.at[i]], STR("/intrin.h")))
            return true;
    return false;
}

static bool is_use(const ArchFixer *fixer, const ArchSink *sink, const ArchItem *first)
{
    const ArchItem *item = arch_item(fixer->verdicts->walk, sink->file, sink->item);
    return sink->file == fixer->verdict->file && item->kind == first->kind &&
           item->hardware == first->hardware && str_eq(item->text, first->text);
}

void arch_fix_replace(const ArchFixer *fixer, Finding *finding, const ArchSink *shown)
{
    const ArchWalk *walk = fixer->verdicts->walk;
    const ArchItem *first = arch_item(walk, shown->file, shown->item);
    Str text = walk->sources.files.at[shown->file].scanned->text;
    bool is_call = first->kind == ITEM_TOKEN && first->hardware != ARCH_X86_ASM;
    if (first->is_pragma || (is_call && !has_intrin(fixer->unit)))
        return;
    Fix *fix = unit_fix(fixer->unit, finding, STR("use what Arm64EC has, for it alone"));
    uint32_t n = 0;
    for (uint32_t i = 0; i < walk->sinks.len; i++) {
        if (!is_use(fixer, &walk->sinks.at[i], first))
            continue;
        const ArchItem *item = arch_item(walk, shown->file, walk->sinks.at[i].item);
        Whole line;
        Str other = whole_line(text, item->begin, &line) && item->name == NAME_NONE
                        ? other_line(fixer, item, line.code)
                        : STR("");
        if (!other.len || n++ == LINES_MAX) {
            finding->fixes.len--;
            return;
        }
        const char *cr = line.has_cr ? "\r" : "";
        unit_edit(fixer->unit, fix,
                  fixer->place_in(fixer->owner, shown->file, line.begin, line.end),
                  arena_format(fixer->unit->arena,
                               GUARD "%s\n%.*s%.*s%s\n#else%s\n%.*s%.*s%s\n#endif", cr,
                               STR_ARG(line.indent), STR_ARG(other), cr, cr,
                               STR_ARG(line.indent), STR_ARG(line.code), cr));
    }
    // <immintrin.h> may be there for AVX, which is not emulated.
    fix->preferred =
        first->kind == ITEM_TOKEN || !str_eq(first->text, STR("immintrin.h"));
}
