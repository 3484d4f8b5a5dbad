#include "server/cli/report.h"

#include "protocol/base/clean.h"
#include "protocol/base/text.h"
#include "server/cli/report_text.h"
#include "server/cli/shown.h"
#include "server/to_lsp.h"

enum { CODE_BYTES_MAX = 128 };

// What a finding is called: "EC501", "-Wunused", or nothing for clang's errors.
static Str code_of(const Result *result, const RFinding *finding,
                   char space[CODE_BYTES_MAX])
{
    if (finding->source == SOURCE_ARM64ECD) {
        diag_code(finding->number, space);
        return str_of(space);
    }
    if (!finding->option.len)
        return STR("");
    if (finding->source == SOURCE_RUSTC)
        return result_str(result, finding->option);
    Buf buf;
    buf_init(&buf, CODE_BYTES_MAX);
    buf_format(&buf, "-W%.*s", STR_ARG(result_str(result, finding->option)));
    size_t n = buf.len < CODE_BYTES_MAX ? buf.len : CODE_BYTES_MAX - 1;
    for (size_t i = 0; i < n; i++)
        space[i] = buf.at[i];
    space[n] = '\0';
    buf_done(&buf);
    return (Str){space, n};
}

static Str name_of_path(const ReportFile *file, uint32_t path)
{
    return path == 0
               ? file->name
               : shown_path(file->folder, file->name, result_path(file->result, path));
}

// --- json
// ---------------------------------------------------------------------------------------

static void put_place(Json *json, const char *key, const Pos *pos)
{
    json_key(json, key);
    json_object_begin(json);
    json_put_int(json, "line", (int64_t)pos->line + 1);
    json_put_int(json, "column", (int64_t)pos->byte + 1);
    json_object_end(json);
}

static void put_range(Json *json, const RRange *range)
{
    json_key(json, "range");
    json_object_begin(json);
    put_place(json, "start", &range->start);
    put_place(json, "end", &range->end);
    json_object_end(json);
}

static void put_fixes(Json *json, const ReportFile *file, const RFinding *finding)
{
    const Result *result = file->result;
    json_key(json, "fixes");
    json_array_begin(json);
    for (uint32_t i = 0; i < finding->fixes.len; i++) {
        const RFix *fix = &result->fixes[finding->fixes.at + i];
        json_object_begin(json);
        json_put_string(json, "title", result_str(result, fix->title));
        json_key(json, "edits");
        json_array_begin(json);
        for (uint32_t k = 0; k < fix->edits.len; k++) {
            const REdit *edit = &result->edits[fix->edits.at + k];
            json_object_begin(json);
            json_put_string(json, "file", name_of_path(file, edit->range.path));
            put_range(json, &edit->range);
            json_put_string(json, "text", result_str(result, edit->text));
            json_object_end(json);
        }
        json_array_end(json);
        json_object_end(json);
    }
    json_array_end(json);
}

static void put_related(Json *json, const ReportFile *file, const RFinding *finding)
{
    json_key(json, "related");
    json_array_begin(json);
    for (uint32_t i = 0; i < finding->notes.len; i++) {
        const RNote *note = &file->result->notes[finding->notes.at + i];
        json_object_begin(json);
        json_put_string(json, "file", name_of_path(file, note->range.path));
        put_range(json, &note->range);
        json_put_string(json, "message", result_str(file->result, note->message));
        json_object_end(json);
    }
    json_array_end(json);
}

static void put_json(Report *report, const ReportFile *file, const RFinding *finding,
                     Severity severity)
{
    static const char *const stages[] = {"lexical", "live", "full"};
    Json *json = &report->json;
    char space[CODE_BYTES_MAX];
    Str code = code_of(file->result, finding, space);
    const DiagSpec *spec =
        finding->source == SOURCE_ARM64ECD ? diag_spec(finding->number) : NULL;
    json_object_begin(json);
    if (code.len)
        json_put_string(json, "code", code);
    else
        json_put_null(json, "code");
    if (spec)
        json_put_string(json, "name", spec->name);
    else
        json_put_null(json, "name");
    json_put_string(json, "severity", severity_name(severity));
    json_put_string(json, "file", name_of_path(file, finding->range.path));
    put_range(json, &finding->range);
    json_put_string(json, "message", result_str(file->result, finding->message));
    json_put_string(json, "source", finding_source(finding));
    json_put_string(json, "stage", str_of(stages[file->result->stage]));
    if (finding->quiet == QUIET_FOLDED) // it follows from one that has a code
        json_put_bool(json, "folded", true);
    put_fixes(json, file, finding);
    put_related(json, file, finding);
    json_object_end(json);
}

