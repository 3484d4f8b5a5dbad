// Whether a text that cost a worker is given to another one: the same for documents and
// for files of the command line.
#pragma once

#include "server/pool.h"

enum {
    DEATHS_MAX = 2, // of the pipeline by one text; then it is left alone
    KILLS_MAX = 10, // from outside: not the text's fault, but not for ever
};

typedef struct Deaths {
    uint32_t n_deaths, n_kills;
} Deaths;

// Counts the end of a flight that gave no Result. True: once more.
bool retry_after(Deaths *deaths, FlightEnd end);
