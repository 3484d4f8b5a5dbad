#include "codegen/assembly/preprocess.h"

#include "codegen/arch/root.h"
#include "codegen/assembly/preprocess_line.h"

#include <string.h>

enum { CHAIN_MAX = 256 }; // nested #if

typedef struct Chain {
    bool around;    // what is around it is live
    bool was_taken; // one of its branches so far
    bool is_taken;  // this one
} Chain;

typedef struct Preprocessor {
    AsmFiles *files;
    ArchWalk walk;
    uint32_t world, arm_world;
    AsmGrowing out;
    AsmPreprocessed *result;
    uint32_t depth;
    bool in_comment; // a block comment goes on over lines
    LIST(Str) missing;
} Preprocessor;

typedef struct FileState {
    const ArchText *scanned;
    uint32_t arch_file, base;
    uint32_t item;
    Chain chains[CHAIN_MAX];
    uint32_t n_chains;
} FileState;

static bool is_live(const FileState *at)
{
    if (at->n_chains == 0)
        return true;
    if (at->n_chains > CHAIN_MAX)
        return false;
    return at->chains[at->n_chains - 1].is_taken;
}

static Truth judge(Preprocessor *p, const ArchItem *item)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    return item->kind == ITEM_ELSE ? always
                                   : macros_judge(p->walk.macros, item->condition, NULL);
}

static void take_branch(Preprocessor *p, FileState *at, const ArchItem *item)
{
    Chain *chain = &at->chains[at->n_chains - 1];
    chain->is_taken = false;
    if (!chain->around)
        return;
    Truth truth = judge(p, item);
    bool is_true = (truth.may >> p->world) & 1;
    chain->is_taken = is_true && !chain->was_taken;
    chain->was_taken |= is_true;
    p->result->left_out_arm |= !is_true && ((truth.sure >> p->arm_world) & 1);
}

static void take_condition(Preprocessor *p, FileState *at, const ArchItem *item)
{
    if (item->kind == ITEM_IF) {
        bool around = is_live(at);
        if (at->n_chains++ >= CHAIN_MAX) {
            p->result->is_cut_short = true;
            return;
        }
        at->chains[at->n_chains - 1] = (Chain){.around = around};
        take_branch(p, at, item);
    } else if (at->n_chains > CHAIN_MAX) {
        at->n_chains -= item->kind == ITEM_ENDIF;
    } else if (item->kind == ITEM_ENDIF) {
        at->n_chains -= at->n_chains > 0;
    } else if (at->n_chains > 0) {
        take_branch(p, at, item);
    }
}

static void define(Preprocessor *p, const FileState *at, const ArchItem *item)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    Definition *definition = ARENA_NEW(p->walk.arena, Definition);
    *definition = (Definition){.text = item->macro,
                               .file = at->arch_file,
                               .begin = item->begin,
                               .end = item->end};
    macro_define(p->walk.macros, always, definition);
}

static Place place_in(Preprocessor *p, const FileState *at, uint32_t begin, uint32_t end)
{
    Str rest = str_sub(at->scanned->text, begin, end);
    Str line = str_trim(str_sub(rest, 0, str_find_char(rest, '\n')));
    AsmGrowing one = {.arena = p->walk.arena};
    asm_grow_text(&one, line, NULL, at->base + begin);
    AsmText text = {line, one.origin};
    return asm_place(p->files, &text, 0, (uint32_t)line.len);
}

static void preprocess_file(Preprocessor *p, uint32_t arch_file);

static void note_include(Preprocessor *p, const FileState *at, const ArchItem *item,
                         Str path)
{
    Unit *unit = p->files->unit;
    uint32_t index = unit_path(unit, path);
    Place where;
    if (unit_include_place(unit, index, &where))
        return;
    Place place = place_in(p, at, item->begin, item->end);
    if (at->arch_file != 0) // by way of another one
        (void)unit_include_place(
            unit, unit_path(unit, p->walk.sources.files.at[at->arch_file].path), &place);
    *LIST_PUSH(unit->arena, &unit->includes) = index;
    *LIST_PUSH(unit->arena, &unit->include_places) = place;
}

// Once a name: what follows from it is one fault.
static void report_missing(Preprocessor *p, const FileState *at, const ArchItem *item,
                           Str name)
{
    for (uint32_t i = 0; i < p->missing.len; i++)
        if (str_eq(p->missing.at[i], name))
            return;
    *LIST_PUSH(p->walk.arena, &p->missing) = name;
    unit_report_clang(
        p->files->unit, SEVERITY_ERROR, place_in(p, at, item->begin, item->end),
        arena_format(p->walk.arena, "'%.*s' file not found", STR_ARG(name)));
}

static void include(Preprocessor *p, const FileState *at, const ArchItem *item)
{
    Str name = item->text;
    bool is_angled = item->is_angled;
    if (item->is_computed)
        name = arch_computed_include(&p->walk, item, (Worlds)(1u << p->world),
                                     &(Worlds){0}, &is_angled);
    uint32_t file = arch_sources_find(&p->walk.sources, at->arch_file, name, is_angled);
    if (file == UINT32_MAX) {
        p->result->has_unseen = true;
        report_missing(p, at, item, name);
        return;
    }
    if (!p->walk.sources.files.at[file].scanned) {
        p->result->has_unseen = true;
        return;
    }
    note_include(p, at, item, p->walk.sources.files.at[file].path);
    preprocess_file(p, file);
}

