// What holds a worker, in words, for arm64ecd/status and the log.
#pragma once

#include "protocol/base/buf.h"
#include "server/os.h"

// "confined: files (Landlock 6), system calls", "confined: system calls; not files: the
// system has no Landlock", "not confined: ...".
void confinement_put(Buf *out, Confinement confinement);

// Something that the system has could not be had.
bool confinement_is_broken(Confinement confinement);
