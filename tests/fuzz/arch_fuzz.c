// Conditions in nine worlds: any text can be scanned, walked and judged, twice with the
// same result; what is certain is possible, and every place lies in the text.
#include "codegen/arch/verdict.h"

enum { ARENA_BYTES_MAX = 512 * 1024 * 1024, TEXT_BYTES_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool is_whole(Truth truth)
{
    return (truth.sure & ~truth.may) == 0 && (truth.may & ~WORLDS_ALL) == 0;
}

static void check_items(const ArchText *text)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i < text->items.len; i++) {
        const ArchItem *item = &text->items.at[i];
        bool is_token = item->kind == ITEM_TOKEN;
        CHECK_BUG(item->begin <= item->end && item->end <= text->text.len);
        CHECK_BUG(is_token || item->begin >= before);
        if (!is_token)
            before = item->begin;
        if (item->kind <= ITEM_ELSE)
            CHECK_BUG(item->next > i && item->next <= text->items.len);
        if (item->kind <= ITEM_INCLUDE && item->kind != ITEM_ELSE &&
            item->kind != ITEM_ENDIF)
            CHECK_BUG(item->text_begin >= item->begin && item->text_begin <= item->end);
    }
}

static bool has_includes(const ArchText *text)
{
    for (uint32_t i = 0; i < text->items.len; i++)
        if (text->items.at[i].kind == ITEM_INCLUDE)
            return true;
    return str_has(text->text, STR("__has_"));
}

static void check_walk(const ArchWalk *walk)
{
    for (uint32_t i = 0; i < walk->branches.len; i++) {
        const ArchBranch *branch = walk->branches.at[i];
        CHECK_BUG(is_whole(branch->judged) && is_whole(branch->live));
        if (branch->parent)
            CHECK_BUG((branch->live.may & ~branch->parent->live.may) == 0);
    }
    for (uint32_t i = 0; i < walk->sinks.len; i++)
        CHECK_BUG(is_whole(walk->sinks.at[i].live));
}

static void check_verdicts(ArchVerdicts *verdicts, Str text, Str path)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++) {
        const ArchVerdict *verdict = verdicts->all.at[i];
        CHECK_BUG(verdict->file == 0 && verdict->begin <= verdict->end &&
                  verdict->end <= text.len);
    }
    for (uint32_t at = 0; at < text.len; at += 7) {
        ArchSpot spot = {path, at};
        (void)arch_explains(verdicts, &spot, 1, STR("unknown type name '__m128i'"));
    }
}

// What a compiler might have skipped, and often cannot have: from one '#' to another.
static ArchSkipped skipped_of(Arena *arena, Str path, Str text, ArchFlavour flavour)
{
    ArchSkipped skipped = {.flavour = flavour};
    arch_skipped_see(arena, &skipped, path);
    arch_skipped_settle(&skipped);
    uint32_t seed = (uint32_t)text.len;
    for (uint32_t at = 0; at < text.len; at++) {
        if (text.at[at] != '#')
            continue;
        seed = seed * 1103515245 + 12345;
        uint32_t end = at + (seed >> 16) % 64;
        if (seed >> 30)
            arch_skipped_add(arena, arch_skipped_file(&skipped, path),
                             (ArchRange){at, end});
    }
    return skipped;
}

// How many faults there are.
static uint32_t judge(ArchCache *cache, const Job *job, Language language,
                      ArchFlavour flavour, bool is_open, bool has_skipped)
{
    Arena arena;
    ArchWalk walk = {0};
    Headers headers = {0};
    Flags flags = {.language = language};
    arena_init(&arena, ARENA_BYTES_MAX);
    ArchSkipped skipped = skipped_of(&arena, job->path, job->text, flavour);
    arch_walk(&walk, cache, &arena, job, job->text, &flags, &headers, is_open,
              has_skipped ? &skipped : NULL);
    check_walk(&walk);
    ArchVerdicts *verdicts = arch_verdicts(&walk, flavour);
    check_verdicts(verdicts, job->text, job->path);
    uint32_t n = verdicts->all.len;
    arena_done(&arena);
    return n;
}

static void check_conditions(Arena *arena, ArchNames *names, const ArchText *text)
{
    Macros macros = {0};
    macros_begin(&macros, arena, arena, names, false);
    for (uint32_t i = 0; i < text->items.len; i++) {
        const ArchItem *item = &text->items.at[i];
        if (item->kind <= ITEM_ELIF && item->condition)
            CHECK_BUG(is_whole(macros_judge(&macros, item->condition, NULL)));
    }
    macros_done(&macros);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0 || n > TEXT_BYTES_MAX)
        return -1;
    Str source = {(const char *)bytes + 1, n - 1};
    Language language = bytes[0] & 1 ? LANGUAGE_CPP : LANGUAGE_C;
    Arena arena;
    ArchNames names = {0};
    ArchText text;
    arena_init(&arena, ARENA_BYTES_MAX);
    arch_names_init(&names, &arena);
    arch_scan(&arena, &names, source, &text);
    check_items(&text);
    check_conditions(&arena, &names, &text);
    bool opens_files = has_includes(&text);
    arena_done(&arena);
    if (opens_files)
        return 0;
    static ArchCache cache; // kept between texts, as a worker keeps it
    static bool is_ready;
    if (!is_ready)
        arch_cache_init(&cache);
    is_ready = true;
    arch_cache_settle(&cache);
    Job job = {.path = STR("/nowhere/a.c"), .directory = STR("/nowhere"), .text = source};
    bool is_open = bytes[0] & 2;
    ArchFlavour flavour = (ArchFlavour)((bytes[0] >> 2) % FLAVOUR_COUNT);
    bool has_skipped = bytes[0] & 64;
    uint32_t n_first = judge(&cache, &job, language, flavour, is_open, has_skipped);
    CHECK_BUG(n_first == judge(&cache, &job, language, flavour, is_open, has_skipped));
    return 0;
}
