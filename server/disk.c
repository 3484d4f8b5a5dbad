#include "server/disk.h"

#include <uv.h>

#include <stdlib.h>

static Str name_z(Arena *arena, Str path)
{
    return (Str){arena_z(arena, path), path.len};
}

static enum StampKind kind_of(uint64_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return STAMP_FILE;
    case S_IFDIR:
        return STAMP_FOLDER;
    default:
        return STAMP_OTHER;
    }
}

Stamp disk_stamp(Str path)
{
    char *name = mem_copy(path);
    uv_fs_t request;
    Stamp stamp = {.kind = STAMP_ABSENT};
    stamp.code = uv_fs_stat(NULL, &request, name, NULL);
    if (stamp.code == 0) {
        const uv_stat_t *s = &request.statbuf;
        stamp = (Stamp){.kind = kind_of(s->st_mode),
                        .n_bytes = s->st_size,
                        .inode = s->st_ino,
                        .seconds = s->st_mtim.tv_sec,
                        .nanoseconds = s->st_mtim.tv_nsec};
    }
    uv_fs_req_cleanup(&request);
    mem_free(name);
    return stamp;
}

bool disk_real(Arena *arena, Str path, Str *ret_real)
{
    uv_fs_t request;
    char *name = mem_copy(path);
    bool is_there = uv_fs_realpath(NULL, &request, name, NULL) == 0;
    if (is_there)
        *ret_real = arena_str(arena, str_of(request.ptr));
    uv_fs_req_cleanup(&request);
    mem_free(name);
    return is_there;
}

bool stamp_eq(Stamp a, Stamp b)
{
    return a.kind == b.kind && a.n_bytes == b.n_bytes && a.inode == b.inode &&
           a.seconds == b.seconds && a.nanoseconds == b.nanoseconds;
}

Str disk_fault(Arena *arena, int code)
{
    char text[128];
    switch (code) {
    case UV_ENOENT:
        return STR("no such file or folder");
    case UV_ENOTDIR:
        return STR("no such file or folder; a part of the path is a file");
    case UV_EACCES:
    case UV_EPERM:
        return STR("no permission to read it; change its mode or its owner");
    case UV_ELOOP:
        return STR("its links lead in a circle; name the file that is meant");
    case UV_ENAMETOOLONG:
        return STR("the name is too long; name it by a shorter path");
    default:
        return arena_str(arena, str_of(uv_strerror_r(code, text, sizeof text)));
    }
}

static bool is_shortage(int code)
{
    return code == UV_EMFILE || code == UV_ENFILE || code == UV_ENOMEM ||
           code == UV_EAGAIN;
}

static Err err_of(int code)
{
    if (is_shortage(code))
        return ERR_SHORT;
    return code == UV_ENOENT || code == UV_ENOTDIR ? ERR_ABSENT : ERR_IO;
}

// Reads until the end or until `n` bytes are there; a libuv code if it cannot.
static int read_up_to(uv_file file, char *bytes, size_t n, size_t *ret_n)
{
    size_t n_read = 0;
    while (n_read < n) {
        uv_fs_t request;
        size_t more = n - n_read < 1 << 30 ? n - n_read : 1 << 30;
        uv_buf_t buf = uv_buf_init(bytes + n_read, (unsigned)more);
        int got = uv_fs_read(NULL, &request, file, &buf, 1, -1, NULL);
        uv_fs_req_cleanup(&request);
        if (got < 0)
            return got;
        if (got == 0)
            break;
        n_read += (size_t)got;
    }
    *ret_n = n_read;
    return 0;
}

static void close_file(uv_file file)
{
    uv_fs_t request;
    uv_fs_close(NULL, &request, file, NULL);
    uv_fs_req_cleanup(&request);
}

// What is no regular file is not opened at all: opening a pipe would wait for a writer.
static Err refuse_kind(Stamp stamp, size_t bytes_max, Arena *arena, Str *ret_why)
{
    switch (stamp.kind) {
    case STAMP_ABSENT:
        *ret_why = disk_fault(arena, stamp.code);
        return ERR_ABSENT;
    case STAMP_FOLDER:
        *ret_why = STR("it is a folder");
        return ERR_IO;
    case STAMP_OTHER:
        *ret_why = STR("it is not a regular file");
        return ERR_IO;
    case STAMP_FILE:
        break;
    }
    if (stamp.n_bytes <= bytes_max)
        return ERR_NONE;
    *ret_why = arena_format(arena, "it is larger than %zu MiB", bytes_max >> 20);
    return ERR_LIMIT;
}

