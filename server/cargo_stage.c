#include "server/cargo_stage.h"

#include "protocol/base/log.h"
#include "server/clang_finder.h"
#include "server/disk.h"
#include "server/rustc_words.h"
#include "server/spawn.h"

enum {
    STAGE_ARENA_BYTES_MAX = 512 * 1024 * 1024,
    OUT_BYTES_MAX = 256 * 1024 * 1024,
    ERR_BYTES_MAX = 64 * 1024 * 1024,
    MESSAGES_MAX = 5000, // more are not told: nobody reads so many
    PARENTS_MAX = 64,
    WHY_BYTES_MAX = 1000,
};

struct CargoStage {
    CargoTools tools;
    Arena arena;
    Str folder, project;
    Spawn *spawn;
    RustcReport report;
    Str death;      // a compiler's last word; empty: none died
    size_t n_taken; // bytes of its output
    bool has_errors, lacks_core, is_done;
    int64_t pid;
    uint64_t since_us;
    const CargoHandler *handler;
    void *owner;
};

// --- What is there
// ----------------------------------------------------------------------

void cargo_tools_find(Arena *arena, CargoTools *tools)
{
    tools->program = tools->why = STR("");
    if (!finder_program(arena, "ARM64ECD_CARGO", STR("cargo"), &tools->program,
                        &tools->why))
        tools->program = STR("");
    if (!finder_program(arena, "RUSTC", STR("rustc"), &tools->rustc, &tools->rustc_why))
        tools->rustc = STR("");
}

bool cargo_folder_of(Arena *arena, Str path, Str *ret_folder)
{
    Str folder = disk_folder_of(path);
    for (int i = 0; i < PARENTS_MAX && folder.len > 1; i++) {
        if (disk_stamp(disk_join(arena, folder, "Cargo.toml")).kind == STAMP_FILE) {
            *ret_folder = arena_str(arena, folder);
            return true;
        }
        folder = disk_folder_of(folder);
    }
    return false;
}

// --- The end
// ----------------------------------------------------------------------------

static void put_slice(const CargoStage *stage, Str words)
{
    Slice slice = {.row = stage->pid,
                   .name = STR("cargo"),
                   .category = STR("stage"),
                   .begin_us = stage->since_us,
                   .end_us = timeline_now_us(),
                   .path = stage->folder,
                   .words = words};
    timeline_slice(stage->tools.timeline, &slice);
}

static void finish(CargoStage *stage, RustcEnd end, Str why)
{
    stage->report.end = end;
    stage->report.why = str_sub(why, 0, WHY_BYTES_MAX);
    put_slice(stage, stage->report.why);
    Str project = stage->project.len ? stage->project : stage->folder;
    stage->is_done = true;
    stage->handler->on_done(stage->owner, project, &stage->report);
}

// "error: failed to parse manifest at `/p/Cargo.toml`\n\nCaused by:\n  ..." in one line.
static Str words_of_cargo(Arena *arena, Str err)
{
    size_t at = str_find(err, STR("error: "));
    if (at == err.len)
        return STR("it does not say why");
    Str rest = str_from(err, at + STR("error: ").len), line;
    LIST(Str) parts = {0};
    Str place = STR("");
    while (parts.len < 6 && str_take_line(&rest, &line)) {
        line = str_trim(line);
        size_t bar = str_find_char(line, '|');
        bool is_picture = bar < 8 && bar < line.len;
        if (str_starts(line, STR("--> ")))
            place = str_from(line, 4);
        else if (str_eq(line, STR("Caused by:")) && parts.len)
            parts.at[parts.len - 1] =
                arena_format(arena, "%.*s, because", STR_ARG(parts.at[parts.len - 1]));
        else if (line.len && !is_picture)
            *LIST_PUSH(arena, &parts) = line;
    }
    Str words = place.len ? arena_format(arena, "%.*s:", STR_ARG(place)) : STR("");
    for (uint32_t i = 0; i < parts.len; i++)
        words = arena_format(arena, "%.*s%s%.*s", STR_ARG(words), words.len ? " " : "",
                             STR_ARG(parts.at[i]));
    return words;
}