// --- one line formats
// -----------------------------------------------------------------------------

static const char *gcc_word(Severity severity)
{
    return severity == SEVERITY_ERROR     ? "error"
           : severity == SEVERITY_WARNING ? "warning"
                                          : "note";
}

void report_put_clean(Buf *out, Str text)
{
    clean_put(out, text, CLEAN_ONE_LINE);
}

static void put_gcc_line(Buf *out, Str name, const RRange *range, const char *word,
                         Str text)
{
    report_put_clean(out, name);
    buf_format(out, ":%u:%u: %s: ", range->start.line + 1, range->start.byte + 1, word);
    report_put_clean(out, text);
}

static void put_gcc(Report *report, const ReportFile *file, const RFinding *finding,
                    Severity severity)
{
    char space[CODE_BYTES_MAX];
    Str code = code_of(file->result, finding, space);
    Buf *out = &report->out;
    put_gcc_line(out, name_of_path(file, finding->range.path), &finding->range,
                 gcc_word(severity), result_str(file->result, finding->message));
    if (code.len)
        buf_format(out, " [%.*s]", STR_ARG(code));
    buf_put_char(out, '\n');
    for (uint32_t i = 0; i < finding->notes.len; i++) {
        const RNote *note = &file->result->notes[finding->notes.at + i];
        put_gcc_line(out, name_of_path(file, note->range.path), &note->range, "note",
                     result_str(file->result, note->message));
        buf_put_char(out, '\n');
    }
}

// GitHub's workflow commands: %, CR and LF are escaped in data, : and , in properties
// too.
void report_put_escaped(Buf *out, Str s, bool is_property)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ',')))
            buf_format(out, "%%%02X", (unsigned)(unsigned char)c);
        else
            buf_put_char(out, c);
    }
}

static void put_github(Report *report, const ReportFile *file, const RFinding *finding,
                       Severity severity)
{
    char space[CODE_BYTES_MAX];
    Str code = code_of(file->result, finding, space);
    Buf *out = &report->out;
    const RRange *range = &finding->range;
    buf_format(out, "::%s file=",
               severity == SEVERITY_ERROR     ? "error"
               : severity == SEVERITY_WARNING ? "warning"
                                              : "notice");
    report_put_escaped(out, name_of_path(file, range->path), true);
    buf_format(out, ",line=%u,endLine=%u", range->start.line + 1, range->end.line + 1);
    if (range->start.line == range->end.line) // GitHub refuses columns over several lines
        buf_format(out, ",col=%u,endColumn=%u", range->start.byte + 1,
                   range->end.byte + 1);
    buf_put(out, STR(",title="));
    report_put_escaped(out, code.len ? code : STR("clang"), true);
    buf_put(out, STR("::"));
    report_put_escaped(out, result_str(file->result, finding->message), false);
    buf_put_char(out, '\n');
}

// --- the interface
// ----------------------------------------------------------------------------------

void report_begin(Report *report, Format format, bool coloured, bool verbose)
{
    *report = (Report){.format = format, .coloured = coloured, .verbose = verbose};
    buf_init(&report->out, REPORT_BYTES_MAX);
    if (format != FORMAT_JSON)
        return;
    json_init_pretty(&report->json, &report->out);
    json_object_begin(&report->json);
    json_put_int(&report->json, "schema", 1);
    json_key(&report->json, "findings");
    json_array_begin(&report->json);
}

