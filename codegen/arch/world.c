// What compilers define by themselves, per world.
#include "codegen/arch/world.h"

typedef enum Language {
    LANGUAGE_BOTH,
    LANGUAGE_C,
    LANGUAGE_CPP,
    LANGUAGE_LATE, // of both
} Language;

static const WorldMacro macros[] = {
#define WORLD_MACRO(name, value, worlds, language)                                       \
    {STR_INIT(name),                                                                     \
     STR_INIT(value),                                                                    \
     (worlds),                                                                           \
     LANGUAGE_##language == LANGUAGE_LATE,                                               \
     LANGUAGE_##language == LANGUAGE_CPP,                                                \
     LANGUAGE_##language == LANGUAGE_C},
#include "codegen/arch/worlds.def"
#undef WORLD_MACRO
};

const WorldMacro *world_macros(size_t *ret_n)
{
    *ret_n = COUNTOF(macros);
    return macros;
}

// The first row of `name`; COUNTOF(macros) if it has none.
static size_t first_row(Str name)
{
    size_t low = 0, high = COUNTOF(macros);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(macros[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < COUNTOF(macros) && str_eq(macros[low].name, name) ? low
                                                                   : COUNTOF(macros);
}

// Whether a flavour has a value in one target that it does not have in another.
static bool tells_targets_apart(Worlds worlds)
{
    for (unsigned flavour = 0; flavour < FLAVOUR_COUNT; flavour++) {
        unsigned targets = (unsigned)worlds >> (flavour * TARGET_COUNT) & 7u;
        if (targets != 0 && targets != 7)
            return true;
    }
    return false;
}

// By default none of the targets has them, but flags give them to one kind of processor;
// or <windows.h> defines them.
static bool is_feature_name(Str name)
{
    static const Str prefixes[] = {STR_INIT("__SSE"), STR_INIT("__AVX"),
                                   STR_INIT("__ARM_"), STR_INIT("__AARCH64"),
                                   STR_INIT("__BMI")};
    static const Str names[] = {
        STR_INIT("_AMD64_"),    STR_INIT("_ARM64_"),     STR_INIT("_ARM64EC_"),
        STR_INIT("__SSSE3__"),  STR_INIT("__FMA__"),     STR_INIT("__POPCNT__"),
        STR_INIT("__LZCNT__"),  STR_INIT("__F16C__"),    STR_INIT("__AES__"),
        STR_INIT("__PCLMUL__"), STR_INIT("__x86_64h__"), STR_INIT("__arm64__"),
        STR_INIT("__arm64"),    STR_INIT("__aarch64"),   STR_INIT("__ARM64_ARCH_8__")};
    for (size_t i = 0; i < COUNTOF(prefixes); i++)
        if (str_starts(name, prefixes[i]))
            return true;
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

bool world_is_target_name(Str name)
{
    if (name.len < 3 || name.at[0] != '_')
        return false;
    for (size_t i = first_row(name); i < COUNTOF(macros) && str_eq(macros[i].name, name);
         i++)
        if (tells_targets_apart(macros[i].worlds))
            return true;
    return is_feature_name(name);
}

bool world_is_arm64ec_name(Str name)
{
    return str_eq(name, STR("_M_ARM64EC")) || str_eq(name, STR("__arm64ec__")) ||
           str_eq(name, STR("_ARM64EC_"));
}

ArchFlavour world_flavour(Builder builder, bool is_gnu_environment)
{
    switch (builder.kind) {
    case BUILDER_MSVC:
        return FLAVOUR_CL;
    case BUILDER_MINGW:
        return FLAVOUR_MINGW;
    case BUILDER_CLANG:
    case BUILDER_CLANG_CL:
    case BUILDER_RUSTC:
        break;
    }
    return is_gnu_environment ? FLAVOUR_MINGW : FLAVOUR_CLANG;
}

Str world_flavour_name(ArchFlavour flavour)
{
    switch (flavour) {
    case FLAVOUR_CL:
        return STR("MSVC");
    case FLAVOUR_CLANG:
        return STR("clang");
    case FLAVOUR_MINGW:
    case FLAVOUR_COUNT:
        break;
    }
    return STR("mingw");
}
