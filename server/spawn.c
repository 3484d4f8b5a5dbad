#include "server/spawn.h"

#include "protocol/base/buf.h"
#include "server/os.h"

enum { SELF_BYTES_MAX = 4096 };

struct Spawn {
    uv_process_t process;
    uv_pipe_t in, out, err;
    uv_write_t writing;
    char *owned_input;
    ClockTimer deadline;
    int n_open; // handles
    Buf out_bytes, err_bytes;
    size_t err_bytes_max;
    SpawnEnd end;
    int status;
    bool is_running, is_group;
    void (*on_more)(void *owner, Str out);
    SpawnDone *done; // NULL: cancelled
    void *owner;
};

// Our own words, said by the process that was to become the program (main.c).
static bool has_not_started(const Spawn *spawn)
{
    return spawn->end == SPAWN_EXITED && spawn->status == SPAWN_NOT_STARTED_STATUS &&
           str_starts(buf_str(&spawn->err_bytes), STR(SPAWN_NOT_STARTED_WORDS));
}

static void on_closed(uv_handle_t *handle)
{
    Spawn *spawn = handle->data;
    if (--spawn->n_open)
        return;
    if (has_not_started(spawn))
        spawn->end = SPAWN_NOT_STARTED;
    clock_disarm(&spawn->deadline);
    SpawnAnswer answer = {.end = spawn->end,
                          .status = spawn->status,
                          .out = buf_str(&spawn->out_bytes),
                          .err = buf_str(&spawn->err_bytes)};
    if (spawn->done)
        spawn->done(spawn->owner, &answer);
    buf_done(&spawn->out_bytes);
    buf_done(&spawn->err_bytes);
    mem_free(spawn->owned_input);
    mem_free(spawn);
}

static void close_handle(uv_handle_t *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, on_closed);
}

static void end_it(Spawn *spawn, SpawnEnd end)
{
    if (!spawn->is_running)
        return;
    spawn->end = end;
    spawn->is_running = false;
    if (spawn->is_group)
        os_kill_group(spawn->process.pid);
    (void)uv_process_kill(&spawn->process, SIGKILL);
}

// A child of the program may hold its ends of the pipes: with it they are closed.
static void on_exit_of_program(uv_process_t *process, int64_t status, int signal_number)
{
    Spawn *spawn = process->data;
    if (spawn->is_running) {
        spawn->end = signal_number ? SPAWN_KILLED : SPAWN_EXITED;
        spawn->status = (int)status;
    } else {
        close_handle((uv_handle_t *)&spawn->out);
        close_handle((uv_handle_t *)&spawn->err);
    }
    spawn->is_running = false;
    close_handle((uv_handle_t *)&spawn->in);
    close_handle((uv_handle_t *)process);
}

static void on_alloc(uv_handle_t *handle, size_t n, uv_buf_t *ret_buf)
{
    (void)handle;
    *ret_buf = uv_buf_init(mem_new(n), (unsigned)n);
}

static void on_out(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    Spawn *spawn = stream->data;
    if (n > 0) {
        buf_put_bytes(&spawn->out_bytes, buf->base, (size_t)n);
        if (buf_is_over(&spawn->out_bytes))
            end_it(spawn, SPAWN_TOO_LONG);
        else if (spawn->on_more && spawn->done)
            spawn->on_more(spawn->owner, buf_str(&spawn->out_bytes));
    } else if (n < 0) {
        close_handle((uv_handle_t *)stream);
    }
    mem_free(buf->base);
}

static void on_err(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
    Spawn *spawn = stream->data;
    if (n > 0) {
        size_t room = spawn->err_bytes_max - spawn->err_bytes.len;
        buf_put_bytes(&spawn->err_bytes, buf->base, (size_t)n < room ? (size_t)n : room);
    } else if (n < 0) {
        close_handle((uv_handle_t *)stream);
    }
    mem_free(buf->base);
}

static void on_deadline(ClockTimer *timer)
{
    end_it(CONTAINER_OF(timer, Spawn, deadline), SPAWN_TIMED_OUT);
}

