// EC316: a directory or file of ARM64's, from which Arm64EC would load.
//
// An Arm64EC process loads x64, Arm64EC and Arm64X modules, and no ARM64 ones. Said only
// where x64's branch of the same chain has the same literal with x64's name in it, and
// the file loads modules.
#include "codegen/arch/verdict_chain.h"

typedef struct Literal {
    uint32_t begin, end; // between the quotes
    Str text;
} Literal;

static bool may(const ArchBranch *branch, ArchFlavour flavour, ArchTarget target)
{
    return branch->live.may >> ((uint32_t)flavour * TARGET_COUNT + target) & 1;
}

static bool is_chain_of(const ArchBranch *a, const ArchBranch *b)
{
    while (a->previous)
        a = a->previous;
    while (b->previous)
        b = b->previous;
    return a->file == b->file && a->item == b->item;
}

// What stands right in a branch, before the first condition in it.
static void body_of(const ArchText *text, const ArchBranch *branch, uint32_t *ret_begin,
                    uint32_t *ret_end)
{
    uint32_t next = text->items.at[branch->item].next;
    *ret_begin = text->items.at[branch->item].end;
    *ret_end =
        next < text->items.len ? text->items.at[next].begin : (uint32_t)text->text.len;
    for (uint32_t i = branch->item + 1; i < text->items.len && i < next; i++)
        if (text->items.at[i].kind == ITEM_IF && text->items.at[i].begin < *ret_end)
            *ret_end = text->items.at[i].begin;
}

// The next string literal in [*at, end); false: there is none.
static bool next_literal(Str text, uint32_t *at, uint32_t end, Literal *ret_literal)
{
    for (uint32_t i = *at; i < end; i++) {
        char quote = text.at[i];
        if (quote == '/' && i + 1 < end && text.at[i + 1] == '/') {
            i += (uint32_t)str_find_char(str_sub(text, i, end), '\n');
        } else if (quote == '/' && i + 1 < end && text.at[i + 1] == '*') {
            i += 1 + (uint32_t)str_find(str_sub(text, i, end), STR("*/"));
        } else if (quote == '"' || quote == '\'') {
            uint32_t begin = i + 1;
            for (i++; i < end && text.at[i] != quote && text.at[i] != '\n'; i++)
                i += text.at[i] == '\\';
            *at = i + 1;
            if (quote == '"' && i < end && text.at[i] == quote) {
                *ret_literal = (Literal){begin, i, str_sub(text, begin, i)};
                return true;
            }
        }
    }
    return false;
}

// "arm64" or "aarch64" as a word of a path; not "arm64ec", "arm64x".
static bool find_arm64(Str text, uint32_t *ret_begin, uint32_t *ret_end)
{
    static const Str names[] = {STR_INIT("arm64"), STR_INIT("ARM64"), STR_INIT("Arm64"),
                                STR_INIT("aarch64")};
    for (size_t i = 0; i < COUNTOF(names); i++) {
        size_t at = str_find(text, names[i]), end = at + names[i].len;
        bool is_here = at < text.len &&
                       (at == 0 || !is_alpha(text.at[at - 1]) ||
                        (at > 1 && text.at[at - 2] == '\\')) &&
                       (end >= text.len || !is_word(text.at[end]));
        if (!is_here)
            continue;
        *ret_begin = (uint32_t)at;
        *ret_end = (uint32_t)end;
        return true;
    }
    return false;
}

static bool is_x64_word(Str word)
{
    static const Str names[] = {STR_INIT("x64"),    STR_INIT("x86_64"),
                                STR_INIT("x86-64"), STR_INIT("amd64"),
                                STR_INIT("win64"),  STR_INIT("win-x64")};
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq_nocase(names[i], word))
            return true;
    return false;
}

