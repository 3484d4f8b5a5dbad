#include "server/journal.h"

#include "protocol/base/arena.h"
#include "protocol/base/log.h"

#include <uv.h>

enum { PENDING_BYTES_MAX = 64 * 1024, JOURNAL_MODE = 0600 };

struct Journal {
    uv_file file;
    char *path;
    Buf pending;
    uint64_t n_bytes, bytes_max;
    bool is_over;
};

Journal *journal_open(Arena *arena, Str path, uint64_t bytes_max, Str *ret_why)
{
    uv_fs_t request;
    char *name = mem_copy(path);
    uv_fs_unlink(NULL, &request, name, NULL); // its mode, and where it leads, are old
    uv_fs_req_cleanup(&request);
    uv_file file =
        uv_fs_open(NULL, &request, name, UV_FS_O_WRONLY | UV_FS_O_CREAT | UV_FS_O_EXCL,
                   JOURNAL_MODE, NULL);
    uv_fs_req_cleanup(&request);
    if (file < 0) {
        *ret_why = arena_format(arena, "%s: %s", name, uv_strerror(file));
        mem_free(name);
        return NULL;
    }
    Journal *journal = mem_new(sizeof *journal);
    *journal = (Journal){.file = file, .path = name, .bytes_max = bytes_max};
    buf_init(&journal->pending, SIZE_MAX / 2);
    return journal;
}

static void give_up(Journal *journal, const char *why)
{
    journal->is_over = true;
    log_line(LOG_WARN, "%s: %s; nothing more is written there", journal->path, why);
}

void journal_flush(Journal *journal)
{
    Str rest = buf_str(&journal->pending);
    char *at = journal->pending.at;
    while (rest.len && !journal->is_over) {
        uv_fs_t request;
        uv_buf_t buf =
            uv_buf_init(at, (unsigned)(rest.len < 1 << 30 ? rest.len : 1 << 30));
        int n = uv_fs_write(NULL, &request, journal->file, &buf, 1, -1, NULL);
        uv_fs_req_cleanup(&request);
        if (n <= 0) {
            give_up(journal, n < 0 ? uv_strerror(n) : "nothing can be written");
            break;
        }
        at += n;
        rest = str_from(rest, (size_t)n);
    }
    buf_clear(&journal->pending);
}

bool journal_put(Journal *journal, Str bytes)
{
    if (!journal->is_over && journal->n_bytes + bytes.len > journal->bytes_max)
        give_up(journal, "it has reached its limit");
    if (journal->is_over)
        return false;
    journal->n_bytes += bytes.len;
    buf_put(&journal->pending, bytes);
    if (journal->pending.len > PENDING_BYTES_MAX)
        journal_flush(journal);
    return !journal->is_over;
}

void journal_close(Journal *owned_journal)
{
    if (!owned_journal)
        return;
    uv_fs_t request;
    journal_flush(owned_journal);
    uv_fs_close(NULL, &request, owned_journal->file, NULL);
    uv_fs_req_cleanup(&request);
    buf_done(&owned_journal->pending);
    mem_free(owned_journal->path);
    mem_free(owned_journal);
}