Err disk_read(Arena *arena, Str path, size_t bytes_max, Str *ret_text, Str *ret_why)
{
    Stamp stamp = disk_stamp(path);
    Err err = refuse_kind(stamp, bytes_max, arena, ret_why);
    if (err != ERR_NONE)
        return err;
    uv_fs_t request;
    Str name = name_z(arena, path);
    int flags = UV_FS_O_RDONLY | UV_FS_O_NONBLOCK; // it may have become a pipe since
    int file = uv_fs_open(NULL, &request, name.at, flags, 0, NULL);
    uv_fs_req_cleanup(&request);
    if (file < 0) {
        *ret_why = disk_fault(arena, file);
        return err_of(file);
    }
    size_t n = 0;
    char *bytes = arena_alloc(arena, (size_t)stamp.n_bytes + 1);
    int code = read_up_to(file, bytes, (size_t)stamp.n_bytes, &n);
    close_file(file);
    if (code < 0) {
        *ret_why = disk_fault(arena, code);
        return is_shortage(code) ? ERR_SHORT : ERR_IO;
    }
    *ret_text = (Str){bytes, n};
    return ERR_NONE;
}

static Str ending_of(Str path)
{
    return str_from(path, str_find_char_last(path, '.'));
}

Err disk_read_of_project(Arena *arena, Str path, size_t bytes_max, Str *ret_text,
                         Str *ret_why)
{
    Str real;
    if (disk_real(arena, path, &real) &&
        !str_eq(ending_of(disk_name_of(real)), ending_of(disk_name_of(path)))) {
        *ret_why = STR("it is a link to a file of another kind");
        return ERR_IO;
    }
    return disk_read(arena, path, bytes_max, ret_text, ret_why);
}

static int by_bytes(const void *a, const void *b)
{
    const Str *x = a, *y = b;
    return str_compare(*x, *y);
}

static bool is_folder(Arena *arena, Str folder, const uv_dirent_t *entry)
{
    if (entry->type == UV_DIRENT_DIR)
        return true;
    bool may_be = entry->type == UV_DIRENT_LINK || entry->type == UV_DIRENT_UNKNOWN;
    return may_be &&
           disk_stamp(disk_join(arena, folder, entry->name)).kind == STAMP_FOLDER;
}

StrSpan disk_folders(Arena *arena, Str folder, Str prefix, bool *ret_is_short)
{
    Str *names = ARENA_ARRAY(arena, Str, DISK_FOLDERS_MAX);
    size_t n = 0, n_seen = 0;
    uv_fs_t request;
    uv_dirent_t entries[64];
    int code = uv_fs_opendir(NULL, &request, name_z(arena, folder).at, NULL);
    uv_dir_t *dir = code == 0 ? request.ptr : NULL;
    if (is_shortage(code))
        *ret_is_short = true;
    uv_fs_req_cleanup(&request);
    while (dir && n_seen < DISK_NAMES_MAX && n < DISK_FOLDERS_MAX) {
        dir->dirents = entries;
        dir->nentries = COUNTOF(entries);
        int n_entries = uv_fs_readdir(NULL, &request, dir, NULL);
        for (int i = 0; i < n_entries; i++, n_seen++) {
            Str name = str_of(entries[i].name);
            if (n < DISK_FOLDERS_MAX && str_starts(name, prefix) &&
                is_folder(arena, folder, &entries[i]))
                names[n++] = arena_str(arena, name);
        }
        uv_fs_req_cleanup(&request);
        if (n_entries <= 0)
            break;
    }
    if (dir) {
        uv_fs_closedir(NULL, &request, dir, NULL);
        uv_fs_req_cleanup(&request);
    }
    qsort(names, n, sizeof *names, by_bytes);
    return (StrSpan){names, n};
}

bool disk_has_drive(Str path)
{
    bool has_letter = path.len > 2 && is_alpha(path.at[0]) && path.at[1] == ':' &&
                      (path.at[2] == '/' || path.at[2] == '\\');
    return has_letter || str_starts(path, STR("\\\\"));
}

// Appends the parts of `path` to `out`, which ends without a slash; `root` bytes stay.
static size_t put_parts(char *out, size_t n, size_t root, Str path, bool has_drive)
{
    while (path.len) {
        size_t end = 0;
        while (end < path.len && path.at[end] != '/' &&
               !(has_drive && path.at[end] == '\\'))
            end++;
        Str part = str_sub(path, 0, end);
        path = str_from(path, end + 1);
        if (part.len == 0 || str_eq(part, STR(".")))
            continue;
        if (str_eq(part, STR(".."))) {
            while (n > root && out[n - 1] != '/')
                n--;
            n -= n > root;
            continue;
        }
        out[n++] = '/';
        for (size_t i = 0; i < part.len; i++)
            out[n++] = part.at[i];
    }
    return n;
}