// Hints are for editors; a terminal shows them with -v. Quiet findings are for -v alone.
// Of clang's those are shown that a finding of ours explains, also in JSON; others that
// follow from a missing header are none of anybody's.
static bool is_reported(const Report *report, const ReportFile *file,
                        const RFinding *finding, Severity *ret_severity)
{
    if (finding->quiet) {
        *ret_severity = (Severity)finding->severity;
        return (report->verbose &&
                (finding->source == SOURCE_ARM64ECD || finding->quiet == QUIET_FOLDED)) ||
               (report->format == FORMAT_JSON && finding->quiet == QUIET_FOLDED);
    }
    if (!finding_is_shown(file->settings, finding, ret_severity))
        return false;
    return *ret_severity != SEVERITY_HINT || report->verbose ||
           report->format == FORMAT_JSON;
}

// What to do, below the first finding of each code: the messages tell what is wrong.
static void put_help(Report *report, const RFinding *finding)
{
    const DiagSpec *spec =
        finding->source == SOURCE_ARM64ECD ? diag_spec(finding->number) : NULL;
    if (!spec || finding->number >= COUNTOF(report->is_helped) ||
        report->is_helped[finding->number])
        return;
    report->is_helped[finding->number] = true;
    buf_format(&report->out, "       = help: %.*s\n", STR_ARG(spec->help));
}

void report_file(Report *report, const ReportFile *file)
{
    Lines lines;
    lines_init(&lines, file->text);
    report->n_files += !file->is_more;
    if (report->verbose && !file->is_more && report->format == FORMAT_TEXT)
        report_text_info(&report->out, file);
    for (uint32_t i = 0; i < file->result->n_findings; i++) {
        const RFinding *finding = &file->result->findings[i];
        Severity severity;
        char space[CODE_BYTES_MAX];
        if ((file->held && file->held[i]) ||
            !is_reported(report, file, finding, &severity))
            continue;
        report->n_by_severity[severity] += finding->quiet != QUIET_FOLDED;
        switch (report->format) {
        case FORMAT_JSON:
            put_json(report, file, finding, severity);
            break;
        case FORMAT_GCC:
            put_gcc(report, file, finding, severity);
            break;
        case FORMAT_GITHUB:
            put_github(report, file, finding, severity);
            break;
        case FORMAT_TEXT:
        case FORMAT_MD:
            report_text_finding(&report->out, file, &lines, finding, severity,
                                code_of(file->result, finding, space), report->coloured);
            put_help(report, finding);
            break;
        }
    }
    lines_done(&lines);
}

void report_end(Report *report)
{
    static const char *const names[] = {"", "errors", "warnings", "infos", "hints"};
    if (report->format != FORMAT_JSON)
        return;
    Json *json = &report->json;
    json_array_end(json);
    json_key(json, "summary");
    json_object_begin(json);
    json_put_int(json, "files", report->n_files);
    json_put_int(json, "cached", report->n_cached);
    for (Severity severity = SEVERITY_ERROR; severity <= SEVERITY_HINT; severity++)
        json_put_int(json, names[severity], report->n_by_severity[severity]);
    json_object_end(json);
    json_object_end(json);
    buf_put_char(&report->out, '\n');
}

void report_done(Report *report)
{
    buf_done(&report->out);
}

static void put_count(Buf *out, uint32_t n, const char *what, bool *any)
{
    if (n == 0)
        return;
    buf_format(out, "%s%u %s%s", *any ? ", " : "", n, what, n == 1 ? "" : "s");
    *any = true;
}

void report_summary(const Report *report, Buf *out)
{
    bool any = false;
    put_count(out, report->n_by_severity[SEVERITY_ERROR], "error", &any);
    put_count(out, report->n_by_severity[SEVERITY_WARNING], "warning", &any);
    put_count(out, report->n_by_severity[SEVERITY_INFO], "info", &any);
    put_count(out, report->n_by_severity[SEVERITY_HINT], "hint", &any);
    if (!any)
        buf_put(out, STR("nothing to report"));
    buf_format(out, " in %u file%s", report->n_files, report->n_files == 1 ? "" : "s");
    if (report->n_cached)
        buf_format(out, " (%u unchanged, from the cache)", report->n_cached);
}

bool report_fails(const Report *report, FailOn fail_on)
{
    uint32_t n = 0;
    if (fail_on == FAIL_NEVER)
        return false;
    for (uint32_t severity = SEVERITY_ERROR; severity <= (uint32_t)fail_on; severity++)
        n += report->n_by_severity[severity];
    return n > 0;
}
