#include "server/cli/check.h"

#include "server/cli/out.h"
#include "server/cli/report.h"
#include "server/cli/run_files.h"

static void on_file(void *owner, const RunFile *file)
{
    Report *report = owner;
    ReportFile shown = {file->name, file->text, file->result, file->settings};
    report->n_cached += file->is_cached;
    report_file(report, &shown);
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
    Report report;
    RunFiles run = {
        .loop = loop,
        .options = options,
        .program = program,
        .paths = options->paths,
        .on_file = on_file,
        .owner = &report,
    };
    report_begin(&report, options->format,
                 out_is_coloured(options->colour) && options->format == FORMAT_TEXT,
                 options->verbose);
    int status = run_files(&run);
    report_end(&report);
    out_write(buf_str(&report.out));
    summarise(&report);
    if (status < EXIT_FINDINGS && report_fails(&report, options->fail_on))
        status = EXIT_FINDINGS;
    report_done(&report);
    return status;
}
