// Edits inside one function: that function first, the whole file when there is time.
//
// A document that is large enough has two flights: one of the function that is edited
// (cutting.h), on a worker of its own if there is one, and one of the whole file, which
// follows in a pause and corrects what the first could not see. While the first answers,
// nothing waits for the second. Whatever goes wrong with the first leads to the second.
#pragma once

#include "server/schedule.h"

enum {
    CUT_DEADLINE_SHARE = 4, // of the deadline, half where whole parses are slow: then
                            // the file takes what is left
    PREPARE_AFTER_MS = 250, // a rest of the cursor
    WHOLE_AFTER_MS = 700,   // a pause of the edits
    WHOLE_ALONE_AFTER_MS = 2000, // where the same worker does both
};

// After an edit: true if the function alone is analysed now, and the rest later.
bool schedule_cut(Schedule *schedule, Doc *doc);

// The cursor rests there: the function around it is made ready to be parsed alone.
void schedule_cut_prepare(Schedule *schedule, Doc *doc, uint32_t at);

// The whole file is under way, or not wanted any more.
void schedule_cut_done(Doc *doc);

// What is left of an edit's deadline for the whole file, once.
uint32_t schedule_cut_deadline(Schedule *schedule, Doc *doc);

// Parses of whole files that would wait for a pause go out as soon as they can.
void schedule_hurry(Schedule *schedule);
