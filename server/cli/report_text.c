#include "server/cli/report_text.h"

#include "codegen/toolchain/builder.h"
#include "server/cli/shown.h"

enum { LINE_SHOWN_MAX = 160, TAB = 8 };

static const char *const colour_of[] = {"", "\033[1;31m", "\033[1;35m", "\033[1;36m",
                                        "\033[1;34m"};
static const char bold[] = "\033[1m", green[] = "\033[1;32m", plain[] = "\033[0m";

static const char *on(bool coloured, const char *sequence)
{
    return coloured ? sequence : "";
}

void report_text_info(Buf *out, const ReportFile *file)
{
    const Result *result = file->result;
    const RInfo *info = result->info;
    if (!info->command.len)
        return; // the pipeline did not come so far
    Str compiler = result_str(result, info->compiler);
    buf_format(out, "%.*s: for %.*s, built by %.*s; %.*s; headers: %.*s; %.*s",
               STR_ARG(file->name), STR_ARG(result_str(result, info->target)),
               STR_ARG(result_str(result, info->builder)),
               STR_ARG(result_str(result, info->command)),
               STR_ARG(result_str(result, info->headers)), STR_ARG(compiler));
    llvm_put_unseen(out, str_from(compiler, 5)); // behind "LLVM "
    buf_put_char(out, '\n');
}

// A window of the line around the finding, so that a line of a megabyte stays readable.
static Str window(Str line, uint32_t begin, uint32_t *ret_skipped)
{
    size_t from = 0;
    if (line.len > LINE_SHOWN_MAX && begin > LINE_SHOWN_MAX / 2)
        from = begin - LINE_SHOWN_MAX / 2;
    while (from > 0 && from < line.len && (line.at[from] & 0xC0) == 0x80)
        from--;
    *ret_skipped = (uint32_t)from;
    size_t to = from + LINE_SHOWN_MAX;
    while (to < line.len && (line.at[to] & 0xC0) == 0x80)
        to++;
    return str_sub(line, from, to);
}

// Prints the line with tabs as blanks; control bytes cannot reach the terminal.
static void put_source(Buf *out, Str line)
{
    uint32_t column = 0;
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.at[i];
        if (c == '\t') {
            do
                buf_put_char(out, ' ');
            while (++column % TAB);
            continue;
        }
        buf_put_char(out, c < 0x20 || c == 0x7F ? '?' : (char)c);
        if ((c & 0xC0) != 0x80)
            column++;
    }
}

static uint32_t shown_column(Str line, size_t byte)
{
    uint32_t column = 0;
    for (size_t i = 0; i < byte && i < line.len; i++) {
        if (line.at[i] == '\t')
            column += TAB - column % TAB;
        else if ((line.at[i] & 0xC0) != 0x80)
            column++;
    }
    return column;
}

static void put_snippet(Buf *out, const ReportFile *file, const Lines *lines,
                        const RRange *range, bool coloured)
{
    uint32_t skipped;
    Str line = lines_line(lines, file->text, range->start.line);
    if (str_find_char(line, '\0') < line.len)
        return; // bitcode
    Str shown = window(line, range->start.byte, &skipped);
    uint32_t end =
        range->end.line == range->start.line ? range->end.byte : (uint32_t)line.len;
    uint32_t from = shown_column(shown, range->start.byte - skipped);
    uint32_t to = shown_column(shown, end > skipped ? end - skipped : 0);
    buf_format(out, "%6u | ", range->start.line + 1);
    put_source(out, shown);
    buf_format(out, "\n       | %*s%s^", (int)from, "", on(coloured, green));
    for (uint32_t i = from + 1; i < to; i++)
        buf_put_char(out, '~');
    buf_format(out, "%s\n", on(coloured, plain));
}

static void put_head(Buf *out, Str name, const RRange *range, bool coloured)
{
    buf_put(out, str_of(on(coloured, bold)));
    report_put_clean(out, name);
    buf_format(out, ":%u:%u:%s ", range->start.line + 1, range->start.byte + 1,
               on(coloured, plain));
}

void report_text_finding(Buf *out, const ReportFile *file, const Lines *lines,
                         const RFinding *finding, Severity severity, Str code,
                         bool coloured)
{
    const Result *result = file->result;
    bool here = finding->range.path == 0;
    put_head(out,
             here ? file->name
                  : shown_path(file->folder, file->name,
                               result_path(result, finding->range.path)),
             &finding->range, coloured);
    buf_format(out, "%s%.*s:%s %s", on(coloured, colour_of[severity]),
               STR_ARG(severity_name(severity)), on(coloured, plain), on(coloured, bold));
    report_put_clean(out, result_str(result, finding->message));
    buf_put(out, str_of(on(coloured, plain)));
    if (finding->quiet == QUIET_FOLDED)
        buf_put(out, STR(" [folded]"));
    else if (code.len)
        buf_format(out, " [%.*s]", STR_ARG(code));
    buf_put_char(out, '\n');
    if (here)
        put_snippet(out, file, lines, &finding->range, coloured);
    for (uint32_t i = 0; i < finding->notes.len; i++) {
        const RNote *note = &result->notes[finding->notes.at + i];
        bool note_here = note->range.path == 0;
        put_head(out,
                 note_here ? file->name
                           : shown_path(file->folder, file->name,
                                        result_path(result, note->range.path)),
                 &note->range, coloured);
        buf_format(out, "%snote:%s ", on(coloured, colour_of[SEVERITY_INFO]),
                   on(coloured, plain));
        report_put_clean(out, result_str(result, note->message));
        buf_put_char(out, '\n');
        if (note_here)
            put_snippet(out, file, lines, &note->range, coloured);
    }
}
