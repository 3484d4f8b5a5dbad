// Which verdict an error of the compiler's follows from.
#include "codegen/arch/verdict.h"
#include "codegen/frontend/flags_words.h"
#include "protocol/base/hash.h"

#include <string.h>

// A branch of the walk by which ARM64 and Arm64EC part, and whose fault that is.
typedef struct Region {
    uint32_t file, begin, end;
    bool is_taken; // by Arm64EC
    const ArchBranch *branch;
    ArchVerdict *verdict;
} Region;

typedef struct Named { // what a message named before
    Str name;
    ArchVerdict *verdict;
} Named;

struct ArchIndex {
    LIST(Region) regions;
    LIST(Named) names; // that messages have asked for
    struct Asked {
        Str path;
        uint32_t file; // UINT32_MAX: the walk did not go there
    } asked[256];
    LIST(Named) words; // of hardware, in the branches that verdicts are about
};

enum { REGION_BYTES_MAX = 256 * 1024, NAMES_A_MESSAGE_MAX = 3, NAME_BYTES_MAX = 4096 };

// --- Regions
// ----------------------------------------------------------------------------

static bool holds_branch(const ArchVerdict *verdict, const ArchBranch *branch)
{
    if (verdict->root.branch && verdict->root.branch->file == branch->file &&
        verdict->root.branch->item == branch->item)
        return true;
    for (uint32_t i = 0; i < verdict->also.len; i++)
        if (verdict->also.at[i]->file == branch->file &&
            verdict->also.at[i]->item == branch->item)
            return true;
    return false;
}

static ArchVerdict *verdict_of_root(const ArchVerdicts *verdicts, const ArchRoot *root)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++) {
        ArchVerdict *verdict = verdicts->all.at[i];
        if (verdict->kind == VERDICT_OS_ARM || verdict->kind == VERDICT_NAMING ||
            verdict->kind == VERDICT_EMULATED)
            continue;
        if (root->branch ? holds_branch(verdict, root->branch)
                         : verdict->root.definition &&
                               verdict->root.definition->text == root->definition->text)
            return verdict->is_elsewhere ? NULL : verdict;
    }
    return NULL;
}

static bool parts(const ArchBranch *branch, ArchFlavour flavour)
{
    uint32_t first = (uint32_t)flavour * TARGET_COUNT;
    return (branch->live.may >> (first + TARGET_EC) & 1) !=
           (branch->live.may >> (first + TARGET_A64) & 1);
}

static void add_region(ArchVerdicts *verdicts, struct ArchIndex *index,
                       const ArchBranch *branch)
{
    ArchWalk *walk = verdicts->walk;
    ArchRoot root;
    if (branch->is_include || !parts(branch, verdicts->flavour) ||
        !arch_root(walk, branch, verdicts->flavour, &root))
        return;
    ArchVerdict *verdict = verdict_of_root(verdicts, &root);
    if (!verdict)
        return;
    const ArchText *text = walk->sources.files.at[branch->file].scanned;
    const ArchItem *item = &text->items.at[branch->item];
    uint32_t end = item->next < text->items.len ? text->items.at[item->next].begin
                                                : (uint32_t)text->text.len;
    uint32_t ec = (uint32_t)verdicts->flavour * TARGET_COUNT + TARGET_EC;
    *LIST_PUSH(walk->arena, &index->regions) = (Region){
        branch->file, item->begin, end, branch->live.may >> ec & 1, branch, verdict};
}

static void add_word(ArchVerdicts *verdicts, struct ArchIndex *index,
                     const ArchSink *sink)
{
    const ArchItem *item = arch_item(verdicts->walk, sink->file, sink->item);
    ArchRoot root;
    if (item->kind != ITEM_TOKEN || !sink->branch ||
        !arch_root(verdicts->walk, sink->branch, verdicts->flavour, &root))
        return;
    ArchVerdict *verdict = verdict_of_root(verdicts, &root);
    if (verdict)
        *LIST_PUSH(verdicts->walk->arena, &index->words) = (Named){item->text, verdict};
}

static struct ArchIndex *index_of(ArchVerdicts *verdicts)
{
    if (verdicts->index)
        return verdicts->index;
    ArchWalk *walk = verdicts->walk;
    verdicts->index = ARENA_NEW(walk->arena, struct ArchIndex);
    for (uint32_t i = 0; i < walk->branches.len; i++)
        add_region(verdicts, verdicts->index, walk->branches.at[i]);
    for (uint32_t i = 0; i < walk->sinks.len; i++)
        add_word(verdicts, verdicts->index, &walk->sinks.at[i]);
    return verdicts->index;
}

// --- Places
// -----------------------------------------------------------------------------

