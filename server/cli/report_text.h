// Findings for people: file, place, message, the source line and a marker under it.
#pragma once

#include "protocol/base/text.h"
#include "server/cli/report.h"

void report_text_info(Buf *out, const ReportFile *file); // -v: command, headers, target
void report_text_finding(Buf *out, const ReportFile *file, const Lines *lines,
                         const RFinding *finding, Severity severity, Str code,
                         bool coloured);
