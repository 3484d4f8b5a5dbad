#include "server/changes.h"

void changes_put(Changes *changes, Str path)
{
    Hash hash = hash_of(path);
    uint32_t oldest = 0;
    changes->n++;
    for (uint32_t i = 0; i < CHANGES_MAX; i++) {
        if (changes->last[i].at && hash_eq(changes->last[i].path, hash)) {
            changes->last[i].at = changes->n;
            return;
        }
        if (changes->last[i].at < changes->last[oldest].at)
            oldest = i;
    }
    changes->lost_at = changes->last[oldest].at;
    changes->last[oldest].path = hash;
    changes->last[oldest].at = changes->n;
}

void changes_put_created(Changes *changes)
{
    changes->created_at = ++changes->n;
}

bool changes_of_others_since(const Changes *changes, uint64_t n, Str path)
{
    Hash hash = hash_of(path);
    bool yes = changes->lost_at > n;
    for (uint32_t i = 0; i < CHANGES_MAX; i++)
        yes |= changes->last[i].at > n && !hash_eq(changes->last[i].path, hash);
    return yes;
}

bool changes_since(const Changes *changes, uint64_t n, Str path)
{
    if (changes->n == n)
        return false;
    if (changes->lost_at > n)
        return true;
    Hash hash = hash_of(path);
    for (uint32_t i = 0; i < CHANGES_MAX; i++)
        if (changes->last[i].at > n && hash_eq(changes->last[i].path, hash))
            return true;
    return false;
}