static bool has_word(Str text, Str word)
{
    for (;;) {
        size_t at = str_find(text, word);
        if (at >= text.len)
            return false;
        bool is_start = at == 0 || !is_word(text.at[at - 1]);
        bool is_end = at + word.len >= text.len || !is_word(text.at[at + word.len]);
        if (is_start && is_end)
            return true;
        text = str_from(text, at + word.len);
    }
}

static Str line_at(Str text, uint32_t offset)
{
    size_t begin = offset < text.len ? offset : text.len;
    while (begin > 0 && text.at[begin - 1] != '\n')
        begin--;
    return str_sub(text, begin, begin + str_find_char(str_from(text, begin), '\n'));
}

// The verdict on what nothing guards: there, on that line, or of the same word elsewhere
// in the file, whose first use has it.
static ArchVerdict *find_unguarded(const ArchVerdicts *verdicts, uint32_t file,
                                   uint32_t offset)
{
    Str text = verdicts->walk->sources.files.at[file].scanned->text;
    Str line = line_at(text, offset);
    ArchVerdict *found = NULL;
    for (uint32_t i = 0; i < verdicts->all.len; i++) {
        ArchVerdict *verdict = verdicts->all.at[i];
        if (verdict->kind != VERDICT_UNGUARDED || verdict->file != file)
            continue;
        Str word = str_sub(text, verdict->begin, verdict->end);
        if (verdict->begin <= offset && offset < verdict->end)
            return verdict;
        if (word.at >= line.at && word.at < line.at + line.len)
            return verdict;
        if (!found && has_word(line, word))
            found = verdict;
        if (offset < text.len && str_starts(str_from(text, offset), word))
            found = verdict;
    }
    return found;
}

// A name is undeclared where the line that declares it is a fault: the nearest one above
// that has it.
static ArchVerdict *find_declaration(const ArchVerdicts *verdicts, uint32_t file,
                                     uint32_t offset, Str name)
{
    Str text = verdicts->walk->sources.files.at[file].scanned->text;
    uint32_t lowest = offset > NAME_BYTES_MAX ? offset - NAME_BYTES_MAX : 0;
    for (uint32_t at = offset < text.len ? offset : (uint32_t)text.len; at > lowest;) {
        at--;
        if (text.at[at] != name.at[0] || !str_starts(str_from(text, at), name) ||
            (at && is_word(text.at[at - 1])) ||
            (at + name.len < text.len && is_word(text.at[at + name.len])))
            continue;
        ArchVerdict *verdict = find_unguarded(verdicts, file, at);
        if (verdict)
            return verdict;
    }
    return NULL;
}

static ArchVerdict *find_region(const struct ArchIndex *index, uint32_t file,
                                uint32_t offset)
{
    const Region *found = NULL;
    for (uint32_t i = 0; i < index->regions.len; i++) {
        const Region *region = &index->regions.at[i];
        if (region->file == file && region->begin <= offset && offset < region->end &&
            (!found || region->begin >= found->begin))
            found = region;
    }
    return found ? found->verdict : NULL;
}

// Errors come in crowds from few files: what was asked before is kept.
static bool find_file(const ArchVerdicts *verdicts, struct ArchIndex *index, Str path,
                      uint32_t *ret_file)
{
    const ArchWalk *walk = verdicts->walk;
    uint32_t slot = (uint32_t)(hash_of(path).word[0] % COUNTOF(index->asked));
    struct Asked *asked = &index->asked[slot];
    if (!asked->path.len || !str_eq(asked->path, path)) {
        Str clean = path_clean(walk->arena, path);
        *asked = (struct Asked){arena_str(walk->arena, path), UINT32_MAX};
        for (uint32_t i = 0; i < walk->sources.files.len; i++)
            if (walk->sources.files.at[i].scanned &&
                str_eq(walk->sources.files.at[i].path, clean))
                asked->file = i;
    }
    *ret_file = asked->file;
    return asked->file != UINT32_MAX;
}

ArchSpot arch_spot(ArchVerdicts *verdicts, Str path, uint32_t line, uint32_t byte)
{
    uint32_t file, at = 0;
    if (!find_file(verdicts, index_of(verdicts), path, &file))
        return (ArchSpot){path, 0};
    Str text = verdicts->walk->sources.files.at[file].scanned->text;
    for (; line && at < text.len; line--)
        at += (uint32_t)str_find_char(str_from(text, at), '\n') + 1;
    return (ArchSpot){path, at + byte};
}

// --- Names
// ------------------------------------------------------------------------------

