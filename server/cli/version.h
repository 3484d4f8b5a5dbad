// --version: this program, the LLVM it analyses with, and the others that are installed.
#pragma once

#include "server/options.h"

int cli_version(const Options *options, Str program);
