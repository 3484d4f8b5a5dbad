#include "server/options.h"

#include "codegen/toolchain/builder.h"
#include "server/disk.h"
#include "server/os.h"

enum { WORKERS_MAX = 64, WORKERS_DEFAULT_MAX = 8, LSP_WORKERS_DEFAULT = 2 };

typedef struct Parser {
    Arena *arena;
    Options *options;
    Str why, format;
    LIST(Str) paths;
} Parser;

static bool fail(Parser *parser, Str why)
{
    parser->why = why;
    return false;
}

typedef struct Choice {
    const char *name;
    int value;
} Choice;

static bool choose(Parser *parser, Str option, Str value, const Choice *choices, size_t n,
                   int *ret_value)
{
    Str names = STR("");
    for (size_t i = 0; i < n; i++) {
        if (str_eq(value, str_of(choices[i].name))) {
            *ret_value = choices[i].value;
            return true;
        }
        const char *before = i == 0 ? "" : i + 1 == n ? " and " : ", ";
        names = arena_format(parser->arena, "%.*s%s%s", STR_ARG(names), before,
                             choices[i].name);
    }
    return fail(parser, arena_format(parser->arena, "%.*s: '%.*s' is none of %.*s",
                                     STR_ARG(option), STR_ARG(value), STR_ARG(names)));
}

static bool number(Parser *parser, Str option, Str value, uint64_t max,
                   uint64_t *ret_value)
{
    if (str_to_u64(value, ret_value) && *ret_value <= max)
        return true;
    return fail(parser,
                arena_format(parser->arena, "%.*s: '%.*s' is no number from 0 to %llu",
                             STR_ARG(option), STR_ARG(value), (unsigned long long)max));
}

// Which there are depends on the command: settle_format().
static bool parse_format(Parser *parser, Str value)
{
    parser->format = value;
    return value.len || fail(parser, STR("--format needs a name"));
}

static bool parse_fail_on(Parser *parser, Str value)
{
    static const Choice choices[] = {{"error", FAIL_ON_ERROR},
                                     {"warning", FAIL_ON_WARNING},
                                     {"info", FAIL_ON_INFO},
                                     {"never", FAIL_NEVER}};
    int fail_on;
    if (!choose(parser, STR("--fail-on"), value, choices, COUNTOF(choices), &fail_on))
        return false;
    parser->options->fail_on = (FailOn)fail_on;
    return true;
}

static bool parse_stage(Parser *parser, Str value)
{
    static const Choice choices[] = {{"live", WANTS_LIVE}, {"full", WANTS_FULL}};
    int stage;
    if (!choose(parser, STR("--stage"), value, choices, COUNTOF(choices), &stage))
        return false;
    parser->options->stage = (StageWanted)stage;
    return true;
}

static bool parse_colour(Parser *parser, Str value)
{
    static const Choice choices[] = {
        {"auto", COLOUR_AUTO}, {"always", COLOUR_ALWAYS}, {"never", COLOUR_NEVER}};
    int colour;
    if (!choose(parser, STR("--color"), value, choices, COUNTOF(choices), &colour))
        return false;
    parser->options->colour = (Colour)colour;
    return true;
}

static bool parse_log(Parser *parser, Str value)
{
    static const Choice choices[] = {{"error", LOG_ERROR},
                                     {"warning", LOG_WARN},
                                     {"info", LOG_INFO},
                                     {"debug", LOG_DEBUG}};
    int level;
    if (!choose(parser, STR("--log"), value, choices, COUNTOF(choices), &level))
        return false;
    parser->options->log_level = (LogLevel)level;
    return true;
}

static bool parse_headers(Parser *parser, Str value)
{
    static const Choice choices[] = {{"auto", false}, {"builtin", true}};
    int builtin;
    if (!choose(parser, STR("--headers"), value, choices, COUNTOF(choices), &builtin))
        return false;
    parser->options->builtin_headers_only = builtin != 0;
    return true;
}

