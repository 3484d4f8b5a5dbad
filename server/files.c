#include "server/files.h"

#include <uv.h>

#include <string.h>

static char *path_z(Str path)
{
    return mem_copy(path);
}

FileKind file_kind(Str path)
{
    uv_fs_t request;
    char *z = path_z(path);
    int code = uv_fs_stat(NULL, &request, z, NULL);
    uint64_t mode = code == 0 ? request.statbuf.st_mode & 0170000 : 0;
    uv_fs_req_cleanup(&request);
    mem_free(z);
    if (code != 0)
        return FILE_ABSENT;
    return mode == 0100000 ? FILE_REGULAR : mode == 0040000 ? FILE_FOLDER : FILE_OTHER;
}

static int read_all(uv_file file, char *bytes, size_t n, size_t *ret_n)
{
    size_t got = 0;
    while (got < n) {
        uv_fs_t request;
        uv_buf_t buf = uv_buf_init(bytes + got, (unsigned)(n - got));
        int code = uv_fs_read(NULL, &request, file, &buf, 1, -1, NULL);
        uv_fs_req_cleanup(&request);
        if (code < 0)
            return code;
        if (code == 0)
            break;
        got += (size_t)code;
    }
    *ret_n = got;
    return 0;
}

// Looks before it opens, because opening a pipe would wait for its other end.
Err file_read(Str path, size_t bytes_max, Str *ret_bytes, const char **ret_why)
{
    uv_fs_t request;
    char *z = path_z(path);
    int code = uv_fs_stat(NULL, &request, z, NULL);
    uint64_t mode = request.statbuf.st_mode & 0170000, size = request.statbuf.st_size;
    uv_fs_req_cleanup(&request);
    if (code != 0 || mode != 0100000 || size > bytes_max) {
        mem_free(z);
        *ret_why = code != 0         ? uv_strerror(code)
                   : mode == 0040000 ? "is a folder"
                   : mode != 0100000 ? "is no regular file"
                                     : "is too large";
        return code == UV_ENOENT ? ERR_ABSENT : code == 0 && mode == 0100000 ? ERR_LIMIT : ERR_IO;
    }
    uv_file file = uv_fs_open(NULL, &request, z, UV_FS_O_RDONLY, 0, NULL);
    uv_fs_req_cleanup(&request);
    mem_free(z);
    if (file < 0) {
        *ret_why = uv_strerror(file);
        return ERR_IO;
    }
    char *bytes = mem_new(size + 1);
    size_t n = 0;
    code = read_all(file, bytes, size, &n);
    uv_fs_close(NULL, &request, file, NULL);
    uv_fs_req_cleanup(&request);
    if (code < 0) {
        mem_free(bytes);
        *ret_why = uv_strerror(code);
        return ERR_IO;
    }
    *ret_bytes = (Str){bytes, n};
    return ERR_NONE;
}

static int write_new(const char *path, Str bytes)
{
    uv_fs_t request;
    uv_file file = uv_fs_open(NULL, &request, path,
                              UV_FS_O_WRONLY | UV_FS_O_CREAT | UV_FS_O_TRUNC, 0600, NULL);
    uv_fs_req_cleanup(&request);
    if (file < 0)
        return file;
    int code = 0;
    char *copy = mem_copy(bytes);
    for (size_t at = 0; at < bytes.len && code >= 0; at += (size_t)(code > 0 ? code : 0)) {
        uv_buf_t buf = uv_buf_init(copy + at, (unsigned)(bytes.len - at));
        code = uv_fs_write(NULL, &request, file, &buf, 1, -1, NULL);
        uv_fs_req_cleanup(&request);
        if (code == 0)
            code = UV_EIO;
    }
    mem_free(copy);
    uv_fs_close(NULL, &request, file, NULL);
    uv_fs_req_cleanup(&request);
    return code < 0 ? code : 0;
}

Err file_replace(Str path, Str bytes)
{
    Arena arena;
    uv_fs_t request;
    arena_init(&arena, 1 << 20);
    Str beside = arena_format(&arena, "%.*s.%d.new", STR_ARG(path), (int)uv_os_getpid());
    int code = write_new(beside.at, bytes);
    if (code == 0) {
        code = uv_fs_rename(NULL, &request, beside.at, arena_z(&arena, path), NULL);
        uv_fs_req_cleanup(&request);
    }
    if (code != 0) {
        uv_fs_unlink(NULL, &request, beside.at, NULL);
        uv_fs_req_cleanup(&request);
    }
    arena_done(&arena);
    return code == 0 ? ERR_NONE : ERR_IO;
}

Err folder_make(Str path)
{
    char *z = path_z(path);
    int code = 0;
    for (size_t i = 1; i <= path.len; i++) {
        if (i < path.len && z[i] != '/')
            continue;
        char kept = z[i];
        z[i] = '\0';
        uv_fs_t request;
        code = uv_fs_mkdir(NULL, &request, z, 0700, NULL);
        uv_fs_req_cleanup(&request);
        z[i] = kept;
    }
    mem_free(z);
    return code == 0 || code == UV_EEXIST ? ERR_NONE : ERR_IO;
}

Str path_join(Arena *arena, Str folder, Str name)
{
    return arena_format(arena, "%.*s%s%.*s", STR_ARG(folder), str_ends(folder, STR("/")) ? "" : "/",
                        STR_ARG(name));
}

Str path_absolute(Arena *arena, Str base, Str path)
{
    Str whole = str_starts(path, STR("/")) ? arena_str(arena, path) : path_join(arena, base, path);
    char *out = arena_alloc(arena, whole.len + 2);
    size_t n = 0;
    for (Str rest = whole; rest.len;) {
        size_t slash = str_find_char(rest, '/');
        Str part = str_sub(rest, 0, slash);
        rest = str_from(rest, slash + 1);
        if (part.len == 0 || str_eq(part, STR(".")))
            continue;
        if (str_eq(part, STR(".."))) {
            while (n && out[--n] != '/')
                continue;
            continue;
        }
        out[n++] = '/';
        memcpy(out + n, part.at, part.len);
        n += part.len;
    }
    if (n == 0)
        out[n++] = '/';
    out[n] = '\0';
    return (Str){out, n};
}

static int by_name(const void *left, const void *right)
{
    const FolderEntry *a = left, *b = right;
    return str_compare(a->name, b->name);
}

Err folder_list(Arena *arena, Str path, const FolderEntry **ret_at, size_t *ret_n)
{
    LIST(FolderEntry) entries = {0};
    uv_fs_t request;
    uv_dirent_t entry;
    char *z = path_z(path);
    int code = uv_fs_scandir(NULL, &request, z, 0, NULL);
    while (code >= 0 && uv_fs_scandir_next(&request, &entry) != UV_EOF)
        *LIST_PUSH(arena, &entries) = (FolderEntry){
            .name = arena_str(arena, str_of(entry.name)),
            .kind = entry.type == UV_DIRENT_FILE  ? FILE_REGULAR
                    : entry.type == UV_DIRENT_DIR ? FILE_FOLDER
                                                  : FILE_OTHER,
        };
    uv_fs_req_cleanup(&request);
    mem_free(z);
    if (code < 0)
        return code == UV_ENOENT ? ERR_ABSENT : ERR_IO;
    if (entries.len > 1)
        list_sort(entries.at, entries.len, sizeof *entries.at, by_name);
    *ret_at = entries.at;
    *ret_n = entries.len;
    return ERR_NONE;
}
