#include "codegen/arch/verdict.h"

#include "codegen/arch/verdict_chain.h"

void arch_branch_place(const ArchWalk *walk, const ArchBranch *branch,
                       uint32_t *ret_begin, uint32_t *ret_end)
{
    const ArchItem *item = arch_item(walk, branch->file, branch->item);
    *ret_begin = item->kind == ITEM_ELSE ? item->begin : item->text_begin;
    *ret_end = item->end;
}

Str arch_branch_text(const ArchWalk *walk, const ArchBranch *branch)
{
    uint32_t begin, end;
    arch_branch_place(walk, branch, &begin, &end);
    return str_sub(walk->sources.files.at[branch->file].scanned->text, begin, end);
}

// --- One piece of hardware
// --------------------------------------------------------------

// As one compiler sees it.
typedef struct Live {
    bool x64, a64, ec; // perhaps
    bool ec_surely;
} Live;

static Live live_in(Truth truth, ArchFlavour flavour)
{
    uint32_t first = (uint32_t)flavour * TARGET_COUNT;
    return (Live){
        .x64 = truth.may >> (first + TARGET_X64) & 1,
        .a64 = truth.may >> (first + TARGET_A64) & 1,
        .ec = truth.may >> (first + TARGET_EC) & 1,
        .ec_surely = truth.sure >> (first + TARGET_EC) & 1,
    };
}

// MSVC emulates most of SSE for Arm64EC, through <intrin.h>, by functions that no pragma
// makes intrinsics.
static bool works_with(const ArchItem *item, ArchFlavour flavour)
{
    if (item->kind != ITEM_TOKEN || item->hardware != ARCH_X86_CODE || item->is_pragma ||
        flavour != FLAVOUR_CL)
        return false;
    ArchWord word = arch_word(item->text);
    return word.kind == item->hardware && word.msvc <= ARCH_EMULATED;
}

typedef enum Fault {
    FAULT_NONE,
    FAULT_X64_TAKEN,
    FAULT_ARM_LOST,
    FAULT_STOPPED,
    FAULT_ARM32,
    FAULT_OS_ARM,
    FAULT_UNGUARDED,
    FAULT_FENCE_LOST,
    FAULT_EMULATED,
} Fault;

static ArchKind hardware_of(const ArchItem *item)
{
    return item->kind == ITEM_INCLUDE ? arch_header(item->text)
           : item->kind == ITEM_TOKEN ? (ArchKind)item->hardware
                                      : ARCH_NONE;
}

static Fault fault_of(const ArchVerdicts *verdicts, const ArchSink *sink,
                      const ArchItem *item)
{
    Live live = live_in(sink->live, verdicts->flavour);
    ArchKind kind = hardware_of(item);
    if (item->kind == ITEM_ERROR)
        return live.ec_surely && !live.a64 && !live.x64 ? FAULT_STOPPED : FAULT_NONE;
    if (arch_kind_is_x86(kind) && live.ec && works_with(item, verdicts->flavour))
        return live.ec_surely && live.x64 && !live.a64 &&
                       arch_word(item->text).msvc == ARCH_EMULATED
                   ? FAULT_EMULATED
                   : FAULT_NONE;
    if (arch_kind_is_x86(kind) && live.ec)
        return !live.a64                    ? FAULT_X64_TAKEN
               : live.x64 && live.ec_surely ? FAULT_UNGUARDED
                                            : FAULT_NONE;
    if (arch_kind_is_arm(kind))
        return !live.ec && live.a64 && !live.x64 ? FAULT_ARM_LOST : FAULT_NONE;
    if (kind == ARCH_A32_ASM)
        return live.ec_surely && !live.a64 ? FAULT_ARM32 : FAULT_NONE;
    if (kind == ARCH_FENCE)
        return !live.ec && live.a64 && !live.x64 && verdicts_fence_is_lost(verdicts, sink)
                   ? FAULT_FENCE_LOST
                   : FAULT_NONE;
    if (kind == ARCH_OS_ARM)
        return live.ec && live.a64 && !live.x64 ? FAULT_OS_ARM : FAULT_NONE;
    return FAULT_NONE;
}

