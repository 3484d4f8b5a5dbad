#include "server/likeness.h"

#include "server/disk.h"

// C and C++ by the ending; ".h" and what we do not know go with both.
static Family family_of(Str extension)
{
    static const char *const cpp[] = {"cc",  "cpp", "cxx", "c++", "hpp", "hh",
                                      "hxx", "h++", "ipp", "tpp", "inl"};
    if (str_eq(extension, STR("c")))
        return FAMILY_C;
    for (size_t i = 0; i < COUNTOF(cpp); i++)
        if (str_eq_nocase(extension, str_of(cpp[i])))
            return FAMILY_CPP;
    return str_eq(extension, STR("C")) || str_eq(extension, STR("H")) ? FAMILY_CPP
                                                                      : FAMILY_ANY;
}

Likeness likeness_of(Str path)
{
    Str name = disk_name_of(path);
    size_t dot = str_find_char_last(name, '.');
    return (Likeness){.path = path,
                      .stem = str_sub(name, 0, dot),
                      .family = family_of(str_from(name, dot + 1))};
}

static size_t common_folders(Str a, Str b)
{
    size_t n = 0;
    for (size_t i = 0; i < a.len && i < b.len && a.at[i] == b.at[i]; i++)
        n += a.at[i] == '/';
    return n;
}

size_t likeness_score(const Likeness *wanted, const Likeness *it)
{
    bool fits = wanted->family == FAMILY_ANY || it->family == FAMILY_ANY ||
                wanted->family == it->family;
    bool same_stem = str_eq_nocase(wanted->stem, it->stem);
    bool leans = wanted->leaning != FAMILY_ANY && wanted->leaning == it->family;
    return ((size_t)fits << 31) + ((size_t)same_stem << 30) + ((size_t)leans << 29) +
           common_folders(wanted->path, it->path);
}
