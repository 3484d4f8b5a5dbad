// The program of a command line, by its name: through wrappers, prefixes, versions.
//
// "ccache x86_64-w64-mingw32-gcc-12", "C:\Program Files\...\cl.exe", "zig cc",
// "clang-cl-18.exe". Nothing is looked up on disk, nothing is asked.
#include "codegen/frontend/flags_words.h"

// Programs that run the compiler named behind them.
static const Str wrappers[] = {
    STR_INIT("ccache"),    STR_INIT("sccache"),    STR_INIT("distcc"),
    STR_INIT("icecc"),     STR_INIT("icerun"),     STR_INIT("gomacc"),
    STR_INIT("rewrapper"), STR_INIT("buildcache"), STR_INIT("env"),
    STR_INIT("time"),      STR_INIT("nice"),       STR_INIT("libtool"),
    STR_INIT("sh"),        STR_INIT("bash"),       STR_INIT("xcrun"),
    STR_INIT("pump"),      STR_INIT("goma"),       STR_INIT("recc"),
    STR_INIT("cmd"), // cmd /c cl.exe
};

static const struct Tool {
    Str name;
    BuilderKind kind;
    bool is_cl, has_llvm_version;
} tools[] = {
    {STR_INIT("clang-cl"), BUILDER_CLANG_CL, true, true},
    {STR_INIT("clang-cpp"), BUILDER_CLANG, false, true},
    {STR_INIT("clang++"), BUILDER_CLANG, false, true},
    {STR_INIT("clang"), BUILDER_CLANG, false, true},
    {STR_INIT("cl"), BUILDER_MSVC, true, false},
    // gcc has no Arm64EC: such a command is read as if clang of today ran it.
    {STR_INIT("gcc"), BUILDER_CLANG, false, false},
    {STR_INIT("g++"), BUILDER_CLANG, false, false},
    {STR_INIT("c++"), BUILDER_CLANG, false, false},
    {STR_INIT("cc"), BUILDER_CLANG, false, false},
    {STR_INIT("cpp"), BUILDER_CLANG, false, false},
};

static Str lower_case(Arena *arena, Str s)
{
    char *at = arena_z(arena, s);
    for (size_t i = 0; i < s.len; i++)
        if (at[i] >= 'A' && at[i] <= 'Z')
            at[i] = (char)(at[i] - 'A' + 'a');
    return (Str){at, s.len};
}

// The name without folders and ".exe", in lower case.
static Str program_name(Arena *arena, Str program)
{
    size_t begin = 0;
    for (size_t i = 0; i < program.len; i++)
        if (program.at[i] == '/' || program.at[i] == '\\')
            begin = i + 1;
    static const Str endings[] = {STR_INIT(".exe"), STR_INIT(".cmd"), STR_INIT(".bat"),
                                  STR_INIT(".sh")};
    Str name = lower_case(arena, str_from(program, begin));
    for (size_t i = 0; i < COUNTOF(endings); i++)
        if (str_ends(name, endings[i]))
            return str_sub(name, 0, name.len - endings[i].len);
    return name;
}

static bool is_wrapper(Str name)
{
    for (size_t i = 0; i < COUNTOF(wrappers); i++)
        if (str_eq(name, wrappers[i]))
            return true;
    return false;
}

static bool is_assignment(Str word)
{
    size_t i = 0;
    while (i < word.len && is_word(word.at[i]))
        i++;
    return i && i < word.len && word.at[i] == '=';
}

static bool is_wrapper_word(Str word)
{
    bool is_of_cmd = word.len == 2 && word.at[0] == '/'; // no path has so short a name
    return str_starts(word, STR("-")) || is_of_cmd || is_assignment(word);
}

static uint32_t number(Str digits)
{
    uint64_t value;
    return str_to_u64(digits, &value) && value < 1000 ? (uint32_t)value : 0;
}

// Takes "-18" or "-18.1.8" off the end.
static Str without_version(Str name, Builder *builder)
{
    size_t begin = name.len;
    while (begin && (is_digit(name.at[begin - 1]) || name.at[begin - 1] == '.'))
        begin--;
    Str version = str_from(name, begin);
    if (!version.len || !is_digit(version.at[0]) || begin == 0)
        return name;
    size_t dot = str_find_char(version, '.');
    Str rest = str_from(version, dot + 1);
    builder->major = number(str_sub(version, 0, dot));
    builder->minor = number(str_sub(rest, 0, str_find_char(rest, '.')));
    return str_sub(name, 0, name.at[begin - 1] == '-' ? begin - 1 : begin);
}