static int start(Spawn *spawn, const SpawnHow *how)
{
    size_t n = 0, n_max = how->readable.len + how->argv.len + 4;
    char **args = mem_new(n_max * sizeof *args), self[SELF_BYTES_MAX];
    size_t n_self = sizeof self;
    if (!how->is_trusted && uv_exepath(self, &n_self) == 0) {
        args[n++] = mem_copy((Str){self, n_self});
        args[n++] = mem_copy(STR("--confined"));
        for (size_t i = 0; i < how->readable.len; i++)
            args[n++] = mem_copy(how->readable.at[i]);
        args[n++] = mem_copy(STR("--"));
    }
    for (size_t i = 0; i < how->argv.len; i++)
        args[n++] = mem_copy(how->argv.at[i]);
    char *directory = how->directory.len ? mem_copy(how->directory) : NULL;
    uv_stdio_container_t stdio[] = {
        {.flags = spawn->owned_input ? UV_CREATE_PIPE | UV_READABLE_PIPE : UV_IGNORE,
         .data.stream = (uv_stream_t *)&spawn->in},
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
         .data.stream = (uv_stream_t *)&spawn->out},
        {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
         .data.stream = (uv_stream_t *)&spawn->err},
    };
    uv_process_options_t options = {
        .exit_cb = on_exit_of_program,
        .file = args[0],
        .args = args,
        .cwd = directory,
        .flags = UV_PROCESS_WINDOWS_HIDE |
                 (how->is_trusted ? (unsigned)UV_PROCESS_DETACHED : 0U),
        .stdio_count = COUNTOF(stdio),
        .stdio = stdio,
    };
    int code = uv_spawn(how->loop, &spawn->process, &options);
    for (size_t i = 0; i < n; i++)
        mem_free(args[i]);
    mem_free(args);
    mem_free(directory);
    return code;
}

// A program that does not read to the end is its own affair.
static void on_written(uv_write_t *request, int status)
{
    (void)status;
    Spawn *spawn = request->data;
    close_handle((uv_handle_t *)&spawn->in);
}

static void write_input(Spawn *spawn, size_t n)
{
    uv_buf_t buf = uv_buf_init(spawn->owned_input, (unsigned)n);
    spawn->writing.data = spawn;
    if (!spawn->owned_input ||
        uv_write(&spawn->writing, (uv_stream_t *)&spawn->in, &buf, 1, on_written) != 0)
        close_handle((uv_handle_t *)&spawn->in);
}

Spawn *spawn_start(const SpawnHow *how, SpawnDone *done, void *owner)
{
    Spawn *spawn = mem_new(sizeof *spawn);
    *spawn = (Spawn){.n_open = 4,
                     .err_bytes_max = how->err_bytes_max,
                     .is_group = how->is_trusted,
                     .on_more = how->on_more,
                     .done = done,
                     .owner = owner};
    buf_init(&spawn->out_bytes, how->out_bytes_max);
    buf_init(&spawn->err_bytes, how->err_bytes_max + 1);
    if (how->input.len)
        spawn->owned_input = mem_copy(how->input);
    uv_pipe_init(how->loop, &spawn->in, 0);
    uv_pipe_init(how->loop, &spawn->out, 0);
    uv_pipe_init(how->loop, &spawn->err, 0);
    spawn->process.data = spawn->in.data = spawn->out.data = spawn->err.data = spawn;
    int code = start(spawn, how);
    if (code != 0) {
        spawn->end = SPAWN_NOT_STARTED;
        buf_format(&spawn->err_bytes, "%s", uv_strerror(code));
        close_handle((uv_handle_t *)&spawn->process);
        close_handle((uv_handle_t *)&spawn->in);
        close_handle((uv_handle_t *)&spawn->out);
        close_handle((uv_handle_t *)&spawn->err);
        return spawn;
    }
    spawn->is_running = true;
    if (how->address_bytes_max)
        os_limit_address_space(spawn->process.pid, how->address_bytes_max);
    if (how->is_background)
        os_lower_priority(spawn->process.pid);
    clock_arm(how->clock, &spawn->deadline, how->deadline_ms, on_deadline);
    write_input(spawn, how->input.len);
    uv_read_start((uv_stream_t *)&spawn->out, on_alloc, on_out);
    uv_read_start((uv_stream_t *)&spawn->err, on_alloc, on_err);
    return spawn;
}

int64_t spawn_pid(const Spawn *spawn)
{
    return spawn->is_running ? spawn->process.pid : 0;
}

void spawn_cancel(Spawn *spawn)
{
    if (!spawn)
        return;
    spawn->done = NULL;
    end_it(spawn, SPAWN_TIMED_OUT);
}
