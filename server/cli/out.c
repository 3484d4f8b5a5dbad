#include "server/cli/out.h"

#include "protocol/base/clean.h"
#include "server/os.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINE_BYTES_MAX = 1024 * 1024 };

// Whatever was put together, nothing reaches a terminal that it obeys.
void out_write(Str text)
{
    Buf clean;
    buf_init(&clean, SIZE_MAX / 2);
    clean_put_coloured(&clean, text);
    if (clean.len)
        fwrite(clean.at, 1, clean.len, stdout);
    buf_done(&clean);
}

bool out_flush(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    fputs("arm64ecd: the output cannot be written\n", stderr);
    return false;
}

// Both often lead to one place: what was said first stands first there.
static void begin_error(void)
{
    fflush(stdout); // out_flush() tells when that fails
}

void out_error(Str text)
{
    Buf clean;
    buf_init(&clean, SIZE_MAX / 2);
    clean_put_coloured(&clean, text);
    begin_error();
    if (clean.len)
        fwrite(clean.at, 1, clean.len, stderr);
    buf_done(&clean);
}

// What is told of names is told on one line, whatever the names hold.
PRINTF_LIKE(2, 0)
static void put_line(const char *before, const char *format, va_list args,
                     const char *after)
{
    Buf text, clean;
    buf_init(&text, LINE_BYTES_MAX);
    buf_init(&clean, LINE_BYTES_MAX);
    buf_format_v(&text, format, args);
    clean_put(&clean, buf_str(&text), CLEAN_ONE_LINE);
    fputs(before, stderr);
    if (clean.len)
        fwrite(clean.at, 1, clean.len, stderr);
    fputs(after, stderr);
    buf_done(&text);
    buf_done(&clean);
}

void out_error_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    begin_error();
    put_line("arm64ecd: ", format, args, "\n");
    va_end(args);
}

void out_progress(const char *format, ...)
{
    if (!os_is_terminal(2))
        return;
    va_list args;
    va_start(args, format);
    put_line("\r\033[K", format, args, "");
    fflush(stderr);
    va_end(args);
}

void out_progress_clear(void)
{
    if (os_is_terminal(2))
        fputs("\r\033[K", stderr);
}

bool out_is_coloured(Colour colour)
{
    switch (colour) {
    case COLOUR_ALWAYS:
        return true;
    case COLOUR_NEVER:
        return false;
    case COLOUR_AUTO:
        break;
    }
    const char *no_colour = getenv("NO_COLOR");
    return os_is_terminal(1) && !(no_colour && no_colour[0]);
}
