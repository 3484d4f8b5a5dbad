#include "codegen/arch/walk.h"

#include "codegen/arch/root.h"
#include "codegen/arch/settle.h"

// One open chain of a file.
typedef struct Chain {
    ArchBranch *parent, *last;
    Truth around;  // live, of the chain as a whole
    Truth earlier; // some branch so far is taken
    bool was_read; // by the compiler, the chain as a whole
    bool is_read;  // the compiler asks for the next condition
} Chain;

typedef struct FileWalk {
    ArchWalk *walk;
    uint32_t file;
    const ArchStop *stop;
    ArchBranch *branch; // innermost
    Truth live;
    bool is_read; // the compiler reads what stands here, if it knows the file
    const ArchSkippedFile *skipped; // NULL: it does not
    LIST(Chain) chains;
} FileWalk;

const ArchItem *arch_item(const ArchWalk *walk, uint32_t file, uint32_t item)
{
    return &walk->sources.files.at[file].scanned->items.at[item];
}

// --- Branches
// ---------------------------------------------------------------------------

static ArchBranch *new_branch(FileWalk *at, uint32_t item, const Chain *chain)
{
    ArchWalk *walk = at->walk;
    ArchBranch *branch = ARENA_NEW(walk->arena, ArchBranch);
    branch->parent = chain->parent;
    branch->previous = chain->last;
    branch->first = chain->last ? chain->last->first : branch;
    branch->stop = at->stop;
    branch->file = at->file;
    branch->item = item;
    *LIST_PUSH(walk->arena, &walk->branches) = branch;
    return branch;
}

// What the compiler made of the condition. An #else has none, but is read or not.
static void settle(FileWalk *at, Chain *chain, ArchBranch *branch, const ArchItem *item)
{
    at->is_read =
        chain->is_read && !arch_skipped_has(at->skipped, item->begin, item->text_begin);
    if (chain->is_read && branch->condition)
        at->walk->n_settled +=
            arch_settle(at->walk->macros, branch->condition, at->walk->skipped->flavour,
                        at->is_read, &branch->judged);
    chain->is_read &= !at->is_read;
}

static void take_branch(FileWalk *at, uint32_t index, const ArchItem *item)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    ArchWalk *walk = at->walk;
    Chain *chain = &at->chains.at[at->chains.len - 1];
    ArchBranch *branch = new_branch(at, index, chain);
    branch->condition = item->kind == ITEM_ELSE ? NULL : item->condition;
    branch->judged =
        branch->condition ? macros_judge(walk->macros, branch->condition, NULL) : always;
    if (branch->condition && walk->macros->was_too_much && at->file == 0 &&
        !walk->too_much)
        walk->too_much = branch;
    if (at->skipped)
        settle(at, chain, branch, item);
    branch->live =
        truth_and(truth_and(chain->around, truth_not(chain->earlier)), branch->judged);
    chain->earlier.sure |= branch->judged.sure;
    chain->earlier.may |= branch->judged.may;
    chain->last = branch;
    if (branch->condition && !truth_is_uniform(branch->judged))
        arch_blame(walk, branch);
    at->branch = branch;
    at->live = branch->live;
}

static void open_chain(FileWalk *at, uint32_t index, const ArchItem *item)
{
    *LIST_PUSH(at->walk->arena, &at->chains) = (Chain){.parent = at->branch,
                                                       .around = at->live,
                                                       .was_read = at->is_read,
                                                       .is_read = at->is_read};
    take_branch(at, index, item);
}

static void close_chain(FileWalk *at)
{
    const Chain *chain = &at->chains.at[--at->chains.len];
    at->is_read = chain->was_read;
    at->branch = chain->parent;
    at->live = chain->around;
}

// --- What stands in branches
// ------------------------------------------------------------

static void define(FileWalk *at, const ArchItem *item)
{
    ArchWalk *walk = at->walk;
    Definition *definition = ARENA_NEW(walk->arena, Definition);
    *definition = (Definition){.text = item->macro,
                               .file = at->file,
                               .begin = item->begin,
                               .end = item->end,
                               .branch = at->branch};
    macro_define(walk->macros, at->live, definition);
    if (at->branch)
        *LIST_PUSH(walk->arena, &at->branch->defines) = item->macro;
}

