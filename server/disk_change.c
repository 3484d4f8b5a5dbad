#include "server/disk.h"

#include <uv.h>

void disk_remove(Str path)
{
    uv_fs_t request;
    char *z = mem_copy(path);
    uv_fs_unlink(NULL, &request, z, NULL);
    uv_fs_req_cleanup(&request);
    mem_free(z);
}

bool disk_is_writable(Str folder)
{
    enum { WRITABLE = 2 }; // access()'s W_OK, on every system
    uv_fs_t request;
    char *z = mem_copy(folder);
    int code = uv_fs_access(NULL, &request, z, WRITABLE, NULL);
    uv_fs_req_cleanup(&request);
    mem_free(z);
    return code == 0;
}

static int write_new(const char *path, Str bytes, int mode)
{
    uv_fs_t request;
    uv_file file = uv_fs_open(NULL, &request, path,
                              UV_FS_O_WRONLY | UV_FS_O_CREAT | UV_FS_O_TRUNC, mode, NULL);
    uv_fs_req_cleanup(&request);
    if (file < 0)
        return file;
    int code = 0;
    char *copy = mem_copy(bytes);
    for (size_t at = 0; at < bytes.len && code >= 0;
         at += (size_t)(code > 0 ? code : 0)) {
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

static Err replace(Str path, Str bytes, int mode)
{
    Arena arena;
    uv_fs_t request;
    arena_init(&arena, 1 << 20);
    Str beside = arena_format(&arena, "%.*s.%d.new", STR_ARG(path), (int)uv_os_getpid());
    int code = write_new(beside.at, bytes, mode);
    if (code == 0) {
        code = uv_fs_rename(NULL, &request, beside.at, arena_z(&arena, path), NULL);
        uv_fs_req_cleanup(&request);
    }
    if (code != 0) {
        disk_remove(beside);
    }
    arena_done(&arena);
    return code == 0 ? ERR_NONE : ERR_IO;
}

Err disk_replace(Str path, Str bytes)
{
    return replace(path, bytes, 0600);
}

Err disk_replace_shared(Str path, Str bytes)
{
    return replace(path, bytes, 0666); // less the umask
}

Err disk_make_folder(Str path)
{
    char *z = mem_copy(path);
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
