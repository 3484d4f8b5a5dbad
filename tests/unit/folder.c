#include "tests/unit/folder.h"

#include "protocol/base/buf.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void folder_init(Folder *folder)
{
    const char *base = getenv("TMPDIR");
    *folder = (Folder){0};
    arena_init(&folder->arena, 1 << 28);
    folder->path =
        arena_format(&folder->arena, "%s/arm64ecd-XXXXXX", base ? base : "/tmp");
    char *path = arena_z(&folder->arena, folder->path);
    CHECK_BUG(mkdtemp(path));
    char *real = realpath(path, NULL);
    CHECK_BUG(real);
    folder->path = arena_str(&folder->arena, str_of(real));
    mem_free(real);
}

static int remove_one(const char *path, const struct stat *stat, int kind,
                      struct FTW *ftw)
{
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

void folder_done(Folder *folder)
{
    CHECK_BUG(nftw(folder->path.at, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
    arena_done(&folder->arena);
}

Str folder_path(Folder *folder, const char *name)
{
    return arena_format(&folder->arena, "%.*s/%s", STR_ARG(folder->path), name);
}

Str folder_text(Folder *folder, const char *text)
{
    Buf out;
    buf_init(&out, SIZE_MAX / 2);
    for (; *text; text++)
        buf_put(&out, *text == '$' ? folder->path : (Str){text, 1});
    Str kept = arena_str(&folder->arena, buf_str(&out));
    buf_done(&out);
    return kept;
}

void folder_write(Folder *folder, const char *name, const char *text)
{
    Str path = folder_path(folder, name);
    for (size_t i = folder->path.len + 1; i < path.len; i++)
        if (path.at[i] == '/')
            (void)mkdir(arena_z(&folder->arena, str_sub(path, 0, i)), 0700);
    Str whole = folder_text(folder, text);
    int file = open(path.at, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CHECK_BUG(file >= 0 && write(file, whole.at, whole.len) == (ssize_t)whole.len);
    close(file);
}
