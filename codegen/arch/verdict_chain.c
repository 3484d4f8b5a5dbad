#include "codegen/arch/verdict_chain.h"

// By place: a file that is included twice has its chains twice.
bool chain_is_same(const ArchBranch *a, const ArchBranch *b)
{
    return a->first->file == b->first->file && a->first->item == b->first->item;
}

bool chain_holds(const ArchBranch *branch, const ArchBranch *inner)
{
    for (; inner; inner = inner->parent)
        if (chain_is_same(branch, inner))
            return true;
    return false;
}

bool chain_may(const ArchBranch *branch, ArchFlavour flavour, ArchTarget target)
{
    return branch->live.may >> ((uint32_t)flavour * TARGET_COUNT + target) & 1;
}

// Arm64EC takes it with x64, and ARM64 does not.
bool chain_is_x64_taken(const ArchBranch *branch, ArchFlavour flavour)
{
    return chain_may(branch, flavour, TARGET_EC) &&
           chain_may(branch, flavour, TARGET_X64) &&
           !chain_may(branch, flavour, TARGET_A64);
}

// A branch of the chain, up to this one, names Arm64EC, and only as a compiler does that
// is not this one. clang for msvc has both names.
static bool is_misspelt(const ArchVerdicts *verdicts, const ArchBranch *branch)
{
    if (verdicts->flavour == FLAVOUR_CLANG)
        return false;
    Str msvc = STR("_M_ARM64EC"), clang = STR("__arm64ec__");
    Str known = verdicts->flavour == FLAVOUR_CL ? msvc : clang;
    Str other = verdicts->flavour == FLAVOUR_CL ? clang : msvc;
    for (; branch; branch = branch->previous) {
        Str text = arch_branch_text(verdicts->walk, branch);
        if (str_has(text, other) && !str_has(text, known))
            return true;
    }
    return false;
}

// --- One fault a chain
// ------------------------------------------------------------------

// The x64 branch before an ARM64 branch that is missed: there the edit belongs.
static void move_to_x64_branch(ArchVerdicts *verdicts, ArchVerdict *verdict)
{
    const ArchBranch *own = verdict->root.branch;
    if (verdict->kind != VERDICT_ARM_LOST || !own)
        return;
    for (const ArchBranch *before = own->previous; before; before = before->previous)
        if (chain_is_x64_taken(before, verdicts->flavour)) {
            *LIST_PUSH(verdicts->walk->arena, &verdict->also) = own;
            verdict->root.branch = before;
            arch_branch_place(verdicts->walk, before, &verdict->begin, &verdict->end);
            return;
        }
}

static void take_over(ArchVerdicts *verdicts, ArchVerdict *verdict,
                      const ArchVerdict *other)
{
    for (uint32_t i = 0; i < ARCH_KIND_COUNT; i++) {
        if (!verdict->first[i])
            verdict->first[i] = other->first[i];
        verdict->n_sinks[i] += other->n_sinks[i];
    }
    if (other->root.branch != verdict->root.branch)
        *LIST_PUSH(verdicts->walk->arena, &verdict->also) = other->root.branch;
    for (uint32_t i = 0; i < other->also.len; i++)
        *LIST_PUSH(verdicts->walk->arena, &verdict->also) = other->also.at[i];
    verdict->is_sure |= other->is_sure;
}

static bool is_mergeable(const ArchVerdict *verdict)
{
    return verdict->root.branch && verdict->kind <= VERDICT_ARM32;
}

// The x64 path before the lost one, the earlier line before the later one.
static bool is_stronger(const ArchVerdict *a, const ArchVerdict *b)
{
    if ((a->kind == VERDICT_X64_TAKEN) != (b->kind == VERDICT_X64_TAKEN))
        return a->kind == VERDICT_X64_TAKEN;
    return a->begin < b->begin;
}

static void merge_chains(ArchVerdicts *verdicts)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++)
        for (uint32_t k = i + 1; k < verdicts->all.len; k++) {
            ArchVerdict *a = verdicts->all.at[i], *b = verdicts->all.at[k];
            if (!is_mergeable(a) || !is_mergeable(b) ||
                !chain_is_same(a->root.branch, b->root.branch))
                continue;
            bool is_a = is_stronger(a, b);
            take_over(verdicts, is_a ? a : b, is_a ? b : a);
            verdicts->all.at[i] = is_a ? a : b;
            verdicts->all.at[k] = verdicts->all.at[verdicts->all.len - 1];
            verdicts->all.len--;
            k--;
        }
}

// --- Spelling and order
// -----------------------------------------------------------------

static void find_spelling(ArchVerdicts *verdicts)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++) {
        ArchVerdict *verdict = verdicts->all.at[i];
        if (verdict->root.branch && verdict->kind <= VERDICT_ARM_LOST &&
            is_misspelt(verdicts, verdict->root.branch))
            verdict->kind = VERDICT_SPELLING;
    }
}