static const struct Tool *tool_find(Str name, Str *ret_triple)
{
    for (size_t i = 0; i < COUNTOF(tools); i++) {
        Str tool = tools[i].name;
        if (!str_ends(name, tool))
            continue;
        Str before = str_sub(name, 0, name.len - tool.len);
        if (before.len && !str_ends(before, STR("-")))
            continue;
        *ret_triple = str_sub(before, 0, before.len ? before.len - 1 : 0);
        return &tools[i];
    }
    return NULL;
}

// "...\VC\Tools\MSVC\14.38.33130\bin\...": toolset 14.38 is the compiler 19.38.
static void msvc_version(Arena *arena, Str program, Builder *builder)
{
    Str path = lower_case(arena, program);
    size_t at = str_find(path, STR("\\msvc\\14."));
    if (at == path.len)
        at = str_find(path, STR("/msvc/14."));
    Str rest = str_from(path, at + 9);
    size_t n = 0;
    while (n < rest.len && is_digit(rest.at[n]))
        n++;
    builder->minor = number(str_sub(rest, 0, n));
    builder->major = builder->minor ? 19 : 0;
}

static void read_name(Arena *arena, Str program, Driver *driver)
{
    Builder version = {0};
    Str name = program_name(arena, program);
    const struct Tool *tool = tool_find(name, &driver->triple);
    if (!tool)
        tool = tool_find(without_version(name, &version), &driver->triple);
    if (!tool)
        return;
    driver->is_known = true;
    driver->is_cl = tool->is_cl;
    driver->builder.kind = tool->kind;
    if (tool->has_llvm_version) {
        driver->builder.major = version.major;
        driver->builder.minor = version.minor;
    }
    if (tool->kind == BUILDER_MSVC)
        msvc_version(arena, program, &driver->builder);
    if (tool->kind == BUILDER_CLANG && triple_read(arena, driver->triple).is_gnu)
        driver->builder.kind = BUILDER_MINGW;
}

Driver driver_read(Arena *arena, StrSpan argv)
{
    Driver driver = {.builder.kind = BUILDER_CLANG};
    size_t i = 0;
    while (i < argv.len && is_assignment(argv.at[i]))
        i++;
    while (i < argv.len && is_wrapper(program_name(arena, argv.at[i]))) {
        i++;
        while (i < argv.len && is_wrapper_word(argv.at[i]))
            i++;
    }
    // A list of flags alone has no program.
    if (i == argv.len || str_starts(argv.at[i], STR("-")) ||
        (i == 0 && flags_is_cl_word(argv.at[i]))) {
        driver.n_words = i;
        return driver;
    }
    bool zig = str_eq(program_name(arena, argv.at[i]), STR("zig"));
    if (zig && i + 1 < argv.len)
        i++;
    read_name(arena, argv.at[i], &driver);
    driver.n_words = i + 1;
    return driver;
}

// Tried with clang 22, in this order.
static Str outcome_of(Str triple, bool is_windows)
{
    static const struct {
        Str word, outcome;
    } rows[] = {
        {STR_INIT("gnullvm"), STR_INIT("refuses it")},
        {STR_INIT("uefi"), STR_INIT("refuses it")},
        {STR_INIT("macho"), STR_INIT("makes a Mach-O AArch64 object, not Arm64EC")},
        {STR_INIT("apple"), STR_INIT("makes a Mach-O AArch64 object, not Arm64EC")},
        {STR_INIT("darwin"), STR_INIT("makes a Mach-O AArch64 object, not Arm64EC")},
        {STR_INIT("macos"), STR_INIT("makes a Mach-O AArch64 object, not Arm64EC")},
        {STR_INIT("-ios"), STR_INIT("makes a Mach-O AArch64 object, not Arm64EC")},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++)
        if (str_has(triple, rows[i].word))
            return rows[i].outcome;
    if (is_windows) // with "-elf" behind it
        return STR("crashes");
    return STR("makes an ELF AArch64 object, not Arm64EC");
}

Triple triple_read(Arena *arena, Str triple)
{
    Str text = lower_case(arena, triple);
    // Rust's name of the environment is no triple of clang's: "version 'llvm' is
    // invalid".
    bool is_rust = str_ends(text, STR("-gnullvm"));
    bool format = is_rust || str_ends(text, STR("-elf")) || str_ends(text, STR("-macho"));
    bool gnu = str_has(text, STR("mingw")) || str_has(text, STR("windows-gnu"));
    bool windows = gnu || str_has(text, STR("windows")) || str_has(text, STR("win32")) ||
                   str_has(text, STR("msvc"));
    return (Triple){
        .is_arm64ec = str_eq(str_sub(text, 0, str_find_char(text, '-')), STR("arm64ec")),
        .is_windows = windows && !format,
        .is_gnu = gnu && (!format || is_rust),
        .outcome = outcome_of(text, windows)};
}
