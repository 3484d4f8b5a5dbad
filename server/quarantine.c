#include "server/quarantine.h"

#include <stdio.h>

static Hash text_hash(const Doc *doc)
{
    Hasher hasher;
    hasher_init(&hasher);
    hasher_put_str(&hasher, str_of(doc->path));
    hasher_put_str(&hasher, doc->text);
    return hasher_done(&hasher);
}

static Death *find(Quarantine *quarantine, Hash text)
{
    uint32_t n =
        quarantine->n_deaths < QUARANTINE_MAX ? quarantine->n_deaths : QUARANTINE_MAX;
    for (uint32_t i = 0; i < n; i++)
        if (hash_eq(quarantine->deaths[i].text, text))
            return &quarantine->deaths[i];
    return NULL;
}

// Hashing a large text on every edit is dear: only once something has died.
static Death *death_of(Quarantine *quarantine, const Doc *doc)
{
    return quarantine->n_deaths ? find(quarantine, text_hash(doc)) : NULL;
}

const char *quarantine_words(Quarantine *quarantine, const Doc *doc)
{
    const Death *death = death_of(quarantine, doc);
    return death && death->deaths.n_deaths >= DEATHS_MAX ? death->words : NULL;
}

bool quarantine_put(Quarantine *quarantine, const Doc *doc, FlightEnd end,
                    bool is_excusable, Str words)
{
    Hash text = text_hash(doc);
    Death *death = find(quarantine, text);
    if (!death) {
        death = &quarantine->deaths[quarantine->n_deaths++ % QUARANTINE_MAX];
        *death = (Death){.text = text};
    }
    snprintf(death->words, sizeof death->words, "%.*s",
             STR_ARG(end == FLIGHT_TIMED_OUT       ? STR("it ran into the deadline")
                     : end == FLIGHT_OUT_OF_MEMORY ? STR("it ran out of memory")
                                                   : words));
    if (is_excusable && death->n_excused < EXCUSES_MAX) {
        death->n_excused++;
        return true;
    }
    return retry_after(&death->deaths, end);
}

void quarantine_forget_kills(Quarantine *quarantine, const Doc *doc)
{
    Death *death = death_of(quarantine, doc);
    if (death)
        death->deaths.n_kills = 0; // deaths count on: what dies now and then is no better
}

void quarantine_forget(Quarantine *quarantine, const Doc *doc)
{
    Death *death = death_of(quarantine, doc);
    if (death)
        death->text = (Hash){0};
}
