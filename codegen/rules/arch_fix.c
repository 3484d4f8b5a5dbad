#include "codegen/rules/arch_fix.h"

#include <string.h>

#define EXCLUDE " && !defined(_M_ARM64EC) && !defined(__arm64ec__)"
#define INCLUDE " || defined(_M_ARM64EC) || defined(__arm64ec__)"

static const char msvc_name[] = "_M_ARM64EC", clang_name[] = "__arm64ec__";

// A branch's directive as it is written.
typedef struct Line {
    uint32_t file, begin, end; // of "#ifdef X" from its '#' to the end of its text
    uint32_t word_begin, word_end, text_begin;
    Str word, text; // "ifdef", "X"
} Line;

static Line line_of(const ArchFixer *fixer, const ArchBranch *branch)
{
    const ArchWalk *walk = fixer->verdicts->walk;
    const ArchItem *item = arch_item(walk, branch->file, branch->item);
    Str text = walk->sources.files.at[branch->file].scanned->text;
    Line line = {.file = branch->file,
                 .begin = item->begin,
                 .end = item->end,
                 .text_begin = item->text_begin};
    line.word_begin = item->begin + 1;
    while (line.word_begin < item->end && !is_alpha(text.at[line.word_begin]))
        line.word_begin++;
    line.word_end = line.word_begin;
    while (line.word_end < item->end && is_word(text.at[line.word_end]))
        line.word_end++;
    line.word = str_sub(text, line.word_begin, line.word_end);
    line.text = str_sub(text, line.text_begin, line.end);
    return line;
}

static void edit(const ArchFixer *fixer, Fix *fix, uint32_t file, uint32_t begin,
                 uint32_t end, Str text)
{
    unit_edit(fixer->unit, fix, fixer->place_in(fixer->owner, file, begin, end), text);
}

// Whether an operator that binds less tightly than `&&` (or, with `or_too`, than `||`)
// stands outside of all brackets.
static bool needs_brackets(const ArchFixer *fixer, Str text, bool and_is_loose)
{
    ArchWalk *walk = fixer->verdicts->walk;
    ExprTokens tokens = expr_lex(walk->arena, walk->macros->names, text);
    int depth = 0;
    for (uint32_t i = 0; i < tokens.len; i++) {
        const ExprToken *token = &tokens.at[i];
        if (token->kind != TOKEN_OP)
            continue;
        depth += token->op == '(';
        depth -= token->op == ')';
        if (depth == 0 &&
            (token->op == '?' || token->op == (and_is_loose ? OP_AND : OP_OR)))
            return true;
    }
    return false;
}

// A comment in the condition may hold brackets and marks: then nobody edits it but
// people.
static bool is_plain(Str text)
{
    return text.len && !str_has(text, STR("/*")) && !str_has(text, STR("//"));
}

// "#ifdef X" becomes "#if defined(X)" and the tail; "#if C" becomes "#if (C)" and the
// tail.
static bool append(const ArchFixer *fixer, Fix *fix, const ArchBranch *branch, Str tail,
                   bool and_is_loose)
{
    Line line = line_of(fixer, branch);
    Arena *arena = fixer->unit->arena;
    if (!is_plain(line.text))
        return false;
    bool is_def = str_ends(line.word, STR("def"));
    if (is_def) {
        bool is_negated = str_ends(line.word, STR("ndef"));
        Str stem = str_starts(line.word, STR("el")) ? STR("elif") : STR("if");
        edit(fixer, fix, line.file, line.word_begin, line.word_end, stem);
        edit(fixer, fix, line.file, line.text_begin, line.end,
             arena_format(arena, "%sdefined(%.*s)%.*s", is_negated ? "!" : "",
                          STR_ARG(line.text), STR_ARG(tail)));
        return true;
    }
    if (needs_brackets(fixer, line.text, and_is_loose)) {
        edit(fixer, fix, line.file, line.text_begin, line.text_begin, STR("("));
        edit(fixer, fix, line.file, line.end, line.end,
             arena_format(arena, ")%.*s", STR_ARG(tail)));
    } else {
        edit(fixer, fix, line.file, line.end, line.end, tail);
    }
    return true;
}

// --- Exclude, include
// -------------------------------------------------------------------

static bool holds_os_code(const ArchFixer *fixer, const ArchBranch *root)
{
    const ArchWalk *walk = fixer->verdicts->walk;
    for (uint32_t i = 0; i < walk->sinks.len; i++) {
        const ArchSink *sink = &walk->sinks.at[i];
        const ArchItem *item = arch_item(walk, sink->file, sink->item);
        if (item->kind != ITEM_TOKEN || item->hardware != ARCH_OS_X64)
            continue;
        for (const ArchBranch *branch = sink->branch; branch; branch = branch->parent)
            if (branch->file == root->file && branch->item == root->item)
                return true;
    }
    return false;
}

