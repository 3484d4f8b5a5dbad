#include "server/consumers_choice.h"

#include "server/consumers.h"

enum {
    ROUNDS_MAX = 8, // of includes
    BITS = 1 << 16,
    ENOUGH = 2,
    BUCKET_MAX = 64,
};

uint32_t consumer_name_hash(Str name)
{
    return (uint32_t)hash_of(name).word[0];
}

// --- Who includes it
// --------------------------------------------------------------------

typedef struct Reach {
    const ConsumerChoice *choice;
    bool *is_in; // by file
    uint8_t *bits;
    LIST(Str) frontier, next;
} Reach;

static void push(Reach *reach, Str path)
{
    uint32_t bit = consumer_name_hash(disk_name_of(path)) % BITS;
    reach->bits[bit / 8] |= (uint8_t)(1u << bit % 8);
    *LIST_PUSH(reach->choice->arena, &reach->next) = path;
}

// Beside the includer lies another one of this name.
static bool has_rival(const ConsumerChoice *choice, const ConsumerFile *includer,
                      const ConsumerInclude *include, Str path)
{
    Str beside = STR("");
    for (uint32_t i = 0; i < choice->n_files; i++) {
        const ConsumerFile *file = &choice->files[i];
        if (file->name_hash != include->hash || str_eq(file->path, path))
            continue;
        if (!beside.len)
            beside = arena_format(choice->arena, "%.*s/%.*s",
                                  STR_ARG(disk_folder_of(includer->path)),
                                  STR_ARG(include->name));
        if (str_eq(file->path, beside))
            return true;
    }
    return false;
}

// "dir/x.h" is any ".../dir/x.h".
static bool ends_with(Str path, Str name)
{
    return str_ends(path, name) &&
           (path.len == name.len || path.at[path.len - name.len - 1] == '/');
}

static bool includes_one(const Reach *reach, const ConsumerFile *file)
{
    for (uint32_t i = 0; i < file->n_includes; i++) {
        const ConsumerInclude *include = &file->includes[i];
        uint32_t bit = include->hash % BITS;
        if (!(reach->bits[bit / 8] >> bit % 8 & 1))
            continue;
        for (uint32_t k = 0; k < reach->frontier.len; k++)
            if (ends_with(reach->frontier.at[k], include->name) &&
                !has_rival(reach->choice, file, include, reach->frontier.at[k]))
                return true;
    }
    return false;
}

static void find_includers(Reach *reach)
{
    const ConsumerChoice *choice = reach->choice;
    push(reach, choice->header);
    for (uint32_t round = 0; round < ROUNDS_MAX && reach->next.len; round++) {
        reach->frontier.at = reach->next.at;
        reach->frontier.len = reach->next.len;
        reach->next.at = NULL;
        reach->next.len = reach->next.cap = 0;
        for (uint32_t i = 0; i < choice->n_files; i++) {
            const ConsumerFile *file = &choice->files[i];
            if (reach->is_in[i] || str_eq(file->path, choice->header) ||
                !includes_one(reach, file))
                continue;
            reach->is_in[i] = true;
            push(reach, file->path);
        }
    }
}

// What stands in a bucket: a name by which somebody includes something.
typedef struct Named {
    const ConsumerInclude *include;
    uint32_t next; // index + 1
} Named;

typedef struct Names {
    uint32_t *first; // index + 1, by hash
    LIST(Named) named;
} Names;

// False: it is known, or its bucket is full.
static bool is_new_name(const Names *names, const ConsumerInclude *include)
{
    uint32_t n = 0;
    for (uint32_t at = names->first[include->hash % BITS]; at; n++) {
        const Named *named = &names->named.at[at - 1];
        if (n == BUCKET_MAX || str_eq(named->include->name, include->name))
            return false;
        at = named->next;
    }
    return true;
}

static void add_names(Arena *arena, Names *names, const ConsumerFile *file)
{
    for (uint32_t i = 0; i < file->n_includes; i++) {
        const ConsumerInclude *include = &file->includes[i];
        if (!is_new_name(names, include))
            continue;
        uint32_t *first = &names->first[include->hash % BITS];
        *LIST_PUSH(arena, &names->named) = (Named){include, *first};
        *first = names->named.len;
    }
}

static bool is_named(const Names *names, const ConsumerFile *file)
{
    for (uint32_t at = names->first[file->name_hash % BITS]; at;
         at = names->named.at[at - 1].next)
        if (ends_with(file->path, names->named.at[at - 1].include->name))
            return true;
    return false;
}

// What an includer of the header includes beside it sees its macros, too: "all.h".
static void add_siblings(Reach *reach)
{
    const ConsumerChoice *choice = reach->choice;
    Names names = {.first = ARENA_ARRAY(choice->arena, uint32_t, BITS)};
    for (uint32_t i = 0; i < choice->n_files; i++)
        if (reach->is_in[i])
            add_names(choice->arena, &names, &choice->files[i]);
    for (uint32_t i = 0; i < choice->n_files; i++)
        reach->is_in[i] =
            reach->is_in[i] || (!str_eq(choice->files[i].path, choice->header) &&
                                is_named(&names, &choice->files[i]));
}

// --- Who is chosen
// ----------------------------------------------------------------------

// By NameId: where a macro of the header's leads.
typedef struct Wanted {
    bool is_wanted;
    uint32_t n_x86, n_arm;  // files so far
    const ConsumerFile *by; // that makes this macro of one of the header's
} Wanted;

