// What sticks to a worker: the path of a document, or one function of it, which has a
// worker of its own if there are two.
#pragma once

#include "protocol/base/base.h"

char *pool_path_of_cut(Str path); // the caller's
Str pool_document_path(Str path); // of either