static void take_item(Preprocessor *p, FileState *at, const ArchItem *item)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    if (item->kind <= ITEM_ENDIF) {
        take_condition(p, at, item);
        return;
    }
    if (!is_live(at))
        return;
    switch ((ArchItemKind)item->kind) {
    case ITEM_DEFINE:
        define(p, at, item);
        break;
    case ITEM_UNDEF:
        macro_undefine(p->walk.macros, always, item->name);
        break;
    case ITEM_INCLUDE:
        include(p, at, item);
        break;
    case ITEM_ERROR: {
        Str words = str_trim(str_sub(at->scanned->text, item->begin, item->end));
        words = str_sub(words, 0, str_find_char(words, '\n'));
        unit_report_clang(
            p->files->unit, SEVERITY_ERROR, place_in(p, at, item->begin, item->end),
            str_trim(str_sub(words, str_find(words, STR("error")) + 5, words.len)));
        break;
    }
    case ITEM_ONCE:
    case ITEM_TOKEN:
    case ITEM_IF:
    case ITEM_ELIF:
    case ITEM_ELSE:
    case ITEM_ENDIF:
        break;
    }
}

// The end of the physical lines that backslashes join, behind the newline.
static uint32_t end_of_line(Str text, uint32_t at)
{
    for (;;) {
        uint32_t end = at + (uint32_t)str_find_char(str_from(text, at), '\n');
        if (end >= text.len)
            return (uint32_t)text.len;
        uint32_t last = end > at && text.at[end - 1] == '\r' ? end - 1 : end;
        if (last == at || text.at[last - 1] != '\\')
            return end + 1;
        at = end + 1;
    }
}

static bool is_directive_item(const ArchItem *item)
{
    return item->kind != ITEM_TOKEN;
}

// The directive that stands on the line [begin, end), if it is one.
static const ArchItem *item_on_line(FileState *at, uint32_t begin, uint32_t end)
{
    const ArchText *scanned = at->scanned;
    while (at->item < scanned->items.len) {
        const ArchItem *item = &scanned->items.at[at->item];
        if (item->begin >= end)
            return NULL;
        at->item++;
        if (item->begin >= begin && is_directive_item(item))
            return item;
    }
    return NULL;
}

static bool starts_with_hash(Str text, uint32_t begin, uint32_t end)
{
    while (begin < end && (text.at[begin] == ' ' || text.at[begin] == '\t'))
        begin++;
    return begin < end && text.at[begin] == '#';
}

static void preprocess_file(Preprocessor *p, uint32_t arch_file)
{
    const ArchFile *file = &p->walk.sources.files.at[arch_file];
    FileState *at = ARENA_NEW(p->walk.arena, FileState);
    uint32_t index = asm_files_add(p->files, file->path, file->scanned->text);
    if (p->depth >= ASM_INCLUDE_DEPTH_MAX || index == UINT32_MAX || p->out.is_full) {
        p->result->is_cut_short = true;
        return;
    }
    p->depth++;
    at->scanned = file->scanned;
    at->arch_file = arch_file;
    at->base = p->files->files.at[index].base;
    Str text = at->scanned->text;
    for (uint32_t begin = 0, end; begin < text.len; begin = end) {
        end = end_of_line(text, begin);
        const ArchItem *item = NULL;
        if (!p->in_comment && starts_with_hash(text, begin, end))
            item = item_on_line(at, begin, end);
        if (item)
            take_item(p, at, item);
        else if (is_live(at)) {
            AsmLine line = {str_sub(text, begin, end), at->base + begin};
            asm_preprocess_line(p->walk.macros, p->world, &line, &p->in_comment, &p->out);
        }
    }
    p->depth--;
}

void asm_preprocess(AsmFiles *files, ArchCache *cache, const Flags *flags,
                    const Headers *headers, AsmPreprocessed *ret_text)
{
    Unit *unit = files->unit;
    *ret_text = (AsmPreprocessed){0};
    Preprocessor *p = ARENA_NEW(unit->arena, Preprocessor);
    p->files = files;
    p->result = ret_text;
    p->out.arena = unit->arena;
    ArchFlavour flavour =
        world_flavour(flags->builder, headers->environment == ENVIRONMENT_GNU);
    p->world = (uint32_t)flavour * 3 + TARGET_EC;
    p->arm_world = (uint32_t)flavour * 3 + TARGET_A64;
    arch_begin(&p->walk, cache, unit->arena, unit->job, unit->text, flags, headers,
               ARCH_SOURCE);
    arch_define(&p->walk, STR("__ASSEMBLER__"), STR("1"));
    preprocess_file(p, 0);
    ret_text->is_cut_short |= p->out.is_full;
    ret_text->text = (AsmText){{p->out.at, p->out.len}, p->out.origin};
}