// --- Verdicts
// ---------------------------------------------------------------------------

ArchVerdict *verdicts_add(ArchVerdicts *verdicts)
{
    ArchVerdict *verdict = ARENA_NEW(verdicts->walk->arena, ArchVerdict);
    if (verdicts->all.len < ARCH_VERDICTS_MAX)
        *LIST_PUSH(verdicts->walk->arena, &verdicts->all) = verdict;
    else
        verdicts->walk->is_cut_short = true;
    return verdict;
}

static void place_at_root(const ArchWalk *walk, ArchVerdict *verdict)
{
    const ArchRoot *root = &verdict->root;
    if (root->definition) {
        verdict->file = root->definition->file;
        verdict->begin = root->definition->begin;
        verdict->end = root->definition->end;
        verdict->stop = root->definition->branch ? root->definition->branch->stop : NULL;
    } else {
        verdict->file = root->branch->file;
        verdict->stop = root->branch->stop;
        arch_branch_place(walk, root->branch, &verdict->begin, &verdict->end);
    }
}

static ArchVerdictKind kind_of(Fault fault)
{
    switch (fault) {
    case FAULT_NONE:
    case FAULT_X64_TAKEN:
        return VERDICT_X64_TAKEN;
    case FAULT_ARM_LOST:
        return VERDICT_ARM_LOST;
    case FAULT_STOPPED:
        return VERDICT_STOPPED;
    case FAULT_ARM32:
        return VERDICT_ARM32;
    case FAULT_OS_ARM:
        return VERDICT_OS_ARM;
    case FAULT_UNGUARDED:
        return VERDICT_UNGUARDED;
    case FAULT_FENCE_LOST:
        return VERDICT_BARRIER;
    case FAULT_EMULATED:
        return VERDICT_EMULATED;
    }
    return VERDICT_X64_TAKEN;
}

// The same root met again, perhaps through another #include of its file.
static bool is_same_root(const ArchRoot *a, const ArchRoot *b)
{
    if ((a->definition == NULL) != (b->definition == NULL))
        return false;
    if (a->definition)
        return a->definition->text == b->definition->text;
    return a->branch->file == b->branch->file && a->branch->item == b->branch->item;
}

static ArchVerdict *verdict_for(ArchVerdicts *verdicts, ArchVerdictKind kind,
                                const ArchRoot *root)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++)
        if (verdicts->all.at[i]->kind == kind &&
            is_same_root(&verdicts->all.at[i]->root, root))
            return verdicts->all.at[i];
    ArchVerdict *verdict = verdicts_add(verdicts);
    verdict->kind = kind;
    verdict->root = *root;
    place_at_root(verdicts->walk, verdict);
    return verdict;
}

static void count(ArchVerdict *verdict, const ArchSink *sink, const ArchItem *item)
{
    ArchKind kind = hardware_of(item);
    if (item->kind == ITEM_ERROR)
        verdict->first_error = verdict->first_error ? verdict->first_error : sink;
    if (!verdict->n_sinks[kind]++)
        verdict->first[kind] = sink;
}

static void judge_guarded(ArchVerdicts *verdicts, const ArchSink *sink,
                          const ArchItem *item, Fault fault)
{
    ArchRoot root;
    bool has_root = arch_root(verdicts->walk, sink->branch, verdicts->flavour, &root);
    if (!has_root && fault == FAULT_OS_ARM)
        root = (ArchRoot){.branch = sink->branch};
    else if (!has_root)
        return;
    if (fault == FAULT_OS_ARM)
        root = (ArchRoot){.branch = sink->branch};
    ArchVerdict *verdict = verdict_for(verdicts, kind_of(fault), &root);
    count(verdict, sink, item);
    verdict->is_sure |= fault == FAULT_ARM_LOST || fault == FAULT_FENCE_LOST ||
                        live_in(sink->live, verdicts->flavour).ec_surely;
}