// Where ARM64 and Arm64EC part. Which of them meets the condition decides, not what it
// names: '#ifndef _M_ARM64' takes Arm64EC in, '#ifndef _M_X64' leaves it out.
static bool takes_arm64ec(const ArchFixer *fixer, const ArchBranch *branch)
{
    uint32_t first = (uint32_t)fixer->verdicts->flavour * TARGET_COUNT;
    return branch->judged.may >> (first + TARGET_EC) & 1;
}

static void fix_x64_taken(const ArchFixer *fixer, Finding *finding)
{
    const ArchRoot *root = &fixer->verdict->root;
    if (!root->branch || !root->branch->condition || !root->names.len ||
        holds_os_code(fixer, root->branch))
        return;
    bool excludes = takes_arm64ec(fixer, root->branch);
    Str text = arch_branch_text(fixer->verdicts->walk, root->branch);
    if (excludes &&
        (str_has(text, STR("_M_ARM64EC")) || str_has(text, STR("__arm64ec__"))))
        return; // somebody wants it there
    Fix *fix = unit_fix(fixer->unit, finding,
                        excludes ? STR("exclude Arm64EC from this condition")
                                 : STR("let Arm64EC take this branch as ARM64 does"));
    Str tail = excludes ? STR(EXCLUDE) : STR(INCLUDE);
    if (!append(fixer, fix, root->branch, tail, !excludes))
        finding->fixes.len--;
    else
        fix->preferred = excludes && fixer->verdict->is_sure;
}

static void fix_arm_lost(const ArchFixer *fixer, Finding *finding)
{
    const ArchRoot *root = &fixer->verdict->root;
    const ArchBranch *branch = root->branch;
    for (uint32_t i = 0; i < fixer->verdict->also.len;
         i++) // the missed one, if it stands below
        if (branch && fixer->verdict->kind == VERDICT_ARM_LOST)
            branch = fixer->verdict->also.at[i];
    if (!branch || !branch->condition || branch != root->branch)
        return;
    bool excludes = takes_arm64ec(fixer, branch);
    Fix *fix = unit_fix(fixer->unit, finding,
                        excludes ? STR("exclude Arm64EC from this condition")
                                 : STR("let Arm64EC take this branch as ARM64 does"));
    if (!append(fixer, fix, branch, excludes ? STR(EXCLUDE) : STR(INCLUDE), !excludes))
        finding->fixes.len--;
}

// Out of the branch with the compiler's fence, into the one with the processor's.
static void fix_barrier(const ArchFixer *fixer, Finding *finding)
{
    const ArchVerdict *verdict = fixer->verdict;
    const ArchBranch *fence = verdict->root.branch;
    if (!verdict->also.len || !fence || !fence->condition ||
        !takes_arm64ec(fixer, fence)) {
        fix_arm_lost(fixer, finding);
        return;
    }
    const ArchBranch *barrier = verdict->also.at[0];
    if (!barrier->condition || takes_arm64ec(fixer, barrier))
        return;
    Fix *fix = unit_fix(fixer->unit, finding,
                        STR("let Arm64EC take the AArch64 branch in place of this one"));
    if (!append(fixer, fix, fence, STR(EXCLUDE), false) ||
        !append(fixer, fix, barrier, STR(INCLUDE), true))
        finding->fixes.len--;
}

// --- The other spelling
// -----------------------------------------------------------------

static bool is_operand_end(Str text, size_t at)
{
    return at >= text.len || !is_word(text.at[at]);
}

// The operand "defined(NAME)", "defined NAME" or "NAME" around the name at `at`, with its
// '!' if it has one.
static void operand_at(Str text, size_t at, size_t n_name, size_t *ret_begin,
                       size_t *ret_end, bool *ret_is_negated)
{
    size_t begin = at, end = at + n_name;
    while (begin > 0 && (text.at[begin - 1] == ' ' || text.at[begin - 1] == '('))
        begin--;
    if (begin >= 7 && str_eq(str_sub(text, begin - 7, begin), STR("defined"))) {
        bool is_open = memchr(text.at + begin, '(', at - begin) != NULL;
        begin -= 7;
        if (is_open)
            end += str_find_char(str_from(text, end), ')') + 1;
    } else {
        begin = at;
    }
    size_t mark = begin;
    while (mark > 0 && text.at[mark - 1] == ' ')
        mark--;
    *ret_is_negated = mark > 0 && text.at[mark - 1] == '!';
    *ret_begin = *ret_is_negated ? mark - 1 : begin;
    *ret_end = end > text.len ? text.len : end;
}

