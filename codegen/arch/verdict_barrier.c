// EC325: a barrier that ARM64 has, and Arm64EC has not, since it takes x64's branch.
#include "codegen/arch/verdict_chain.h"

#include <string.h>

enum { FENCE_BRANCH_BYTES_MAX = 600 }; // of a branch that is about a fence

static bool has_word(Str text, Str word)
{
    for (size_t at = str_find(text, word); at < text.len;
         at += 1 + str_find(str_from(text, at + 1), word)) {
        size_t end = at + word.len;
        if ((at == 0 || !is_word(text.at[at - 1])) &&
            (end >= text.len || !is_word(text.at[end])))
            return true;
    }
    return false;
}

static Str body_of(const ArchWalk *walk, const ArchBranch *branch)
{
    const ArchText *text = walk->sources.files.at[branch->file].scanned;
    uint32_t next = text->items.at[branch->item].next;
    uint32_t end =
        next < text->items.len ? text->items.at[next].begin : (uint32_t)text->text.len;
    return str_sub(text->text, text->items.at[branch->item].end, end);
}

// A compiler's fence stands in it, by itself or as a macro whose body is one.
static const ArchSink *fence_in(const ArchWalk *walk, const ArchBranch *branch)
{
    for (uint32_t i = 0; i < walk->sinks.len; i++) {
        const ArchSink *sink = &walk->sinks.at[i];
        const ArchItem *item = arch_item(walk, sink->file, sink->item);
        if (item->kind != ITEM_TOKEN || item->hardware != ARCH_COMPILER_BARRIER)
            continue;
        for (const ArchBranch *inner = sink->branch; inner; inner = inner->parent)
            if (inner == branch)
                return sink;
        if (item->name != NAME_NONE &&
            has_word(body_of(walk, branch),
                     walk->macros->names->names.at[item->name].text))
            return sink;
    }
    return NULL;
}

// The branch that Arm64EC takes has a compiler's fence, where ARM64's has one that the
// processor sees.
static const ArchSink *find_fence(const ArchVerdicts *verdicts, const ArchBranch *lost)
{
    const ArchWalk *walk = verdicts->walk;
    for (; lost; lost = lost->parent)
        for (uint32_t i = 0; i < walk->branches.len; i++) {
            const ArchBranch *other = walk->branches.at[i];
            if (!chain_is_same(lost, other) ||
                !chain_may(other, verdicts->flavour, TARGET_EC) || other->is_include)
                continue;
            const ArchSink *fence = fence_in(walk, other);
            if (fence)
                return fence;
        }
    return NULL;
}

// --- No fence at all
// ---------------------------------------------------------------------

static size_t skip_comment(Str text, size_t at)
{
    Str rest = str_from(text, at);
    if (str_starts(rest, STR("//")))
        return at + str_find_char(rest, '\n');
    if (str_starts(rest, STR("/*")))
        return at + str_find(rest, STR("*/")) + 2;
    return at;
}

// "define NAME" and "define NAME(x)": what follows is the body.
static size_t skip_define(Str text, size_t at)
{
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    if (!str_starts(str_from(text, at), STR("define ")))
        return text.len + 1;
    at += STR("define ").len;
    while (at < text.len && text.at[at] == ' ')
        at++;
    while (at < text.len && is_word(text.at[at]))
        at++;
    if (at < text.len && text.at[at] == '(')
        at += str_find_char(str_from(text, at), ')') + 1;
    return at;
}

// Nothing but comments, and macros for nothing: "do {} while (0)", "((void)0)".
static bool is_idle(Str text)
{
    static const Str words[] = {STR_INIT("do"), STR_INIT("while"), STR_INIT("void"),
                                STR_INIT("0")};
    for (size_t at = 0; at < text.len;) {
        size_t next = skip_comment(text, at), end = at;
        if (next != at) {
            at = next;
            continue;
        }
        while (end < text.len && is_word(text.at[end]))
            end++;
        bool is_known = false;
        for (size_t i = 0; i < COUNTOF(words); i++)
            is_known |= str_eq(str_sub(text, at, end), words[i]);
        if (end > at && !is_known)
            return false;
        if (end == at && text.at[at] == '#')
            end = skip_define(text, at + 1);
        else if (end == at && !memchr(" \t\r\n\\;(){}", text.at[at], 11))
            return false;
        else if (end == at)
            end++;
        if (end > text.len)
            return false;
        at = end;
    }
    return true;
}