// A branch that needs Arm64EC's name to be taken, behind one that takes Arm64EC for x64.
static bool is_swallowed(const ArchVerdicts *verdicts, const ArchBranch *branch)
{
    ArchFlavour flavour = verdicts->flavour;
    uint32_t ec = (uint32_t)flavour * TARGET_COUNT + TARGET_EC;
    if (!branch->previous || !branch->condition ||
        chain_may(branch, flavour, TARGET_EC) || chain_may(branch, flavour, TARGET_X64) ||
        !(branch->judged.may >> ec & 1) ||
        (branch->parent && !chain_may(branch->parent, flavour, TARGET_EC)))
        return false;
    Str text = arch_branch_text(verdicts->walk, branch);
    if (!str_has(text, STR("ARM64EC")) && !str_has(text, STR("arm64ec")))
        return false;
    if (branch->judged.may >> ((uint32_t)flavour * TARGET_COUNT + TARGET_X64) & 1)
        return false; // x64's branch as well: a fallback
    for (const ArchBranch *before = branch->previous; before; before = before->previous)
        if (chain_is_x64_taken(before, flavour))
            return true;
    return false;
}

static void find_swallowed(ArchVerdicts *verdicts)
{
    const ArchWalk *walk = verdicts->walk;
    for (uint32_t i = 0; i < walk->branches.len; i++) {
        const ArchBranch *branch = walk->branches.at[i];
        if (branch->is_include ||
            walk->sources.files.at[branch->file].owner != OWNER_PROJECT ||
            !is_swallowed(verdicts, branch))
            continue;
        ArchVerdict *verdict = verdicts_add(verdicts);
        *verdict = (ArchVerdict){.kind = VERDICT_SWALLOWED,
                                 .root = {.branch = branch},
                                 .file = branch->file,
                                 .stop = branch->stop,
                                 .is_sure = true};
        arch_branch_place(walk, branch, &verdict->begin, &verdict->end);
        for (const ArchBranch *before = branch->previous; before;
             before = before->previous)
            if (chain_is_x64_taken(before, verdicts->flavour))
                *LIST_PUSH(walk->arena, &verdict->also) = before;
    }
}

// --- Emulated
// ---------------------------------------------------------------------------

// No word of it where something worse is told of the same condition.
static void drop_emulated(ArchVerdicts *verdicts)
{
    uint32_t n = 0, all = verdicts->all.len;
    for (uint32_t i = 0; i < all; i++) {
        const ArchVerdict *verdict = verdicts->all.at[i];
        bool is_worse = false;
        for (uint32_t k = 0; k < all && verdict->kind == VERDICT_EMULATED; k++) {
            const ArchVerdict *other = verdicts->all.at[k];
            is_worse |= other != verdict && other->kind != VERDICT_EMULATED &&
                        verdict->root.branch && other->root.branch &&
                        chain_is_same(verdict->root.branch, other->root.branch);
        }
        if (!is_worse)
            verdicts->all.at[n++] = verdicts->all.at[i];
    }
    verdicts->all.len = n;
}

// --- Names of processors
// ----------------------------------------------------------------

static bool has_any(Str text, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_has(text, words[i]))
            return true;
    return false;
}

static bool names_x64(Str text)
{
    static const Str words[] = {STR_INIT("X64"),    STR_INIT("x64"),   STR_INIT("X86_64"),
                                STR_INIT("x86_64"), STR_INIT("AMD64"), STR_INIT("amd64"),
                                STR_INIT("X86")};
    return has_any(text, words, COUNTOF(words));
}

static bool names_a64(Str text)
{
    static const Str words[] = {STR_INIT("ARM64"),   STR_INIT("arm64"),
                                STR_INIT("AARCH64"), STR_INIT("aarch64"),
                                STR_INIT("ARM_64"),  STR_INIT("ARM")};
    return has_any(text, words, COUNTOF(words));
}

// #define ARCH ARCH_X64 here, #define ARCH ARCH_ARM64 there.
static const MacroText *naming_macro(const ArchWalk *walk, const ArchBranch *x64,
                                     const ArchBranch *a64)
{
    for (uint32_t i = 0; i < x64->defines.len; i++)
        for (uint32_t k = 0; k < a64->defines.len; k++) {
            const MacroText *one = x64->defines.at[i], *other = a64->defines.at[k];
            Str one_name = walk->macros->names->names.at[one->name].text;
            Str other_name = walk->macros->names->names.at[other->name].text;
            bool is_same = one->name == other->name;
            if (is_same ? names_x64(one->body) && names_a64(other->body)
                        : names_x64(one_name) && names_a64(other_name))
                return one;
        }
    return NULL;
}

static bool has_verdict(const ArchVerdicts *verdicts, const ArchBranch *branch)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++) {
        const ArchVerdict *verdict = verdicts->all.at[i];
        if (verdict->root.branch && chain_is_same(verdict->root.branch, branch))
            return true;
    }
    return false;
}

static void add_naming(ArchVerdicts *verdicts, const ArchBranch *x64,
                       const MacroText *macro)
{
    const ArchWalk *walk = verdicts->walk;
    ArchVerdict *verdict = verdicts_add(verdicts);
    *verdict = (ArchVerdict){.kind = VERDICT_NAMING,
                             .root = {.branch = x64},
                             .file = x64->file,
                             .stop = x64->stop,
                             .name = walk->macros->names->names.at[macro->name].text};
    arch_branch_place(walk, x64, &verdict->begin, &verdict->end);
}

