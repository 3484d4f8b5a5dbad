#include "protocol/base/log.h"

#include "protocol/base/clean.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

enum { LOG_BYTES_MAX = 64 * 1024 };

static struct {
    LogLevel level;
    bool has_times;
} log_state = {.level = LOG_WARN};

void log_set_level(LogLevel level)
{
    log_state.level = level;
}

void log_set_times(bool has_times)
{
    log_state.has_times = has_times;
}

bool log_is_on(LogLevel level)
{
    return level <= log_state.level;
}

// "2026-11-28T02:27:58.123Z ", or nothing.
static void put_time(Buf *out)
{
    struct timespec now;
    struct tm utc;
    char day[32];
    if (!log_state.has_times || clock_gettime(CLOCK_REALTIME, &now) != 0 ||
        !gmtime_r(&now.tv_sec, &utc) ||
        strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &utc) == 0)
        return;
    buf_format(out, "%s.%03dZ ", day, (int)(now.tv_nsec / 1000 / 1000));
}

void log_line(LogLevel level, const char *format, ...)
{
    static const char *const name[] = {"error", "warning", "info", "debug"};
    if (!log_is_on(level))
        return;
    Buf text, line;
    va_list args;
    buf_init(&text, LOG_BYTES_MAX);
    buf_init(&line, 2 * LOG_BYTES_MAX);
    va_start(args, format);
    buf_format_v(&text, format, args);
    va_end(args);
    put_time(&line);
    buf_format(&line, "arm64ecd: %s: ", name[level]);
    clean_put(&line, buf_str(&text), CLEAN_LINES); // what workers say has several
    buf_put_char(&line, '\n');
    fwrite(line.at, 1, line.len, stderr);
    fflush(stderr);
    buf_done(&text);
    buf_done(&line);
}
