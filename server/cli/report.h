// The findings of files in the formats of `check`: text, json, gcc, github.
#pragma once

#include "codegen/result.h"
#include "protocol/base/buf.h"
#include "protocol/json.h"
#include "server/options.h"
#include "server/settings.h"

typedef struct ReportFile {
    Str name;   // as given on the command line
    Str folder; // the working directory, absolute; see shown.h
    Str text;   // for the lines shown under a finding
    const Result *result;
    const Settings *settings;
    const bool *held; // by finding: to be told later, if at all; NULL: none
    bool is_more;     // of a file that was reported before
} ReportFile;

typedef struct Report {
    Format format;
    bool coloured, verbose;
    uint32_t n_files, n_cached;
    uint32_t n_by_severity[5]; // by Severity
    bool is_helped[1000];      // by number: its remedy has been told
    Buf out;                   // taken by the caller after each call
    Json json;                 // FORMAT_JSON: over `out`, open until report_end()
} Report;

enum { REPORT_BYTES_MAX = 1024 * 1024 * 1024 };

void report_begin(Report *report, Format format, bool coloured, bool verbose);
void report_file(Report *report, const ReportFile *file);
void report_end(Report *report);
void report_done(Report *report);

// Without control bytes, which would reach a terminal.
void report_put_clean(Buf *out, Str text);

// As GitHub's workflow commands want it.
void report_put_escaped(Buf *out, Str s, bool is_property);

// "2 errors and 1 warning in 3 files"
void report_summary(const Report *report, Buf *out);

// Is any finding at or above the severity that fails?
bool report_fails(const Report *report, FailOn fail_on);