typedef struct Near {
    const ConsumerFile *file;
    size_t n_same; // bytes of the path, as the header's
} Near;

static int by_nearness(const void *a, const void *b)
{
    const Near *x = a, *y = b;
    if (x->n_same != y->n_same)
        return x->n_same > y->n_same ? -1 : 1;
    return str_compare(x->file->path, y->file->path);
}

static Near near_of(Str header, const ConsumerFile *file)
{
    size_t n = 0, slash = 0;
    for (; n < header.len && n < file->path.len && header.at[n] == file->path.at[n]; n++)
        if (header.at[n] == '/')
            slash = n;
    return (Near){file, slash};
}

static void follow_links(const ConsumerFile *file, const NameId *settings, uint32_t n,
                         Wanted *wanted)
{
    for (uint32_t i = 0; i < file->n_links; i++)
        for (uint32_t k = 0; k < n; k++) {
            Wanted *made = &wanted[file->links[i].defined];
            if (file->links[i].asked != settings[k] || made->is_wanted)
                continue;
            *made = (Wanted){.is_wanted = true, .by = file};
        }
}

typedef struct Chosen {
    const ConsumerFile *at[CONSUMERS_OF_ONE_MAX];
    uint32_t n;
} Chosen;

static void choose(Chosen *chosen, const ConsumerFile *file)
{
    for (uint32_t i = 0; i < chosen->n; i++)
        if (chosen->at[i] == file)
            return;
    if (chosen->n < CONSUMERS_OF_ONE_MAX)
        chosen->at[chosen->n++] = file;
}

static bool is_any(uint32_t kinds, bool (*is_one)(ArchKind))
{
    for (uint32_t kind = 0; kind < ARCH_KIND_COUNT; kind++)
        if (kinds >> kind & 1 && is_one((ArchKind)kind))
            return true;
    return false;
}

// What the files that it includes hold.
static uint32_t kinds_of_includes(const ConsumerChoice *choice, const ConsumerFile *file)
{
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < file->n_includes; i++)
        for (uint32_t k = 0; k < choice->n_files; k++)
            if (choice->files[k].name_hash == file->includes[i].hash &&
                choice->files[k].kinds &&
                ends_with(choice->files[k].path, file->includes[i].name))
                kinds |= choice->files[k].kinds;
    return kinds;
}

static void consider(const ConsumerChoice *choice, Chosen *chosen,
                     const ConsumerFile *file, Wanted *wanted)
{
    uint32_t behind = UINT32_MAX; // not known yet
    for (uint32_t i = 0; i < file->n_guards; i++) {
        Wanted *name = &wanted[file->guards[i].name];
        uint32_t kinds = file->guards[i].kinds;
        if (name->is_wanted && kinds & INDEX_INCLUDE && behind == UINT32_MAX)
            behind = kinds_of_includes(choice, file);
        kinds |= kinds & INDEX_INCLUDE && behind != UINT32_MAX ? behind : 0;
        bool is_x86 = is_any(kinds, arch_kind_is_x86);
        bool is_arm = is_any(kinds, arch_kind_is_arm);
        if (!name->is_wanted ||
            !((is_x86 && name->n_x86 < ENOUGH) || (is_arm && name->n_arm < ENOUGH)))
            continue;
        name->n_x86 += is_x86 && name->n_x86 < ENOUGH;
        name->n_arm += is_arm && name->n_arm < ENOUGH;
        if (name->by)
            choose(chosen, name->by);
        choose(chosen, file);
    }
}

static StrSpan paths_of(const ConsumerChoice *choice, const Chosen *chosen,
                        Hash *ret_hash)
{
    Hasher hasher;
    Str *paths = ARENA_ARRAY(choice->arena, Str, chosen->n + 1);
    hasher_init(&hasher);
    for (uint32_t i = 0; i < chosen->n; i++) {
        paths[i] = arena_str(choice->arena, chosen->at[i]->path);
        hasher_put_str(&hasher, paths[i]);
        hasher_put_u64(&hasher, chosen->at[i]->generation);
    }
    *ret_hash = chosen->n ? hasher_done(&hasher) : (Hash){0};
    return (StrSpan){paths, chosen->n};
}

StrSpan consumers_choose(const ConsumerChoice *choice, Hash *ret_hash)
{
    Arena *arena = choice->arena;
    Reach reach = {.choice = choice,
                   .is_in = ARENA_ARRAY(arena, bool, choice->n_files + 1),
                   .bits = ARENA_ARRAY(arena, uint8_t, BITS / 8)};
    Wanted *wanted = ARENA_ARRAY(arena, Wanted, choice->n_names + 1);
    LIST(Near) near = {0};
    Chosen chosen = {0};
    find_includers(&reach);
    add_siblings(&reach);
    for (uint32_t i = 0; i < choice->n_files; i++)
        if (reach.is_in[i])
            *LIST_PUSH(arena, &near) = near_of(choice->header, &choice->files[i]);
    if (near.len > 1)
        list_sort(near.at, near.len, sizeof *near.at, by_nearness);
    for (uint32_t i = 0; i < choice->n_settings; i++)
        wanted[choice->settings[i]].is_wanted = true;
    for (uint32_t i = 0; i < near.len; i++)
        follow_links(near.at[i].file, choice->settings, choice->n_settings, wanted);
    for (uint32_t i = 0; i < near.len; i++)
        consider(choice, &chosen, near.at[i].file, wanted);
    return paths_of(choice, &chosen, ret_hash);
}
