#include "protocol/base/log.h"

#include <stdarg.h>
#include <stdio.h>

static LogLevel log_level = LOG_WARN;

void log_set_level(LogLevel level)
{
    log_level = level;
}

bool log_is_on(LogLevel level)
{
    return level <= log_level;
}

void log_line(LogLevel level, const char *format, ...)
{
    static const char *const name[] = {"error", "warning", "info", "debug"};
    if (!log_is_on(level))
        return;
    char text[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fprintf(stderr, "arm64ecd: %s: %s\n", name[level], text);
}