static bool parse_clock(Parser *parser, Str value)
{
    static const Choice choices[] = {{"real", false}, {"manual", true}};
    int manual;
    if (!choose(parser, STR("--clock"), value, choices, COUNTOF(choices), &manual))
        return false;
    parser->options->manual_clock = manual != 0;
    return true;
}

static bool parse_workers(Parser *parser, Str value)
{
    uint64_t n;
    if (!number(parser, STR("the number of workers"), value, WORKERS_MAX, &n))
        return false;
    parser->options->n_workers = (uint32_t)n;
    parser->options->n_workers_given = true;
    return true;
}

static bool parse_deadline(Parser *parser, Str value)
{
    uint64_t seconds;
    if (!number(parser, STR("--deadline"), value, 86400, &seconds))
        return false;
    parser->options->deadline_ms = (uint32_t)seconds * 1000;
    parser->options->deadline_given = true;
    return true;
}

static bool parse_memory(Parser *parser, Str value)
{
    uint64_t mib;
    if (!number(parser, STR("--worker-memory"), value, 1 << 20, &mib))
        return false;
    parser->options->address_bytes_max = mib << 20;
    parser->options->address_given = true;
    return true;
}

static bool parse_budget(Parser *parser, Str value)
{
    uint64_t mib;
    if (!number(parser, STR("--memory"), value, 1 << 20, &mib))
        return false;
    parser->options->budget_bytes = mib << 20;
    parser->options->budget_given = true;
    return true;
}

static bool parse_cut_from(Parser *parser, Str value)
{
    parser->options->cut_given = true;
    return number(parser, STR("--cut-from"), value, UINT32_MAX,
                  &parser->options->cut_bytes_min);
}

static bool parse_address_bytes(Parser *parser, Str value)
{
    return number(parser, STR("--address-bytes"), value, UINT64_MAX,
                  &parser->options->address_bytes_max);
}

static bool parse_llvm(Parser *parser, Str value)
{
    uint64_t major;
    if (!number(parser, STR("--llvm"), value, UINT16_MAX, &major))
        return false;
    Str name = arena_format(parser->arena, "LLVM %.*s", STR_ARG(value));
    Str refusal = llvm_refusal(parser->arena, name, (uint32_t)major, 1);
    if (refusal.len)
        return fail(parser,
                    arena_format(parser->arena, "--llvm: %.*s", STR_ARG(refusal)));
    parser->options->llvm = value;
    return true;
}

static bool parse_builder(Parser *parser, Str value)
{
    Builder builder;
    if (!builder_parse(value, &builder))
        return fail(parser,
                    arena_format(parser->arena,
                                 "--builder: '%.*s' is no builder; write msvc, clang, "
                                 "clang-cl, mingw or rustc, with a version as in "
                                 "msvc-19.40",
                                 STR_ARG(value)));
    Str refusal = builder_refusal(parser->arena, builder);
    if (refusal.len)
        return fail(parser,
                    arena_format(parser->arena, "--builder: %.*s", STR_ARG(refusal)));
    parser->options->builder = value;
    return true;
}

static bool parse_lock(Parser *parser, Str value)
{
    parser->options->lock = value;
    return value.len || fail(parser, STR("--lock needs the name of a file"));
}

static bool parse_check_lock(Parser *parser, Str value)
{
    parser->options->check_lock = value;
    return value.len || fail(parser, STR("--check-lock needs the name of a file"));
}

static bool parse_exports(Parser *parser, Str value)
{
    static const Choice choices[] = {{"all", EXPORTS_ALL},
                                     {"dllexport", EXPORTS_DLLEXPORT}};
    int exports;
    if (!choose(parser, STR("--exports"), value, choices, COUNTOF(choices), &exports))
        return false;
    parser->options->exports = (Exports)exports;
    return true;
}

static bool parse_database(Parser *parser, Str value)
{
    parser->options->database = value;
    return true;
}

static bool parse_name(Parser *parser, Str option, Str value, Str *ret_name)
{
    *ret_name = value;
    return value.len ||
           fail(parser, arena_format(parser->arena, "%.*s needs the name of a file",
                                     STR_ARG(option)));
}