static Str current_folder(Arena *arena)
{
    char folder[4096];
    size_t n = sizeof folder;
    return uv_cwd(folder, &n) == 0 ? arena_str(arena, (Str){folder, n}) : STR("/");
}

Str disk_absolute(Arena *arena, Str folder, Str path)
{
    bool path_has_drive = disk_has_drive(path);
    bool is_absolute = path_has_drive || str_starts(path, STR("/"));
    if (is_absolute)
        folder = STR("");
    else if (!disk_has_drive(folder) && !str_starts(folder, STR("/")))
        folder = disk_absolute(arena, current_folder(arena), folder);
    Str first = is_absolute ? path : folder;
    bool has_drive = disk_has_drive(first);
    char *out = arena_alloc(arena, folder.len + path.len + 4);
    size_t n = 0, root = 0;
    if (has_drive && first.at[1] == ':') {
        out[n++] = (char)(first.at[0] | 0x20);
        out[n++] = ':';
        root = n;
        *(is_absolute ? &path : &folder) = str_from(first, 2);
    } else if (has_drive) {
        out[n++] = '/'; // "\\server\share" is "//server/share"
        root = n;
    }
    n = put_parts(out, n, root, folder, has_drive);
    n = put_parts(out, n, root, path, has_drive);
    if (n == root)
        out[n++] = '/';
    return (Str){out, n};
}

Str disk_join(Arena *arena, Str folder, const char *name)
{
    const char *slash = str_ends(folder, STR("/")) ? "" : "/";
    return arena_format(arena, "%.*s%s%s", STR_ARG(folder), slash, name);
}

Str disk_folder_of(Str path)
{
    size_t slash = str_find_char_last(path, '/');
    if (slash == path.len)
        return STR(".");
    bool is_root = slash == 0 || (slash == 2 && path.at[1] == ':');
    return str_sub(path, 0, is_root ? slash + 1 : slash);
}

Str disk_name_of(Str path)
{
    size_t slash = str_find_char_last(path, '/');
    return slash == path.len ? path : str_from(path, slash + 1);
}

static int by_entry_name(const void *left, const void *right)
{
    const DiskEntry *a = left, *b = right;
    return str_compare(a->name, b->name);
}

static DiskEntry entry_of(Arena *arena, const uv_dirent_t *entry)
{
    return (DiskEntry){
        .name = arena_str(arena, str_of(entry->name)),
        .kind = entry->type == UV_DIRENT_FILE  ? STAMP_FILE
                : entry->type == UV_DIRENT_DIR ? STAMP_FOLDER
                                               : STAMP_OTHER,
    };
}

Err disk_list_some(Arena *arena, Str folder, const DiskEntry **ret_at, size_t *ret_n,
                   Str *ret_why)
{
    LIST(DiskEntry) entries = {0};
    uv_fs_t request;
    uv_dirent_t some[64];
    int code = uv_fs_opendir(NULL, &request, name_z(arena, folder).at, NULL);
    uv_dir_t *dir = code == 0 ? request.ptr : NULL;
    uv_fs_req_cleanup(&request);
    if (!dir) {
        *ret_why = disk_fault(arena, code);
        return err_of(code);
    }
    for (int n = 1; n > 0 && entries.len < DISK_NAMES_MAX;) {
        dir->dirents = some;
        dir->nentries = COUNTOF(some);
        n = uv_fs_readdir(NULL, &request, dir, NULL);
        for (int i = 0; i < n; i++)
            *LIST_PUSH(arena, &entries) = entry_of(arena, &some[i]);
        uv_fs_req_cleanup(&request);
    }
    uv_fs_closedir(NULL, &request, dir, NULL);
    uv_fs_req_cleanup(&request);
    if (entries.len > 1)
        list_sort(entries.at, entries.len, sizeof *entries.at, by_entry_name);
    *ret_at = entries.at;
    *ret_n = entries.len;
    return ERR_NONE;
}

Err disk_list(Arena *arena, Str folder, const DiskEntry **ret_at, size_t *ret_n,
              Str *ret_why)
{
    LIST(DiskEntry) entries = {0};
    uv_fs_t request;
    uv_dirent_t entry;
    char *z = mem_copy(folder);
    int code = uv_fs_scandir(NULL, &request, z, 0, NULL);
    while (code >= 0 && uv_fs_scandir_next(&request, &entry) != UV_EOF)
        *LIST_PUSH(arena, &entries) = entry_of(arena, &entry);
    uv_fs_req_cleanup(&request);
    mem_free(z);
    if (code < 0) {
        *ret_why = disk_fault(arena, code);
        return err_of(code);
    }
    if (entries.len > 1)
        list_sort(entries.at, entries.len, sizeof *entries.at, by_entry_name);
    *ret_at = entries.at;
    *ret_n = entries.len;
    return ERR_NONE;
}
