// Names of other systems, processors and compilers, and of include guards.
#include "codegen/arch/token.h"

static const Str patterns[] = {
#define FOREIGN(pattern) STR_INIT(pattern),
#include "codegen/arch/foreign.def"
#undef FOREIGN
};

// One `*` at the end, one in the middle, or one at both ends.
static bool is_like(Str name, Str pattern)
{
    size_t star = str_find_char(pattern, '*');
    if (star == pattern.len)
        return str_eq(name, pattern);
    if (star == 0)
        return str_has(name, str_sub(pattern, 1, pattern.len - 1));
    Str tail = str_from(pattern, star + 1);
    return name.len >= pattern.len - 1 && str_starts(name, str_sub(pattern, 0, star)) &&
           str_ends(name, tail);
}

// FOO_H, FOO_HPP_, FOO_H_INCLUDED; HAVE_FOO_H is a question to a build system, and so are
// its kin.
static bool is_guard(Str name)
{
    static const Str ends[] = {STR_INIT("_H"),
                               STR_INIT("_HH"),
                               STR_INIT("_HPP"),
                               STR_INIT("_HXX"),
                               STR_INIT("_H_INCLUDED"),
                               STR_INIT("_INCLUDED"),
                               STR_INIT("_INL"),
                               STR_INIT("_FWD_DEFINED"),
                               STR_INIT("_INTERFACE_DEFINED"),
                               STR_INIT("_LIBRARY_DEFINED")};
    static const Str questions[] = {
        STR_INIT("HAVE"), STR_INIT("HAS_"), STR_INIT("USE"),    STR_INIT("NEED"),
        STR_INIT("NO_"),  STR_INIT("WITH"), STR_INIT("ENABLE"), STR_INIT("STDC")};
    while (name.len && name.at[name.len - 1] == '_')
        name.len--;
    bool is_ended = false;
    for (size_t i = 0; i < COUNTOF(ends) && !is_ended; i++)
        is_ended = str_ends(name, ends[i]);
    for (size_t i = 0; i < COUNTOF(questions) && is_ended; i++)
        is_ended = !str_has(name, questions[i]);
    return is_ended;
}

bool arch_is_foreign_name(Str name)
{
    if (name.len < 3)
        return false;
    for (size_t i = 0; i < COUNTOF(patterns); i++) {
        const char *p = patterns[i].at; // three bytes tell most of them apart
        bool is_near = p[2] == name.at[2] && p[1] == name.at[1] && p[0] == name.at[0];
        if ((is_near || p[0] == '*') && is_like(name, patterns[i]))
            return true;
    }
    return is_guard(name);
}
