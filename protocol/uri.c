#include "protocol/uri.h"

// Decodes %XX; false on a broken escape and on NUL.
static bool decode(Arena *arena, Str text, Str *ret_plain)
{
    char *plain = arena_alloc(arena, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '%') {
            int high = i + 2 < text.len ? hex_value(text.at[i + 1]) : -1;
            int low = i + 2 < text.len ? hex_value(text.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (c == '\0')
            return false;
        plain[n++] = c;
    }
    *ret_plain = (Str){plain, n};
    return true;
}

static bool has_drive(Str path)
{
    return path.len >= 2 && is_alpha(path.at[0]) && path.at[1] == ':' &&
           (path.len == 2 || path.at[2] == '/' || path.at[2] == '\\');
}

// "?" and "#" are taken as part of the path: no file: URI has a query, and editors that
// forget to escape a folder called "C#" are more common than fragments.
bool uri_to_path(Arena *arena, Str uri, Str *ret_path)
{
    if (uri.len < 5 || !str_eq_nocase(str_sub(uri, 0, 5), STR("file:")))
        return false;
    Str rest = str_from(uri, 5), path;
    if (str_starts(rest, STR("//"))) {
        rest = str_from(rest, 2);
        size_t slash = str_find_char(rest, '/');
        Str host = str_sub(rest, 0, slash);
        if (host.len && !str_eq_nocase(host, STR("localhost")))
            return false;
        rest = str_from(rest, slash);
    }
    if (!str_starts(rest, STR("/")) || !decode(arena, rest, &path))
        return false;
    *ret_path = has_drive(str_from(path, 1)) ? str_from(path, 1) : path;
    return true;
}

static bool is_unreserved(char c)
{
    return is_word(c) || c == '-' || c == '.' || c == '~';
}

Str uri_from_path(Arena *arena, Str path)
{
    static const char digits[] = "0123456789ABCDEF";
    Str start = has_drive(path) ? STR("file:///") : STR("file://");
    size_t n = start.len;
    for (size_t i = 0; i < path.len; i++)
        n += is_unreserved(path.at[i]) || path.at[i] == '/' ? 1 : 3;
    char *uri = arena_alloc(arena, n + 1), *at = uri;
    for (size_t i = 0; i < start.len; i++)
        *at++ = start.at[i];
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.at[i];
        if (is_unreserved((char)c) || c == '/') {
            *at++ = (char)c;
            continue;
        }
        *at++ = '%';
        *at++ = digits[c >> 4];
        *at++ = digits[c & 15];
    }
    return (Str){uri, n};
}