static bool parse_trace(Parser *parser, Str value)
{
    return parse_name(parser, STR("--trace"), value, &parser->options->trace);
}

static bool parse_log_file(Parser *parser, Str value)
{
    return parse_name(parser, STR("--log-file"), value, &parser->options->log_file);
}

static bool parse_record(Parser *parser, Str value)
{
    return parse_name(parser, STR("--record"), value, &parser->options->record);
}

static bool parse_replay(Parser *parser, Str value)
{
    return parse_name(parser, STR("--replay"), value, &parser->options->replay);
}

static bool parse_capsule(Parser *parser, Str value)
{
    parser->options->command = COMMAND_CAPSULE;
    return parse_name(parser, STR("--replay-capsule"), value, &parser->options->capsule);
}

static bool parse_module(Parser *parser, Str value)
{
    parser->options->module = value;
    return true;
}

// Options with a value: "--name=value" or "--name value".
typedef struct Valued {
    const char *name;
    bool (*parse)(Parser *parser, Str value);
} Valued;

static const Valued valued[] = {
    {"--format", parse_format},
    {"--fail-on", parse_fail_on},
    {"--stage", parse_stage},
    {"--color", parse_colour},
    {"--colour", parse_colour},
    {"--log", parse_log},
    {"--headers", parse_headers},
    {"--clock", parse_clock},
    {"--workers", parse_workers},
    {"-j", parse_workers},
    {"--deadline", parse_deadline},
    {"--worker-memory", parse_memory},
    {"--memory", parse_budget},
    {"--cut-from", parse_cut_from},
    {"--address-bytes", parse_address_bytes},
    {"--builder", parse_builder},
    {"--lock", parse_lock},
    {"--check-lock", parse_check_lock},
    {"--exports", parse_exports},
    {"-p", parse_database},
    {"--module", parse_module},
    {"--llvm", parse_llvm},
    {"--trace", parse_trace},
    {"--log-file", parse_log_file},
    {"--record", parse_record},
    {"--replay", parse_replay},
    {"--replay-capsule", parse_capsule},
};

static const Valued *find_valued(Str arg, Str *ret_value, bool *ret_inside)
{
    for (size_t i = 0; i < COUNTOF(valued); i++) {
        Str name = str_of(valued[i].name);
        *ret_inside = false;
        if (str_eq(arg, name))
            return &valued[i];
        if (!str_starts(arg, name))
            continue;
        Str rest = str_from(arg, name.len);
        *ret_inside = true;
        *ret_value = rest.at[0] == '=' ? str_from(rest, 1) : rest;
        if (rest.at[0] == '=' || name.len == 2) // -j4, -pDIR
            return &valued[i];
    }
    return NULL;
}

// Options without a value. True: it was one.
static bool parse_bare(Parser *parser, Str arg)
{
    Options *options = parser->options;
    if (str_eq(arg, STR("-v")) || str_eq(arg, STR("--verbose")))
        options->verbose = true;
    else if (str_eq(arg, STR("--no-cache")))
        options->no_cache = true;
    else if (str_eq(arg, STR("--no-capsules")))
        options->no_capsules = true;
    else if (str_eq(arg, STR("--asm")))
        options->assembly = true;
    else if (str_eq(arg, STR("--trust")))
        options->trust = true;
    else if (str_eq(arg, STR("--verify")))
        options->verify = true;
    else if (str_eq(arg, STR("--json")))
        options->format = FORMAT_JSON;
    else if (str_eq(arg, STR("--help")) || str_eq(arg, STR("-h")))
        options->command = COMMAND_HELP;
    else if (str_eq(arg, STR("--version")))
        options->command = COMMAND_VERSION;
    else if (str_eq(arg, STR("--worker")))
        options->command = COMMAND_WORKER;
    else if (str_eq(arg, STR("--confined")))
        options->command = COMMAND_CONFINED;
    else if (!str_eq(arg, STR("--stdio"))) // what VS Code's client adds
        return false;
    return true;
}