// One for each word and file; the first one shows it.
static void judge_unguarded(ArchVerdicts *verdicts, const ArchSink *sink,
                            const ArchItem *item)
{
    const ArchFile *file = &verdicts->walk->sources.files.at[sink->file];
    if (file->owner != OWNER_PROJECT)
        return;
    for (uint32_t i = 0; i < verdicts->all.len; i++) {
        ArchVerdict *known = verdicts->all.at[i];
        if (known->kind != VERDICT_UNGUARDED || known->file != sink->file)
            continue;
        const ArchSink *first = known->first[hardware_of(item)];
        if (!first)
            continue;
        if (str_eq(arch_item(verdicts->walk, first->file, first->item)->text,
                   item->text)) {
            count(known, sink, item);
            return;
        }
    }
    ArchVerdict *verdict = verdicts_add(verdicts);
    verdict->kind = VERDICT_UNGUARDED;
    verdict->file = sink->file;
    verdict->stop = sink->stop;
    verdict->begin = item->kind == ITEM_INCLUDE ? item->text_begin : item->begin;
    verdict->end = item->end;
    verdict->is_sure = true;
    count(verdict, sink, item);
}

// Of a file that the document does not include: it is evidence against the document's
// conditions, unless it is x86's or Arm's anyway. An #error hangs on what it includes.
static bool is_evidence(const ArchWalk *walk, const ArchSink *sink, const ArchItem *item)
{
    if (!walk->sources.files.at[sink->file].is_consumer)
        return true;
    ArchKind kind = hardware_of(item);
    const ArchNeutral *neutral = &walk->neutral.at[sink->file];
    return sink->branch && ((arch_kind_is_x86(kind) && !neutral->n_x86) ||
                            (arch_kind_is_arm(kind) && !neutral->n_arm));
}

static void judge_sinks(ArchVerdicts *verdicts)
{
    const ArchWalk *walk = verdicts->walk;
    for (uint32_t i = 0; i < walk->sinks.len; i++) {
        const ArchSink *sink = &walk->sinks.at[i];
        const ArchItem *item = arch_item(walk, sink->file, sink->item);
        if (!is_evidence(walk, sink, item))
            continue;
        Fault fault = fault_of(verdicts, sink, item);
        if (fault == FAULT_UNGUARDED)
            judge_unguarded(verdicts, sink, item);
        else if (fault != FAULT_NONE && sink->branch)
            judge_guarded(verdicts, sink, item, fault);
    }
}

// --- Filters
// ----------------------------------------------------------------------------

static bool all_sinks_in(const ArchVerdict *verdict, uint32_t file)
{
    for (uint32_t i = 0; i < ARCH_KIND_COUNT; i++)
        if (verdict->first[i] && verdict->first[i]->file != file)
            return false;
    return true;
}

// A file that is x86's anyway is not made so by a condition in it.
static bool is_in_x86_file(const ArchWalk *walk, const ArchVerdict *verdict)
{
    return (verdict->kind == VERDICT_X64_TAKEN || verdict->kind == VERDICT_EMULATED) &&
           walk->neutral.at[verdict->file].n_x86 > 0 &&
           all_sinks_in(verdict, verdict->file);
}

// libpng: #if ARM64EC <arm64_neon.h> #elif ARM64 <arm_neon.h>
static bool has_own_branch(const ArchVerdicts *verdicts, const ArchVerdict *verdict)
{
    if (verdict->kind != VERDICT_ARM_LOST || !verdict->root.branch)
        return false;
    const ArchWalk *walk = verdicts->walk;
    for (uint32_t i = 0; i < walk->sinks.len; i++) {
        const ArchSink *sink = &walk->sinks.at[i];
        ArchKind kind = hardware_of(arch_item(walk, sink->file, sink->item));
        if (verdict->n_sinks[kind] && live_in(sink->live, verdicts->flavour).ec &&
            chain_holds(verdict->root.branch, sink->branch))
            return true;
    }
    return false;
}

