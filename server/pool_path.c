#include "server/pool_path.h"

#include "protocol/base/buf.h"

static const char part[] = "\ncut";

char *pool_path_of_cut(Str path)
{
    Buf key;
    buf_init(&key, SIZE_MAX);
    buf_put(&key, path);
    buf_put(&key, str_of(part));
    return buf_take(&key);
}

Str pool_document_path(Str path)
{
    bool has_part = str_ends(path, str_of(part));
    return str_sub(path, 0, path.len - (has_part ? sizeof part - 1 : 0));
}
