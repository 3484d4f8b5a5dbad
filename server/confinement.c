#include "server/confinement.h"

#include <uv.h>

static void put_what_not(Buf *out, const char *what, int32_t code, const char *absent)
{
    if (code == 0)
        buf_format(out, "%s: %s", what, absent);
    else
        buf_format(out, "%s: %s", what, uv_strerror(code));
}

void confinement_put(Buf *out, Confinement confinement)
{
    bool has_files = confinement.files > 0, has_calls = confinement.calls > 0;
    buf_put(out, has_files || has_calls ? STR("confined: ") : STR("not confined"));
    if (has_files)
        buf_format(out, "files (Landlock %d)%s", (int)confinement.files,
                   has_calls ? ", " : "");
    if (has_calls)
        buf_put(out, STR("system calls"));
    if (!has_files) {
        buf_put(out, has_calls ? STR("; not ") : STR(": "));
        put_what_not(out, "files", confinement.files, "the system has no Landlock");
    }
    if (!has_calls) {
        buf_put(out, has_files ? STR("; not ") : STR(", "));
        put_what_not(out, "system calls", confinement.calls,
                     "the system or this build has no filter for them");
    }
}

bool confinement_is_broken(Confinement confinement)
{
    return confinement.files < 0 || confinement.calls < 0;
}
