#include "server/cli/replay.h"

#include "protocol/frame.h"
#include "protocol/rpc.h"
#include "server/cli/out.h"
#include "server/cli/recording.h"
#include "server/disk.h"
#include "server/modules.h"
#include "server/server.h"

enum {
    REPLAY_ARENA_BYTES_MAX = 2000 * 1000 * 1000,
    PATIENCE_MORE_MS = 3000, // than a job's deadline
    POLL_MS = 100,
    SHOWN_BEFORE = 60,
    SHOWN_AFTER = 300,
};

typedef struct Replay {
    Server server;
    Options options; // as recorded
    Arena arena;
    Recording recording;
    LIST(Said) said;     // by this server
    uint32_t next;       // of recording.said
    Closings closings;   // that were played
    uint32_t n_asked;    // requests of the server that were answered
    uint64_t waiting_us; // since when for recording.said.at[next]
    uv_timer_t patience;
    uint32_t n_compared, n_different;
    bool has_ended;
} Replay;

static void go_on(Replay *replay);

static void on_patience(uv_timer_t *patience)
{
    go_on(CONTAINER_OF(patience, Replay, patience));
}

// --- The other side
// -----------------------------------------------------------------------------

static void on_message(void *owner, Str body)
{
    Replay *replay = owner;
    Said said = {.body = arena_str(&replay->arena, body), .is_ours = true};
    said_parse(&replay->arena, &replay->closings, &said);
    *LIST_PUSH(&replay->arena, &replay->said) = said;
    uv_timer_start(&replay->patience, on_patience, 0, POLL_MS); // in the next turn
}

static void feed(Replay *replay, Str body)
{
    Buf framed;
    Said closing = {.body = body};
    said_parse(&replay->arena, &replay->closings, &closing);
    buf_init(&framed, body.len + FRAME_HEADER_BYTES_MAX);
    frame_write(&framed, body);
    session_feed(&replay->server.session, buf_str(&framed));
    buf_done(&framed);
}

// What was answered to the n-th request of that method; the id may be another one now.
static void answer(Replay *replay, const Said *request)
{
    uint32_t nth = 0;
    Buf body;
    for (uint32_t i = 0; i < replay->said.len && &replay->said.at[i] != request; i++)
        nth += replay->said.at[i].kind == SAID_REQUEST &&
               str_eq(replay->said.at[i].method, request->method);
    Str result = recording_answer(&replay->recording, request->method, nth);
    buf_init(&body, REPLAY_ARENA_BYTES_MAX);
    rpc_write_result(&body, request->id, result.len ? result : STR("null"));
    feed(replay, buf_str(&body));
    buf_done(&body);
}

// --- Step by step
// -------------------------------------------------------------------------------

static const Said *heard(const Replay *replay, const Said *wanted)
{
    const Said *found = NULL;
    for (uint32_t i = 0; i < replay->said.len; i++)
        if (said_is_about_same(&replay->said.at[i], wanted))
            found = &replay->said.at[i];
    return found;
}

static bool is_later_said(const Replay *replay, uint32_t at)
{
    const Recording *recording = &replay->recording;
    for (uint32_t i = at + 1; i < recording->said.len; i++) {
        if (recording->said.at[i].is_ours &&
            said_is_about_same(&recording->said.at[i], &recording->said.at[at]))
            return true;
        if (!recording->said.at[i].is_ours)
            return false;
    }
    return false;
}

// Not yet: something that was said then has not been said yet, and may still be.
static bool may_go_on(Replay *replay, uint32_t at)
{
    const Said *wanted = &replay->recording.said.at[at];
    if (!said_is_compared(wanted) || is_later_said(replay, at))
        return true;
    const Said *found = heard(replay, wanted);
    if (found && said_is_equal(found, wanted))
        return true;
    uint64_t waited_ms = (timeline_now_us() - replay->waiting_us) / 1000;
    uint64_t patience_ms =
        found ? PATIENCE_MORE_MS / 2 : replay->options.deadline_ms + PATIENCE_MORE_MS;
    return waited_ms >= patience_ms;
}

