// The functions that clang knows by name, and what it makes of a call of one at -O0.
//
// The table is per version of LLVM: builtins.py asks the installed clang (README).
#include "codegen/frontend/clang_walk.h"

#include <string.h>

enum { IN_MSVC = 1, IN_GNU = 2, IN_BOTH = 3 };

static const struct Row {
    const char *name;
    uint8_t environments;
    const char *calls, *letters;
} rows[] = {
#define BUILTIN(name, environments, calls, letters)                                      \
    {name, IN_##environments, calls, letters},
#include BUILTINS_DEF
#undef BUILTIN
};

// One for each row: what builtin_find() gives out.
const Builtin *builtin_find(Walk *walk, Str name)
{
    uint32_t low = 0, high = COUNTOF(rows);
    uint8_t here = walk->environment == ABI_ENVIRONMENT_MSVC ? IN_MSVC : IN_GNU;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_compare(str_of(rows[middle].name), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < COUNTOF(rows) && str_eq(str_of(rows[low].name), name); low++) {
        if (!(rows[low].environments & here))
            continue;
        Builtin *found = ARENA_NEW(walk->arena, Builtin);
        *found = (Builtin){str_of(rows[low].calls), str_of(rows[low].letters)};
        return found;
    }
    return NULL;
}

static bool is_among(Str name, const Str *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

bool builtin_is_reserved(Str name)
{
    static const Str prefixes[] = {STR_INIT("__builtin_"), STR_INIT("__sync_"),
                                   STR_INIT("__c11_atomic_"),
                                   STR_INIT("__scoped_atomic_"), STR_INIT("__arm_")};
    static const Str names[] = {
        // outside of a handler clang refuses them
        STR_INIT("_exception_code"),       STR_INIT("__exception_code"),
        STR_INIT("_exception_info"),       STR_INIT("__exception_info"),
        STR_INIT("_abnormal_termination"), STR_INIT("__abnormal_termination")};
    for (size_t i = 0; i < COUNTOF(prefixes); i++)
        if (str_starts(name, prefixes[i]))
            return true;
    return is_among(name, names, COUNTOF(names));
}

// Of these, clang wants to know something of the arguments, and emits none.
bool builtin_ignores_arguments(Str name)
{
    static const Str names[] = {
        STR_INIT("__builtin_constant_p"), STR_INIT("__builtin_object_size"),
        STR_INIT("__builtin_classify_type"), STR_INIT("__noop"), STR_INIT("__assume")};
    return is_among(name, names, COUNTOF(names));
}

// Known to clang as functions that do not return, whatever their declaration says.
bool builtin_is_noreturn(Str name)
{
    static const Str names[] = {STR_INIT("exit"),
                                STR_INIT("abort"),
                                STR_INIT("_exit"),
                                STR_INIT("_Exit"),
                                STR_INIT("quick_exit"),
                                STR_INIT("longjmp"),
                                STR_INIT("_longjmp"),
                                STR_INIT("siglongjmp"),
                                STR_INIT("__fastfail"),
                                STR_INIT("__builtin_unreachable"),
                                STR_INIT("__builtin_trap"),
                                STR_INIT("__builtin_abort"),
                                STR_INIT("__builtin_exit"),
                                STR_INIT("__builtin__exit"),
                                STR_INIT("__builtin__Exit"),
                                STR_INIT("__builtin_longjmp"),
                                STR_INIT("__builtin_verbose_trap")};
    return is_among(name, names, COUNTOF(names));
}
