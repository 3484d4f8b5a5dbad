#include "server/cli/check.h"

#include "server/cli/across.h"
#include "server/cli/out.h"
#include "server/cli/report.h"
#include "server/cli/run_files.h"

typedef struct Check {
    Report report;
    Across *across;
} Check;

static void on_file(void *owner, const RunFile *file)
{
    Check *check = owner;
    Report *report = &check->report;
    bool *held = mem_new((file->result->n_findings + 1) * sizeof *held);
    across_add(check->across, file, held);
    ReportFile shown = {.name = file->name,
                        .text = file->text,
                        .result = file->result,
                        .settings = file->settings,
                        .held = held};
    report->n_cached += file->is_cached;
    report_file(report, &shown);
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
    Check check = {.across = across_new()};
    Report *report = &check.report;
    RunFiles run = {
        .loop = loop,
        .options = options,
        .program = program,
        .paths = options->paths,
        .on_file = on_file,
        .owner = &check,
    };
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
    report_done(report);
    return status;
}