// rustc and LLVM say their last words past the JSON.
static Str words_of_death(Str err)
{
    static const Str heads[] = {STR_INIT("rustc-LLVM ERROR: "), STR_INIT("LLVM ERROR: "),
                                STR_INIT("internal compiler error: "),
                                STR_INIT("(signal: ")};
    for (size_t i = 0; i < COUNTOF(heads); i++) {
        size_t at = str_find(err, heads[i]);
        if (at == err.len)
            continue;
        Str rest = str_from(err, at + (i + 1 < COUNTOF(heads) ? heads[i].len : 1));
        return str_trim(str_sub(rest, 0, str_find_char(rest, '\n')));
    }
    return STR("");
}

static void on_checked(void *owner, const SpawnAnswer *answer);

static void conclude(CargoStage *stage, const SpawnAnswer *answer)
{
    Arena *arena = &stage->arena;
    Str death = stage->death.len ? stage->death : words_of_death(answer->err);
    if (answer->end == SPAWN_TIMED_OUT)
        finish(stage, RUSTC_TIMED_OUT,
               arena_format(arena, "%u", stage->tools.deadline_ms / 1000));
    else if (answer->end == SPAWN_TOO_LONG)
        finish(stage, RUSTC_REFUSED, STR("it says more than 256 MiB"));
    else if (answer->end == SPAWN_NOT_STARTED)
        finish(stage, RUSTC_NO_CARGO,
               arena_format(arena, "%.*s cannot be started: %.*s",
                            STR_ARG(stage->tools.program),
                            STR_ARG(str_trim(answer->err))));
    else if (stage->lacks_core)
        finish(stage, RUSTC_NO_TARGET,
               STR("Rust's target " CARGO_TARGET
                   " is not installed; rustup target add " CARGO_TARGET " installs it"));
    else if (death.len)
        finish(stage, RUSTC_DIED, arena_str(arena, death));
    else if (answer->end != SPAWN_EXITED)
        finish(stage, RUSTC_DIED, STR("cargo was killed"));
    else if (answer->status != 0 && !stage->has_errors)
        finish(stage, RUSTC_REFUSED, words_of_cargo(arena, answer->err));
    else
        finish(stage, RUSTC_CHECKED, STR(""));
}

// --- What it says
// -----------------------------------------------------------------------

static void take_line(CargoStage *stage, Str text)
{
    RustcLine line;
    rustc_line(&stage->arena, text, stage->project, stage->project, &line);
    switch (line.kind) {
    case RUSTC_LINE_OTHER:
        return;
    case RUSTC_LINE_ARTIFACT:
        stage->handler->on_crate(stage->owner, line.name);
        return;
    case RUSTC_LINE_NO_CORE:
        stage->lacks_core = true;
        return;
    case RUSTC_LINE_DEATH:
        stage->death = line.message.text;
        return;
    case RUSTC_LINE_MESSAGE:
        stage->has_errors |= line.message.severity == SEVERITY_ERROR;
        if (line.message.at.path.len && stage->report.messages.len < MESSAGES_MAX)
            *LIST_PUSH(&stage->arena, &stage->report.messages) = line.message;
        return;
    }
}

static void on_more(void *owner, Str out)
{
    CargoStage *stage = owner;
    Str rest = str_from(out, stage->n_taken);
    for (;;) {
        size_t end = str_find_char(rest, '\n');
        if (end == rest.len)
            return;
        take_line(stage, str_sub(rest, 0, end));
        stage->n_taken += end + 1;
        rest = str_from(rest, end + 1);
    }
}

static void on_checked(void *owner, const SpawnAnswer *answer)
{
    CargoStage *stage = owner;
    stage->spawn = NULL;
    on_more(stage, answer->out);
    conclude(stage, answer);
}

// --- Two runs
// ---------------------------------------------------------------------------

static void run(CargoStage *stage, StrSpan argv, SpawnDone *done,
                void (*more)(void *owner, Str out))
{
    SpawnHow how = {
        .loop = stage->tools.loop,
        .clock = stage->tools.clock,
        .argv = argv,
        .directory = stage->folder,
        .deadline_ms = stage->tools.deadline_ms,
        .out_bytes_max = OUT_BYTES_MAX,
        .err_bytes_max = ERR_BYTES_MAX,
        .is_background = stage->tools.is_background,
        .is_trusted = true,
        .on_more = more,
    };
    stage->spawn = spawn_start(&how, done, stage);
    stage->pid = spawn_pid(stage->spawn);
    timeline_name_row(stage->tools.timeline, stage->pid, "cargo");
}

