#include "server/cli/check.h"

#include "codegen/diag.h"
#include "protocol/base/hash.h"
#include "server/cli/across.h"
#include "server/cli/out.h"
#include "server/cli/report.h"
#include "server/cli/run_files.h"
#include "server/to_lsp.h"

enum { TOLD_ARENA_BYTES_MAX = 64 * 1024 * 1024 };

typedef struct Check {
    Report report;
    Across *across;
    bool has_flags;  // one command for all files
    bool has_failed; // a file could not be analysed, and that is told
    Arena arena;
    LIST(Hash) told; // of what is not a file's own: each message once
} Check;

// A compile database, a settings file, the flags behind "--": what is wrong with them
// comes with each file that they serve.
static bool is_shared(const Check *check, const RFinding *finding)
{
    if (finding->source != SOURCE_ARM64ECD || finding->quiet)
        return false;
    return finding->number == EC629 || finding->number == EC631 ||
           (check->has_flags && (finding->number == EC627 || finding->number == EC628));
}

static bool is_told(Check *check, Str message)
{
    Hash hash = hash_of(message);
    for (uint32_t i = 0; i < check->told.len; i++)
        if (hash_eq(check->told.at[i], hash))
            return true;
    *LIST_PUSH(&check->arena, &check->told) = hash;
    return false;
}

static void hold_repeated(Check *check, const Result *result, bool *held)
{
    for (uint32_t i = 0; i < result->n_findings; i++) {
        const RFinding *finding = &result->findings[i];
        if (is_shared(check, finding))
            held[i] |= is_told(check, result_str(result, finding->message));
    }
}

// That a file was not analysed; who has turned the finding off wants no status.
static bool tells_failure(const RunFile *file)
{
    for (uint32_t i = 0; i < file->result->n_findings; i++) {
        const RFinding *finding = &file->result->findings[i];
        Severity severity;
        bool is_failure = (finding->number >= EC901 && finding->number <= EC904) ||
                          finding->number == EC908;
        if (finding->source == SOURCE_ARM64ECD && is_failure && !finding->quiet &&
            finding_is_shown(file->settings, finding, &severity))
            return true;
    }
    return false;
}

static void on_file(void *owner, const RunFile *file)
{
    Check *check = owner;
    check->has_failed |= tells_failure(file);
    Report *report = &check->report;
    bool *held = mem_new((file->result->n_findings + 1) * sizeof *held);
    across_add(check->across, file, held);
    hold_repeated(check, file->result, held);
    ReportFile shown = {.name = file->name,
                        .folder = file->folder,
                        .text = file->text,
                        .result = file->result,
                        .settings = file->settings,
                        .held = held};
    report->n_cached += file->is_cached;
    report_file(report, &shown);
    if (file->full) {
        shown.result = file->full;
        shown.held = NULL;
        shown.is_more = true;
        report_file(report, &shown);
    }
    mem_free(held);
    out_write(buf_str(&report->out));
    buf_clear(&report->out);
}

static void summarise(const Report *report)
{
    if (report->format != FORMAT_TEXT || !report->n_files)
        return;
    Buf summary;
    buf_init(&summary, 4096);
    report_summary(report, &summary);
    out_progress_clear();
    buf_put_char(&summary, '\n');
    out_error(buf_str(&summary));
    buf_done(&summary);
}

int cli_check(uv_loop_t *loop, const Options *options, Str program)
{
    Check check = {.across = across_new(), .has_flags = options->has_flags};
    Report *report = &check.report;
    RunFiles run = {
        .loop = loop,
        .options = options,
        .program = program,
        .paths = options->paths,
        .on_file = on_file,
        .owner = &check,
    };
    arena_init(&check.arena, TOLD_ARENA_BYTES_MAX);
    report_begin(report, options->format,
                 out_is_coloured(options->colour) && options->format == FORMAT_TEXT,
                 options->verbose);
    int status = run_files(&run);
    across_report(check.across, report);
    across_free(check.across);
    report_end(report);
    out_write(buf_str(&report->out));
    summarise(report);
    if (status < EXIT_FINDINGS && report_fails(report, options->fail_on))
        status = EXIT_FINDINGS;
    if (check.has_failed)
        status = EXIT_FAILED;
    report_done(report);
    arena_done(&check.arena);
    return status;
}
