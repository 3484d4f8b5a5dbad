#include "server/clang_finder.h"

#include "server/disk.h"

#include <uv.h>

enum { ENVIRONMENT_BYTES_MAX = 64 * 1024, FOLDERS_MAX = 256 };

#ifdef _WIN32
#define PATH_SEPARATOR ';'
#define PROGRAM_SUFFIX ".exe"
#else
#define PATH_SEPARATOR ':'
#define PROGRAM_SUFFIX ""
#endif

static bool is_absolute(Str path)
{
    return str_starts(path, STR("/")) || disk_has_drive(path);
}

static bool is_program(Str path)
{
    if (disk_stamp(path).kind != STAMP_FILE)
        return false;
    uv_fs_t request;
    char *z = mem_copy(path);
    bool may_run = uv_fs_access(NULL, &request, z, 1 /* X_OK */, NULL) == 0;
    uv_fs_req_cleanup(&request);
    mem_free(z);
    return may_run;
}

static bool is_in(Arena *arena, Str folder, Str name, Str *ret_program)
{
    if (!is_absolute(folder))
        return false;
    Str program = disk_join(arena, folder, name.at);
    if (!is_program(program))
        return false;
    *ret_program = program;
    return true;
}

// Beside the module's LLVM the plain name says enough, because the folder has the
// version.
static bool is_beside_llvm(Arena *arena, const ClangQuery *query, Str name,
                           Str *ret_program)
{
    return is_in(arena, query->llvm_folder, name, ret_program) ||
           is_in(arena, query->llvm_folder, STR("clang" PROGRAM_SUFFIX), ret_program);
}

static bool is_in_path(Arena *arena, Str path, Str name, Str *ret_program)
{
    for (int i = 0; i < FOLDERS_MAX && path.len; i++) {
        size_t end = str_find_char(path, PATH_SEPARATOR);
        if (is_in(arena, str_sub(path, 0, end), name, ret_program))
            return true;
        path = str_from(path, end + 1);
    }
    return false;
}

static bool take_named(Arena *arena, const char *variable, Str named, Str *ret_program,
                       Str *ret_why)
{
    if (is_absolute(named) && is_program(named)) {
        *ret_program = named;
        return true;
    }
    *ret_why = arena_format(arena,
                            "%s is '%.*s', which is no %s; name the program's absolute "
                            "path, or unset it",
                            variable, STR_ARG(named),
                            is_absolute(named) ? "program that can be started"
                                               : "absolute path");
    return false;
}

bool finder_clang(Arena *arena, const ClangQuery *query, Str *ret_program, Str *ret_why)
{
    if (query->named.len)
        return take_named(arena, "ARM64ECD_CLANG", query->named, ret_program, ret_why);
    Str name = arena_format(arena, "clang-%.*s" PROGRAM_SUFFIX, STR_ARG(query->llvm));
    if (is_beside_llvm(arena, query, name, ret_program) ||
        is_in_path(arena, query->path, name, ret_program))
        return true;
    *ret_why = arena_format(arena,
                            "there is no clang-%.*s; install the package clang-%.*s, or "
                            "set ARM64ECD_CLANG to its absolute path",
                            STR_ARG(query->llvm), STR_ARG(query->llvm));
    return false;
}

static Str environment(Arena *arena, const char *name)
{
    size_t n = ENVIRONMENT_BYTES_MAX;
    char *value = arena_alloc(arena, n);
    return uv_os_getenv(name, value, &n) == 0 ? (Str){value, n} : STR("");
}

// Versions of LLVM lie side by side: "/usr/lib/llvm-22/bin", "/usr/lib/llvm-19/bin".
static Str llvm_folder(Arena *arena, Str llvm)
{
    Str built = STR(LLVM_BINDIR), number = STR(LLVM_MAJOR);
    size_t at = str_find(built, number);
    if (str_eq(llvm, number))
        return built;
    if (at == built.len)
        return STR("");
    return arena_format(arena, "%.*s%.*s%.*s", STR_ARG(str_sub(built, 0, at)),
                        STR_ARG(llvm), STR_ARG(str_from(built, at + number.len)));
}

bool finder_clang_here(Arena *arena, Str llvm, Str own_llvm, Str *ret_program,
                       Str *ret_why)
{
    bool is_own = str_eq(llvm, own_llvm);
    ClangQuery query = {
        .named = is_own ? environment(arena, "ARM64ECD_CLANG") : STR(""),
        .llvm = llvm,
        .llvm_folder = llvm_folder(arena, llvm),
        .path = environment(arena, "PATH"),
    };
    return finder_clang(arena, &query, ret_program, ret_why);
}

bool finder_program(Arena *arena, const char *variable, Str name, Str *ret_program,
                    Str *ret_why)
{
    Str named = environment(arena, variable);
    if (named.len)
        return take_named(arena, variable, named, ret_program, ret_why);
    Str file = arena_format(arena, "%.*s" PROGRAM_SUFFIX, STR_ARG(name));
    if (is_in_path(arena, environment(arena, "PATH"), file, ret_program))
        return true;
    *ret_why = arena_format(arena,
                            "there is no %.*s in the PATH; install it, or set %s to its "
                            "absolute path",
                            STR_ARG(name), variable);
    return false;
}