typedef struct CommandWord {
    Str word;
    Command command;
} CommandWord;

static const CommandWord commands[] = {
    {STR_INIT("check"), COMMAND_CHECK},
    {STR_INIT("thunks"), COMMAND_THUNKS},
    {STR_INIT("abi"), COMMAND_ABI},
    {STR_INIT("explain"), COMMAND_EXPLAIN},
};

static bool has_words(Command command)
{
    for (size_t i = 0; i < COUNTOF(commands); i++)
        if (commands[i].command == command)
            return true;
    return false;
}

// Those that go through the pool.
static bool reads_sources(Command command)
{
    return command == COMMAND_CHECK || command == COMMAND_THUNKS ||
           command == COMMAND_ABI;
}

static bool parse_word(Parser *parser, Str arg)
{
    Options *options = parser->options;
    if (has_words(options->command) || options->command == COMMAND_CONFINED) {
        *LIST_PUSH(parser->arena, &parser->paths) = arg;
        return true;
    }
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        if (str_eq(arg, commands[i].word)) {
            options->command = commands[i].command;
            return true;
        }
    }
    return fail(parser,
                arena_format(parser->arena,
                             "'%.*s' is no command; there are check, thunks, abi and "
                             "explain",
                             STR_ARG(arg)));
}

static bool parse_args(Parser *parser, StrSpan args)
{
    for (size_t i = 0; i < args.len; i++) {
        Str arg = args.at[i], value = {0};
        bool inside;
        if (str_eq(arg, STR("--"))) {
            parser->options->has_flags = true;
            parser->options->flags = (StrSpan){args.at + i + 1, args.len - i - 1};
            return true;
        }
        if (arg.len < 2 || arg.at[0] != '-') {
            if (!parse_word(parser, arg))
                return false;
            continue;
        }
        if (parse_bare(parser, arg))
            continue;
        const Valued *option = find_valued(arg, &value, &inside);
        if (!option)
            return fail(parser, arena_format(parser->arena, "unknown option '%.*s'",
                                             STR_ARG(arg)));
        if (!inside && i + 1 == args.len)
            return fail(parser,
                        arena_format(parser->arena, "%.*s needs a value", STR_ARG(arg)));
        if (!option->parse(parser, inside ? value : args.at[++i]))
            return false;
    }
    return true;
}

static bool settle_lock(Parser *parser)
{
    const Options *options = parser->options;
    bool has_lock = options->lock.len || options->check_lock.len;
    if ((has_lock || options->exports) && options->command != COMMAND_ABI)
        return fail(parser, STR("--lock, --check-lock and --exports are for abi"));
    if (options->lock.len && options->check_lock.len)
        return fail(parser, STR("--lock writes and --check-lock compares: name one"));
    if (options->exports && !has_lock)
        return fail(parser, STR("--exports goes with --lock or --check-lock"));
    if (options->lock.len && (parser->format.len || options->format != FORMAT_TEXT))
        return fail(parser, STR("--lock has no --format; --check-lock has"));
    return true;
}

// --check-lock has the formats of check to compare in.
static bool settle_format(Parser *parser)
{
    static const Choice report[] = {{"text", FORMAT_TEXT},
                                    {"json", FORMAT_JSON},
                                    {"gcc", FORMAT_GCC},
                                    {"github", FORMAT_GITHUB}};
    static const Choice list[] = {{"text", FORMAT_TEXT}, {"json", FORMAT_JSON}};
    static const Choice catalogue[] = {
        {"text", FORMAT_TEXT}, {"json", FORMAT_JSON}, {"md", FORMAT_MD}};
    Options *options = parser->options;
    const Choice *choices = list;
    size_t n = COUNTOF(list);
    int format;
    if (options->command == COMMAND_CHECK || options->check_lock.len)
        choices = report, n = COUNTOF(report);
    else if (options->command == COMMAND_EXPLAIN)
        choices = catalogue, n = COUNTOF(catalogue);
    if (!parser->format.len)
        return true;
    if (!choose(parser, STR("--format"), parser->format, choices, n, &format))
        return false;
    options->format = (Format)format;
    return true;
}

