#include "server/modules.h"

#include "server/disk.h"

static const Str prefix = STR_INIT("pipeline-"), suffix = STR_INIT(".so");

// "22" of "pipeline-22.so"; false for other names.
static bool llvm_of_name(Str name, Str *ret_llvm, uint32_t *ret_major)
{
    uint64_t major;
    if (!str_starts(name, prefix) || !str_ends(name, suffix) ||
        name.len <= prefix.len + suffix.len)
        return false;
    *ret_llvm = str_sub(name, prefix.len, name.len - suffix.len);
    if (!str_to_u64(*ret_llvm, &major) || major > UINT16_MAX)
        return false;
    *ret_major = (uint32_t)major;
    return true;
}

Str modules_llvm_of(Str path)
{
    Str llvm;
    uint32_t major;
    return llvm_of_name(disk_name_of(path), &llvm, &major) ? llvm : STR(LLVM_MAJOR);
}

typedef LIST(InstalledModule) ModuleList;

static bool has(const ModuleList *list, uint32_t major)
{
    for (uint32_t i = 0; i < list->len; i++)
        if (list->at[i].major == major)
            return true;
    return false;
}

static void find_in(Arena *arena, Str folder, ModuleList *list)
{
    const DiskEntry *entries;
    size_t n;
    Str why;
    if (disk_list(arena, folder, &entries, &n, &why) != ERR_NONE)
        return;
    for (size_t i = 0; i < n; i++) {
        InstalledModule module;
        if (!llvm_of_name(entries[i].name, &module.llvm, &module.major) ||
            has(list, module.major) ||
            !disk_real(arena, disk_join(arena, folder, entries[i].name.at), &module.path))
            continue;
        *LIST_PUSH(arena, list) = module;
    }
}

// Beside the program, then where it is installed.
static Str folder_at(Arena *arena, Str program, size_t which)
{
    Str folder = disk_folder_of(program);
    return which ? disk_join(arena, folder, "../lib/arm64ecd") : folder;
}

static int by_version(const void *a, const void *b)
{
    uint32_t left = ((const InstalledModule *)a)->major;
    uint32_t right = ((const InstalledModule *)b)->major;
    return (left < right) - (left > right);
}

InstalledModules modules_find(Arena *arena, Str program)
{
    ModuleList list = {0};
    for (size_t i = 0; i < 2; i++)
        find_in(arena, folder_at(arena, program, i), &list);
    if (list.len > 1)
        list_sort(list.at, list.len, sizeof *list.at, by_version);
    return (InstalledModules){list.at, list.len};
}

void modules_choose(Arena *arena, Str program, Options *options)
{
    Str wanted = options->llvm;
    options->module_given = wanted.len || options->module.len;
    options->llvm = wanted.len ? wanted : STR(LLVM_MAJOR);
    if (options->module.len) {
        // A name without a slash would be looked for where the system's libraries are.
        options->module = disk_absolute(arena, options->directory, options->module);
        options->llvm = modules_llvm_of(options->module);
        return;
    }
    InstalledModules found = modules_find(arena, program);
    for (size_t i = 0; i < found.n; i++)
        if (!wanted.len || str_eq(found.at[i].llvm, wanted)) {
            options->module = found.at[i].path;
            options->llvm = found.at[i].llvm;
            return;
        }
    bool is_installed = str_ends(disk_folder_of(program), STR("/bin"));
    Str folder = disk_absolute(arena, STR("/"), folder_at(arena, program, is_installed));
    options->llvm_instead = found.n ? found.at[0].llvm : STR("");
    options->module =
        arena_format(arena, "%.*s/%.*s%.*s%.*s", STR_ARG(folder), STR_ARG(prefix),
                     STR_ARG(options->llvm), STR_ARG(suffix));
}