static void undefine(FileWalk *at, const ArchItem *item)
{
    ArchWalk *walk = at->walk;
    if (truth_is_uniform(at->live)) {
        macro_undefine(walk->macros, at->live, item->name);
        return;
    }
    MacroText *text = ARENA_NEW(walk->arena, MacroText);
    text->name = item->name;
    Definition *definition = ARENA_NEW(walk->arena, Definition);
    *definition = (Definition){.text = text,
                               .file = at->file,
                               .begin = item->begin,
                               .end = item->end,
                               .branch = at->branch,
                               .is_undoing = true};
    macro_undo(walk->macros, at->live, definition);
}

static bool is_guard(const ArchBranch *branch)
{
    const Expr *condition = branch->condition;
    if (branch->previous || !condition || condition->kind != EXPR_UNARY ||
        condition->op != '!' || condition->a->kind != EXPR_DEFINED)
        return false;
    for (uint32_t i = 0; i < branch->defines.len; i++)
        if (branch->defines.at[i]->name == condition->a->name)
            return true;
    return false;
}

// Nothing in its file stands around it but include guards.
static bool is_unconditional(const FileWalk *at)
{
    for (const ArchBranch *branch = at->branch; branch && branch->file == at->file;
         branch = branch->parent)
        if (!is_guard(branch))
            return false;
    return true;
}

// What makes a file x86's: instructions. A word of Microsoft's or a pragma is no such
// claim, nor is a name that a macro is given.
static bool is_x86_code(const ArchItem *item)
{
    return !item->is_pragma && !item->is_passed &&
           (item->hardware == ARCH_X86_CODE || item->hardware == ARCH_X86_ASM);
}

static void add_sink(FileWalk *at, uint32_t index, const ArchItem *item)
{
    ArchWalk *walk = at->walk;
    ArchKind kind = item->hardware;
    if (truth_is_uniform(at->live) && at->live.may && is_unconditional(at)) {
        walk->neutral.at[at->file].n_x86 += is_x86_code(item);
        walk->neutral.at[at->file].n_arm += arch_kind_is_arm(kind);
    }
    if (walk->sinks.len >= ARCH_SINKS_MAX)
        return;
    *LIST_PUSH(walk->arena, &walk->sinks) =
        (ArchSink){at->file, index, at->branch, at->stop, at->live};
}

static void walk_file(ArchWalk *walk, uint32_t file, const ArchStop *stop,
                      ArchBranch *branch, Truth live, bool is_read);

static uint32_t *times_of(ArchWalk *walk, uint32_t file)
{
    while (walk->times.len <= file) {
        *LIST_PUSH(walk->arena, &walk->times) = 0;
        *LIST_PUSH(walk->arena, &walk->neutral) = (ArchNeutral){0};
    }
    return &walk->times.at[file];
}

static void see_system_header(ArchWalk *walk)
{
    if (!walk->saw_system_header)
        macros_define_late(walk->macros);
    walk->saw_system_header = true;
}

// Goes through a file; one of the system is passed over, and changes what mingw-w64
// defines.
static void enter(FileWalk *at, uint32_t index, uint32_t file, bool is_angled,
                  ArchBranch *branch, Truth live)
{
    ArchWalk *walk = at->walk;
    if (file == UINT32_MAX || !walk->sources.files.at[file].scanned) {
        if (is_angled || file != UINT32_MAX)
            see_system_header(walk);
        return;
    }
    ArchStop *stop = ARENA_NEW(walk->arena, ArchStop);
    *stop = (ArchStop){at->file, index, at->stop};
    walk_file(walk, file, stop, branch, live, at->is_read);
}

// #include NAME: the file's name is the macro's value, which may be another in each
// world.
static void include_computed(FileWalk *at, uint32_t index, const ArchItem *item)
{
    ArchWalk *walk = at->walk;
    Worlds rest = at->live.may;
    while (rest) {
        Worlds same = 0;
        bool is_angled = false;
        Str name = arch_computed_include(walk, item, rest, &same, &is_angled);
        rest &= (Worlds)~same;
        if (!name.len)
            continue;
        Chain chain = {.parent = at->branch};
        ArchBranch *branch = new_branch(at, index, &chain);
        branch->is_include = true;
        branch->condition = expr_of(walk->arena, walk->macros->names, item->text);
        branch->judged = (Truth){same, same};
        branch->live = truth_and(at->live, branch->judged);
        arch_blame(walk, branch);
        uint32_t file = arch_sources_find(&walk->sources, at->file, name, is_angled);
        enter(at, index, file, is_angled, branch, branch->live);
    }
}

