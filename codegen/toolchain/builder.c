#include "codegen/toolchain/builder.h"

#include "codegen/toolchain/llvm_versions.h"

static const struct BuilderWord {
    Str name;
    BuilderKind kind;
} words[] = {
    {STR_INIT("clang-cl"), BUILDER_CLANG_CL}, {STR_INIT("clang"), BUILDER_CLANG},
    {STR_INIT("msvc"), BUILDER_MSVC},         {STR_INIT("mingw"), BUILDER_MINGW},
    {STR_INIT("rustc"), BUILDER_RUSTC},
};

static bool parse_number(Str digits, uint32_t *ret_number)
{
    uint64_t value;
    if (digits.len > 6 || !str_to_u64(digits, &value))
        return false;
    *ret_number = (uint32_t)value;
    return true;
}

// "22", "19.40" or "21.1.8", of which the third number decides nothing.
static bool parse_version(Str text, Builder *builder)
{
    size_t dot = str_find_char(text, '.');
    if (!parse_number(str_sub(text, 0, dot), &builder->major) || builder->major == 0)
        return false;
    if (dot == text.len)
        return true;
    Str rest = str_from(text, dot + 1);
    dot = str_find_char(rest, '.');
    uint32_t patch;
    return parse_number(str_sub(rest, 0, dot), &builder->minor) &&
           (dot == rest.len || parse_number(str_from(rest, dot + 1), &patch));
}

bool builder_parse(Str text, Builder *ret_builder)
{
    for (size_t i = 0; i < COUNTOF(words); i++) {
        if (!str_starts(text, words[i].name))
            continue;
        Builder builder = {.kind = words[i].kind};
        Str rest = str_from(text, words[i].name.len);
        if (rest.len &&
            (rest.at[0] != '-' || !parse_version(str_from(rest, 1), &builder)))
            continue; // "clang-cl" is no version of "clang"
        *ret_builder = builder;
        return true;
    }
    return false;
}

static Str kind_name(BuilderKind kind)
{
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (words[i].kind == kind)
            return words[i].name;
    BUG("builder kind");
}

Str builder_name(Arena *arena, Builder builder)
{
    Str name = kind_name(builder.kind);
    if (builder.major == 0)
        return name;
    if (builder.kind == BUILDER_MSVC)
        return arena_format(arena, "%.*s-%u.%02u", STR_ARG(name), builder.major,
                            builder.minor);
    if (builder.minor == 0)
        return arena_format(arena, "%.*s-%u", STR_ARG(name), builder.major);
    return arena_format(arena, "%.*s-%u.%u", STR_ARG(name), builder.major, builder.minor);
}

bool builder_is_llvm(Builder builder)
{
    switch (builder.kind) {
    case BUILDER_CLANG:
    case BUILDER_CLANG_CL:
    case BUILDER_MINGW:
    case BUILDER_RUSTC:
        return true;
    case BUILDER_MSVC:
        return false;
    }
    BUG("builder kind");
}

// Which LLVM a release of rustc 1.x carries.
static uint32_t llvm_of_rustc(Builder builder, uint32_t own_llvm)
{
    static const struct Step {
        uint32_t minor, llvm;
    } steps[] = {{95, 22}, {91, 21}, {87, 20}, {82, 19}, {78, 18}, {73, 17}};
    if (builder.major != 1)
        return own_llvm;
    for (size_t i = 0; i < COUNTOF(steps); i++)
        if (builder.minor >= steps[i].minor)
            return steps[i].llvm;
    return 16;
}

uint32_t builder_llvm(Builder builder, uint32_t own_llvm)
{
    if (!builder_is_llvm(builder))
        return UINT32_MAX;
    if (builder.major == 0)
        return own_llvm;
    return builder.kind == BUILDER_RUSTC ? llvm_of_rustc(builder, own_llvm)
                                         : builder.major;
}

Str llvm_refusal(Arena *arena, Str name, uint32_t major, uint32_t minor)
{
    if (major > LLVM_ARM64EC || (major == LLVM_ARM64EC && minor > 0))
        return STR("");
    return arena_format(
        arena, "%.*s cannot compile for Arm64EC: LLVM 18.1.0 was the first that could",
        STR_ARG(name));
}

// A version without its second number is a release, and 18.0 was none.
Str builder_refusal(Arena *arena, Builder builder)
{
    uint32_t llvm = builder_llvm(builder, UINT32_MAX);
    Str name = builder_name(arena, builder);
    if (builder.kind == BUILDER_RUSTC)
        name = arena_format(arena, "%.*s, which has LLVM %u,", STR_ARG(name), llvm);
    return llvm_refusal(arena, name, llvm, 1);
}

void llvm_put_unseen(Buf *out, Str version)
{
    static const struct {
        uint32_t since;
        const char *words;
    } rows[] = {
        {LLVM_ASM_CURSORS, "inline assembly out of macros"},
        {LLVM_MEMBER_CURSORS, "members of instances of class templates"},
    };
    uint64_t major;
    bool is_first = true;
    if (!str_to_u64(str_sub(version, 0, str_find_char(version, '.')), &major))
        return;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        if (major >= rows[i].since)
            continue;
        buf_format(out, "%s%s", is_first ? ", which does not show " : " and ",
                   rows[i].words);
        is_first = false;
    }
}