static void answer_requests(Replay *replay)
{
    while (replay->n_asked < replay->said.len) {
        Said said = replay->said.at[replay->n_asked++];
        if (said.kind == SAID_REQUEST)
            answer(replay, &replay->said.at[replay->n_asked - 1]);
    }
}

static void end(Replay *replay)
{
    replay->has_ended = true;
    uv_stop(replay->server.loop);
}

static void go_on(Replay *replay)
{
    const Recording *recording = &replay->recording;
    answer_requests(replay);
    while (!replay->server.exiting && replay->next < recording->said.len) {
        const Said *said = &recording->said.at[replay->next];
        if (said->is_ours && !may_go_on(replay, replay->next))
            return;
        replay->next++;
        replay->waiting_us = timeline_now_us();
        if (!said->is_ours && said->kind != SAID_RESPONSE)
            feed(replay, said->body);
        answer_requests(replay);
    }
    end(replay);
}

// --- Comparing
// ----------------------------------------------------------------------------------

static void put_window(Buf *out, const char *label, Str text, size_t at)
{
    size_t from = at > SHOWN_BEFORE ? at - SHOWN_BEFORE : 0;
    Str shown = str_sub(text, from, at + SHOWN_AFTER);
    buf_format(out, "    %s %s%.*s%s\n", label, from ? "..." : "", STR_ARG(shown),
               from + shown.len < text.len ? "..." : "");
}

static void tell(Replay *replay, const Said *then, const Said *now)
{
    Buf out;
    buf_init(&out, REPLAY_ARENA_BYTES_MAX);
    buf_format(&out, "%.*s:%u: ", STR_ARG(replay->options.replay), then->line);
    said_describe(then, &out);
    buf_put(&out, now ? STR(" is another one\n") : STR(" has not come\n"));
    size_t at = 0;
    Str a = then->content, b = now ? now->content : STR("");
    while (at < a.len && at < b.len && a.at[at] == b.at[at])
        at++;
    put_window(&out, "then", a, at);
    if (now)
        put_window(&out, "now ", b, at);
    out_write(buf_str(&out));
    buf_done(&out);
}

static bool is_last_of_its_kind(const Recording *recording, uint32_t at)
{
    for (uint32_t i = at + 1; i < recording->said.len; i++)
        if (recording->said.at[i].is_ours &&
            said_is_about_same(&recording->said.at[i], &recording->said.at[at]))
            return false;
    return true;
}

static bool is_cut_off(const Recording *recording)
{
    for (uint32_t i = recording->said.len; i-- > 0;)
        if (!recording->said.at[i].is_ours)
            return !str_eq(recording->said.at[i].method, STR("exit"));
    return true;
}

// What stands last in a recording that was cut off need not be the last word.
static bool was_ever_said(const Replay *replay, const Said *then)
{
    for (uint32_t i = 0; i < replay->said.len; i++)
        if (said_is_about_same(&replay->said.at[i], then) &&
            said_is_equal(&replay->said.at[i], then))
            return true;
    return false;
}

static void compare(Replay *replay)
{
    const Recording *recording = &replay->recording;
    bool is_open = is_cut_off(recording);
    for (uint32_t i = 0; i < replay->next; i++) {
        const Said *then = &recording->said.at[i];
        if (!then->is_ours || !said_is_compared(then) ||
            !is_last_of_its_kind(recording, i))
            continue;
        const Said *now = heard(replay, then);
        if (now && said_is_of_moment(now))
            continue;
        replay->n_compared++;
        if (now && (said_is_equal(now, then) || (is_open && was_ever_said(replay, then))))
            continue;
        replay->n_different++;
        tell(replay, then, now);
    }
}

// --- The whole
// ----------------------------------------------------------------------------------

static void tell_circumstances(Replay *replay)
{
    const RecordingHead *head = &replay->recording.head;
    if (!str_eq(head->build, build_id()))
        out_error_format("recorded with version %.*s (build %.*s, LLVM %.*s); this is %s "
                         "(build %.*s, LLVM %.*s)",
                         STR_ARG(head->version), STR_ARG(head->build),
                         STR_ARG(head->llvm), ARM64ECD_VERSION, STR_ARG(build_id()),
                         STR_ARG(replay->options.llvm));
    for (uint32_t i = 0; i < replay->recording.changed.len; i++)
        out_error_format("%.*s is another one than it was",
                         STR_ARG(replay->recording.changed.at[i]));
}

