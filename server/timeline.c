#include "server/timeline.h"

#include "protocol/json.h"
#include "server/disk.h"

#include <uv.h>

enum { TIMELINE_BYTES_MAX = 512 * 1024 * 1024, EVENT_BYTES_MAX = 1024 * 1024 };

struct Timeline {
    Journal *journal;
    int64_t process;
    bool has_events;
};

// The closing bracket may be missing, says the format: a killed server leaves a good
// file.
static void put(Timeline *timeline, Str event)
{
    Str before = timeline->has_events ? STR(",\n") : STR("[\n");
    timeline->has_events = true;
    if (journal_put(timeline->journal, before))
        (void)journal_put(timeline->journal, event);
}

static void begin(Json *json, Buf *out, const Timeline *timeline, int64_t row,
                  const char *phase, Str name)
{
    buf_init(out, EVENT_BYTES_MAX);
    json_init(json, out);
    json_object_begin(json);
    json_put_string(json, "ph", str_of(phase));
    json_put_string(json, "name", name);
    json_put_int(json, "pid", timeline->process);
    json_put_int(json, "tid", row);
}

static void end(Json *json, Buf *out, Timeline *timeline)
{
    json_object_end(json);
    put(timeline, buf_str(out));
    buf_done(out);
}

Timeline *timeline_open(Arena *arena, Str path, Str *ret_why)
{
    Journal *journal = journal_open(arena, path, TIMELINE_BYTES_MAX, ret_why);
    if (!journal)
        return NULL;
    Timeline *timeline = mem_new(sizeof *timeline);
    *timeline = (Timeline){.journal = journal, .process = uv_os_getpid()};
    timeline_name_row(timeline, timeline->process, "server");
    return timeline;
}

void timeline_close(Timeline *owned_timeline)
{
    if (!owned_timeline)
        return;
    (void)journal_put(owned_timeline->journal, STR("\n]\n"));
    journal_close(owned_timeline->journal);
    mem_free(owned_timeline);
}

uint64_t timeline_now_us(void)
{
    return uv_hrtime() / 1000;
}

void timeline_name_row(Timeline *timeline, int64_t row, const char *kind)
{
    Json json;
    Buf out, name;
    if (!timeline)
        return;
    buf_init(&name, EVENT_BYTES_MAX);
    buf_format(&name, "%s %lld", kind, (long long)row);
    begin(&json, &out, timeline, row, "M", STR("thread_name"));
    json_key(&json, "args");
    json_object_begin(&json);
    json_put_string(&json, "name", buf_str(&name));
    json_object_end(&json);
    end(&json, &out, timeline);
    buf_done(&name);
}

void timeline_slice(Timeline *timeline, const Slice *slice)
{
    Json json;
    Buf out;
    if (!timeline || slice->end_us < slice->begin_us)
        return;
    begin(&json, &out, timeline, slice->row, "X", slice->name);
    json_put_string(&json, "cat", slice->category);
    json_put_int(&json, "ts", (int64_t)slice->begin_us);
    json_put_int(&json, "dur", (int64_t)(slice->end_us - slice->begin_us));
    if (slice->path.len || slice->words.len) {
        json_key(&json, "args");
        json_object_begin(&json);
        if (slice->path.len)
            json_put_string(&json, "path", slice->path);
        if (slice->words.len)
            json_put_string(&json, "end", slice->words);
        json_object_end(&json);
    }
    end(&json, &out, timeline);
    if (str_eq(slice->category, STR("job")))
        journal_flush(timeline->journal); // for who looks while the server runs
}

void timeline_spans(Timeline *timeline, int64_t row, const Spans *spans, Str path)
{
    for (uint64_t i = 0; timeline && i < spans->len && i < SPANS_MAX; i++) {
        const Span *span = &spans->at[i];
        Str name = span_name((SpanKind)span->kind);
        Slice slice = {.row = row,
                       .name = name,
                       .category = STR("stage"),
                       .begin_us = span->begin_us,
                       .end_us = span->end_us,
                       .path = path};
        if (name.len)
            timeline_slice(timeline, &slice);
    }
}
