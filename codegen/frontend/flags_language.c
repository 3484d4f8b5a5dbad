// Names of languages and of their standards.
#include "codegen/frontend/flags_words.h"

Language flags_language(Str name)
{
    if (str_eq(name, STR("none")))
        return LANGUAGE_UNKNOWN;
    if (str_eq(name, STR("c")) || str_starts(name, STR("c-")) ||
        str_eq(name, STR("cpp-output")))
        return LANGUAGE_C;
    return str_starts(name, STR("c++")) ? LANGUAGE_CPP : LANGUAGE_OTHER;
}

bool flags_is_standard(Str name)
{
    static const char known[] =
        " c89 c90 c99 c9x c11 c1x c17 c18 c23 c2x c2y gnu89 gnu90 gnu99 gnu9x gnu11 gnu1x"
        " gnu17 gnu18 gnu23 gnu2x gnu2y iso9899:1990 iso9899:199409 iso9899:1999"
        " iso9899:199x iso9899:2011 iso9899:2017 iso9899:2018 iso9899:2024"
        " c++98 c++03 c++0x c++11 c++1y c++14 c++1z c++17 c++2a c++20 c++2b c++23 c++2c"
        " c++26 gnu++98 gnu++03 gnu++0x gnu++11 gnu++1y gnu++14 gnu++1z gnu++17 gnu++2a"
        " gnu++20 gnu++2b gnu++23 gnu++2c gnu++26 ";
    Str list = str_of(known);
    size_t at = str_find(list, name);
    return name.len && at < list.len && str_find_char(name, ' ') == name.len &&
           list.at[at - 1] == ' ' && list.at[at + name.len] == ' ';
}
