// Command lines: any words, split and parsed, give arguments that libclang may have: no
// NUL, nothing that loads or runs, none more than a few per word. Roots are empty, so
// that no response file is ever opened.
//
// The first byte chooses quoting, origin and folder, the rest is the command.
#include "codegen/frontend/flags.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

// Flags whose value is the next argument.
static bool takes_value(Str arg)
{
    static const Str takers[] = {STR_INIT("-I"),
                                 STR_INIT("-isystem"),
                                 STR_INIT("-iquote"),
                                 STR_INIT("-F"),
                                 STR_INIT("-idirafter"),
                                 STR_INIT("-cxx-isystem"),
                                 STR_INIT("-isysroot"),
                                 STR_INIT("--sysroot"),
                                 STR_INIT("-include"),
                                 STR_INIT("-imacros"),
                                 STR_INIT("-iframework"),
                                 STR_INIT("-Xclang"),
                                 STR_INIT("-Xmicrosoft-windows-sys-root"),
                                 STR_INIT("-Xmicrosoft-visualc-tools-root"),
                                 STR_INIT("-Xmicrosoft-windows-sdk-root")};
    for (size_t i = 0; i < COUNTOF(takers); i++)
        if (str_eq(arg, takers[i]))
            return true;
    return false;
}

static void check_arg(Str arg)
{
    static const Str never[] = {
        STR_INIT("-fplugin"), STR_INIT("-fpass-plugin"), STR_INIT("-load"),
        STR_INIT("-B"),       STR_INIT("-fmodule"),      STR_INIT("-o"),
        STR_INIT("--target"), STR_INIT("-target"),       STR_INIT("-mllvm"),
        STR_INIT("-ivfs"),    STR_INIT("-resource-dir"), STR_INIT("--config"),
        STR_INIT("-x"),       STR_INIT("-include-pch"),  STR_INIT("-working-directory"),
        STR_INIT("-Wp,"),     STR_INIT("-Wl,"),          STR_INIT("-Wa,"),
        STR_INIT("-Xpre"),    STR_INIT("-Xass")};
    CHECK_BUG(str_starts(arg, STR("-")));
    CHECK_BUG(!str_eq(arg, STR("-D")) && !str_eq(arg, STR("-U")));
    CHECK_BUG(!str_eq(arg, STR("-c")) && !str_eq(arg, STR("--")));
    for (size_t i = 0; i < COUNTOF(never); i++)
        CHECK_BUG(!str_starts(arg, never[i]));
}

static void check_args(const Flags *flags)
{
    bool value = false;
    for (uint32_t i = 0; i < flags->args.len; i++) {
        Str arg = flags->args.at[i];
        CHECK_BUG(arg.len && str_find_char(arg, '\0') == arg.len);
        if (!value)
            check_arg(arg);
        value = !value && takes_value(arg);
    }
    CHECK_BUG(!value);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    Arena arena;
    Flags flags;
    if (n < 1 || n > 1 << 14)
        return -1;
    arena_init(&arena, 1 << 28);
    Str command = {(const char *)bytes + 1, n - 1};
    StrSpan argv =
        flags_split(&arena, command, bytes[0] & 1 ? QUOTING_WINDOWS : QUOTING_POSIX);
    Job job = {.origin = bytes[0] & 2 ? COMMAND_DATABASE : COMMAND_ARGUMENTS,
               .path = bytes[0] & 4 ? STR("/p/a.c") : STR("/p/a.h"),
               .directory = bytes[0] & 8 ? STR("C:\\p") : STR("/no-such-folder"),
               .argv = argv};
    size_t length = 0;
    for (size_t i = 0; i < argv.len; i++)
        length += argv.at[i].len + 1;
    CHECK_BUG(length <= n + 1);
    flags_parse(&arena, &job, &flags);
    check_args(&flags);
    for (uint32_t i = 0; i < flags.notes.len; i++)
        CHECK_BUG(flags.notes.at[i].text.len || flags.notes.at[i].kind == FLAG_LIMIT);
    arena_done(&arena);
    return 0;
}
