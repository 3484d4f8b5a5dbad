#include "codegen/frontend/language.h"

static bool has_ending(Str path, const Str *endings, size_t n)
{
    size_t slash = str_find_char_last(path, '/');
    Str name = slash == path.len ? path : str_from(path, slash + 1);
    Str ending = str_from(name, str_find_char_last(name, '.') + 1);
    for (size_t i = 0; i < n && ending.len; i++)
        if (str_eq_nocase(ending, endings[i]))
            return true;
    return false;
}

Language language_of_path(Str path)
{
    static const Str cpp[] = {STR_INIT("cpp"), STR_INIT("cc"),   STR_INIT("cxx"),
                              STR_INIT("c++"), STR_INIT("hpp"),  STR_INIT("hh"),
                              STR_INIT("hxx"), STR_INIT("cppm"), STR_INIT("ixx"),
                              STR_INIT("ipp"), STR_INIT("inl"),  STR_INIT("ii")};
    if (has_ending(path, cpp, COUNTOF(cpp)) || str_ends(path, STR(".C")))
        return LANGUAGE_CPP;
    return str_ends(path, STR(".c")) || str_ends(path, STR(".i")) ? LANGUAGE_C
                                                                  : LANGUAGE_UNKNOWN;
}

bool language_is_header(Str path)
{
    static const Str ends[] = {STR_INIT(".h"),   STR_INIT(".hpp"), STR_INIT(".hh"),
                               STR_INIT(".hxx"), STR_INIT(".inl"), STR_INIT(".ipp")};
    for (size_t i = 0; i < COUNTOF(ends); i++)
        if (str_ends(path, ends[i]))
            return true;
    return false;
}

static bool has_word(Str text, Str word)
{
    for (size_t from = 0; from < text.len;) {
        Str rest = str_from(text, from);
        size_t at = str_find(rest, word), end = at + word.len;
        if (at == rest.len)
            return false;
        bool starts = from + at == 0 || !is_word(text.at[from + at - 1]);
        if (starts && (end >= rest.len || !is_word(rest.at[end])))
            return true;
        from += end;
    }
    return false;
}

// A .h by its words, unless it guards them for C (`#ifdef __cplusplus`).
static Language by_words(Str text)
{
    bool cpp = has_word(text, STR("namespace")) || has_word(text, STR("template")) ||
               has_word(text, STR("class"));
    return cpp && !has_word(text, STR("__cplusplus")) ? LANGUAGE_CPP : LANGUAGE_C;
}

Language language_settle(const Job *job, Language by_flags)
{
    Language by_path = language_of_path(job->path);
    bool says_cpp = str_eq(job->language_id, STR("cpp")) ||
                    str_eq(job->language_id, STR("objective-cpp"));
    bool lent = job->origin == COMMAND_NEIGHBOUR;
    if (by_flags != LANGUAGE_UNKNOWN && by_flags != LANGUAGE_OTHER && !lent)
        return by_flags;
    if (by_path != LANGUAGE_UNKNOWN)
        return by_path;
    if (says_cpp)
        return LANGUAGE_CPP;
    if (lent && language_of_path(job->origin_file) != LANGUAGE_UNKNOWN)
        return language_of_path(job->origin_file);
    return by_words(job->text);
}