// Of a consumer the own text counts, as if it stood behind the document, and that of what
// it includes under a condition: all else that it includes is the document itself, or
// would take as long as a translation unit.
static void pass_include(FileWalk *at, uint32_t index, const ArchItem *item)
{
    ArchWalk *walk = at->walk;
    bool is_hardware = arch_header(item->text) != ARCH_NONE;
    if (is_hardware)
        add_sink(at, index, item);
    if (!is_hardware && !at->stop && !truth_is_uniform(at->live)) {
        uint32_t file =
            arch_sources_find(&walk->sources, at->file, item->text, item->is_angled);
        if (file != UINT32_MAX && *times_of(walk, file) == 0) {
            walk->sources.files.at[file].is_consumer = true;
            enter(at, index, file, item->is_angled, at->branch, at->live);
        }
    }
    if (item->is_angled)
        see_system_header(walk);
}

static void include(FileWalk *at, uint32_t index, const ArchItem *item)
{
    if (at->walk->sources.files.at[at->file].is_consumer) {
        if (!item->is_computed)
            pass_include(at, index, item);
        return;
    }
    if (item->is_computed) {
        include_computed(at, index, item);
        return;
    }
    ArchSources *sources = &at->walk->sources;
    uint32_t file = arch_sources_find(sources, at->file, item->text, item->is_angled);
    bool is_project = file != UINT32_MAX && sources->files.at[file].scanned;
    if (arch_header(item->text) != ARCH_NONE && !is_project)
        add_sink(at, index, item);
    enter(at, index, file, item->is_angled, at->branch, at->live);
}

static void take_item(FileWalk *at, uint32_t index, const ArchItem *item)
{
    switch ((ArchItemKind)item->kind) {
    case ITEM_DEFINE:
        define(at, item);
        return;
    case ITEM_UNDEF:
        undefine(at, item);
        return;
    case ITEM_INCLUDE:
        include(at, index, item);
        return;
    case ITEM_ERROR:
    case ITEM_TOKEN:
        add_sink(at, index, item);
        return;
    case ITEM_ONCE:
        *times_of(at->walk, at->file) = UINT32_MAX;
        return;
    case ITEM_IF:
    case ITEM_ELIF:
    case ITEM_ELSE:
    case ITEM_ENDIF:
        return;
    }
}

// --- Files
// ------------------------------------------------------------------------------

// The next item to look at: what no world can reach is passed over as a whole.
static uint32_t step(FileWalk *at, uint32_t index, const ArchItem *item)
{
    if (item->kind == ITEM_IF)
        open_chain(at, index, item);
    else if (item->kind == ITEM_ENDIF)
        close_chain(at);
    else if (item->kind <= ITEM_ELSE)
        take_branch(at, index, item);
    else
        take_item(at, index, item);
    return item->kind <= ITEM_ELSE && !at->live.may ? item->next : index + 1;
}

static void walk_file(ArchWalk *walk, uint32_t file, const ArchStop *stop,
                      ArchBranch *branch, Truth live, bool is_read)
{
    uint32_t *times = times_of(walk, file);
    if (walk->depth >= ARCH_DEPTH_MAX || *times >= ARCH_TIMES_MAX || !live.may)
        return;
    ++*times;
    walk->depth++;
    uint32_t includer = walk->file;
    walk->file = file;
    FileWalk at = {.walk = walk,
                   .file = file,
                   .stop = stop,
                   .branch = branch,
                   .live = live,
                   .is_read = is_read};
    if (walk->skipped && is_read && *times == 1)
        at.skipped = arch_skipped_file(walk->skipped, walk->sources.files.at[file].path);
    const ArchText *scanned = walk->sources.files.at[file].scanned;
    for (uint32_t i = 0; i < scanned->items.len;) {
        if (++walk->n_items > ARCH_WALKED_MAX) {
            walk->is_cut_short = true;
            break;
        }
        i = step(&at, i, &scanned->items.at[i]);
    }
    walk->is_cut_short |= scanned->is_cut_short;
    walk->file = includer;
    walk->depth--;
}

static void define_by_us(ArchWalk *walk, Str name, Str body, Truth live)
{
    MacroText *macro = ARENA_NEW(walk->arena, MacroText);
    macro->name = arch_name(walk->macros->names, name);
    macro->body = body;
    Definition *definition = ARENA_NEW(walk->arena, Definition);
    *definition = (Definition){.text = macro, .file = UINT32_MAX};
    macro_define(walk->macros, live, definition);
}

