#include "server/cli/out.h"

#include "server/os.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void out_write(Str text)
{
    fwrite(text.at, 1, text.len, stdout);
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
    begin_error();
    fwrite(text.at, 1, text.len, stderr);
}

void out_error_format(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    begin_error();
    fputs("arm64ecd: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

void out_progress(const char *format, ...)
{
    if (!os_is_terminal(2))
        return;
    va_list args;
    va_start(args, format);
    fputs("\r\033[K", stderr);
    vfprintf(stderr, format, args);
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
