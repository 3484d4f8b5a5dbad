// Paths as the command line spells them.
#pragma once

#include "protocol/base/base.h"

// A header's path for a file called `name` on the command line: below the working
// directory `folder`, which is absolute, it is shown from there if `name` is relative.
Str shown_path(Str folder, Str name, Str path);