// The same path with x64's name in place of ARM64's.
static bool is_twin(Str arm, uint32_t begin, uint32_t end, Str x64)
{
    size_t n_rest = arm.len - (end - begin);
    return x64.len > n_rest && str_eq(str_sub(x64, 0, begin), str_sub(arm, 0, begin)) &&
           str_eq(str_from(x64, x64.len - (arm.len - end)), str_from(arm, end)) &&
           is_x64_word(str_sub(x64, begin, x64.len - (arm.len - end)));
}

static bool loads_modules(Str text, Str literal)
{
    static const Str words[] = {STR_INIT("LoadLibrary"),     STR_INIT("AddDllDirectory"),
                                STR_INIT("SetDllDirectory"), STR_INIT("LdrLoadDll"),
                                STR_INIT("dlopen"),          STR_INIT("SDL_LoadObject")};
    bool is_path = str_has(literal, STR("/")) || str_has(literal, STR("\\\\"));
    for (size_t i = 0; is_path && i < COUNTOF(words); i++)
        if (str_has(text, words[i]))
            return true;
    return str_ends(literal, STR(".dll")) || str_ends(literal, STR(".DLL"));
}

static bool find_twin(const ArchVerdicts *verdicts, const ArchBranch *taken,
                      const Literal *literal, Str *ret_x64)
{
    const ArchWalk *walk = verdicts->walk;
    const ArchText *text = walk->sources.files.at[taken->file].scanned;
    uint32_t arm_begin, arm_end;
    if (!find_arm64(literal->text, &arm_begin, &arm_end) ||
        !loads_modules(text->text, literal->text))
        return false;
    for (uint32_t i = 0; i < walk->branches.len; i++) {
        const ArchBranch *other = walk->branches.at[i];
        if (other->file != taken->file || other->is_include ||
            !may(other, verdicts->flavour, TARGET_X64) ||
            may(other, verdicts->flavour, TARGET_EC) || !is_chain_of(taken, other))
            continue;
        uint32_t at, end;
        body_of(text, other, &at, &end);
        for (Literal x64; next_literal(text->text, &at, end, &x64);)
            if (is_twin(literal->text, arm_begin, arm_end, x64.text)) {
                *ret_x64 = x64.text;
                return true;
            }
    }
    return false;
}

static bool is_known(const ArchVerdicts *verdicts, uint32_t file, uint32_t begin)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++)
        if (verdicts->all.at[i]->kind == VERDICT_PLUGIN_PATH &&
            verdicts->all.at[i]->file == file && verdicts->all.at[i]->begin == begin)
            return true;
    return false;
}

static void look_in(ArchVerdicts *verdicts, const ArchBranch *taken)
{
    const ArchWalk *walk = verdicts->walk;
    const ArchText *text = walk->sources.files.at[taken->file].scanned;
    uint32_t at, end;
    body_of(text, taken, &at, &end);
    Str x64;
    for (Literal literal; next_literal(text->text, &at, end, &literal);) {
        if (!find_twin(verdicts, taken, &literal, &x64) ||
            is_known(verdicts, taken->file, literal.begin))
            continue;
        ArchVerdict *verdict = verdicts_add(verdicts);
        *verdict = (ArchVerdict){.kind = VERDICT_PLUGIN_PATH,
                                 .file = taken->file,
                                 .begin = literal.begin,
                                 .end = literal.end,
                                 .stop = taken->stop,
                                 .is_sure = true,
                                 .name = x64};
    }
}

void verdicts_find_paths(ArchVerdicts *verdicts)
{
    const ArchWalk *walk = verdicts->walk;
    for (uint32_t i = 0; i < walk->branches.len; i++) {
        const ArchBranch *branch = walk->branches.at[i];
        uint32_t ec = (uint32_t)verdicts->flavour * TARGET_COUNT + TARGET_EC;
        if (!branch->is_include && branch->live.sure >> ec & 1 &&
            !may(branch, verdicts->flavour, TARGET_X64) &&
            walk->sources.files.at[branch->file].owner == OWNER_PROJECT)
            look_in(verdicts, branch);
    }
}