static bool has_fence(const ArchWalk *walk, const ArchBranch *branch)
{
    for (uint32_t i = 0; i < walk->sinks.len; i++) {
        const ArchSink *sink = &walk->sinks.at[i];
        const ArchItem *item = arch_item(walk, sink->file, sink->item);
        if (item->kind == ITEM_TOKEN && item->hardware == ARCH_FENCE)
            for (const ArchBranch *inner = sink->branch; inner; inner = inner->parent)
                if (inner == branch)
                    return true;
    }
    return false;
}

// jemalloc: x64 needs MemoryBarrier() for seq_cst alone, ARM64 for all but relaxed.
static bool is_for_less(Str taken, Str lost)
{
    Str strict = STR("seq_cst");
    return str_has(taken, strict) && !str_has(lost, strict);
}

bool verdicts_fence_is_lost(const ArchVerdicts *verdicts, const ArchSink *sink)
{
    const ArchWalk *walk = verdicts->walk;
    const ArchBranch *lost = sink->branch;
    Str body = lost ? body_of(walk, lost) : STR("");
    if (!lost || lost->is_include || body.len > FENCE_BRANCH_BYTES_MAX)
        return false;
    for (uint32_t i = 0; i < walk->branches.len; i++) {
        const ArchBranch *other = walk->branches.at[i];
        if (other->is_include || !chain_is_same(lost, other) ||
            !chain_is_x64_taken(other, verdicts->flavour))
            continue;
        Str taken = body_of(walk, other);
        return has_fence(walk, other) ? is_for_less(taken, body)
                                      : is_idle(taken) || fence_in(walk, other) != NULL;
    }
    return false;
}

// --- Faults
// ------------------------------------------------------------------------------

// Of the same chain: what is wrong there is told already.
static bool is_told(const ArchVerdicts *verdicts, uint32_t barrier)
{
    const ArchBranch *branch = verdicts->all.at[barrier]->root.branch;
    for (uint32_t i = 0; branch && i < verdicts->all.len; i++) {
        const ArchVerdict *other = verdicts->all.at[i];
        if (i != barrier && other->kind <= VERDICT_BARRIER && other->root.branch &&
            (other->kind != VERDICT_BARRIER || i < barrier) &&
            chain_is_same(other->root.branch, branch))
            return true;
    }
    return false;
}

static void drop_told(ArchVerdicts *verdicts)
{
    for (uint32_t i = verdicts->all.len; i > 0; i--) {
        const ArchVerdict *verdict = verdicts->all.at[i - 1];
        if (verdict->kind != VERDICT_BARRIER || !verdict->first[ARCH_FENCE] ||
            !is_told(verdicts, i - 1))
            continue;
        for (uint32_t k = i; k < verdicts->all.len; k++)
            verdicts->all.at[k - 1] = verdicts->all.at[k];
        verdicts->all.len--;
    }
}

void verdicts_find_barriers(ArchVerdicts *verdicts)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++) {
        ArchVerdict *verdict = verdicts->all.at[i];
        const ArchSink *lost = verdict->first[ARCH_ARM_BARRIER];
        const ArchSink *fence = verdict->kind <= VERDICT_ARM_LOST && lost
                                    ? find_fence(verdicts, lost->branch)
                                    : NULL;
        if (!fence)
            continue;
        verdict->kind = VERDICT_BARRIER;
        verdict->first[ARCH_COMPILER_BARRIER] = fence;
    }
    drop_told(verdicts);
}
