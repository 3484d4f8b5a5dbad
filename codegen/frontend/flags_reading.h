// A command line that is being read: what flags.c and flags_action.c share.
#pragma once

#include "codegen/frontend/flags_words.h"

typedef struct Choice {
    const FlagRow *row; // NULL: no row fits
    Str written, value;
    Str flag;         // the word without its separate value
    bool lacks_value; // there is a row, but nothing stands behind the word
} Choice;

typedef struct Reading {
    Arena *arena;
    const Job *job;
    Flags *flags;
    Driver driver;
    LIST(Choice) choices;
    bool has_runtime, has_exceptions, has_msc_version;
} Reading;

void flags_push(Reading *r, Str arg);        // an argument for libclang
void flags_push_words(Reading *r, Str text); // several
void flags_say(Reading *r, enum FlagNoteKind kind, const Choice *choice, Str why);
Language flags_language_here(const Reading *r);

// Does what the row of the choice says.
void flags_apply(Reading *r, const Choice *choice);