// A word of hardware that one of the verdicts is about; or NEON, whose header a branch
// that Arm64EC takes has kept out.
static ArchVerdict *find_hardware(const ArchVerdicts *verdicts,
                                  const struct ArchIndex *index, Str name)
{
    ArchKind kind = arch_word(name).kind;
    for (uint32_t i = 0; kind != ARCH_NONE && i < index->words.len; i++)
        if (str_eq(index->words.at[i].name, name))
            return index->words.at[i].verdict;
    for (uint32_t i = 0; arch_kind_is_arm(kind) && i < verdicts->all.len; i++)
        if (verdicts->all.at[i]->n_sinks[ARCH_ARM_HEADER])
            return verdicts->all.at[i];
    return NULL;
}

// A text that says the name above the branch, too, has it from somewhere else: there it
// is used, and no less undeclared than in the branch.
static bool brings(const ArchWalk *walk, const Region *region, Str name)
{
    Str text = walk->sources.files.at[region->file].scanned->text;
    return region->end - region->begin <= REGION_BYTES_MAX &&
           has_word(str_sub(text, region->begin, region->end), name) &&
           !has_word(str_sub(text, 0, region->begin), name);
}

// What only a branch that Arm64EC misses declares or defines.
static ArchVerdict *find_name(const ArchVerdicts *verdicts, struct ArchIndex *index,
                              Str name)
{
    for (uint32_t i = 0; i < index->names.len; i++)
        if (str_eq(index->names.at[i].name, name))
            return index->names.at[i].verdict;
    const ArchWalk *walk = verdicts->walk;
    ArchVerdict *verdict = find_hardware(verdicts, index, name);
    for (uint32_t i = 0; i < index->regions.len && !verdict; i++) {
        const Region *region = &index->regions.at[i];
        if (!region->is_taken && brings(walk, region, name))
            verdict = region->verdict;
    }
    *LIST_PUSH(walk->arena, &index->names) =
        (Named){arena_str(walk->arena, name), verdict};
    return verdict;
}

static ArchVerdict *find_names(const ArchVerdicts *verdicts, struct ArchIndex *index,
                               Str message)
{
    if (!str_has(message, STR("undeclared")) &&
        !str_has(message, STR("unknown type name")) &&
        !str_has(message, STR("no member named")))
        return NULL;
    for (uint32_t n = 0; n < NAMES_A_MESSAGE_MAX; n++) {
        message = str_from(message, str_find_char(message, '\'') + 1);
        size_t length = str_find_char(message, '\'');
        Str name = str_sub(message, 0, length);
        if (length >= message.len)
            return NULL;
        message = str_from(message, length + 1);
        ArchVerdict *verdict = name.len ? find_name(verdicts, index, name) : NULL;
        if (verdict)
            return verdict;
    }
    return NULL;
}

// "use of undeclared identifier 'low'"
static Str undeclared(Str message)
{
    Str head = STR("use of undeclared identifier '");
    if (!str_starts(message, head))
        return STR("");
    Str rest = str_from(message, head.len);
    return str_sub(rest, 0, str_find_char(rest, '\''));
}

ArchVerdict *arch_explains(ArchVerdicts *verdicts, const ArchSpot *spots, uint32_t n,
                           Str message)
{
    if (!verdicts || !verdicts->all.len)
        return NULL;
    struct ArchIndex *index = index_of(verdicts);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t file;
        if (!find_file(verdicts, index, spots[i].path, &file))
            continue;
        ArchVerdict *verdict = find_unguarded(verdicts, file, spots[i].offset);
        verdict = verdict ? verdict : find_region(index, file, spots[i].offset);
        if (verdict)
            return verdict;
    }
    ArchVerdict *verdict = find_names(verdicts, index, message);
    uint32_t file;
    if (verdict || !n || !find_file(verdicts, index, spots[0].path, &file))
        return verdict;
    Str name = undeclared(message);
    return name.len ? find_declaration(verdicts, file, spots[0].offset, name) : NULL;
}

ArchVerdict *arch_explains_macro(ArchVerdicts *verdicts, const ArchSpot *spot)
{
    if (!verdicts || !verdicts->all.len)
        return NULL;
    const ArchWalk *walk = verdicts->walk;
    struct ArchIndex *index = index_of(verdicts);
    uint32_t file;
    if (!find_file(verdicts, index, spot->path, &file))
        return NULL;
    Str text = walk->sources.files.at[file].scanned->text;
    if (spot->offset >= text.len)
        return NULL;
    text = str_from(text, spot->offset);
    size_t n = 0;
    while (n < text.len && is_word(text.at[n]))
        n++;
    Str word = str_sub(text, 0, n);
    for (uint32_t i = 0; word.len && i < index->regions.len; i++) {
        const Region *region = &index->regions.at[i];
        for (uint32_t k = 0; region->is_taken && k < region->branch->defines.len; k++) {
            NameId name = region->branch->defines.at[k]->name;
            if (str_eq(walk->macros->names->names.at[name].text, word))
                return region->verdict;
        }
    }
    return NULL;
}