static void check(CargoStage *stage)
{
    Str target_folder = disk_join(&stage->arena, stage->project, "target/arm64ecd");
    Str argv[] = {stage->tools.program, STR("check"),        STR("--workspace"),
                  STR("--all-targets"), STR("--keep-going"), STR("--message-format=json"),
                  STR("--target"),      STR(CARGO_TARGET),   STR("--target-dir"),
                  target_folder};
    run(stage, (StrSpan){argv, COUNTOF(argv)}, on_checked, on_more);
}

static void on_located(void *owner, const SpawnAnswer *answer)
{
    CargoStage *stage = owner;
    stage->spawn = NULL;
    Str manifest = str_trim(answer->out);
    if (answer->end != SPAWN_EXITED || answer->status != 0 ||
        !str_ends(manifest, STR("Cargo.toml"))) {
        if (answer->end == SPAWN_EXITED)
            finish(stage, RUSTC_REFUSED, words_of_cargo(&stage->arena, answer->err));
        else
            conclude(stage, answer);
        return;
    }
    stage->project = arena_str(&stage->arena, disk_folder_of(manifest));
    check(stage);
}

static CargoStage *new_stage(const CargoTools *tools, Str folder,
                             const CargoHandler *handler, void *owner)
{
    CargoStage *stage = mem_new(sizeof *stage);
    *stage = (CargoStage){.tools = *tools,
                          .since_us = timeline_now_us(),
                          .handler = handler,
                          .owner = owner};
    arena_init(&stage->arena, STAGE_ARENA_BYTES_MAX);
    stage->folder = arena_str(&stage->arena, folder);
    return stage;
}

CargoStage *cargo_stage_start(const CargoTools *tools, Str folder,
                              const CargoHandler *handler, void *owner)
{
    CargoStage *stage = new_stage(tools, folder, handler, owner);
    Str argv[] = {tools->program, STR("locate-project"), STR("--workspace"),
                  STR("--message-format=plain")};
    run(stage, (StrSpan){argv, COUNTOF(argv)}, on_located, NULL);
    return stage;
}

// --- One file
// ---------------------------------------------------------------------------

static void on_file_checked(void *owner, const SpawnAnswer *answer)
{
    CargoStage *stage = owner;
    Str rest = answer->err, line;
    stage->spawn = NULL;
    while (str_take_line(&rest, &line))
        take_line(stage, line);
    conclude(stage, answer);
}

// A crate with a main function is no library: rustc would call it dead.
static bool has_main(Str text)
{
    Str rest = text, line;
    while (str_take_line(&rest, &line)) {
        Str start = str_starts(line, STR("pub ")) ? str_from(line, 4) : line;
        if (str_starts(start, STR("fn main(")))
            return true;
    }
    return false;
}

CargoStage *cargo_stage_start_file(const CargoTools *tools, Str path, Str text,
                                   const CargoHandler *handler, void *owner)
{
    CargoStage *stage = new_stage(tools, disk_folder_of(path), handler, owner);
    stage->project = stage->folder;
    Str argv[] = {tools->rustc,
                  STR("--error-format=json"),
                  STR("--emit=metadata=-"), // to a pipe that nobody reads
                  STR("--edition=2021"),
                  STR("--check-cfg=cfg()"),
                  STR("--target"),
                  STR(CARGO_TARGET),
                  STR("--crate-type"),
                  has_main(text) ? STR("bin") : STR("lib"),
                  arena_str(&stage->arena, path)};
    run(stage, (StrSpan){argv, COUNTOF(argv)}, on_file_checked, NULL);
    return stage;
}

void cargo_stage_end(CargoStage *owned_stage)
{
    if (!owned_stage)
        return;
    if (!owned_stage->is_done)
        put_slice(owned_stage, STR("cancelled"));
    spawn_cancel(owned_stage->spawn);
    arena_done(&owned_stage->arena);
    mem_free(owned_stage);
}