static bool add_spelling(const ArchFixer *fixer, Fix *fix, const ArchBranch *branch,
                         Str known, Str other)
{
    Line line = line_of(fixer, branch);
    Arena *arena = fixer->unit->arena;
    size_t at = str_find(line.text, known);
    if (at >= line.text.len || str_has(line.text, other) || !is_plain(line.text) ||
        !is_operand_end(line.text, at + known.len))
        return false;
    if (str_ends(line.word, STR("def"))) {
        bool is_negated = str_ends(line.word, STR("ndef"));
        edit(fixer, fix, line.file, line.word_begin, line.word_end,
             str_starts(line.word, STR("el")) ? STR("elif") : STR("if"));
        edit(fixer, fix, line.file, line.text_begin, line.end,
             arena_format(arena,
                          is_negated ? "!defined(%.*s) && !defined(%.*s)"
                                     : "defined(%.*s) || defined(%.*s)",
                          STR_ARG(known), STR_ARG(other)));
        return true;
    }
    size_t begin, end;
    bool is_negated;
    operand_at(line.text, at, known.len, &begin, &end, &is_negated);
    Str operand = str_sub(line.text, begin, end);
    bool is_all = begin == 0 && end == line.text.len;
    Str both = arena_format(arena,
                            is_negated ? "%.*s && !defined(%.*s)"
                            : is_all   ? "%.*s || defined(%.*s)"
                                       : "(%.*s || defined(%.*s))",
                            STR_ARG(operand), STR_ARG(other));
    edit(fixer, fix, line.file, line.text_begin + (uint32_t)begin,
         line.text_begin + (uint32_t)end, both);
    return true;
}

// In the branch that names it, which may stand before the one that is wrong.
static void fix_spelling(const ArchFixer *fixer, Finding *finding)
{
    Str msvc = str_of(msvc_name), clang = str_of(clang_name);
    Fix *fix = unit_fix(fixer->unit, finding, STR("test both spellings"));
    bool done = false;
    for (const ArchBranch *branch = fixer->verdict->root.branch; branch && !done;
         branch = branch->previous)
        done = branch->condition && (add_spelling(fixer, fix, branch, msvc, clang) ||
                                     add_spelling(fixer, fix, branch, clang, msvc));
    if (!done)
        finding->fixes.len--;
    else
        fix->preferred = fixer->verdict->is_sure;
}

static bool is_for_x64(const ArchFixer *fixer, const ArchBranch *branch)
{
    uint32_t first = (uint32_t)fixer->verdicts->flavour * TARGET_COUNT;
    return takes_arm64ec(fixer, branch) &&
           !(branch->judged.may >> (first + TARGET_A64) & 1);
}

// From every branch before it that is x64's, or the next of them would be taken.
static void fix_swallowed(const ArchFixer *fixer, Finding *finding)
{
    Fix *fix =
        unit_fix(fixer->unit, finding, STR("exclude Arm64EC from the branch above"));
    const ArchBranch *branch = fixer->verdict->root.branch;
    for (branch = branch->previous; branch; branch = branch->previous)
        if (is_for_x64(fixer, branch) &&
            !append(fixer, fix, branch, STR(EXCLUDE), false)) {
            finding->fixes.len--;
            return;
        }
}

// x64's modules are there, whatever else is. Not by fixAll: the project may build Arm64X.
static void fix_path(const ArchFixer *fixer, Finding *finding)
{
    const ArchVerdict *verdict = fixer->verdict;
    Fix *fix = unit_fix(fixer->unit, finding, STR("use x64's path"));
    edit(fixer, fix, verdict->file, verdict->begin, verdict->end, verdict->name);
}

void arch_fix(const ArchFixer *fixer, Finding *finding)
{
    switch (fixer->verdict->kind) {
    case VERDICT_X64_TAKEN:
        fix_x64_taken(fixer, finding);
        return;
    case VERDICT_ARM_LOST:
    case VERDICT_STOPPED:
    case VERDICT_ASSERTION:
    case VERDICT_ARM32:
        fix_arm_lost(fixer, finding);
        return;
    case VERDICT_BARRIER:
        fix_barrier(fixer, finding);
        return;
    case VERDICT_SPELLING:
        fix_spelling(fixer, finding);
        return;
    case VERDICT_SWALLOWED:
        fix_swallowed(fixer, finding);
        return;
    case VERDICT_PLUGIN_PATH:
        fix_path(fixer, finding);
        return;
    case VERDICT_UNGUARDED:
    case VERDICT_OS_ARM:
    case VERDICT_NAMING:
    case VERDICT_EMULATED:
        return;
    }
}
