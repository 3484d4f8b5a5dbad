// Which files have changed, in what order: a job that was out while a header of its
// document changed has seen the old one, and only its Result tells that it is included.
#pragma once

#include "protocol/base/hash.h"

enum { CHANGES_MAX = 64 };

typedef struct Changes {
    uint64_t n; // changes so far
    struct {
        Hash path;
        uint64_t at;     // it was the n-th
    } last[CHANGES_MAX]; // each path once
    uint64_t created_at; // the last time that a file came into being
    uint64_t lost_at;    // a change up to this one is not remembered
} Changes;

void changes_put(Changes *changes, Str path);
void changes_put_created(Changes *changes);

// Has another path than this one changed after the n-th change?
bool changes_of_others_since(const Changes *changes, uint64_t n, Str path);

// Has the path changed after the n-th change? True, too, if that is not known any more.
bool changes_since(const Changes *changes, uint64_t n, Str path);