// Of that major version, if it is installed and no other one is asked for.
static void take_llvm(Replay *replay, Str program)
{
    Options *options = &replay->options;
    Str wanted = replay->recording.head.llvm;
    if (options->module_given || !wanted.len || str_eq(wanted, options->llvm))
        return;
    InstalledModules found = modules_find(&replay->arena, program);
    for (size_t i = 0; i < found.n; i++)
        if (str_eq(found.at[i].llvm, wanted)) {
            options->module = found.at[i].path;
            options->llvm = wanted;
            return;
        }
    out_error_format("recorded with LLVM %.*s, for which no module is installed",
                     STR_ARG(wanted));
}

static void tell_llvm(Replay *replay)
{
    Str then = replay->recording.llvm, now = pool_llvm(replay->server.pool);
    if (then.len && now.len && !str_eq(then, now))
        out_error_format("recorded with LLVM %.*s; this is LLVM %.*s", STR_ARG(then),
                         STR_ARG(now));
}

static void take_limits(Options *options, const RecordingHead *head)
{
    if (!head->has_limits)
        return;
    if (!options->budget_given)
        options->budget_bytes = (uint64_t)head->memory_mib << 20;
    if (!options->address_given)
        options->address_bytes_max = (uint64_t)head->worker_memory_mib << 20;
    if (!options->cut_given)
        options->cut_bytes_min = head->cut_from;
}

static void take_options(Replay *replay, const Options *options, Str program)
{
    const RecordingHead *head = &replay->recording.head;
    replay->options = *options;
    replay->options.manual_clock = head->manual_clock;
    replay->options.builtin_headers_only = head->builtin_headers_only;
    if (!options->n_workers_given)
        replay->options.n_workers = head->n_workers < 64 ? head->n_workers : 64;
    if (!options->builder.len)
        replay->options.builder = head->builder;
    if (!options->database.len)
        replay->options.database = head->database;
    if (head->directory.len)
        replay->options.directory = head->directory;
    if (head->deadline_ms && !options->deadline_given)
        replay->options.deadline_ms = head->deadline_ms;
    take_limits(&replay->options, head);
    take_llvm(replay, program);
}

static void play(Replay *replay)
{
    uv_loop_t *loop = replay->server.loop;
    uv_timer_init(loop, &replay->patience);
    replay->waiting_us = timeline_now_us();
    uv_timer_start(&replay->patience, on_patience, 0, POLL_MS);
    uv_run(loop, UV_RUN_DEFAULT);
    uv_close((uv_handle_t *)&replay->patience, NULL);
}

static int replay_all(Replay *replay, Str program)
{
    replay->server.options = &replay->options;
    replay->server.on_message = on_message;
    replay->server.owner = replay;
    tell_circumstances(replay);
    if (!server_open(&replay->server, program))
        return EXIT_USAGE;
    play(replay);
    tell_llvm(replay);
    server_close(&replay->server);
    compare(replay);
    out_error_format("%u of %u messages of the client played, %u answers and diagnostics "
                     "compared, %u different",
                     recording_count_in(&replay->recording, replay->next),
                     recording_count_in(&replay->recording, replay->recording.said.len),
                     replay->n_compared, replay->n_different);
    bool is_whole = replay->next == replay->recording.said.len;
    return replay->n_different ? EXIT_FINDINGS : is_whole ? EXIT_CLEAN : EXIT_FAILED;
}

int cli_replay(uv_loop_t *loop, const Options *options, Str program)
{
    Replay *replay = mem_new(sizeof *replay);
    *replay = (Replay){.server.loop = loop};
    Str why;
    int status = EXIT_USAGE;
    arena_init(&replay->arena, REPLAY_ARENA_BYTES_MAX);
    if (recording_read(&replay->arena, options->replay, &replay->recording, &why) !=
        ERR_NONE) {
        out_error_format("--replay: %.*s: %.*s", STR_ARG(options->replay), STR_ARG(why));
    } else {
        take_options(replay, options, program);
        status = replay_all(replay, program);
    }
    arena_done(&replay->arena);
    mem_free(replay);
    return status;
}