// "-DX", "-D" "X=1", "-UX" of the command line.
static void define_arguments(ArchWalk *walk, const Flags *flags)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    for (uint32_t i = 0; i < flags->args.len; i++) {
        Str arg = flags->args.at[i];
        bool is_define = str_starts(arg, STR("-D"));
        if (!is_define && !str_starts(arg, STR("-U")))
            continue;
        Str text = arg.len > 2               ? str_from(arg, 2)
                   : i + 1 < flags->args.len ? flags->args.at[++i]
                                             : STR("");
        size_t equals = str_find_char(text, '=');
        Str name = str_sub(text, 0, equals);
        if (!is_define) {
            macro_undefine(walk->macros, always, arch_name(walk->macros->names, name));
            continue;
        }
        // F(x)=... is no name of any #if
        Str body = equals < text.len ? str_from(text, equals + 1) : STR("1");
        define_by_us(walk, name, body, always);
    }
}

static void define_optimized(ArchWalk *walk, const Flags *flags)
{
    const Worlds gnu = WORLDS_FLAVOUR(FLAVOUR_CLANG) | WORLDS_FLAVOUR(FLAVOUR_MINGW);
    Str level = STR("");
    for (uint32_t i = 0; i < flags->compile_args.len; i++)
        if (str_starts(flags->compile_args.at[i], STR("-O")))
            level = flags->compile_args.at[i];
    for (uint32_t i = 0; i < flags->args.len; i++)
        if (str_starts(flags->args.at[i], STR("-O")))
            level = flags->args.at[i];
    if (level.len && !str_eq(level, STR("-O0")))
        define_by_us(walk, STR("__OPTIMIZE__"), STR("1"), (Truth){gnu, gnu});
}

// -include FILE
static void include_arguments(ArchWalk *walk, const Flags *flags)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    for (uint32_t i = 0; i + 1 < flags->args.len; i++) {
        if (!str_eq(flags->args.at[i], STR("-include")))
            continue;
        uint32_t file =
            arch_sources_find(&walk->sources, 0, flags->args.at[i + 1], false);
        if (file != UINT32_MAX && walk->sources.files.at[file].scanned)
            walk_file(walk, file, NULL, NULL, always, true);
    }
}

static void walk_consumers(ArchWalk *walk, const Job *job)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    for (size_t i = 0; i < job->consumers.len && i < ARCH_CONSUMERS_MAX; i++) {
        uint32_t file = arch_sources_open(&walk->sources, job->consumers.at[i]);
        if (file == UINT32_MAX || *times_of(walk, file) > 0)
            continue; // it is gone; or the document includes it
        walk->sources.files.at[file].is_consumer = true;
        walk_file(walk, file, NULL, NULL, always, false);
    }
}

static int has_file(void *owner, Str name, bool is_angled)
{
    ArchWalk *walk = owner;
    return arch_header(name) != ARCH_NONE ||
           arch_sources_find(&walk->sources, walk->file, name, is_angled) != UINT32_MAX;
}

void arch_define(ArchWalk *walk, Str name, Str body)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    define_by_us(walk, name, body, always);
}

void arch_begin(ArchWalk *walk, ArchCache *cache, Arena *arena, const Job *job, Str text,
                const Flags *flags, const Headers *headers, ArchMode mode)
{
    *walk = (ArchWalk){.arena = arena, .macros = &cache->macros};
    macros_begin(walk->macros, arena, &cache->arena, &cache->names,
                 flags->language == LANGUAGE_CPP);
    walk->macros->is_open = mode != ARCH_SOURCE;
    walk->macros->has_file = has_file;
    walk->macros->owner = walk;
    arch_sources_init(&walk->sources, cache, arena, job, text, flags, headers);
    walk->sources.is_alone = mode == ARCH_ALONE;
    define_optimized(walk, flags);
    define_arguments(walk, flags);
}

void arch_walk(ArchWalk *walk, ArchCache *cache, Arena *arena, const Job *job, Str text,
               const Flags *flags, const Headers *headers, ArchMode mode,
               const ArchSkipped *skipped)
{
    static const Truth always = {WORLDS_ALL, WORLDS_ALL};
    arch_begin(walk, cache, arena, job, text, flags, headers, mode);
    walk->skipped = skipped;
    include_arguments(walk, flags);
    walk_file(walk, 0, NULL, NULL, always, true);
    walk_consumers(walk, job);
}
