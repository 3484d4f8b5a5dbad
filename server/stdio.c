#include "server/stdio.h"

#include <string.h>

enum { LAST_WRITE_MS = 1000 };

typedef union Stream {
    uv_stream_t stream;
    uv_pipe_t pipe;
    uv_tty_t tty;
} Stream;

struct Stdio {
    const StdioHandler *handler;
    void *owner;
    uv_loop_t *loop;
    Stream in, out;
    uv_idle_t file_reader; // stdin is a plain file: read a piece a turn
    uv_timer_t patience;   // for a client that does not read the last bytes
    bool in_is_file, out_is_file;
    bool ended, closing;
    uint32_t n_open, n_writing;
};

typedef struct Writing {
    uv_write_t request;
    Stdio *stdio;
    char *bytes;
} Writing;

static void end(Stdio *stdio, Err why)
{
    if (stdio->ended)
        return;
    stdio->ended = true;
    stdio->handler->on_end(stdio->owner, why);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    (void)handle;
    *buf = uv_buf_init(mem_new(suggested), (unsigned)suggested);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    Stdio *stdio = stream->data;
    if (n > 0)
        stdio->handler->on_bytes(stdio->owner, (Str){buf->base, (size_t)n});
    else if (n < 0)
        end(stdio, n == UV_EOF ? ERR_NONE : ERR_IO);
    mem_free(buf->base);
}

static void on_file_turn(uv_idle_t *idle)
{
    Stdio *stdio = idle->data;
    char space[64 * 1024];
    uv_buf_t buf = uv_buf_init(space, sizeof space);
    uv_fs_t request;
    int n = uv_fs_read(NULL, &request, 0, &buf, 1, -1, NULL);
    uv_fs_req_cleanup(&request);
    if (n > 0) {
        stdio->handler->on_bytes(stdio->owner, (Str){space, (size_t)n});
        return;
    }
    uv_idle_stop(idle);
    end(stdio, n == 0 ? ERR_NONE : ERR_IO);
}

// False: a plain file, or something libuv cannot poll.
static bool open_stream(Stdio *stdio, Stream *stream, int fd)
{
    switch (uv_guess_handle(fd)) {
    case UV_TTY:
        uv_tty_init(stdio->loop, &stream->tty, fd, 0);
        break;
    case UV_NAMED_PIPE:
    case UV_TCP:
        uv_pipe_init(stdio->loop, &stream->pipe, 0);
        if (uv_pipe_open(&stream->pipe, fd) != 0) {
            uv_close((uv_handle_t *)stream, NULL);
            return false;
        }
        break;
    default:
        return false;
    }
    stream->stream.data = stdio;
    stdio->n_open++;
    return true;
}

Stdio *stdio_open(uv_loop_t *loop, const StdioHandler *handler, void *owner)
{
    Stdio *stdio = mem_new(sizeof *stdio);
    *stdio = (Stdio){.handler = handler, .owner = owner, .loop = loop};
    uv_timer_init(loop, &stdio->patience);
    stdio->patience.data = stdio;
    stdio->n_open++;
    stdio->in_is_file = !open_stream(stdio, &stdio->in, 0);
    stdio->out_is_file = !open_stream(stdio, &stdio->out, 1);
    if (stdio->in_is_file) {
        uv_idle_init(loop, &stdio->file_reader);
        stdio->file_reader.data = stdio;
        stdio->n_open++;
        uv_idle_start(&stdio->file_reader, on_file_turn);
    } else {
        uv_read_start(&stdio->in.stream, on_alloc, on_read);
    }
    return stdio;
}

static void close_all(Stdio *stdio);

static void on_written(uv_write_t *request, int status)
{
    Writing *writing = CONTAINER_OF(request, Writing, request);
    Stdio *stdio = writing->stdio;
    mem_free(writing->bytes);
    mem_free(writing);
    stdio->n_writing--;
    if (status < 0 && status != UV_ECANCELED)
        end(stdio, ERR_IO);
    if (stdio->closing && stdio->n_writing == 0)
        close_all(stdio);
}

static void write_file(Stdio *stdio, Str bytes)
{
    while (bytes.len) {
        char *piece = mem_copy(bytes);
        uv_buf_t buf = uv_buf_init(piece, (unsigned)bytes.len);
        uv_fs_t request;
        int n = uv_fs_write(NULL, &request, 1, &buf, 1, -1, NULL);
        uv_fs_req_cleanup(&request);
        mem_free(piece);
        if (n <= 0) {
            end(stdio, ERR_IO);
            return;
        }
        bytes = str_from(bytes, (size_t)n);
    }
}

void stdio_write(Stdio *stdio, Str bytes)
{
    if (stdio->ended && stdio->closing)
        return;
    if (stdio->out_is_file) {
        write_file(stdio, bytes);
        return;
    }
    if (uv_stream_get_write_queue_size(&stdio->out.stream) + bytes.len >
        STDOUT_QUEUED_BYTES_MAX) {
        end(stdio, ERR_LIMIT);
        return;
    }
    Writing *writing = mem_new(sizeof *writing);
    *writing = (Writing){.stdio = stdio, .bytes = mem_copy(bytes)};
    uv_buf_t buf = uv_buf_init(writing->bytes, (unsigned)bytes.len);
    stdio->n_writing++;
    int code = uv_write(&writing->request, &stdio->out.stream, &buf, 1, on_written);
    if (code != 0) {
        stdio->n_writing--;
        mem_free(writing->bytes);
        mem_free(writing);
        end(stdio, ERR_IO);
    }
}

static void on_closed(uv_handle_t *handle)
{
    Stdio *stdio = handle->data;
    if (--stdio->n_open == 0)
        mem_free(stdio);
}

static void close_all(Stdio *stdio)
{
    uv_handle_t *handles[3] = {
        (uv_handle_t *)&stdio->patience,
        stdio->in_is_file ? (uv_handle_t *)&stdio->file_reader
                          : (uv_handle_t *)&stdio->in,
        stdio->out_is_file ? NULL : (uv_handle_t *)&stdio->out,
    };
    for (size_t i = 0; i < COUNTOF(handles); i++)
        if (handles[i] && !uv_is_closing(handles[i]))
            uv_close(handles[i], on_closed);
}

static void on_impatient(uv_timer_t *patience)
{
    close_all(patience->data);
}

void stdio_close(Stdio *owned_stdio)
{
    Stdio *stdio = owned_stdio;
    stdio->closing = true;
    stdio->ended = true;
    if (stdio->in_is_file)
        uv_idle_stop(&stdio->file_reader);
    else
        uv_read_stop(&stdio->in.stream);
    if (stdio->n_writing == 0)
        close_all(stdio);
    else
        uv_timer_start(&stdio->patience, on_impatient, LAST_WRITE_MS, 0);
}
