// Texts that cost workers: how often, and whether they get another.
//
// A text that kills a worker is tried once more; after the second death it is left alone
// until it changes, or a file does that it may include. A death that came while another
// file changed may be that one's fault: a few of them do not count.
#pragma once

#include "server/document.h"
#include "server/retry.h"

enum { QUARANTINE_MAX = 64, EXCUSES_MAX = 3 };

typedef struct Death {
    Hash text; // of path and text
    Deaths deaths;
    uint32_t n_excused;
    char words[200];
} Death;

typedef struct Quarantine {
    Death deaths[QUARANTINE_MAX]; // a ring
    uint32_t n_deaths;
} Quarantine;

// What its last worker said, if the document's text is left alone; else NULL.
const char *quarantine_words(Quarantine *quarantine, const Doc *doc);

// A flight of its text ended without a Result. True: once more. `is_excusable`: something
// else changed while it was out.
bool quarantine_put(Quarantine *quarantine, const Doc *doc, FlightEnd end,
                    bool is_excusable, Str words);

void quarantine_forget_kills(Quarantine *quarantine, const Doc *doc); // it was analysed
void quarantine_forget(Quarantine *quarantine, const Doc *doc);
