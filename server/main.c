// Wiring and the exit status; no logic.
#include "codegen/result.h"
#include "protocol/base/log.h"
#include "protocol/json.h"
#include "server/cli/abi.h"
#include "server/cli/capsule_replay.h"
#include "server/cli/check.h"
#include "server/cli/explain.h"
#include "server/cli/out.h"
#include "server/cli/replay.h"
#include "server/cli/thunks.h"
#include "server/cli/version.h"
#include "server/confinement.h"
#include "server/modules.h"
#include "server/os.h"
#include "server/server.h"
#include "server/spawn.h"
#include "server/worker.h"

#include <stdlib.h>

enum { MAIN_ARENA_BYTES_MAX = 64 * 1024 * 1024, PATH_BYTES_MAX = 4096 };

static Str program_path(Arena *arena)
{
    char path[PATH_BYTES_MAX];
    size_t n = sizeof path;
    return uv_exepath(path, &n) == 0 ? arena_str(arena, (Str){path, n}) : STR("arm64ecd");
}

static Str working_folder(Arena *arena)
{
    char path[PATH_BYTES_MAX];
    size_t n = sizeof path;
    return uv_cwd(path, &n) == 0 ? arena_str(arena, (Str){path, n}) : STR("/");
}

static int explain(const Options *options)
{
    static const Str formats[] = {STR_INIT("text"), STR_INIT("json"), STR_INIT("text"),
                                  STR_INIT("text"), STR_INIT("md")};
    Buf out, err;
    buf_init(&out, 16 * 1024 * 1024);
    buf_init(&err, 64 * 1024);
    Str code = options->paths.len ? options->paths.at[0] : STR("");
    int status = cli_explain(code, formats[options->format], &out, &err);
    out_write(buf_str(&out));
    out_error(buf_str(&err));
    buf_done(&out);
    buf_done(&err);
    return status;
}

static int run_confined(const Options *options)
{
    char **argv = mem_new((options->flags.len + 1) * sizeof *argv);
    for (size_t i = 0; i < options->flags.len; i++)
        argv[i] = mem_copy(options->flags.at[i]);
    Confinement bounds = os_confine_program(argv[0], options->paths);
    int code = bounds.files < 0   ? bounds.files
               : bounds.calls < 0 ? bounds.calls
                                  : os_execute(argv[0], argv);
    out_error_format("cannot start %s%s: %s", argv[0],
                     confinement_is_broken(bounds) ? " in bounds" : "",
                     uv_strerror(code));
    for (size_t i = 0; i < options->flags.len; i++)
        mem_free(argv[i]);
    mem_free(argv);
    return SPAWN_NOT_STARTED_STATUS;
}

static int run(const Options *options, Str program)
{
    uv_loop_t *loop = uv_default_loop();
    switch (options->command) {
    case COMMAND_SERVE:
        if (options->replay.len)
            return cli_replay(loop, options, program);
        if (os_is_terminal(0))
            out_error_format(
                "waiting for an editor on stdin; 'arm64ecd --help' lists the "
                "commands, Ctrl-D ends");
        return server_main(loop, options, program);
    case COMMAND_CHECK:
        return cli_check(loop, options, program);
    case COMMAND_THUNKS:
        return cli_thunks(loop, options, program);
    case COMMAND_ABI:
        return cli_abi(loop, options, program);
    case COMMAND_EXPLAIN:
        return explain(options);
    case COMMAND_VERSION:
        return cli_version(options, program);
    case COMMAND_HELP:
        out_write(options_help());
        return EXIT_CLEAN;
    case COMMAND_CAPSULE:
        return cli_replay_capsule(loop, options, program);
    case COMMAND_WORKER:
        return worker_main(options->module, options->address_bytes_max);
    case COMMAND_CONFINED:
        return run_confined(options);
    }
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    Arena arena;
    Options options;
    Str why;
    int status = EXIT_USAGE;
    arena_init(&arena, MAIN_ARENA_BYTES_MAX);
    os_prepare_server();
    // libclang would start threads, and try to survive what must end a worker visibly.
    os_set_environment("LIBCLANG_NOTHREADS", "1");
    os_set_environment("LIBCLANG_DISABLE_CRASH_RECOVERY", "1");
    // Where LLVM dies it would start a program, and leave its files behind.
    os_set_environment("LLVM_DISABLE_SYMBOLIZATION", "1");
    if (options_parse(&arena, argc, argv, &options, &why)) {
        Str program = program_path(&arena);
        log_set_level(options.log_level);
        options.directory = working_folder(&arena);
        modules_choose(&arena, program, &options);
        status = run(&options, program);
    } else {
        out_error_format("%.*s; 'arm64ecd --help' lists what there is", STR_ARG(why));
    }
    if (!out_flush())
        status = EXIT_FAILED;
    uv_loop_close(uv_default_loop());
    arena_done(&arena);
    exit(status);
}
