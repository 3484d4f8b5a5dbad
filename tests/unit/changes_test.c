#include "server/changes.h"

#include <stdio.h>

#include "tests/unit/harness.h"

TEST(changes_tell_what_came_after)
{
    Changes changes = {0};
    changes_put(&changes, STR("/a.h"));
    uint64_t n = changes.n;
    CHECK(!changes_since(&changes, n, STR("/a.h")));
    CHECK(changes_since(&changes, n - 1, STR("/a.h")));
    changes_put(&changes, STR("/b.h"));
    CHECK(!changes_since(&changes, n, STR("/a.h")));
    CHECK(changes_since(&changes, n, STR("/b.h")));
    CHECK(changes_of_others_since(&changes, n, STR("/a.h")));
    CHECK(!changes_of_others_since(&changes, n, STR("/b.h")));
    changes_put(&changes, STR("/a.h"));
    CHECK(changes_since(&changes, n, STR("/a.h")));
    changes_put_created(&changes);
    CHECK_EQ(changes.created_at, changes.n);
}

// One path again and again takes one place; of what fell out nothing is denied.
TEST(changes_forget_the_oldest)
{
    Changes changes = {0};
    changes_put(&changes, STR("/first.h"));
    uint64_t n = changes.n;
    for (int i = 0; i < 3 * CHANGES_MAX; i++)
        changes_put(&changes, STR("/same.h"));
    CHECK(!changes_since(&changes, n, STR("/first.h")));
    for (int i = 0; i < CHANGES_MAX; i++) {
        char path[32];
        snprintf(path, sizeof path, "/%d.h", i);
        changes_put(&changes, str_of(path));
    }
    CHECK(changes_since(&changes, n, STR("/never.h")));
    CHECK(!changes_since(&changes, changes.n, STR("/never.h")));
}
