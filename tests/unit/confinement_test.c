#include "server/confinement.h"

#include <errno.h>

#include "tests/unit/harness.h"

TEST(confinement_in_words)
{
    static const struct {
        Confinement confinement;
        const char *words;
        bool is_broken;
    } rows[] = {
        {{7, 1}, "confined: files (Landlock 7), system calls", false},
        {{1, 0},
         "confined: files (Landlock 1); not system calls: the system or this build has "
         "no "
         "filter for them",
         false},
        {{0, 1}, "confined: system calls; not files: the system has no Landlock", false},
        {{0, 0},
         "not confined: files: the system has no Landlock, system calls: the system or "
         "this build has no filter for them",
         false},
        {{-E2BIG, 1}, "confined: system calls; not files: argument list too long", true},
        {{3, -EACCES},
         "confined: files (Landlock 3); not system calls: permission denied",
         true},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Buf words;
        buf_init(&words, 4096);
        confinement_put(&words, rows[i].confinement);
        CHECK_STR(buf_str(&words), str_of(rows[i].words));
        CHECK_EQ(confinement_is_broken(rows[i].confinement), rows[i].is_broken);
        buf_done(&words);
    }
}
