// file: URIs and paths (RFC 3986, RFC 8089), with Windows drive letters on any host.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

// The path of a file: URI, percent-decoded: "file:///a%20b.c" gives "/a b.c",
// "file:///c%3A/x" gives "c:/x". False for another scheme, a host that is not empty or
// "localhost", a broken escape or an encoded NUL; such a document has no path.
bool uri_to_path(Arena *arena, Str uri, Str *ret_path);

// The URI of an absolute path. Everything but unreserved characters and "/" is escaped.
Str uri_from_path(Arena *arena, Str path);