static bool is_kept(const ArchVerdicts *verdicts, ArchVerdict *verdict)
{
    const ArchWalk *walk = verdicts->walk;
    if (is_in_x86_file(walk, verdict) || has_own_branch(verdicts, verdict))
        return false;
    const ArchFile *file = &walk->sources.files.at[verdict->file];
    if (file->owner == OWNER_SYSTEM)
        return false;
    if (verdict->kind == VERDICT_ARM_LOST && walk->neutral.at[verdict->file].n_arm > 0 &&
        all_sinks_in(verdict, verdict->file))
        verdict->is_sure = false;
    return true;
}

static void filter(ArchVerdicts *verdicts)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < verdicts->all.len; i++)
        if (is_kept(verdicts, verdicts->all.at[i]))
            verdicts->all.at[n++] = verdicts->all.at[i];
    verdicts->all.len = n;
}

// What is wrong in a consumer itself is told where it is the document.
static void drop_consumers(ArchVerdicts *verdicts)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < verdicts->all.len; i++) {
        ArchVerdict *verdict = verdicts->all.at[i];
        const ArchFile *files = verdicts->walk->sources.files.at;
        if (files[verdict->file].is_consumer)
            continue;
        bool has_any = false, has_own = verdict->first_error != NULL;
        for (uint32_t kind = 0; kind < ARCH_KIND_COUNT; kind++)
            if (verdict->first[kind]) {
                has_any = true;
                has_own |= !files[verdict->first[kind]->file].is_consumer;
            }
        verdict->is_elsewhere = has_any && !has_own;
        verdicts->all.at[n++] = verdict;
    }
    verdicts->all.len = n;
}

ArchVerdicts *arch_verdicts(ArchWalk *walk, ArchFlavour flavour)
{
    ArchVerdicts *verdicts = ARENA_NEW(walk->arena, ArchVerdicts);
    verdicts->walk = walk;
    verdicts->flavour = flavour;
    judge_sinks(verdicts);
    filter(verdicts);
    verdicts_settle_chains(verdicts);
    drop_consumers(verdicts);
    verdicts_find_paths(verdicts);
    return verdicts;
}

void arch_verdicts_confirm(ArchVerdicts *open, const ArchVerdicts *closed)
{
    for (uint32_t i = 0; i < open->all.len; i++) {
        ArchVerdict *verdict = open->all.at[i];
        Str path = open->walk->sources.files.at[verdict->file].path;
        for (uint32_t k = 0; k < closed->all.len && !verdict->is_sure; k++) {
            const ArchVerdict *other = closed->all.at[k];
            verdict->is_sure =
                other->is_sure && other->begin == verdict->begin &&
                str_eq(closed->walk->sources.files.at[other->file].path, path);
        }
    }
}

// The innermost one around a byte.
static const ArchBranch *branch_at(const ArchWalk *walk, uint32_t file, uint32_t offset)
{
    const ArchText *text = walk->sources.files.at[file].scanned;
    const ArchBranch *found = NULL;
    for (uint32_t i = 0; i < walk->branches.len; i++) {
        const ArchBranch *branch = walk->branches.at[i];
        if (branch->file != file || branch->is_include)
            continue;
        const ArchItem *item = &text->items.at[branch->item];
        bool is_after =
            item->next < text->items.len && offset >= text->items.at[item->next].begin;
        if (item->begin <= offset && !is_after)
            found = branch;
    }
    return found;
}

ArchVerdict *arch_assertion(ArchVerdicts *verdicts, uint32_t file, uint32_t offset)
{
    const ArchBranch *branch = branch_at(verdicts->walk, file, offset);
    ArchRoot root;
    if (!branch || !arch_root(verdicts->walk, branch, verdicts->flavour, &root) ||
        !root.branch)
        return NULL;
    Live live = live_in(branch->live, verdicts->flavour);
    if (!live.ec || live.a64 || !live.x64)
        return NULL;
    ArchVerdict *verdict = verdict_for(verdicts, VERDICT_ASSERTION, &root);
    verdict->is_sure = true;
    return verdict;
}