// A chain that only says what the processor is, with nothing behind it that can be seen.
static void find_naming(ArchVerdicts *verdicts)
{
    ArchWalk *walk = verdicts->walk;
    uint32_t n = walk->branches.len;
    for (uint32_t i = 0; i < n; i++) {
        const ArchBranch *a64 = walk->branches.at[i];
        ArchFlavour flavour = verdicts->flavour;
        if (!a64->previous || !a64->defines.len || chain_may(a64, flavour, TARGET_EC) ||
            !(a64->live.may & WORLDS_A64) || // with another compiler
            walk->sources.files.at[a64->file].owner != OWNER_PROJECT)
            continue;
        for (const ArchBranch *x64 = a64->previous; x64; x64 = x64->previous) {
            const MacroText *macro =
                chain_is_x64_taken(x64, flavour) ? naming_macro(walk, x64, a64) : NULL;
            ArchRoot root;
            if (macro && !has_verdict(verdicts, x64) &&
                arch_root(verdicts->walk, x64, flavour, &root) && root.branch &&
                chain_is_same(root.branch, x64))
                add_naming(verdicts, x64, macro);
        }
    }
}

// "AS_X64_MSVC" and "AS_ARM64": what follows the part that they share.
static bool is_pair(Str one, Str other)
{
    static const Str x64[] = {STR_INIT("X64"),    STR_INIT("x64"),   STR_INIT("X86_64"),
                              STR_INIT("x86_64"), STR_INIT("AMD64"), STR_INIT("amd64")};
    static const Str a64[] = {STR_INIT("ARM64"), STR_INIT("arm64"), STR_INIT("AARCH64"),
                              STR_INIT("aarch64"), STR_INIT("ARM_64")};
    size_t n = 0;
    while (n < one.len && n < other.len && one.at[n] == other.at[n])
        n++;
    while (n > 0 && one.at[n - 1] != '_')
        n--;
    bool is_x64 = false, is_a64 = false;
    for (size_t i = 0; i < COUNTOF(x64); i++)
        is_x64 |= str_starts(str_from(one, n), x64[i]);
    for (size_t i = 0; i < COUNTOF(a64); i++)
        is_a64 |= str_starts(str_from(other, n), a64[i]);
    return n > 0 && is_x64 && is_a64;
}

static const MacroText *pair_in(const ArchWalk *walk, const ArchBranch *x64,
                                const ArchBranch *a64)
{
    for (uint32_t i = 0; i < x64->defines.len; i++)
        for (uint32_t k = 0; k < a64->defines.len; k++)
            if (is_pair(walk->macros->names->names.at[x64->defines.at[i]->name].text,
                        walk->macros->names->names.at[a64->defines.at[k]->name].text))
                return x64->defines.at[i];
    return NULL;
}

static bool stands_beside(const ArchBranch *x64, const ArchBranch *a64)
{
    if (x64->file != a64->file || chain_is_same(x64, a64))
        return false;
    for (const ArchBranch *around = x64->parent; around; around = around->parent)
        if (around == a64->parent)
            return true;
    return !a64->parent;
}

// The same in chains of their own: "#if X64 ... #endif #if ARM64 ... #endif".
static void find_naming_apart(ArchVerdicts *verdicts)
{
    ArchWalk *walk = verdicts->walk;
    ArchFlavour flavour = verdicts->flavour;
    for (uint32_t i = 0; i < walk->branches.len; i++) {
        const ArchBranch *a64 = walk->branches.at[i];
        if (!a64->defines.len || chain_may(a64, flavour, TARGET_EC) ||
            !chain_may(a64, flavour, TARGET_A64) || chain_may(a64, flavour, TARGET_X64) ||
            walk->sources.files.at[a64->file].owner != OWNER_PROJECT)
            continue;
        for (uint32_t k = 0; k < walk->branches.len; k++) {
            const ArchBranch *x64 = walk->branches.at[k];
            const MacroText *macro = x64->defines.len && stands_beside(x64, a64) &&
                                             chain_is_x64_taken(x64, flavour)
                                         ? pair_in(walk, x64, a64)
                                         : NULL;
            ArchRoot root;
            if (macro && !has_verdict(verdicts, x64) && !has_verdict(verdicts, a64) &&
                arch_root(walk, x64, flavour, &root) && root.branch &&
                chain_is_same(root.branch, x64))
                add_naming(verdicts, x64, macro);
        }
    }
}

void verdicts_settle_chains(ArchVerdicts *verdicts)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++)
        move_to_x64_branch(verdicts, verdicts->all.at[i]);
    merge_chains(verdicts);
    verdicts_find_barriers(verdicts);
    find_spelling(verdicts);
    find_swallowed(verdicts);
    drop_emulated(verdicts);
    find_naming(verdicts);
    find_naming_apart(verdicts);
}