static bool settle(Parser *parser)
{
    Options *options = parser->options;
    options->paths = (StrSpan){parser->paths.at, parser->paths.len};
    Command command = options->command;
    if (!settle_lock(parser) || !settle_format(parser))
        return false;
    if (options->module.len && options->llvm.len)
        return fail(parser, STR("--module and --llvm both choose the module: name one"));
    if (command == COMMAND_CONFINED && options->flags.len == 0)
        return fail(parser, STR("--confined needs a program behind '--'"));
    if (reads_sources(command) && options->paths.len == 0)
        return fail(parser, STR("a file, a folder or a compile_commands.json is needed"));
    Stamp database = disk_stamp(options->database);
    if (options->database.len && database.kind == STAMP_ABSENT)
        return fail(parser,
                    arena_format(parser->arena, "-p: %.*s: %.*s",
                                 STR_ARG(options->database),
                                 STR_ARG(disk_fault(parser->arena, database.code))));
    if (database.kind == STAMP_FOLDER &&
        disk_stamp(disk_join(parser->arena, options->database, "compile_commands.json"))
                .kind == STAMP_ABSENT)
        return fail(parser, arena_format(parser->arena,
                                         "-p: %.*s: there is no compile_commands.json",
                                         STR_ARG(options->database)));
    if (options->stage == WANTS_FULL && !reads_sources(command))
        return fail(parser, STR("--stage=full is for check, thunks and abi; an editor's "
                                "setting is fullStage"));
    if (options->trust && options->stage != WANTS_FULL)
        return fail(parser,
                    STR("--trust lets --stage=full run build scripts; an editor's "
                        "setting is trusted"));
    bool is_session = options->log_file.len || options->record.len || options->replay.len;
    if (is_session && command != COMMAND_SERVE)
        return fail(parser, STR("--log-file, --record and --replay are of the language "
                                "server"));
    if (options->record.len && options->replay.len)
        return fail(parser, STR("--record writes and --replay plays: name one"));
    if (options->assembly && command != COMMAND_THUNKS)
        return fail(parser, STR("--asm is for thunks"));
    if (options->verify && command != COMMAND_THUNKS)
        return fail(parser, STR("--verify is for thunks"));
    if (options->verify && options->stage == WANTS_FULL)
        return fail(parser, STR("--verify executes the thunks of --stage=live"));
    if (options->command == COMMAND_EXPLAIN && options->paths.len > 1)
        return fail(parser, STR("explain takes one code, or none for the list"));
    if (!options->n_workers_given) {
        uint32_t n = os_processor_count();
        uint32_t most =
            reads_sources(command) ? WORKERS_DEFAULT_MAX : LSP_WORKERS_DEFAULT;
        options->n_workers = n < most ? n : most;
    }
    return true;
}

bool options_parse(Arena *arena, int argc, char **argv, Options *ret_options,
                   Str *ret_why)
{
    Options options = {
        .fail_on = FAIL_ON_ERROR,
        .deadline_ms = 20000,
        .cut_bytes_min = 16 * 1024,
        .address_bytes_max = IS_SANITIZED ? 0 : (uint64_t)4 << 30,
        .resident_bytes_max = (uint64_t)(IS_SANITIZED ? 4 : 1) << 30,
        .budget_bytes = (uint64_t)384 << 20,
        .log_level = LOG_WARN,
    };
    Parser parser = {.arena = arena, .options = &options};
    Str *args = ARENA_ARRAY(arena, Str, (size_t)argc + 1);
    for (int i = 1; i < argc; i++)
        args[i - 1] = str_of(argv[i]);
    StrSpan span = {args, argc > 0 ? (size_t)argc - 1 : 0};
    if (!parse_args(&parser, span) || !settle(&parser)) {
        *ret_why = parser.why;
        return false;
    }
    *ret_options = options;
    return true;
}
