// One line a record on stderr: level, process role, text. Only server/ logs.
#pragma once

#include "protocol/base/base.h"

typedef enum LogLevel { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG } LogLevel;

void log_set_level(LogLevel level);
void log_set_times(bool has_times); // of day, in UTC, before each line // default
                                    // LOG_WARN; the one writable global
bool log_is_on(LogLevel level);
void log_line(LogLevel level, const char *format, ...) PRINTF_LIKE(2, 3);
